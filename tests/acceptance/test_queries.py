"""The Queries sheet: written, read back by its codes, and followed wherever it has been moved to."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.acceptance.manglings.parts import add_sheet, delete_sheet, set_state
from tests.cells_in_xml import cells_in_xml
from tests.engines.typing.work import Book, Typed, work_in_libreoffice
from tests.queried import CODE, FIRST_ROW, REPLY, ROWS, SHEET, TOTAL, queried
from tests.returns import (
    SEAL_KEY,
    answers,
    by_code,
    check,
    completed,
    desk,
    file_name,
    fingerprints,
    issuable,
    place_of,
    sound,
    structural_codes,
)
from tests.shifting import move_lines, rename_sheet
from tests.spoil import Spoiled, sheet_of, with_openpyxl
from workbook_gen.definition.layout import QUERIES
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.fill import fill, open_fillable
from workbook_gen.excel.compare import KINDS, QUERIED, REPLIED, UNEXPECTED
from workbook_gen.excel.query_sheet import QueryRow, QuerySheet
from workbook_gen.excel.replies import Reply
from workbook_gen.findings import Outcome, State


def reply_at(position: int) -> str:
    """The address of the reply to the query at a position, as written."""
    return f"H{FIRST_ROW + position}"


def spoiled(change: Callable[[Spoiled], None], sheet: QuerySheet = SHEET) -> CheckedReturn:
    """The return with its Queries sheet, changed and checked."""
    file = Spoiled(queried(sheet))
    change(file)
    return read(file.data())


def read(data: bytes) -> CheckedReturn:
    """A file checked; its account is of every cell."""
    checked = check(data, file_name(CODE))
    assert tuple(checked.account) == KINDS
    assert sum(checked.account.values()) == cells_in_xml(data)
    return checked


def page(data: bytes) -> Worksheet:
    """The Queries sheet as openpyxl reads it."""
    return sheet_of(load_workbook(BytesIO(data)), QUERIES)


def test_what_is_written_is_read_back() -> None:
    checked = read(queried())
    assert checked.queries == SHEET
    assert {number: (reply.text, reply.cell) for number, reply in checked.replies.items()} == {
        row.number: (row.reply, reply_at(position)) for position, row in enumerate(ROWS)
    }


def test_the_return_itself_is_read_as_without_the_sheet() -> None:
    checked = read(queried())
    assert structural_codes(checked) == []
    assert fingerprints(checked) == fingerprints(sound(CODE))
    assert (checked.values, checked.results, checked.state) == (sound(CODE).values, sound(CODE).results, sound(CODE).state)
    assert checked.account[REPLIED] == sum(bool(row.reply) for row in ROWS)
    assert checked.account[QUERIED] > 40
    assert {kind: checked.account[kind] for kind in KINDS if kind not in (QUERIED, REPLIED)} == {
        kind: sound(CODE).account[kind] for kind in KINDS if kind not in (QUERIED, REPLIED)
    }


def test_the_seal_is_that_of_the_issue() -> None:
    with_sheet, without = (check(data, file_name(CODE)).identity for data in (queried(), completed(CODE)))
    assert with_sheet is not None
    assert without is not None
    assert with_sheet.stamp == without.stamp
    assert with_sheet.findings == ()


def test_without_queries_not_a_byte_is_other() -> None:
    assert queried(None) == completed(CODE)
    assert sound(CODE).queries is None
    assert sound(CODE).replies == {}


def test_it_stands_after_cover_and_the_workbook_opens_there() -> None:
    book = load_workbook(BytesIO(queried()))
    assert book.sheetnames[:3] == ["Cover", QUERIES, "Guidance"]
    assert book.active is book[QUERIES]


def test_only_the_replies_are_open_and_each_asks_for_words_of_a_length() -> None:
    sheet = page(queried())
    unlocked = [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert unlocked == [reply_at(position) for position in range(len(ROWS))]
    assert sheet.protection.sheet
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.type, rule.operator, rule.formula1) == (
        f"{unlocked[0]}:{unlocked[-1]}",
        "textLength",
        "lessThanOrEqual",
        "2000",
    )


def test_a_link_leads_to_each_cell_of_a_sheet_that_is_there() -> None:
    links = [cell.hyperlink for row in page(queried()).iter_rows() for cell in row if cell.hyperlink]
    assert {link.ref: link.location for link in links} == {
        "A5": "Cover!A1",
        f"C{FIRST_ROW}": f"Agency!{place_of(CODE, TOTAL)[1]}",
        f"C{FIRST_ROW + 1}": "'Income and expenditure'!H30",
        "C20": "Agency!G15",
    }


def test_nothing_asked_is_said_in_a_sentence_and_read_back() -> None:
    checked = read(queried(QuerySheet()))
    assert checked.queries == QuerySheet()
    assert structural_codes(checked) == []
    texts = [cell.value for row in page(queried(QuerySheet())).iter_rows() for cell in row if cell.value]
    assert "We have no query about this return. Nothing to reply to." in texts
    assert "QRYREPLY" not in texts


def test_long_words_make_a_row_high_and_never_higher_than_excel_can() -> None:
    long = QueryRow(1, "word " * 800, state="open")
    sheet = page(queried(QuerySheet((long, QueryRow(2, "short")))))
    assert 390 < sheet.row_dimensions[FIRST_ROW].height <= 409
    assert sheet.row_dimensions[FIRST_ROW + 1].height < 40


def test_words_longer_than_a_cell_are_cut_and_not_lost() -> None:
    checked = read(queried(QuerySheet((QueryRow(1, "x" * 40_000),))))
    assert checked.queries == QuerySheet((QueryRow(1, "x" * 32_767),))


@pytest.mark.parametrize(
    ("typed", "text", "codes"),
    [
        ("Agreed with the trusts.", "Agreed with the trusts.", []),
        (1500.0, "1500", []),
        (None, "", []),
        (" ", "", ["STR-405"]),
        ("x" * 2001, "x" * 2001, ["STR-407"]),
    ],
)
def test_a_reply_is_read_as_words(typed: float | str | None, text: str, codes: list[str]) -> None:
    checked = spoiled(lambda file: file.put(QUERIES, reply_at(0), typed))
    assert checked.replies[1] == Reply(text, QUERIES, reply_at(0))
    assert structural_codes(checked) == codes
    assert checked.replies[7].text == REPLY


def test_an_excel_error_is_told_at_its_cell_and_is_no_reply() -> None:
    checked = spoiled(lambda file: file.put(QUERIES, reply_at(1), "#REF!", error=True))
    (found,) = by_code(checked, "STR-403")
    assert found.message.startswith(f"Queries {reply_at(1)} (Q002, Reply): holds the Excel error #REF!")
    assert checked.replies[2].text == ""
    assert checked.state is State.FIX


def test_a_formula_counts_with_its_value_and_is_told() -> None:
    checked = spoiled(lambda file: file.put(QUERIES, reply_at(0), "As Agency", formula='"As "&Agency!A1'))
    assert structural_codes(checked) == ["STR-404"]
    assert checked.replies[1].text == "As Agency"


def inserted(first: int, count: int) -> Callable[[int], int]:
    """Rows or columns inserted before one."""
    return lambda number: number + count if number >= first else number


def test_replies_are_found_where_rows_and_columns_were_inserted() -> None:
    def change(file: Spoiled) -> None:
        file.put(QUERIES, reply_at(1), "Yes")
        move_lines(file, QUERIES, rows=inserted(FIRST_ROW + 1, 2), columns=inserted(4, 1))

    checked = spoiled(change)
    assert {number: (reply.text, reply.cell) for number, reply in checked.replies.items()} == {
        1: ("", f"I{FIRST_ROW}"),
        2: ("Yes", f"I{FIRST_ROW + 3}"),
        7: (REPLY, f"I{FIRST_ROW + 4}"),
    }
    assert checked.queries == QuerySheet((ROWS[0], replace(ROWS[1], reply="Yes"), ROWS[2]), SHEET.remarks)
    assert [(one.code, one.found) for one in checked.findings if one.outcome is Outcome.FAIL] == [
        ("STR-212", "rows 12 to 13 and column D")
    ]


def test_sorted_rows_keep_their_replies() -> None:
    checked = spoiled(lambda file: move_lines(file, QUERIES, rows=lambda row: {11: 13, 13: 11}.get(row, row)))
    assert checked.replies[7] == Reply(REPLY, QUERIES, reply_at(0))
    assert checked.replies[1].cell == reply_at(2)
    assert structural_codes(checked) == []


def test_a_row_deleted_takes_its_query_alone() -> None:
    checked = spoiled(lambda file: move_lines(file, QUERIES, rows=lambda row: None if row == 12 else row - (row > 12)))
    assert sorted(checked.replies) == [1, 7]
    assert checked.replies[7].text == REPLY
    assert structural_codes(checked) == []


def test_a_renamed_sheet_is_found_by_its_codes() -> None:
    checked = spoiled(lambda file: rename_sheet(file, QUERIES, "Our replies"))
    assert checked.replies[7] == Reply(REPLY, "Our replies", reply_at(2))
    (told,) = by_code(checked, "STR-201")
    assert (told.found, told.expected) == ("Our replies", QUERIES)
    assert structural_codes(checked) == ["STR-201"]


def test_a_deleted_sheet_leaves_the_return_as_it_was() -> None:
    checked = spoiled(lambda file: delete_sheet(file, QUERIES))
    assert (checked.queries, checked.replies) == (None, {})
    assert structural_codes(checked) == []
    assert checked.values == sound(CODE).values


def test_a_hidden_sheet_is_read_and_told() -> None:
    checked = spoiled(lambda file: set_state(file, QUERIES, "hidden"))
    assert checked.replies[7].text == REPLY
    assert structural_codes(checked) == ["STR-210"]


def test_a_copied_sheet_is_told_and_neither_is_read() -> None:
    def change(file: Spoiled) -> None:
        file.tree(QUERIES)
        add_sheet(file, "Queries (2)", file.members[file.parts[QUERIES]])

    checked = spoiled(change)
    assert checked.replies == {}
    assert structural_codes(checked) == ["STR-203", "STR-208"]
    assert "stands here and also in Queries A7; neither was read" in by_code(checked, "STR-208")[0].message


def test_a_number_that_stands_twice_is_told_and_neither_is_read() -> None:
    checked = spoiled(lambda file: file.put(QUERIES, f"A{FIRST_ROW + 1}", "Q001"))
    assert sorted(checked.replies) == [7]
    (told,) = by_code(checked, "STR-208")
    assert (told.cell, told.found, told.expected) == (f"A{FIRST_ROW + 1}", "Q001", f"A{FIRST_ROW}")


def test_a_column_of_replies_that_is_gone_is_told() -> None:
    checked = spoiled(lambda file: move_lines(file, QUERIES, columns=lambda column: None if column == 8 else column))
    assert {reply.text for reply in checked.replies.values()} == {""}
    assert structural_codes(checked) == ["STR-206"]


def test_what_stands_beside_the_tables_is_unexpected_and_told() -> None:
    def change(book: Workbook) -> None:
        sheet_of(book, QUERIES)["I3"] = "Who did this?"

    checked = read(with_openpyxl(queried(), change))
    assert checked.account[UNEXPECTED] == 1
    (told,) = by_code(checked, "STR-308")
    assert (told.sheet, told.cell, told.found) == (QUERIES, "I3", "Who did this?")


def test_a_code_of_the_return_in_a_reply_is_only_words() -> None:
    code = issuable(CODE).layout.table("agency").table.table.code
    checked = spoiled(lambda file: file.put(QUERIES, reply_at(0), code))
    assert checked.replies[1].text == code
    assert structural_codes(checked) == []
    assert checked.values == sound(CODE).values


def test_fill_keeps_the_sheet_and_its_replies(tmp_path: Path) -> None:
    path = tmp_path / file_name(CODE)
    path.write_bytes(queried())
    fillable = open_fillable(path, desk(SEAL_KEY))
    checked = read(fill(fillable, {}).data)
    assert checked.queries == SHEET
    assert checked.values == sound(CODE).values


@pytest.mark.libreoffice
@pytest.mark.xdist_group("typed in LibreOffice")
def test_replies_typed_in_libreoffice_through_the_protection_are_read(tmp_path: Path) -> None:
    opened = tmp_path / "feedback" / file_name(CODE)
    opened.parent.mkdir()
    opened.write_bytes(queried())
    steps = (Typed(QUERIES, reply_at(0), "Agreed with the trusts."), Typed(QUERIES, reply_at(1), "1500"))
    refused = (Typed(QUERIES, f"B{FIRST_ROW}", "987654"), Typed(QUERIES, reply_at(2), "x" * 2001))
    book = Book(opened, tmp_path / file_name(CODE), (*steps, *refused))
    [seen] = work_in_libreoffice([book])
    assert seen == [steps[0].text, steps[1].text, ROWS[0].asks, REPLY]
    checked = read(book.save.read_bytes())
    assert {number: reply.text for number, reply in checked.replies.items()} == {1: steps[0].text, 2: steps[1].text, 7: REPLY}
    assert structural_codes(checked) == []
    assert {key: checked.values.get(key) for key in answers(CODE)} == answers(CODE)
