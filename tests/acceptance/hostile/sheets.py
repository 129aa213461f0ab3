"""Sheets without end: cells, rows, columns, merged areas, formulas, nesting, texts, tags and names beyond number."""

import random

from tests.acceptance.hostile.kind import NOT_OURS, hostile
from tests.acceptance.hostile.making import beside, padded, plan, zipped
from tests.unit import handmade
from tests.unit.handmade import MAIN, ROWS

CHILD = '<c><f t="shared" si="0"/></c>'
PRE = '<row><c t="str"><v>'


def rows(cells: str, count: int, each: int) -> str:
    """So many rows, each with the cells so many times."""
    return f"<row>{cells * each}</row>" * count


@hostile("two million cells with nothing in them", "STR-008")
def blank_cells() -> bytes:
    return plan(rows("<c/>", 200, 10_000))


@hostile("four hundred thousand cells with a number each", "STR-008")
def filled_cells() -> bytes:
    return plan(rows("<c><v>1</v></c>", 40, 10_000))


@hostile("as many cells as may be, on a sheet that is none of ours", "STR-101", NOT_OURS)
def as_many_cells_as_may_be() -> bytes:
    return plan(rows("<c><v>1</v></c>", 9, 10_000) + rows("<c/>", 30, 10_000))


@hostile("as many texts as may be, each in its own cell", "STR-101", NOT_OURS)
def as_many_texts_as_may_be() -> bytes:
    cells = "".join(f'<c t="inlineStr"><is><t>text {number} of many</t></is></c>' for number in range(99_000))
    return plan("".join(f"<row>{row}</row>" for row in split(cells, "<c ", 10_000)))


@hostile("as much of everything as may be, beside a picture of seventeen megabytes", "STR-101", NOT_OURS)
def as_much_of_everything_as_may_be() -> bytes:
    cells = "".join(f'<c t="inlineStr"><is><t>{number}{"😀" * 70}</t></is></c>' for number in range(99_000))
    rows_of_texts = "".join(f"<row>{row}</row>" for row in split(cells, "<c ", 10_000))
    sheet = padded(handmade.worksheet(rows_of_texts + rows("<c/>", 29, 10_000)))
    picture = random.Random(1).randbytes(17_000_000)
    return zipped(handmade.parts({"Plan": sheet}) | {"xl/media/a.png": picture})


def split(cells: str, sign: str, size: int) -> list[str]:
    """The cells in rows of that many."""
    found = [sign + cell for cell in cells.split(sign)[1:]]
    return ["".join(found[start : start + size]) for start in range(0, len(found), size)]


@hostile("a million and a half unknown elements", "STR-008")
def unknown_elements() -> bytes:
    return plan(after="<a/>" * 1_500_000)


@hostile("one cell in the last corner", "STR-101", NOT_OURS)
def last_corner() -> bytes:
    return plan('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@hostile("one cell below the last row", "STR-007")
def below_the_last_row() -> bytes:
    return plan('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')


@hostile("one cell beyond the last column", "STR-007")
def beyond_the_last_column() -> bytes:
    return plan('<row r="1"><c r="XFE1"><v>1</v></c></row>')


@hostile("a row whose number has a hundred thousand digits", "STR-007")
def endless_row_number() -> bytes:
    return plan(f'<row r="{"9" * 100_000}"/>')


@hostile("a text by a number of a hundred thousand digits", "STR-007")
def endless_text_number() -> bytes:
    return plan(f'<row r="1"><c t="s"><v>{"9" * 100_000}</v></c></row>')


@hostile("a number of two hundred thousand digits", "STR-007")
def endless_number() -> bytes:
    return plan(f'<row r="1"><c><v>{"9" * 200_000}</v></c></row>')


@hostile("a cell that stands twice", "STR-007")
def cell_twice() -> bytes:
    return plan('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')


@hostile("a row that stands twice, with the same cell", "STR-007")
def row_twice() -> bytes:
    return plan(ROWS + ROWS.replace("<v>1", "<v>2"))


@hostile("three billion cells merged into one", "STR-008")
def vast_merge() -> bytes:
    return plan(after='<mergeCells count="1"><mergeCell ref="A3:XFD200000"/></mergeCells>')


@hostile("a hundred thousand merged areas", "STR-008")
def many_merges() -> bytes:
    return plan(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 100_000 + "</mergeCells>")


@hostile("merged cells that are none", "STR-007")
def senseless_merge() -> bytes:
    return plan(after='<mergeCells><mergeCell ref="A1:ZZZ9999999"/></mergeCells>')


@hostile("half a million hidden rows", "STR-008")
def hidden_rows() -> bytes:
    return plan('<row hidden="1"/>' * 500_000)


@hostile("all columns hidden, a hundred thousand times", "STR-007")
def columns_again_and_again() -> bytes:
    return plan(before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>")


@hostile("columns hidden up to a number of thirty digits", "STR-007")
def endless_columns() -> bytes:
    return plan(before=f'<cols><col min="1" max="{"9" * 30}" hidden="1"/></cols>')


@hostile("a formula of ten megabytes", "STR-008")
def endless_formula() -> bytes:
    return plan(f'<row r="1"><c><f>{"1+" * 5_000_000}1</f></c></row>')


@hostile("a formula longer than Excel's longest", "STR-007")
def long_formula() -> bytes:
    return plan(f'<row r="1"><c><f>{"1+" * 5_000}1</f></c></row>')


@hostile("a shared formula of four thousand characters, in ten thousand cells", "STR-008")
def swelling_formulas() -> bytes:
    return plan(f'<row r="1"><c><f t="shared" si="0">{"A1+" * 1_500}1</f></c>{CHILD * 10_000}</row>')


@hostile("a shared formula of nothing but brackets and quotes", "STR-008")
def swelling_brackets() -> bytes:
    master = "[&apos;" * 3_000
    return plan(f'<row r="1"><c><f t="shared" si="0">{master}</f></c>{CHILD * 1_000}</row>')


@hostile("formulas of eight thousand characters, a thousand of them", "STR-008")
def many_formulas() -> bytes:
    return plan(rows(f"<c><f>{'A1+' * 2_700}1</f></c>", 10, 100))


@hostile("a table of data whose cell is named in two hundred thousand letters", "STR-007")
def endless_data_table() -> bytes:
    return plan(f'<row r="1"><c><f t="dataTable" r1="{"A" * 200_000}"/></c></row>')


@hostile("a hundred thousand elements inside each other", "STR-008")
def deep() -> bytes:
    return plan(after="<a>" * 100_000 + "</a>" * 100_000)


@hostile("two hundred thousand elements inside each other, inside a cell", "STR-008")
def deep_in_a_cell() -> bytes:
    return plan("<row><c>" + "<a>" * 200_000 + "</a>" * 200_000 + "</c></row>")


@hostile("rows inside each other", "STR-007")
def deep_rows() -> bytes:
    return plan("<row>" * 100_000 + "</row>" * 100_000)


@hostile("a text of fifty megabytes", "STR-008")
def endless_text() -> bytes:
    return plan(f"{PRE}{'x' * 50_000_000}</v></c></row>")


@hostile("a text of fifty megabytes in pieces", "STR-008")
def endless_text_in_pieces() -> bytes:
    pieces = f"<t>{'x' * 10_000}</t>" * 5_000
    return plan(f'<row><c t="inlineStr"><is>{pieces}</is></c></row>')


@hostile("thirty thousand texts of the greatest length, all alike", "STR-008")
def long_texts() -> bytes:
    return plan(rows(f'<c t="str"><v>{"x" * 32_767}</v></c>', 10, 100))


@hostile("fifty megabytes of blanks between two rows", "STR-101", NOT_OURS)
def blanks_between_rows() -> bytes:
    return plan(ROWS + " " * 50_000_000)


@hostile("ten million line ends", "STR-008")
def line_ends() -> bytes:
    return plan(ROWS + "\n" * 10_000_000)


@hostile("ten million references to one character", "STR-008")
def character_references() -> bytes:
    return plan(ROWS + "&#32;" * 10_000_000)


@hostile("an attribute of twenty megabytes", "STR-008")
def endless_attribute() -> bytes:
    return plan(after=f'<a b="{"x" * 20_000_000}"/>')


def attributes(numbers: range) -> str:
    """An element with an attribute for each number, none of them named alike."""
    return "<a" + "".join(f' a{number}=""' for number in numbers) + "/>"


@hostile("a million attributes of one element", "STR-008")
def million_attributes() -> bytes:
    return plan(after=attributes(range(1_000_000)))


@hostile("a million attributes of different names, ten thousand an element", "STR-008")
def million_attribute_names() -> bytes:
    return plan(after="".join(attributes(range(start, start + 10_000)) for start in range(0, 1_000_000, 10_000)))


@hostile("three hundred thousand elements of different names", "STR-008")
def many_element_names() -> bytes:
    return plan(after="".join(f"<a{number}/>" for number in range(300_000)))


@hostile("a namespace of two hundred thousand characters, for a hundred thousand elements", "STR-008")
def endless_namespace() -> bytes:
    return plan(after=f'<x:a xmlns:x="{"x" * 200_000}">{"<x:b/>" * 100_000}</x:a>')


@hostile("a comment of fifty megabytes", "STR-008")
def endless_comment() -> bytes:
    return plan(after=f"<!--{'x' * 50_000_000}-->")


@hostile("a tag that never ends", "STR-008")
def endless_tag() -> bytes:
    return plan(after="<" + "a" * 900_000)


@hostile("fifty megabytes of blanks before anything begins", "STR-101", NOT_OURS)
def blanks_before_anything() -> bytes:
    sheet = padded(handmade.worksheet(ROWS)).replace("<worksheet", " " * 50_000_000 + "<worksheet")
    return zipped({name: padded(str(text)) for name, text in handmade.parts({"Plan": sheet}).items()})


@hostile("an encoding that nobody knows", "STR-007")
def unknown_encoding() -> bytes:
    return beside(xl__worksheets__sheet1=handmade.worksheet(ROWS).replace("UTF-8", "klingon"))


@hostile("an encoding in which no sign is its own byte", "STR-007")
def ebcdic() -> bytes:
    head, _, rest = handmade.worksheet(ROWS).partition("\n")
    return beside(xl__worksheets__sheet1=head.replace("UTF-8", "cp037").encode() + rest.encode("cp037"))


@hostile("an encoding in which letters are bent", "STR-007")
def utf7() -> bytes:
    return beside(xl__worksheets__sheet1=handmade.worksheet(ROWS).replace("UTF-8", "utf-7"))


@hostile("control characters", "STR-007")
def control_characters() -> bytes:
    return beside(xl__worksheets__sheet1=handmade.worksheet(f"{PRE}\x01\x02</v></c></row>"))


@hostile("a reference to the character NUL", "STR-007")
def reference_to_nul() -> bytes:
    return beside(xl__worksheets__sheet1=handmade.worksheet(f"{PRE}&#0;</v></c></row>"))


@hostile("bytes that are no UTF-8", "STR-007")
def broken_utf8() -> bytes:
    return beside(xl__worksheets__sheet1=handmade.worksheet(f"{PRE}?</v></c></row>").encode().replace(b"?<", b"\xed\xa0\x80<"))


@hostile("an element that is opened and never closed", "STR-007")
def never_closed() -> bytes:
    return beside(xl__worksheets__sheet1=f'<worksheet xmlns="{MAIN}"><sheetData><row><c>')
