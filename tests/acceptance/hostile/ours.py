"""Returns of ours that somebody has overloaded: they are read, and soon."""

from collections.abc import Callable

from tests.acceptance.hostile.kind import hostile
from tests.returns import answers, completed, issuable, place_of
from tests.spoil import CUSTOM, Spoiled
from workbook_gen.definition.nodes import Key

CODE = "QYG"
CLEAN, TO_FIX = 0, 1
SHEET = "Agency"


def changed(*changes: Callable[[Spoiled], None]) -> bytes:
    """A completed return with these changes."""
    file = Spoiled(completed(CODE))
    for change in changes:
        change(file)
    return file.data()


def insert(file: Spoiled, member: str, before: str, text: str) -> None:
    """Put a text into a part, before another."""
    content = file.members[member].decode()
    assert before in content
    file.members[member] = content.replace(before, text + before, 1).encode()


def in_sheet(before: str, text: str) -> Callable[[Spoiled], None]:
    return lambda file: insert(file, file.parts[SHEET], before, text)


def number() -> Key:
    """An input for a number."""
    layout = issuable(CODE).layout
    return next(cell.key for cell in layout.form.inputs() if cell.column.type == "number" and answers(CODE).get(cell.key))


def answered() -> float:
    """What was answered there."""
    value = answers(CODE)[number()]
    assert isinstance(value, float)
    return value


def typed(text: str) -> bytes:
    """A return with a text in that input."""
    return changed(lambda file: file.put(*place_of(CODE, number()), text))


@hostile("a return with one cell in the last corner", "STR-308", CLEAN)
def corner_of_ours() -> bytes:
    return changed(in_sheet("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


@hostile("a return with eighty thousand cells filled below its lines, every other one", "STR-308", CLEAN)
def filled_below() -> bytes:
    rows = "".join(f'<row r="{row}">{"<c><v>1</v></c><c/>" * 60}</row>' for row in range(1_000, 2_400))
    return changed(in_sheet("</sheetData>", rows))


@hostile("a return with fifty thousand rows hidden, every other one", "STR-211", CLEAN)
def hidden_below() -> bytes:
    rows = "".join(f'<row r="{row}" hidden="1"/>' for row in range(1_000, 101_000, 2))
    return changed(in_sheet("</sheetData>", rows))


@hostile("a return with twenty thousand merged areas", "STR-215", CLEAN)
def merged_below() -> bytes:
    areas = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1_000, 20_900))
    return changed(in_sheet("<pageMargins", f"<mergeCells>{areas}</mergeCells>"))


@hostile("a number of thirty thousand digits in an input", "STR-401", TO_FIX)
def digits() -> bytes:
    return typed("9" * 30_000)


@hostile("thirty thousand brackets in an input", "STR-401", TO_FIX)
def brackets() -> bytes:
    return typed("(" * 15_000 + "1" + ")" * 15_000)


@hostile("thirty thousand commas in an input", "STR-401", TO_FIX)
def commas() -> bytes:
    return typed("1," * 15_000)


@hostile("thirty thousand blanks and a word in an input", "STR-401", TO_FIX)
def blanks() -> bytes:
    return typed(" " * 30_000 + "x")


ENDLESS = "9" * 30_000


@hostile("a seal for an issue number of thirty thousand digits, which is none", "STR-110", CLEAN)
def endless_issue() -> bytes:
    issue = b'"workbook_gen_issue"><vt:lpwstr>'
    assert issue in Spoiled(completed(CODE)).members[CUSTOM]

    def lengthen(file: Spoiled) -> None:
        file.members[CUSTOM] = file.members[CUSTOM].replace(issue, issue + ENDLESS.encode())

    return changed(lengthen)


@hostile("a formula of eight thousand brackets in an input", "STR-404", CLEAN)
def deep_formula() -> bytes:
    deep = "(" * 4_000 + str(answered()) + ")" * 4_000
    return changed(lambda file: file.put(*place_of(CODE, number()), answered(), formula=deep))


@hostile("a formula of eight thousand signs in an input", "STR-404", CLEAN)
def many_signs() -> bytes:
    return changed(lambda file: file.put(*place_of(CODE, number()), answered(), formula="-" * 8_000 + str(answered())))
