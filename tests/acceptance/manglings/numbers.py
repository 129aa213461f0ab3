"""Numbers typed as texts: those that plainly are a number, those that are not, blanks and spaces, percentages as fractions."""

from collections.abc import Callable

from tests.acceptance.manglings.kind import Kind, at, edited
from tests.acceptance.manglings.places import FREE, LARGE, NEGATIVE, NUMBER, PERCENT
from tests.returns import answers, place_of
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def given(code: str, key: Key) -> float:
    """The number that was answered."""
    number = answers(code)[key]
    assert isinstance(number, float)
    return number


def readable(title: str, key: Key, typed: Callable[[float], str], *, stale: bool = True) -> Kind:
    """The number that was there, as a text that plainly is that number: it is read, and a note says so."""
    return Kind(
        f"number as text: {title}",
        f"typed a number as a text: {title}",
        edited(lambda file, code: file.put(*place_of(code, key), typed(given(code, key)))),
        at("STR-402", key),
        stale=stale,
    )


def ambiguous(text: str) -> Kind:
    """A text that could be several numbers, or none: it is not guessed."""
    return Kind(
        f"no number: {text!r}",
        f"typed {text!r} where a number belongs",
        edited(lambda file, code: file.put(*place_of(code, NUMBER), text)),
        at("STR-401", NUMBER),
        says=(f"'{text}'",),
        read=lambda _: {NUMBER: text},
        stale=True,
    )


def put(title: str, did: str, key: Key, typed: float | str | None, *codes: str, read: Value) -> Kind:
    """Something else typed over a number."""
    return Kind(
        title,
        did,
        edited(lambda file, code: file.put(*place_of(code, key), typed)),
        lambda code: tuple((one, *place_of(code, key)) for one in codes),
        read=lambda _: {key: read},
        stale=True,
    )


READABLE = (
    readable("1,234", LARGE, lambda n: f"{n:,.0f}"),
    readable("space before", FREE, lambda n: f" {n:.0f}", stale=False),
    readable("in brackets", NEGATIVE, lambda n: f"({-n:.0f})"),
    readable("pounds in brackets", NEGATIVE, lambda n: f"(£{-n:,.0f})"),
    readable("minus behind", NEGATIVE, lambda n: f"{-n:.0f}-"),
    readable("typographic minus", NEGATIVE, lambda n: f"\u2212{-n:.0f}"),
    readable("pound sign", LARGE, lambda n: f"£{n:,.0f}"),
    readable("non-breaking spaces", LARGE, lambda n: f"\u00a0{n:.0f}\u202f"),
    readable("full-width figures", LARGE, lambda n: f"{n:.0f}".translate(FULL_WIDTH)),
    readable("decimals", FREE, lambda n: f"{n:.0f}.00", stale=False),
    readable("apostrophe before", NUMBER, lambda n: f"{n:.0f}"),
)
AMBIGUOUS = tuple(
    map(
        ambiguous,
        (
            *("TBC", "n/a", "nil", "-", "12.5m", "4.2m", "1,234k", "1,2", "12,5", "1,2345", "1.234,5", "1 234"),
            *("5%", "1e3", "about 500", "500 (est)", "400-500", "12\u00b9", "10³", "½", "=3+4", "TRUE"),
        ),
    )
)
BLANK = (
    put("blank", "left an answer out", NUMBER, None, "CMP-001", read=None),
    *(
        put(title, did, NUMBER, text, "CMP-001", "STR-405", read=None)
        for title, did, text in (
            ("space", "pressed the space bar to clear a cell", " "),
            ("non-breaking space", "pasted an empty cell of a web page", "\u00a0"),
            ("line break", "left a line break in a cell", "\n"),
            ("space of no width", "pasted a cell of a web page that looks empty", "\u200b"),
        )
    ),
    put("empty text", "pasted the value of a formula that gives an empty text", NUMBER, "", "CMP-001", read=None),
)
FRACTION = Kind(
    "percentage as a fraction",
    "typed 0.76 for 76%",
    edited(lambda file, code: file.put(*place_of(code, PERCENT), 0.76)),
    at("STR-409", PERCENT),
    says=("was 76% meant",),
    read=lambda _: {PERCENT: 0.76},
)
KINDS = (*READABLE, *AMBIGUOUS, *BLANK, FRACTION)
