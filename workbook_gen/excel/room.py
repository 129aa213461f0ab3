"""How much of anything one file may hold: counted as it is met, never believed as it is declared."""

from dataclasses import dataclass, field, fields

from workbook_gen.excel.refusal import too_large

MAXIMUM_TAGS = 1_000_000
MAXIMUM_SIGNS = 3_000_000
UNCOUNTED = 3_000_000
"""Bytes unpacked up to which tags and signs are not counted: so short a file cannot hold enough of them to hurt."""
MAXIMUM_CELLS = 400_000
MAXIMUM_FILLED = 100_000
MAXIMUM_TEXTS = 250_000
MAXIMUM_CHARACTERS = 8_000_000
MAXIMUM_TEXT = 32_767
"""Characters of one text, as in Excel."""
MAXIMUM_FORMULAS = 4_000_000
MAXIMUM_WRITTEN_OUT = 1_000_000
"""Characters of the shared formulas that are written out again for each cell."""
MAXIMUM_MERGED = 20_000
MAXIMUM_MERGED_CELLS = 2_000_000
MAXIMUM_HIDDEN_ROWS = 100_000
MAXIMUM_COMMENTS = 20_000


@dataclass(slots=True)
class Count:
    """How many of one thing have been met; PackageRefused where there are more than its limit."""

    limit: int
    what: str
    met: int = 0

    def add(self, number: int = 1) -> None:
        """Count some more."""
        self.met += number
        if self.met > self.limit:
            raise too_large(self.met, self.limit, self.what)


@dataclass(slots=True)
class Room:
    """What one file may hold in all its parts together. Short files (`counted` is false) are spared the count of tags."""

    counted: bool = True
    tags: Count = field(default_factory=lambda: Count(MAXIMUM_TAGS, "tags"))
    signs: Count = field(default_factory=lambda: Count(MAXIMUM_SIGNS, "attributes, line ends and references"))
    cells: Count = field(default_factory=lambda: Count(MAXIMUM_CELLS, "cells"))
    filled: Count = field(default_factory=lambda: Count(MAXIMUM_FILLED, "cells that are filled"))
    texts: Count = field(default_factory=lambda: Count(MAXIMUM_TEXTS, "texts"))
    characters: Count = field(default_factory=lambda: Count(MAXIMUM_CHARACTERS, "characters of text"))
    formulas: Count = field(default_factory=lambda: Count(MAXIMUM_FORMULAS, "characters of formulas"))
    written_out: Count = field(default_factory=lambda: Count(MAXIMUM_WRITTEN_OUT, "characters of shared formulas"))
    merged: Count = field(default_factory=lambda: Count(MAXIMUM_MERGED, "merged areas"))
    merged_cells: Count = field(default_factory=lambda: Count(MAXIMUM_MERGED_CELLS, "merged cells"))
    hidden_rows: Count = field(default_factory=lambda: Count(MAXIMUM_HIDDEN_ROWS, "hidden rows"))
    comments: Count = field(default_factory=lambda: Count(MAXIMUM_COMMENTS, "comments"))

    def met(self) -> tuple[int, ...]:
        """What has been met of everything, to go back to."""
        return tuple(count.met for count in self._counts())

    def go_back(self, met: tuple[int, ...]) -> None:
        """Forget what has been met since then: it is to be read again."""
        for count, number in zip(self._counts(), met, strict=True):
            count.met = number

    def _counts(self) -> list[Count]:
        return [count for one in fields(self) if isinstance(count := getattr(self, one.name), Count)]

    def meet(self, chunk: bytes) -> None:
        """Count the tags of a stretch of XML, and what else costs time by its number, before it is parsed.

        The bytes of UTF-16 count alike, its signs standing between zeros.
        """
        if self.counted:
            self.tags.add(chunk.count(b"<"))
            self.signs.add(sum(chunk.count(sign) for sign in (b"=", b"&", b"\n", b"\r")))
