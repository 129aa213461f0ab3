"""Formulas of ours changed, overwritten and emptied; totals that were never worked out, or not again."""

import re

from tests.acceptance.manglings.kind import Edit, Kind, Told, at, edited
from tests.acceptance.manglings.numbers import given
from tests.acceptance.manglings.places import LARGE, REFERENCE, TOTAL
from tests.returns import place_of, sound
from tests.spoil import Spoiled, q
from workbook_gen.definition.nodes import Key

MONTHS = tuple(Key("agency", "total", month) for month in ("nov", "dec", "jan", "feb", "mar"))


def rewritten(key: Key, pattern: str, new: str) -> Edit:
    """A formula in which one thing has changed; its value as before."""

    def work(file: Spoiled, code: str) -> None:
        formula = file.cell(*place_of(code, key)).find(q("f"))
        assert formula is not None
        text, count = re.subn(pattern, new, formula.text or "")
        assert count
        formula.text = text

    return work


def share(file: Spoiled, code: str) -> None:
    """The totals of five months as one formula, shared, as Excel writes what was filled."""
    cells = [place_of(code, key) for key in MONTHS]
    for number, (sheet, cell) in enumerate(cells):
        formula = file.cell(sheet, cell).find(q("f"))
        assert formula is not None
        formula.attrib.update({"t": "shared", "si": "7"})
        if number:
            formula.text = None
        else:
            formula.attrib["ref"] = f"{cells[0][1]}:{cells[-1][1]}"


def paste_value(file: Spoiled, code: str) -> None:
    total = sound(code).values[TOTAL]
    assert isinstance(total, float)
    file.put(*place_of(code, TOTAL), total)


def put(value: float | str | None) -> Edit:
    """Something typed over a total."""
    return lambda file, code: file.put(*place_of(code, TOTAL), value)


def without_values(file: Spoiled, _: str) -> None:
    for name in file.parts:
        for cell in file.tree(name).iter(q("c")):
            value = cell.find(q("v"))
            if cell.find(q("f")) is not None and value is not None:
                cell.remove(value)
                cell.attrib.pop("t", None)


def leave_totals(file: Spoiled, code: str) -> None:
    file.put(*place_of(code, LARGE), given(code, LARGE) + 7)


def clear_results(file: Spoiled, _: str) -> None:
    for row in (9, 10, 11):
        file.put("Checks", f"D{row}", None)


def clear_row(file: Spoiled, code: str) -> None:
    for key in MONTHS:
        file.put(*place_of(code, key), None)


def told_of_months(code: str) -> tuple[Told, ...]:
    return tuple(("STR-302", *place_of(code, key)) for key in MONTHS)


KINDS = (
    Kind(
        "=D14 changed to =D99",
        "pointed a formula at another cell",
        edited(rewritten(REFERENCE, r"^D14$", "D99")),
        at("STR-307", REFERENCE),
        says=("=D99", "=D14"),
    ),
    Kind(
        "formula of a total changed",
        "took something off in a total",
        edited(rewritten(TOTAL, "$", "-5")),
        at("STR-307", TOTAL),
        says=("formulas changed: 1", "-5", "it was issued as ="),
    ),
    Kind(
        "range of a total cut short",
        "left a month out of a total",
        edited(rewritten(TOTAL, r"SUM\(E", "SUM(F")),
        at("STR-307", TOTAL),
    ),
    Kind(
        "dollar signs put into a formula",
        "fixed the references of a formula with F4",
        edited(rewritten(TOTAL, r"([A-Z])(\d)", r"$\1$\2")),
        at("STR-307", TOTAL),
    ),
    Kind(
        "spaces put into a formula",
        "spaced a formula out",
        edited(rewritten(TOTAL, r"([+:(])", r"\1 ")),
    ),
    Kind("formulas shared", "filled the totals anew, which Excel writes as one shared formula", edited(share)),
    Kind("total overwritten by a number", "typed a number over a total", edited(put(1.0)), at("STR-302", TOTAL)),
    Kind("total overwritten by its value", "pasted a total as a value", edited(paste_value), at("STR-302", TOTAL)),
    Kind(
        "total overwritten by a text",
        "typed a word over a total",
        edited(put("see note")),
        at("STR-302", TOTAL),
        says=("'see note'",),
    ),
    Kind("total emptied", "emptied a total", edited(put(None)), at("STR-302", TOTAL), says=("a blank",)),
    Kind("row of totals emptied", "emptied a row of totals", edited(clear_row), told_of_months),
    Kind(
        "result on Checks overwritten",
        "typed Pass over a result",
        edited(lambda file, _: file.put("Checks", "D9", "Pass")),
        lambda _: (("STR-309", "Checks", "D9"),),
        says=("Checks D9: formulas overwritten: 1. The first holds Pass; it was issued as =IF(",),
    ),
    Kind(
        "results on Checks emptied",
        "emptied results",
        edited(clear_results),
        lambda _: (("STR-310", "Checks", "D9"),),
        says=("Checks D9:D11: cells emptied: 3.",),
    ),
    Kind("never worked out", "had it filled in by a program that works no formula out", edited(without_values), stale=True),
    Kind(
        "not worked out again",
        "changed an answer with calculation set to manual",
        edited(leave_totals),
        read=lambda code: {LARGE: given(code, LARGE) + 7},
        stale=True,
    ),
)
