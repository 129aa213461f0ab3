"""The finding of a structural code: its texts filled in. The codes themselves stand in `codes`."""

from workbook_gen.codes import ENTRIES
from workbook_gen.entry import Entry
from workbook_gen.findings import Finding, Outcome, where

__all__ = ["Entry", "catalogue", "structural"]

PLACE = "{where}: "
QUOTED = 100
"""Characters of what was found that a message quotes."""


def catalogue() -> tuple[Entry, ...]:
    """Every structural code, in order: what `explain` lists."""
    return tuple(ENTRIES[code] for code in sorted(ENTRIES))


def structural(
    code: str,
    *,
    sheet: str = "",
    cell: str = "",
    cells: tuple[str, ...] = (),
    found: str = "",
    expected: str = "",
    table: str = "",
    line: str = "",
    column: str = "",
    label: str = "",
    named: str = "",
    details: tuple[str, ...] = (),
) -> Finding:
    """The finding of a structural code with its texts filled in; a `KeyError` for a code that is not in the catalogue.

    `sheet` and `cell` are the address in the file at hand, or `cells` and how they are `named`, which the message counts;
    `label` names the cell in words (`AGY0900, Total agency`).
    A long `found` or `expected` is cut in the message, and kept whole in the finding.
    """
    entry = ENTRIES[code]
    place = where(sheet, cell or named, label if cell else "")
    texts = {
        "where": place,
        "found": quote(found),
        "expected": quote(expected),
        "label": label,
        "count": f"{len(cells) or 1:,}",
    }
    return Finding(
        code=code,
        severity=entry.severity,
        outcome=Outcome.FAIL,
        title=entry.title,
        what=entry.message.removeprefix(PLACE).format_map(texts),
        remedy=entry.fix.format_map(texts),
        place=place if entry.message.startswith(PLACE) else "",
        table=table,
        line=line,
        column=column,
        sheet=sheet,
        cells=cells or ((cell,) if cell else ()),
        label=label,
        found=found,
        expected=expected,
        refuses=entry.refuses,
        details=details,
    )


def quote(text: str) -> str:
    """A text as a message shows it: on one line, and cut when it is long."""
    line = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"
