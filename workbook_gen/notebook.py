"""The interface for analysts: an exercise loaded, workbooks issued, returns checked and read, the register as tables.

Results are pandas frames, or the facts that the commands work with. What is wrong is raised with a sentence that says where,
what and how to mend it: `DefinitionError`, `NationalDataError`, `WorkspaceError`, `ReturnRefused`, `OSError`.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from workbook_gen.commands.at_desk import name_of, now
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection
from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.desk.child import Checker
from workbook_gen.desk.issue import as_rows, see_to_the_manifest
from workbook_gen.desk.issue import issue as write_issues
from workbook_gen.desk.register.connect import connect
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.migrate import is_made
from workbook_gen.desk.register.records import Moment
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.register.stored import (
    FINDING,
    INPUT,
    RESULT,
    SUBMISSION,
    WHOSE,
    inputs_of,
    stored_findings,
    stored_inputs,
    stored_results,
    stored_submissions,
)
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import NationalData, load_national

COLLECTION, WORKSPACE = "templates/h2_2023_24", "output"
Place = str | Path


class ReturnRefused(ValueError):
    """Files that cannot be read as returns; the message names each, with how to mend it."""


@dataclass(frozen=True, eq=False)
class Exercise:
    """A national exercise: its definition, and the centre's figures, reconciled."""

    collection: Collection
    national: NationalData

    @property
    def title(self) -> str:
        """What it is called, with its version."""
        return f"{self.collection.title}, version {self.collection.version}"

    @property
    def organisations(self) -> pd.DataFrame:
        """Every ICB and provider, by code: `name`, `kind`, `sector`, `icb_code`, `region_code`, `region_name`."""
        return pd.DataFrame([one.model_dump() for one in self.national.organisations]).set_index("code")

    def workspace(self, folder: Place = WORKSPACE) -> Workspace:
        """Where its files lie."""
        return Workspace(Path(folder), self.collection)

    def desk(self, folder: Place = WORKSPACE) -> Desk:
        """What checking needs; seals are verified where the workspace holds the key."""
        return Desk(self.collection, self.national, self.workspace(folder).key())


@dataclass(frozen=True, eq=False)
class Tables:
    """The register: a frame for each of its tables, every row with its `organisation` and the number of its `submission`.

    `submissions` has a row for each file that came, `latest` where it counts; `inputs` every answer; `findings` what was said;
    `results` what each rule instance said.
    """

    submissions: pd.DataFrame
    inputs: pd.DataFrame
    findings: pd.DataFrame
    results: pd.DataFrame


def load(collection: Place = COLLECTION, *, national: Place | None = None) -> Exercise:
    """Load a definition and its national figures; `national` is a folder of the centre's own tables.

    Example: `collection = workbook_gen.load("templates/h2_2023_24")`
    """
    folder = Path(collection)
    definition = load_collection(folder)
    return Exercise(definition, load_national(definition, folder, Path(national) if national is not None else None))


def issue(
    exercise: Exercise,
    organisations: Iterable[str] | None = None,
    *,
    workspace: Place = WORKSPACE,
    url: str | None = None,
    by: str | None = None,
    jobs: int = 1,
) -> pd.DataFrame:
    """Write the workbooks of the systems named, or of all, and register them; gives a row for each with its file and digest.

    `by` is who does it, by default whoever is logged in; `url` another register than the workspace's.

    Example: `issued = workbook_gen.issue(collection, ["QSL", "QYG"], by="Kim Lee")`
    """
    who = name_of(by)
    if not who:
        raise ValueError("The register says who did what: give a name, as in by='Kim Lee'.")
    place, national = exercise.workspace(workspace), exercise.national
    named = [one.code for one in national.systems] if organisations is None else organisations
    codes = [national.system(code).code for code in named]
    kept = Register.at(url or place.register_path, exercise.collection.key)
    see_to_the_manifest(place, kept.issues())
    found = list(write_issues(place, national, codes, jobs=jobs))
    kept.issue(as_rows(found), Moment(now(), who))
    rows = [{**asdict(one.issued), "file": str(place.issued / one.issued.file), "change": one.change} for one in found]
    return pd.DataFrame(rows, columns=["organisation", "name", "file", "issue", "sha256", "change"])


def check(path: Place, exercise: Exercise, *, workspace: Place = WORKSPACE) -> CheckedReturn:
    """Check a return as `workbook-gen check` does: its `state`, `findings`, `headlines`, `values` with totals, and `counts()`.

    Example: `checked = workbook_gen.check("inbox/QYG_h2_2023_24_v1.0.xlsx", collection)`
    """
    with Checker(exercise.desk(workspace)) as checker:
        return checker.check(Path(path))


def read(paths: Place | Iterable[Place], exercise: Exercise, *, workspace: Place = WORKSPACE) -> pd.DataFrame:
    """The inputs of one return or of several: a row for each that holds something, its value as a `number` or a `text`.

    Raises `ReturnRefused`, once all have been tried, for files of which nothing can be read.

    Example: `inputs = workbook_gen.read(sorted(Path("inbox").glob("*.xlsx")), collection)`
    """
    files = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    with Checker(exercise.desk(workspace)) as checker:
        found = [checker.check(path) for path in files]
    refused = [f"{one.file}: {one.findings[0].message} {one.findings[0].fix}" for one in found if not one.results]
    if refused:
        raise ReturnRefused("\n".join(refused))
    rows = [
        {"file": one.file, "organisation": one.identity.organisation, **row}
        for one in found
        if one.identity
        for row in inputs_of(one)
    ]
    return pd.DataFrame(rows, columns=["file", "organisation", *INPUT])


def register(exercise: Exercise, *, workspace: Place = WORKSPACE, url: str | None = None) -> Tables:
    """What the register holds, as frames; `url` is another register than the workspace's. Nothing is written.

    Example: `register = workbook_gen.register(collection)`
    """
    place = url or exercise.workspace(workspace).register_path
    if not is_made(connect(place)):
        raise RegisterError(f"There is no register at {place}. Name its workspace, or its url.")
    kept = Register.at(place, exercise.collection.key)
    submissions = stored_submissions(kept)
    return Tables(
        submissions=pd.DataFrame(submissions, columns=[*(submissions[0] if submissions else SUBMISSION)]),
        inputs=pd.DataFrame(stored_inputs(kept), columns=[*WHOSE, *INPUT]),
        findings=pd.DataFrame(stored_findings(kept), columns=[*WHOSE, *FINDING]),
        results=pd.DataFrame(stored_results(kept), columns=[*WHOSE, *RESULT]),
    )
