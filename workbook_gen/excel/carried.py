"""What a file carries beside its cells: areas merged, comments, links to other files, and what our names stand for."""

from collections.abc import Iterator, Mapping

from workbook_gen.catalogue import quote, structural
from workbook_gen.definition.layout import address
from workbook_gen.excel.align import AlignedSheet
from workbook_gen.excel.compare import DETAILED, areas_in_words, cells_in_words
from workbook_gen.excel.references import References
from workbook_gen.excel.scan import Scan
from workbook_gen.findings import Finding, listed

_TOLD = 5
"""How many files a message names."""


def carried_findings(scan: Scan, aligned: tuple[AlignedSheet, ...], names: Mapping[str, str]) -> Iterator[Finding]:
    """What is to be said of it. `names` are those issued, with what each stood for (`=Guidance!$B$12`)."""
    for one in aligned:
        yield from _on(one)
    if scan.links:
        more = len(scan.links) - _TOLD
        yield structural("STR-305", found=listed([*scan.links[:_TOLD], *([f"{more} more"] if more > 0 else [])]))
    yield from _names(scan, aligned, names)


def _on(one: AlignedSheet) -> Iterator[Finding]:
    sheet = one.sheet
    if sheet.merged:
        yield structural("STR-215", sheet=sheet.name, cells=sheet.merged, named=areas_in_words(sheet.merged))
    if sheet.comments:
        places = sorted(sheet.comments)
        cells = tuple(address(row - 1, column - 1) for row, column in places)
        texts = [sheet.comments[place] for place in places]
        details = [f"{cell}: {quote(text)}" for cell, text in zip(cells, texts, strict=True)][:DETAILED]
        named, several = cells_in_words(cells), tuple(details) if len(details) > 1 else ()
        yield structural("STR-306", sheet=sheet.name, cells=cells, named=named, found=texts[0], details=several)


def _names(scan: Scan, aligned: tuple[AlignedSheet, ...], names: Mapping[str, str]) -> Iterator[Finding]:
    """The names that are gone or stand for something else; not those that read a sheet, row or column that is missing."""
    references = References(aligned)
    found = {one.name.casefold(): one.text for one in scan.names if one.sheet is None}
    for name, reference in names.items():
        issued = reference.removeprefix("=")
        now = found.get(name.casefold())
        if references.leads_nowhere(issued, "") or (now and aligned and references.is_as_issued(now, aligned[0], issued)):
            continue
        yield structural("STR-311", label=name, found=now or "nothing any more", expected=issued)
