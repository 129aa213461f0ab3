"""What every command has in common: its options, how it speaks, and how mistakes that are not findings end it."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, NoReturn, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from workbook_gen.definition.compiled import Compiled
    from workbook_gen.definition.model import Collection
    from workbook_gen.desk.check import Desk
    from workbook_gen.desk.child import Checker
    from workbook_gen.desk.workspace import Workspace
    from workbook_gen.national.data import NationalData

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])
USAGE = 2
FOLDER = click.Path(path_type=Path, file_okay=False)
COLLECTION = Path("templates/h2_2023_24")
ELSEWHERE = f"Name its folder with --collection, or run the command where {COLLECTION} lies."


@dataclass
class Session:
    """What every command needs: where the definition, the national figures and the workspace are, and how to speak."""

    collection_folder: Path
    workspace_folder: Path
    national_folder: Path | None
    as_json: bool
    quiet: bool

    def collection(self) -> Collection:
        """The definition, loaded and bound."""
        from workbook_gen.definition.load import load_collection

        return load_collection(self.collection_folder)

    def compiled(self) -> Compiled:
        """The definition, loaded and bound, with what that has worked out."""
        from workbook_gen.definition.load import load_compiled

        return load_compiled(self.collection_folder)

    def national(self, collection: Collection) -> NationalData:
        """The national figures, reconciled."""
        from workbook_gen.national.data import load_national

        return load_national(collection, self.collection_folder, self.national_folder)

    def workspace(self, collection: Collection) -> Workspace:
        """Where the collection's files lie."""
        from workbook_gen.desk.workspace import Workspace

        return Workspace(self.workspace_folder, collection)

    def desk(self, collection: Collection, loaded: Compiled | None = None) -> Desk:
        """What checking needs: the definition, the national figures, and the workspace's key where it is here.

        All that is loaded by then stays to the end, so it is not looked through for garbage, at the end neither.
        """
        from workbook_gen.desk.check import Desk

        desk = Desk(collection, self.national(collection), self.workspace(collection).key(), loaded=loaded)
        gc.freeze()
        return desk

    def say(self, text: str, **style: Any) -> None:
        """Progress and remarks, on stderr."""
        if not self.quiet:
            click.secho(text, err=True, **style)

    def show(self, text: str, **style: Any) -> None:
        """A result for people, on stdout; nothing with --json."""
        if not self.as_json:
            click.secho(text, **style)

    def result(self, found: dict[str, Any]) -> None:
        """A result for programs, on stdout with --json."""
        if self.as_json:
            click.echo(json.dumps({"schema": 1, **found}, ensure_ascii=False, indent=2))


def fail(session: Session, kind: str, message: str, faults: tuple[str, ...] = ()) -> NoReturn:
    """Say what is wrong and end with exit code 2."""
    for line in (message, *(f"  {fault}" for fault in faults)):
        click.secho(line, err=True, fg="red")
    session.result({"error": {"kind": kind, "message": message, "faults": list(faults)}})
    sys.exit(USAGE)


def in_processes(function: F) -> F:
    """Give a command the option of processes that work side by side: what it says is the same however many there are."""
    option = click.option(
        "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that work side by side."
    )
    return option(function)


class Hands(NamedTuple):
    """Who works: so many processes of this machine, or the workers of the Dask scheduler at an address."""

    jobs: int = 1
    scheduler: str | None = None

    def checker(self, desk: Desk, count: int | None = None) -> Checker:
        """What checks files with these hands; `count` is how many files there will be, where that is known."""
        if self.scheduler is None:
            from workbook_gen.desk.child import Checker

            return Checker(desk, jobs=self.jobs)
        from workbook_gen.desk.far import FarChecker

        return FarChecker(desk, address=self.scheduler, count=count)


def with_hands(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say who works, as `hands`: what it says is the same whoever does."""

    @click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster that works instead: tcp://machine:8786.")
    @in_processes
    @wraps(function)
    def run(*args: Any, jobs: int, scheduler: str | None, **options: Any) -> None:
        function(*args, hands=Hands(jobs, scheduler), **options)

    return run


def in_lines(function: F) -> F:
    r"""Keep the line breaks of the examples: click wants the sign \b itself, which a raw docstring writes as two."""
    function.__doc__ = (function.__doc__ or "").replace(r"\b", "\b")
    return function


def command(function: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """Give a command the common options, and turn the mistakes that are not findings into exit code 2."""

    @click.option("--quiet", is_flag=True, help="No progress on stderr.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
    @click.option("--national", type=FOLDER, help="A folder of the centre's own national tables.")
    @click.option("--workspace", type=FOLDER, default=Path("output"), show_default=True, help="Where generated files go.")
    @click.option("--collection", type=FOLDER, default=COLLECTION, show_default=True, help="The folder of the definition.")
    @in_lines
    @wraps(function)
    def run(
        collection: Path,
        workspace: Path,
        national: Path | None,
        as_json: bool,
        quiet: bool,
        *args: P.args,
        **options: P.kwargs,
    ) -> None:
        from workbook_gen.definition.errors import DefinitionError
        from workbook_gen.desk.workspace import WorkspaceError
        from workbook_gen.national.faults import NationalDataError

        session = Session(collection, workspace, national, as_json, quiet)
        try:
            function(session, *args, **options)
        except DefinitionError as error:
            hint = "" if (session.collection_folder / "collection.toml").exists() else f" {ELSEWHERE}"
            fail(session, "definition", f"The definition in {session.collection_folder} cannot be used. {error}{hint}")
        except NationalDataError as error:
            fail(session, "national data", "The national data do not reconcile, so nothing was written:", error.faults)
        except WorkspaceError as error:
            fail(session, "workspace", str(error))
        except BrokenPipeError:
            raise  # whoever read the output has gone: click ends quietly
        except OSError as error:
            fail(session, "file", f"{error.filename or 'A file'}: {error.strerror or error}")
        except KeyboardInterrupt:
            sys.exit(130)

    return run
