"""Formulas typed into inputs: with a value, without one, reading another cell, reading another file."""

from collections.abc import Callable

from tests.acceptance.manglings.kind import Kind, Told, at, edited
from tests.acceptance.manglings.links import link
from tests.acceptance.manglings.numbers import given
from tests.acceptance.manglings.places import FREE
from tests.returns import place_of
from tests.spoil import Spoiled, q
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value

MONTHS = tuple(Key(FREE.table, FREE.line, month) for month in ("nov", "dec", "jan"))
NEXT = MONTHS[2]

Of = Callable[[float], str]
"""A formula for the number that was answered."""


def entered(title: str, did: str, text: Of, value: Callable[[float], float | None] = float) -> Kind:
    """A formula that comes to the number that was answered, with the value that it had when the file was saved."""

    def put(file: Spoiled, code: str) -> None:
        number = given(code, FREE)
        file.put(*place_of(code, FREE), value(number), formula=text(number))

    return Kind(title, did, edited(put), at("STR-404", FREE))


def unreadable(title: str, did: str, text: str, value: str | None, *codes: str, read: Value, error: bool = False) -> Kind:
    """A formula that gives no number."""
    return Kind(
        title,
        did,
        edited(lambda file, code: file.put(*place_of(code, FREE), value, formula=text, error=error)),
        lambda code: tuple((one, *place_of(code, FREE)) for one in codes),
        says=(f"={text}",),
        read=lambda _: {FREE: read},
    )


def read_the_next(file: Spoiled, code: str) -> None:
    difference = given(code, FREE) - given(code, NEXT)
    file.put(*place_of(code, FREE), given(code, FREE), formula=f"{place_of(code, NEXT)[1]}+({difference:.0f})")


def read_far_away(file: Spoiled, code: str) -> None:
    file.put(*place_of(code, FREE), given(code, FREE), formula="VLOOKUP(A1,Agency!A:Z,26,FALSE)")


def filled(file: Spoiled, code: str) -> None:
    """One formula filled over three months: Excel writes it once and shares it."""
    for key in MONTHS:
        file.put(*place_of(code, key), given(code, key), formula=f"N({given(code, key):.0f})")
    _sheet, first = place_of(code, MONTHS[0])
    for number, key in enumerate(MONTHS):
        shared = file.cell(*place_of(code, key)).find(q("f"))
        assert shared is not None
        shared.attrib.update(
            {"t": "shared", "si": "7"} | ({} if number else {"ref": f"{first}:{place_of(code, MONTHS[-1])[1]}"})
        )
        shared.text = None if number else "VLOOKUP($A$1,Agency!$A:$Z,COLUMN(),FALSE)"


def as_array(file: Spoiled, code: str) -> None:
    file.put(*place_of(code, FREE), given(code, FREE), formula="SUM(IF(Agency!A1:A9>0,1,0))")
    formula = file.cell(*place_of(code, FREE)).find(q("f"))
    assert formula is not None
    formula.attrib.update({"t": "array", "ref": place_of(code, FREE)[1]})


def from_another_file(file: Spoiled, code: str) -> None:
    file.put(*place_of(code, FREE), given(code, FREE), formula=f"[{link(file)}]Sheet1!$B$2")


def told_of_another_file(code: str) -> tuple[Told, ...]:
    return (("STR-305", "", ""), ("STR-404", *place_of(code, FREE)))


KINDS = (
    entered("sum in an input", "typed a sum into a cell", lambda n: f"{n - 100:.0f}+100"),
    entered("sum by a function", "typed a sum by a function", lambda n: f"SUM({n - 3:.0f},3)"),
    entered(
        "sum without a value",
        "had it filled in by a program that works nothing out",
        lambda n: f"{n - 100:.0f}+100",
        lambda _: None,
    ),
    entered(
        "sum with an old value",
        "saved a sum that had not been worked out again",
        lambda n: f"({n:.0f}*2)/2",
        lambda n: n + 9,
    ),
    Kind("formula reading another cell", "typed a formula on the next month", edited(read_the_next), at("STR-404", FREE)),
    Kind("formula looking a value up", "looked the figure up in a table", edited(read_far_away), at("STR-404", FREE)),
    Kind("formula filled over inputs", "filled one formula over three months", edited(filled), at("STR-404", *MONTHS)),
    Kind("array formula", "entered an array formula", edited(as_array), at("STR-404", FREE)),
    Kind(
        "formula reading another file",
        "linked a cell to a workbook of their own",
        edited(from_another_file),
        told_of_another_file,
        says=("[1]Sheet1!$B$2",),
    ),
    unreadable("formula without a value", "saved a formula that has no value", "Workings!B2", None, "STR-411", read=None),
    unreadable("formula with a text", "typed a formula that gives a text", 'T("n/a")', "n/a", "STR-401", "STR-404", read="n/a"),
    unreadable(
        "formula with an error",
        "typed a formula whose value is an error",
        "1/0",
        "#DIV/0!",
        "STR-403",
        "STR-404",
        read=CellError("#DIV/0!"),
        error=True,
    ),
    unreadable("formula with an empty text", "typed a formula that gives nothing", 'IF(1=1,"",0)', "", "STR-411", read=None),
)
