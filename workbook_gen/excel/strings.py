"""Texts as a workbook writes them: the shared strings, rich or plain, and Excel's escapes."""

import re

from workbook_gen.excel.markup import MainNames, parse
from workbook_gen.excel.refusal import too_large

MAXIMUM_STRINGS = 1_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with `_x000D_` and its like decoded; `_x005F_` guards an underscore that is meant."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Table:
    """Collects the shared strings in order: the texts of all runs, without the phonetic ones."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.kinds = MainNames()
        self.pieces: list[str] = []
        self.runs: list[str] = []
        self.phonetic = False
        self.text = self.pieces.append

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds[name]
        if kind == "t":
            self.pieces.clear()
        elif kind == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        kind = self.kinds[name]
        if kind == "t" and not self.phonetic:
            self.runs += self.pieces
        elif kind == "rPh":
            self.phonetic = False
        elif kind == "si":
            self.strings.append(unescape("".join(self.runs)))
            self.runs.clear()
            if len(self.strings) > MAXIMUM_STRINGS:
                raise too_large(len(self.strings), MAXIMUM_STRINGS, "texts")


def shared_strings(part: str, content: bytes) -> list[str]:
    """The shared strings in order. Their declared count is not read."""
    table = _Table()
    parse(part, content, table)
    return table.strings
