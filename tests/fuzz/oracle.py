"""The properties that hold of every file, however spoiled: what was checked beside what is plainly there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import isclose

from tests.fuzz.bases import Base
from tests.fuzz.plain import BLANK, PlainBook, PlainCell, PlainSheet, Unsound, read_plainly
from tests.fuzz.told import Told, rows_moved, split, told
from workbook_gen.definition.form import FormCell
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.findings import State

_CENT = 0.005
_DAYS_TO_1904 = 1462.0


class Outcome(StrEnum):
    """What becomes of a mutant."""

    REFUSED = "refused"
    TOLD = "told"
    SAME = "read the same"


def outcome(checked: CheckedReturn, base: Base) -> str:
    """Refused and by which code, told, or nothing that was not said of the file before."""
    if checked.state is State.REFUSED:
        return f"{Outcome.REFUSED} {checked.findings[0].code}"
    return Outcome.SAME if checked.findings == base.checked.findings else Outcome.TOLD


def breaches(base: Base, data: bytes, checked: CheckedReturn) -> Iterator[str]:
    """What is wrong with how a mutant was checked; nothing where it was refused or every difference is told."""
    if checked.state is State.REFUSED:
        return
    identity = checked.identity
    if identity is None or identity.organisation != base.issuable.system.code:
        yield f"read as the return of {identity and identity.organisation}"
        return
    try:
        plain = read_plainly(data)
    except Unsound as error:
        yield f"read, though {error}"
        return
    if sum(checked.account.values()) != plain.filled:
        yield f"the account says {sum(checked.account.values())} cells, the file holds {plain.filled}"
    for key, issued in base.issuable.prefill.items():
        if checked.values[key] != issued:
            yield f"{key} is {checked.values[key]!r} where {issued!r} was issued"
    yield from _Beside(base, plain, checked, told(checked, base.issuable.layout, plain.sheets)).differences()


@dataclass
class _Beside:
    """A mutant, plainly read, beside the file that it was made of."""

    base: Base
    plain: PlainBook
    checked: CheckedReturn
    told: Told

    def differences(self) -> Iterator[str]:
        """Every difference that nobody is told of."""
        for sheet, cells in self.base.plain.sheets.items():
            now = self.plain.sheets.get(self.told.names.get(sheet, sheet))
            if now is not None:
                yield from _Sheet(self, sheet, cells, now).differences()
            elif sheet not in self.told.sheets:
                yield f"sheet {sheet} is gone, and nobody is told"

    @cached_property
    def everywhere(self) -> set[PlainCell]:
        """What stands on any sheet."""
        return {cell for sheet in self.plain.sheets.values() for cell in sheet.values()}

    @property
    def counts_alike(self) -> bool:
        """Whether the days of both count from the same year."""
        return self.plain.date1904 == self.base.plain.date1904


@dataclass
class _Sheet:
    """One sheet of a mutant beside the sheet that it was."""

    both: _Beside
    name: str
    before: PlainSheet
    now: PlainSheet

    def differences(self) -> Iterator[str]:
        moved: dict[int, int] = {}
        places = self.both.base.inputs.get(self.name, [])
        if self.before != self.now:
            moved = rows_moved(self.before, self.now)
            kept = set(moved.values())
            places = list({**self.before, **{one: cell for one, cell in self.now.items() if split(one)[1] not in kept}})
        for place in places:
            column, row = split(place)
            here = f"{column}{moved.get(row, row)}"
            cell = self.both.base.cells.get((self.name, place))
            was, held = self.before.get(place, BLANK), self.now.get(here, BLANK)
            if cell is not None and cell.role == "input":
                is_sound = self._is_read(cell, was, held)
            else:
                is_sound = _same(was, held) or self._is_recalculated(cell, was, held)
            if not is_sound and not self.both.told.of(self.name, place, here) and not self._is_followed(cell, was, held):
                read = f", read as {self.both.checked.values[cell.key]!r}" if cell else ""
                yield f"{self.name} {here}: {was} became {held}{read}, and nobody is told"

    def _is_recalculated(self, cell: FormCell | None, was: PlainCell, held: PlainCell) -> bool:
        """Whether only what a formula showed is another: told once for totals, and worked out again everywhere."""
        alike = held.formula is not None and held.formula == was.formula
        return alike and (cell is None or cell.role != "total" or self.both.told.stale)

    def _is_followed(self, cell: FormCell | None, was: PlainCell, held: PlainCell) -> bool:
        """On a sheet that is told to be in disorder: whether what stood here stands elsewhere, and the other way round."""
        name = self.both.told.names.get(self.name, self.name)
        if name not in self.both.told.shaken:
            return False
        if cell is not None and cell.role == "input":
            read = self.both.checked.values[cell.key]
            held_anywhere = self.both.everywhere if name in self.both.told.scattered else self._held
            return read is None or any(_is(read, text) for one in held_anywhere for text in (one.value, _as_text(one)))
        if name in self.both.told.ruined:
            return True
        is_kept = not was.filled or was in self._held or name in self.both.told.shortened
        return is_kept and (not held.filled or held in self._issued)

    @cached_property
    def _held(self) -> set[PlainCell]:
        return set(self.now.values())

    @cached_property
    def _issued(self) -> set[PlainCell]:
        return set(self.before.values())

    def _is_read(self, cell: FormCell, was: PlainCell, held: PlainCell) -> bool:
        """Whether an input that is not told of is read as it stands."""
        read = self.both.checked.values[cell.key]
        if held == was and self.both.counts_alike:
            return read == self.both.base.checked.values[cell.key]
        if held.value in (None, ""):
            return read is None
        if held.formula is not None:
            return False
        if cell.column.type == "date" and isinstance(held.value, float):
            return read == held.value + self.both.plain.date1904 * _DAYS_TO_1904
        if cell.column.type in ("choice", "yesno"):
            return isinstance(read, str) and read.casefold() == str(held.value).strip().casefold()
        if cell.column.numeric:
            return held.kind in ("number", "date") and read == held.value
        return read == _as_text(held)


def _is(read: object, held: object) -> bool:
    """Whether a value read is the one held; a formula in an input is worked out again, which may end on another last digit."""
    both = isinstance(read, float) and isinstance(held, float)
    return isclose(read, held, rel_tol=1e-12) if both else read == held  # type: ignore[arg-type]


def _as_text(cell: PlainCell) -> str:
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value)


def _same(before: PlainCell, now: PlainCell) -> bool:
    if (before.filled, now.filled) == (False, False):
        return True
    if isinstance(before.value, float) and isinstance(now.value, float) and before.formula == now.formula:
        within = _CENT if before.formula is not None else abs(before.value) * 1e-12
        return abs(before.value - now.value) <= within
    return before == now
