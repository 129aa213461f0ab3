"""A kind of mangling: what a person did, how to do it to a file, and exactly what the reader owes to whoever sent it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.changes import Change, Told, spoiled
from tests.returns import file_name, place_of
from tests.spoil import Spoiled
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value

__all__ = ["Change", "Edit", "Kind", "Owed", "Told", "at", "edited", "nothing", "sheet_wide"]

Owed = Callable[[str], tuple[Told, ...]]
"""What is told of a system's file: the code, the sheet and the first cell of each finding."""
Edit = Callable[[Spoiled, str], None]


def nothing(_: str) -> tuple[Told, ...]:
    """What is owed where the return reads as if nothing had happened."""
    return ()


def as_answered(_: str) -> Mapping[Key, Value]:
    """What is read where every answer stands as it was given."""
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of mangling.

    `did` is what a person did, in their words. `change` does it to the file of a system. `told` are the findings owed, and no
    other; `says` are words that their messages hold. `lost` are the inputs that cannot be read (`table.`, `table.line[` or
    `table.*[column]`), `read` those that are read as something else than was answered. `name` is what the file is called.
    `stale` says that the totals standing in the file are no longer those of its inputs, which is told once (STR-304).
    `refused` says that nothing is read. `program` is the marker of a program that the change needs.
    """

    title: str
    did: str
    change: Change
    told: Owed = nothing
    says: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    read: Callable[[str], Mapping[Key, Value]] = as_answered
    name: Callable[[str], str] = file_name
    stale: bool = False
    refused: bool = False
    program: str = ""


def edited(*edits: Edit) -> Change:
    """The change that these edits of the package make, one after the other."""

    def work(file: Spoiled, code: str) -> None:
        for edit in edits:
            edit(file, code)

    return spoiled(work)


def at(code: str, *keys: Key) -> Owed:
    """A finding of this code in the place of each input, figure or total."""
    return lambda system: tuple((code, *place_of(system, key)) for key in keys)


def sheet_wide(code: str, *sheets: str) -> Owed:
    """A finding of this code on each sheet, of no cell in particular."""
    return lambda _: tuple((code, sheet, "") for sheet in sheets)
