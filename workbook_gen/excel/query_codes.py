"""Finding the rows and columns of a returned Queries sheet by their codes, wherever they have been moved to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import CODE_COLUMN, QUERIES, address
from workbook_gen.excel.align import AlignedSheet
from workbook_gen.excel.cells import Place
from workbook_gen.excel.query_sheet import QUERY, QUERY_HEADINGS, READING, READING_HEADINGS, REPLY, Heading, blocks
from workbook_gen.excel.scan import ScannedSheet
from workbook_gen.findings import Finding

_HEADINGS = (*QUERY_HEADINGS.values(), *READING_HEADINGS.values())
_SUB_CODES = {QUERY: re.compile(r"Q(\d{3,9})", re.ASCII), READING: re.compile(r"M(\d{3,9})", re.ASCII)}


def is_queries(sheet: ScannedSheet) -> bool:
    """Whether a sheet holds the code of the replies, or those of both tables: without queries the first has no columns."""
    codes = {REPLY.code, QUERY, READING}.intersection(sheet.texts.values())
    return REPLY.code in codes or {QUERY, READING} <= codes


@dataclass(frozen=True)
class QueryCodes:
    """Where the codes of a Queries sheet stand."""

    sheet: ScannedSheet

    @cached_property
    def texts(self) -> dict[Place, str]:
        """The texts of the sheet without the blanks around them, in reading order."""
        return {place: text for place, text in sorted(self.sheet.texts.items()) if text}

    @cached_property
    def homes(self) -> dict[str, Place]:
        """The place of each table's code."""
        found = {text: place for place, text in reversed(self.texts.items()) if text in (QUERY, READING)}
        return {code: found[code] for code in (QUERY, READING) if code in found}

    @cached_property
    def code_column(self) -> int:
        """The column in which table codes and sub codes stand."""
        return next((column for _, column in self.homes.values()), CODE_COLUMN + 1)

    @cached_property
    def main_codes(self) -> dict[str, Place]:
        """The place of each main code that stands just once."""
        return {code: found[0] for code, found in self._headings.items() if len(found) == 1}

    @cached_property
    def _headings(self) -> dict[str, list[Place]]:
        return {one.code: [place for place, text in self.texts.items() if text == one.code] for one in _HEADINGS}

    @cached_property
    def rows(self) -> dict[str, dict[int, int]]:
        """The rows of each table, in order, with the number that each has."""
        border = self.homes[READING][0] if READING in self.homes else None
        coded = {code: dict(self._coded(pattern)) for code, pattern in _SUB_CODES.items()}
        above = {row: number for row, number in coded[QUERY].items() if border is None or row < border}
        below = {row: number for row, number in coded[READING].items() if border is None or row > border}
        return {QUERY: above, READING: below}

    def _coded(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        for (row, column), text in self.texts.items():
            match = pattern.fullmatch(text)
            if match and column == self.code_column:
                yield row, int(match[1])

    @cached_property
    def queries(self) -> dict[int, int]:
        """The row of each query whose number stands just once."""
        rows = self._numbered
        return {number: found[0] for number, found in rows.items() if len(found) == 1}

    @cached_property
    def _numbered(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, number in self.rows[QUERY].items():
            found.setdefault(number, []).append(row)
        return found

    def findings(self) -> Iterator[Finding]:
        """Codes that stand twice, and a column of replies that is gone."""
        for code, places in self._headings.items():
            if len(places) > 1:
                yield self._twice(code, places)
        for rows in self._numbered.values():
            if len(rows) > 1:
                yield self._twice(self.texts[rows[0], self.code_column], [(row, self.code_column) for row in rows])
        if self.queries and not self._headings[REPLY.code]:
            yield structural("STR-206", sheet=self.sheet.name, label=f"{REPLY.code}, {REPLY.label}")

    def _twice(self, code: str, places: list[Place]) -> Finding:
        first, second = (address(row - 1, column - 1) for row, column in places[:2])
        return structural("STR-208", sheet=self.sheet.name, cell=second, found=code, expected=first)

    @property
    def _first(self) -> str:
        """The address of the first code by which the sheet is known."""
        row, column = next(iter(self.homes.values()), None) or self._headings[REPLY.code][0]
        return address(row - 1, column - 1)

    def copied(self, other: "QueryCodes") -> Finding:
        """Another sheet holds the same codes."""
        where = f"{self.sheet.name} {self._first}"
        return structural("STR-208", sheet=other.sheet.name, cell=other._first, found=QUERY, expected=where)

    def place(self, row: int, heading: Heading) -> Place | None:
        """Where a row has the column of a heading; None where that is gone, or stands twice."""
        found = self.main_codes.get(heading.code)
        return (row, found[1]) if found else None

    def aligned(self) -> AlignedSheet:
        """The sheet with its rows and columns as written: rows that were taken away are not known to have been there."""
        aligned = AlignedSheet(self.sheet, QUERIES)
        for one in _HEADINGS:
            if one.code in self.main_codes:
                aligned.columns.known[self.main_codes[one.code][1]] = one.column + 1
        aligned.columns.known[self.code_column] = CODE_COLUMN + 1
        counts = (len(self.rows[code]) for code in (QUERY, READING))
        for code, block in zip((QUERY, READING), blocks(*counts), strict=True):
            known = {row: block.first + 1 + count for count, row in enumerate(self.rows[code])}
            known |= {row: block.codes + 1 for name, (row, _) in self.main_codes.items() if name.startswith(code)}
            known |= {self.homes[code][0]: block.title + 1} if code in self.homes else {}
            aligned.rows.known |= known
        return aligned
