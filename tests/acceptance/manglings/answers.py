"""Excel errors, dates, choices and words: what else is typed or pasted into an input."""

from tests.acceptance.manglings.kind import Edit, Kind, at, edited
from tests.acceptance.manglings.parts import replace
from tests.acceptance.manglings.places import CHOICE, DATE, NAME, NUMBER, WORDS
from tests.returns import answers, collection, issuable, place_of
from tests.spoil import WORKBOOK, Spoiled, q
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value, serial

ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!")
LONG = "x" * 2001
DAYS_BEFORE_1904 = 1462


def typed(key: Key, value: float | str) -> Edit:
    """A value typed over an answer."""
    return lambda file, code: file.put(*place_of(code, key), value)


def instead(title: str, did: str, key: Key, value: float | str, *codes: str, read: Value, says: tuple[str, ...] = ()) -> Kind:
    """A value typed over an answer, and what it is read as."""
    told = at(codes[0], key) if codes else lambda _: ()
    return Kind(title, did, edited(typed(key, value)), told, says=says, read=lambda _: {key: read})


def error(text: str) -> Kind:
    """An Excel error in an input."""
    return Kind(
        f"Excel error {text}",
        f"pasted a value that had become {text}",
        edited(lambda file, code: file.put(*place_of(code, NUMBER), text, error=True)),
        at("STR-403", NUMBER),
        says=(text,),
        read=lambda _: {NUMBER: CellError(text)},
        stale=True,
    )


def truth(file: Spoiled, code: str) -> None:
    cell = file.cell(*place_of(code, NUMBER))
    cell.attrib["t"] = "b"
    value = cell.find(q("v"))
    assert value is not None
    value.text = "1"


def since_1904(file: Spoiled, code: str) -> None:
    """Count days from 1904, and every date with it."""
    replace(file, WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    days = [cell.key for cell in issuable(code).layout.form.inputs() if cell.column.type == "date"]
    assert len(days) == 2
    for key in days:
        day = answers(code)[key]
        assert isinstance(day, float)
        assert day > serial(collection().issued)
        file.put(*place_of(code, key), day - DAYS_BEFORE_1904)


def date_cell(file: Spoiled, code: str) -> None:
    """A date as a program writes it that uses the format's own type for dates."""
    cell = file.cell(*place_of(code, DATE))
    cell.attrib["t"] = "d"
    value = cell.find(q("v"))
    assert value is not None
    value.text = "2023-11-20"


DATES = (
    *(
        instead(
            f"date as text: {text}", f"typed the date as the text {text}", DATE, text, "STR-410", read=45250.0, says=(text,)
        )
        for text in ("20/11/2023", "2023-11-20", "20 November 2023", " 20 Nov 2023")
    ),
    *(
        instead(f"no date: {text}", f"typed {text} where a date belongs", DATE, text, "STR-408", read=text, says=(text,))
        for text in ("soon", "31/11/2023", "11/20/2023", "November 2023")
    ),
    instead("date as a small number", "typed the day alone", DATE, 20.0, "STR-408", read="20"),
    instead("date as a large number", "typed 20112023 without strokes", DATE, 20112023.0, "STR-408", read="20112023"),
    instead("date with a time of day", "entered =NOW() and pasted its value", DATE, 45250.75, read=45250.75),
    Kind("days counted from 1904", "worked in a file with the 1904 date system", edited(since_1904)),
    Kind("date as the format's own type", "saved it with a program that writes dates as such", edited(date_cell)),
)
CHOICES = (
    instead("choice in small letters", "typed an answer that the list has in other letters", CHOICE, " yes", read="Yes"),
    instead("choice not in the list", "pasted an answer that the list has not", CHOICE, "Partly", "STR-406", read=None),
    instead("choice as a number", "typed 1 for Yes", CHOICE, 1.0, "STR-406", read=None),
)
TEXTS = (
    instead("explanation too long", "pasted a whole paper", WORDS, LONG, "STR-407", read=LONG, says=("2,001",)),
    instead("name too long", "pasted a list of names", NAME, "N" * 201, "STR-407", read="N" * 201),
    instead("text that is a number", "typed a number where words belong", NAME, 5.0, read="5"),
    instead("text like a formula", "typed a sentence that begins with =", NAME, "=A. Practice", read="=A. Practice"),
    Kind(
        "logical value in a number",
        "typed TRUE where a number belongs",
        edited(truth),
        at("STR-401", NUMBER),
        says=("'TRUE'",),
        read=lambda _: {NUMBER: "TRUE"},
        stale=True,
    ),
)
KINDS = (*map(error, ERRORS), *DATES, *CHOICES, *TEXTS)
