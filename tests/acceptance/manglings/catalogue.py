"""Every kind of mangling, by what it is done to. What if somebody … ? Look it up in the module of that name."""

from tests.acceptance.manglings import (
    answers,
    codes,
    columns,
    figures,
    files,
    formulas,
    labels,
    lines,
    links,
    numbers,
    pasting,
    producers,
    sheets,
    tables,
    totals,
    writing,
)
from tests.acceptance.manglings.kind import Kind

CATALOGUE: dict[str, tuple[Kind, ...]] = {
    "sheets": sheets.KINDS,
    "lines": lines.KINDS,
    "columns": columns.KINDS,
    "tables": tables.KINDS,
    "codes": codes.KINDS,
    "labels": labels.KINDS,
    "figures": figures.KINDS,
    "totals": totals.KINDS,
    "numbers": numbers.KINDS,
    "answers": answers.KINDS,
    "formulas": formulas.KINDS,
    "links": links.KINDS,
    "pasting": pasting.KINDS,
    "writing": writing.KINDS,
    "producers": producers.KINDS,
    "files": files.KINDS,
}
