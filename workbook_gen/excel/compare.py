"""A returned workbook beside the one that was issued, cell by cell: what has changed, and an account of every cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isclose
from typing import NamedTuple

from workbook_gen.catalogue import quote, structural
from workbook_gen.definition.layout import PLAN_DATA, Layout, address, merged
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.align import AlignedSheet
from workbook_gen.excel.cells import Place, ScannedCell
from workbook_gen.excel.issued import IssuedCell, IssuedSheet, IssuedSheets
from workbook_gen.excel.locate import Located
from workbook_gen.excel.missing import Missing
from workbook_gen.excel.references import References
from workbook_gen.excel.scan import Scan
from workbook_gen.findings import Finding

INPUT, LABEL, PREFILL, PREFILL_CHANGED = "input", "label", "prefill as issued", "prefill changed"
FORMULA, FORMULA_CHANGED, MACHINERY, UNEXPECTED = "formula as issued", "formula changed", "validation machinery", "unexpected"
LABEL_CHANGED = "label changed"
QUERIED, REPLIED = "query", "reply"
KINDS = (
    *(INPUT, LABEL, LABEL_CHANGED, PREFILL, PREFILL_CHANGED, FORMULA, FORMULA_CHANGED, MACHINERY),
    *(QUERIED, REPLIED, UNEXPECTED),
)
"""What each cell of a returned file that is not empty can be; the account says how many of each there are."""


LABEL_CODE, FORMULA_CODE, CONTENT_CODE, OVERWRITTEN_CODE, EMPTIED_CODE = "STR-303", "STR-307", "STR-308", "STR-309", "STR-310"
_AREAS = 12
"""How many areas of cells a message names."""
_MERGED = 5_000
"""How many cells of a message are merged into areas."""
DETAILED = 1_000
"""How many cells of a message are told one by one."""


class Change(NamedTuple):
    """A cell that is not as issued: its address in the file, what it holds, and what it was issued as."""

    cell: str
    found: str
    expected: str


@dataclass
class Comparison:
    """What differs from the issue, and how many cells of the file are what. Totals that were overwritten are not among it."""

    changes: dict[tuple[str, str], list[Change]] = field(default_factory=dict)
    account: Counter[str] = field(default_factory=Counter)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be said: each label by itself, the rest once a sheet."""
        return tuple(finding for (sheet, code), changes in self.changes.items() for finding in _findings(sheet, code, changes))


def compare(
    scan: Scan, layout: Layout, located: Located, issued: IssuedSheets, aligned: tuple[AlignedSheet, ...]
) -> Comparison:
    """Every cell of the file that is not empty, beside what was issued in its place; and what was issued and is gone."""
    comparison = Comparison()
    references, missing = References(aligned), Missing.of(layout, located)
    for one in aligned:
        _Sheet(one, issued[one.issued], layout.keys.get(one.issued, {}), located, references, missing, comparison).compare()
    ours = {one.sheet.name for one in aligned}
    for sheet in scan.sheets:
        if sheet.name not in ours:
            comparison.account[UNEXPECTED] += sum(holds(cell) for cell in sheet.cells.values())
    return comparison


def _findings(sheet: str, code: str, changes: list[Change]) -> Iterator[Finding]:
    if code == LABEL_CODE:
        for cell, found, expected in changes:
            yield structural(code, sheet=sheet, cell=cell, found=found, expected=expected)
        return
    cells, first = tuple(change.cell for change in changes), changes[0]
    details = tuple(_detail(change) for change in changes[:DETAILED]) if len(changes) > 1 else ()
    named = cells_in_words(cells)
    yield structural(code, sheet=sheet, cells=cells, named=named, found=first.found, expected=first.expected, details=details)


def _detail(change: Change) -> str:
    """What one cell holds, and what it was issued as."""
    held = quote(change.found) or "empty"
    return f"{change.cell}: {held}; issued as {quote(change.expected)}" if change.expected else f"{change.cell}: {held}"


def cells_in_words(cells: tuple[str, ...]) -> str:
    """Cells as areas, the first few of them; of very many the first few one by one, because merging them takes long."""
    return areas_in_words(merged(cells).split(", ") if len(cells) <= _MERGED else cells)


def areas_in_words(areas: Sequence[str]) -> str:
    """The first few areas."""
    return ", ".join(areas[:_AREAS]) + (", …" if len(areas) > _AREAS else "")


def holds(cell: ScannedCell) -> bool:
    """Whether a cell is not empty."""
    return cell.formula is not None or cell.value not in (None, "")


@dataclass
class _Sheet:
    """One returned sheet beside the one issued."""

    one: AlignedSheet
    before: IssuedSheet
    keys: Mapping[tuple[int, int], Key]
    located: Located
    references: References
    missing: Missing
    comparison: Comparison

    def compare(self) -> None:
        here = set()
        for (row, column), cell in sorted(self._not_as_issued()):
            place = self.one.place(row, column)
            if place is not None:
                here.add(place)
            if holds(cell):
                self.comparison.account[self._kind(row, column, cell, place)] += 1
            elif place is not None and place in self.before:
                self._emptied(row, column, place)
        for place in sorted(self.before.content.difference(self.one.sheet.cells.held if self._unmoved else here)):
            if self.one.holds(*place):
                self._emptied(*self.one.returned(*place), place)

    @cached_property
    def _unmoved(self) -> bool:
        """Whether all cells are where they were issued, and references as they were."""
        return not self.references.moved and self.one.rows.unmoved and self.one.columns.unmoved

    def _not_as_issued(self) -> list[tuple[Place, ScannedCell]]:
        """The cells to look at one by one: all but those that are locked, hold what was issued, and are where it was.

        Nor is there anything to say of one that is blank and was issued so, or to be filled in.
        """
        cells = self.one.sheet.cells
        if not self._unmoved:
            return [*cells.items()]
        formulas, constants = self.before.formulas, self.before.constants
        changed = {place for place, formula in formulas.items() if cells.formulas.get(place) != formula}
        added = cells.formulas.keys() - formulas.keys()
        replaced = {place for place, was in constants.items() if (now := cells.held.get(place)) != was or isinstance(now, bool)}
        replaced |= added & constants.keys()
        figures = sum(map(self.keys.__contains__, constants)) - sum(map(self.keys.__contains__, replaced))
        labels = len(constants) - len(replaced) - figures
        self.comparison.account.update({FORMULA: len(formulas) - len(changed), PREFILL: figures, self._constant: labels})
        elsewhere = {place for place in cells.held.keys() - self.before.content if cells.held[place] is not None}
        return [(place, cells[place]) for place in changed | replaced | added | elsewhere if place in cells.held]

    @property
    def _constant(self) -> str:
        """What a cell is that was issued with neither a figure nor a formula."""
        return MACHINERY if self.one.issued == PLAN_DATA else LABEL

    def _is_read_here(self, key: Key, row: int, column: int) -> bool:
        """Whether an input is read from this cell; its codes may stand elsewhere, or nowhere, which is told."""
        at = self.located.place(key)
        return at is None or at == (self.one.sheet, row, column)

    def _emptied(self, row: int, column: int, place: tuple[int, int]) -> None:
        """A label or formula that is gone, but for what is told with a line, a column, a figure or a total."""
        was = self.before[place]
        if was.locked and was.holds and self.keys.get(place) is None and not self._is_nowhere(was):
            expected = _text(was.value) if was.formula is None else f"={was.formula}"
            self._say(EMPTIED_CODE, row, column, place, "", expected)

    def _kind(self, row: int, column: int, cell: ScannedCell, place: tuple[int, int] | None) -> str:
        """What a cell that holds something is; what differs from the issue is kept to be said."""
        was = self.before.get(place) if place else None
        if place is None or was is None or (was.locked and not was.holds):
            self._say(CONTENT_CODE, row, column, place, as_it_stands(cell), "")
            return UNEXPECTED
        key = self.keys.get(place)
        if not was.locked:
            if key is None or self._is_read_here(key, row, column):
                return INPUT
            self._say(CONTENT_CODE, row, column, place, as_it_stands(cell), "")
            return UNEXPECTED
        if was.formula is not None:
            return self._formula(row, column, cell, place, was)
        same = cell.formula is None and _same(cell.value, was.value)
        if key is not None:
            return PREFILL if same else PREFILL_CHANGED
        if same:
            return self._constant
        self._say(LABEL_CODE, row, column, place, as_it_stands(cell), _text(was.value))
        return LABEL_CHANGED

    def _formula(self, row: int, column: int, cell: ScannedCell, place: tuple[int, int], was: IssuedCell) -> str:
        """A formula beside the one issued. One that was overwritten on a total is told with the total recomputed."""
        issued = was.formula or ""
        if cell.formula is not None and self.references.is_as_issued(cell.formula, self.one, issued):
            return FORMULA
        code = FORMULA_CODE if cell.formula is not None else OVERWRITTEN_CODE
        is_told = code == OVERWRITTEN_CODE and self.keys.get(place) is not None
        if not is_told and not self._is_nowhere(was):
            self._say(code, row, column, place, as_it_stands(cell), f"={issued}")
        return FORMULA_CHANGED

    def _is_nowhere(self, was: IssuedCell) -> bool:
        """Whether a formula reads what is missing: then that is told, and not what has become of the formula."""
        return was.formula is not None and self.references.leads_nowhere(was.formula, self.one.issued)

    def _say(self, code: str, row: int, column: int, place: tuple[int, int] | None, found: str, expected: str) -> None:
        where = address(row - 1, column - 1)
        if not self.missing.tells(self.one.sheet.name, where) and not (place and self.missing.takes(self.one.issued, *place)):
            self.comparison.changes.setdefault((self.one.sheet.name, code), []).append(Change(where, found, expected))


def _same(value: object, was: str | float | None) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, float | int) and isinstance(was, float | int):
        return isclose(value, was, rel_tol=1e-12)
    return value == was


def as_it_stands(cell: ScannedCell) -> str:
    """What a cell holds, as a message shows it: its formula, else its value."""
    return f"={cell.formula}" if cell.formula is not None else _text(cell.value)


def _text(value: object) -> str:
    return "" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
