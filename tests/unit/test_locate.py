"""Finding cells by their codes in a scan made by hand: wherever they stand, and never one that stands twice."""

from collections.abc import Iterable

from tests.returns import issuable
from tests.scanned import sheet_of
from workbook_gen.definition.layout import Layout
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.locate import Located, locate
from workbook_gen.excel.scan import Scan, ScannedSheet

LAYOUT = issuable("QSL").layout
Texts = dict[tuple[int, int], str]


def sheet(name: str, texts: Texts) -> ScannedSheet:
    """A sheet that holds these texts; rows and columns count from 1."""
    return sheet_of(name, texts)


def codes_of(layout: Layout, keys: Iterable[str]) -> Texts:
    """The codes of some tables, as issued."""
    texts: Texts = {}
    for key in keys:
        table = layout.table(key)
        found = table.table
        texts[table.title_row + 1, 1] = found.table.code
        texts |= {
            (table.code_row + 1, at + 1): found.table.code + found.column_by_key[name].code
            for name, at in table.columns.items()
        }
        texts |= {(row + 1, 1): found.line_by_key[name].sub_code for name, row in table.rows.items()}
    return texts


def issued() -> dict[str, Texts]:
    """The codes of every sheet."""
    return {
        one.sheet.title: codes_of(LAYOUT, [table.table.table.key for table in one.tables if not table.empty])
        for one in LAYOUT.sheets
    }


def located(sheets: dict[str, Texts]) -> Located:
    """What is found in sheets with these texts."""
    scan = Scan(tuple(sheet(name, texts) for name, texts in sheets.items()), (), False, {}, "", ())
    return locate(scan, LAYOUT)


def told(found: Located) -> list[tuple[str, str, str]]:
    return [(one.code, one.sheet, one.cell) for one in found.findings]


def moved(texts: Texts, rows: int, columns: int) -> Texts:
    return {(row + rows, column + columns): text for (row, column), text in texts.items()}


KEY = Key("agency", "medical", "dec")
ROW, COLUMN = LAYOUT.cells[KEY][1] + 1, LAYOUT.cells[KEY][2] + 1


def test_every_cell_is_found_where_it_was_issued() -> None:
    found = located(issued())
    assert told(found) == []
    assert len(LAYOUT.cells) > 1000
    for key, (name, row, column) in LAYOUT.cells.items():
        place = found.place(key)
        assert place is not None
        assert (place[0].name, *place[1:]) == (name, row + 1, column + 1)


def test_a_table_is_found_wherever_it_stands() -> None:
    sheets = issued()
    sheets["Elsewhere"] = moved(sheets.pop("Agency"), 7, 3)
    found = located(sheets)
    place = found.place(KEY)
    assert told(found) == []
    assert place is not None
    assert (place[0].name, *place[1:]) == ("Elsewhere", ROW + 7, COLUMN + 3)


def test_spaces_around_a_code_do_not_matter() -> None:
    sheets = issued()
    sheets["Agency"] = {place: f" {text} " for place, text in sheets["Agency"].items()}
    assert told(located(sheets)) == []


def test_a_missing_sheet_is_named_once_with_its_tables() -> None:
    sheets = issued()
    del sheets["Agency"]
    found = located(sheets)
    (finding,) = found.findings
    assert (finding.code, finding.expected) == ("STR-202", "Agency")
    assert finding.found.startswith("AGY1, Agency")
    assert found.place(KEY) is None
    assert found.place(Key("position", "total", "fot")) is not None


def test_a_table_whose_title_or_codes_are_gone_is_missing() -> None:
    table = LAYOUT.table("agency")
    for gone in ([(table.title_row + 1, 1)], [(table.code_row + 1, at + 1) for at in table.columns.values()]):
        sheets = issued()
        for place in gone:
            del sheets["Agency"][place]
        found = located(sheets)
        assert [one.code for one in found.findings] == ["STR-207"]
        assert found.place(KEY) is None
        assert found.place(Key("agency_control", "off_framework", "dec")) is not None


def test_a_missing_line_and_a_missing_column() -> None:
    sheets = issued()
    del sheets["Agency"][ROW, 1]
    del sheets["Agency"][LAYOUT.table("agency").code_row + 1, COLUMN]
    found = located(sheets)
    assert told(found) == [("STR-206", "Agency", ""), ("STR-205", "Agency", "")]
    assert found.place(KEY) is None
    assert found.place(Key("agency", "nursing", "nov")) is not None


def test_a_code_that_stands_twice_is_read_nowhere() -> None:
    sheets = issued()
    sheets["Agency"][ROW + 1, 1] = sheets["Agency"][ROW, 1]
    found = located(sheets)
    assert told(found) == [("STR-208", "Agency", f"A{ROW + 1}"), ("STR-205", "Agency", "")]
    assert found.findings[0].expected == f"A{ROW}"
    assert found.place(KEY) is None


def test_a_main_code_far_from_its_table_is_missing() -> None:
    sheets = issued()
    code = sheets["Agency"].pop((LAYOUT.table("agency").code_row + 1, COLUMN))
    sheets["Notes"] = {(1, 1): code}
    found = located(sheets)
    assert told(found) == [("STR-206", "Agency", "")]
    assert found.place(KEY) is None


def test_a_main_code_on_another_sheet_too_is_told_with_that_sheet() -> None:
    sheets = issued()
    sheets["Notes"] = {(4, 2): sheets["Agency"][LAYOUT.table("agency").code_row + 1, COLUMN]}
    found = located(sheets)
    assert told(found) == [("STR-208", "Notes", "B4")]
    assert found.findings[0].expected.startswith("Agency ")
    assert found.place(KEY) is None


def test_a_copy_of_a_sheet_is_told_once_a_table() -> None:
    sheets = issued()
    sheets["Position (2)"] = sheets["Position"]
    found = located(sheets)
    assert told(found) == [("STR-208", "Position (2)", f"A{LAYOUT.table('position').title_row + 1}")]
    assert found.findings[0].found == "POS1"
    assert found.place(Key("position", "total", "fot")) is None
    assert found.place(KEY) is not None


def test_sub_codes_count_within_their_table_only() -> None:
    """A line's code below the next table's title is another table's."""
    sheets = issued()
    bottom = max(row for row, _ in sheets["Agency"])
    sheets["Agency"][bottom + 3, 1] = sheets["Agency"][ROW, 1]
    assert told(located(sheets)) == []


def test_an_empty_file_misses_every_sheet() -> None:
    found = located({"Empty": {}})
    assert [one.code for one in found.findings] == ["STR-202"] * len(LAYOUT.sheets)
    assert found.tables == {}
