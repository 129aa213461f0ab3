"""The sheets that came back beside those issued: renamed, added, missing, hidden, unprotected, or in another order."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count, groupby

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import ABOUT, CHECKS, COVER, GUIDANCE, PLAN_DATA, Layout, column_name
from workbook_gen.excel.align import AlignedSheet
from workbook_gen.excel.scan import Scan
from workbook_gen.findings import Finding

OWN_SHEETS = (COVER, GUIDANCE, CHECKS, PLAN_DATA, ABOUT)
"""The sheets without tables of their own, which stand in every workbook."""


def sheet_findings(scan: Scan, layout: Layout, aligned: tuple[AlignedSheet, ...]) -> Iterator[Finding]:
    """What is to be said of whole sheets; one with tables that is missing is told with its tables."""
    ours = {one.sheet.name: one for one in aligned}
    for one in aligned:
        if one.sheet.name != one.issued:
            yield structural("STR-201", sheet=one.sheet.name, found=one.sheet.name, expected=one.issued)
    for sheet in scan.sheets:
        if sheet.name not in ours:
            yield structural("STR-203", sheet=sheet.name, found=sheet.name)
        else:
            yield from _state(ours[sheet.name])
    for title in OWN_SHEETS:
        if title not in {one.issued for one in aligned}:
            yield structural("STR-214", expected=title)
    titles = [sheet.sheet.title for sheet in layout.sheets]
    order = [ours[sheet.name].issued for sheet in scan.sheets if sheet.name in ours and ours[sheet.name].issued in titles]
    if order != [title for title in titles if title in order]:
        yield structural("STR-204", found=", ".join(order))


def _state(one: AlignedSheet) -> Iterator[Finding]:
    """A sheet unprotected or hidden, and what is hidden on it. The filter of Checks hides rows, and is there to be used."""
    sheet = one.sheet
    if one.issued not in OWN_SHEETS and not sheet.protected:
        yield structural("STR-209", sheet=sheet.name)
    if sheet.state != "visible":
        yield structural("STR-210", sheet=sheet.name)
    rows = () if one.issued == CHECKS else sheet.hidden_rows
    words = [_runs("row", rows, str), _runs("column", sheet.hidden_columns, lambda number: column_name(number - 1))]
    if any(words):
        yield structural("STR-211", sheet=sheet.name, found=" and ".join(word for word in words if word))


def _runs(kind: str, numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """Rows or columns in words: `row 15`, `rows 3 to 7, 15`; empty where there are none."""
    found = sorted(numbers)
    step = count()
    runs = [[*run] for _, run in groupby(found, key=lambda number: number - next(step))]
    texts = [name(run[0]) if len(run) == 1 else f"{name(run[0])} to {name(run[-1])}" for run in runs]
    return f"{kind}{'s' if len(found) > 1 else ''} {', '.join(texts)}" if texts else ""
