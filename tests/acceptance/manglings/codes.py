"""Codes damaged, emptied, exchanged and repeated: the codes are what cells are found by."""

from tests.acceptance.manglings.kind import Edit, Kind, edited, sheet_wide
from tests.changes import SPARE, code_cell, move_code, repeat_code, spoiled
from tests.returns import answers, issuable
from tests.spoil import Spoiled
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value

SHEET = "Agency"


def line_cell(code: str) -> tuple[str, str]:
    """Where the code of a line stands."""
    return code_cell(code, "agency", line="medical")


def other_cell(code: str) -> tuple[str, str]:
    """Where the code of another line stands."""
    return code_cell(code, "agency", line="other")


def typed(text: str | None) -> Edit:
    """The code of a line typed over."""
    return lambda file, code: file.put(*line_cell(code), text)


def damaged(title: str, did: str, text: str | None) -> Kind:
    """The code of a line that no longer is one: the line cannot be found, and nothing on it is read."""
    told = sheet_wide("STR-205", SHEET)
    return Kind(title, did, edited(typed(text)), told, says=("AGY0200",), lost=("agency.medical[",))


def exchange(file: Spoiled, code: str) -> None:
    for cell, line in ((line_cell(code), "other"), (other_cell(code), "medical")):
        file.put(*cell, issuable(code).layout.table("agency").table.line_by_key[line].sub_code)


def exchanged(code: str) -> dict[Key, Value]:
    """What is read once the codes of two lines have changed places: each line as its code says."""
    given = answers(code)
    pairs = {"medical": "other", "other": "medical"}
    return {key: given[key._replace(line=pairs[key.line])] for key in given if key.table == "agency" and key.line in pairs}


def copy_table_code(file: Spoiled, _: str) -> None:
    file.put(*SPARE, "AGY1")


KINDS = (
    damaged("letter of a line's code changed", "mistyped a letter of a code", "AGX0200"),
    damaged("line's code in small letters", "typed a code again in small letters", "agy0200"),
    damaged("line's code emptied", "emptied a code", None),
    damaged("line's code typed over", "typed a name in place of a code", "Medical"),
    Kind(
        "space behind a line's code",
        "typed a space behind a code",
        edited(typed("AGY0200 ")),
        lambda code: (("STR-303", *line_cell(code)),),
    ),
    Kind(
        "letter of a main code changed",
        "mistyped a letter of a column's code",
        edited(lambda file, code: file.put(*code_cell(code, "agency", column="dec"), "AGY1N09")),
        sheet_wide("STR-206", SHEET),
        says=("AGY1M09",),
        lost=("agency.*[dec]",),
    ),
    Kind(
        "main code moved",
        "cut a column's code and pasted it on another sheet",
        spoiled(move_code),
        lambda _: (("STR-206", SHEET, ""), ("STR-303", *SPARE)),
        says=("AGY1M09",),
        lost=("agency.*[dec]",),
    ),
    Kind(
        "letter of a table's code changed",
        "mistyped a letter of a table's code",
        edited(lambda file, code: file.put(*code_cell(code, "agency"), "AGX1")),
        sheet_wide("STR-207", SHEET),
        says=("AGY1",),
        lost=("agency.",),
    ),
    Kind(
        "line's code twice",
        "copied a code over the next",
        repeat_code("agency", line="medical", at=other_cell),
        lambda code: (("STR-205", SHEET, ""), ("STR-208", *other_cell(code))),
        says=("AGY0200",),
        lost=("agency.medical[", "agency.other["),
    ),
    Kind(
        "main code twice",
        "copied a column's code to another sheet",
        repeat_code("agency", column="dec", at=lambda _: SPARE),
        lambda _: (("STR-208", *SPARE),),
        says=("AGY1M09", "Agency "),
        lost=("agency.*[dec]",),
    ),
    Kind(
        "table's code twice",
        "typed a table's code into a sentence's place on another sheet",
        edited(copy_table_code),
        lambda _: (("STR-303", *SPARE),),
    ),
)
