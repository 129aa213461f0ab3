"""Every cell of a workbook in one pass: value, formula, lock, and what else the file says of itself."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.unit import handmade
from workbook_gen.definition.values import CellError
from workbook_gen.excel.cells import Cells, Scanned
from workbook_gen.excel.package import open_package
from workbook_gen.excel.scan import Scan, scan

PUBLISHED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "published"


def scanned(data: bytes) -> Scan:
    return scan(open_package(data))


def only(rows: str, **values: str) -> Cells:
    """The cells of a workbook with one sheet of these rows."""
    return scanned(handmade.workbook(rows, **values)).sheets[0].cells


def value(cell: str, **values: str) -> Scanned:
    """The value of one cell."""
    return only(f'<row r="1">{cell}</row>', **values)[1, 1].value


# Values


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>42</v></c>', 42.0),
        ('<c r="A1" t="n"><v>-1.5E-3</v></c>', -0.0015),
        ('<c r="A1"><v>0</v></c>', 0.0),
        ('<c r="A1"><v>\n  7  </v>\n</c>', 7.0),
        ('<c r="A1"/>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1" t="s"><v></v></c>', None),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A1" t="str"><v>text</v></c>', "text"),
        ('<c r="A1" t="str"><v> 5</v></c>', " 5"),
        ('<c r="A1" t="inlineStr"><is><t>plain</t></is></c>', "plain"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        ('<c r="A1" t="inlineStr"><is/></c>', ""),
        ('<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r></is></c>', "rich"),
        ('<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>', "東京"),
        ('<c r="A1" t="str"><v>a_x000D_\nb</v></c>', "a\r\nb"),
        ('<c r="A1" t="str"><v>a_x005F_x000D_b</v></c>', "a_x000D_b"),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_ _xD83D_ _xzzzz_</v></c>', "😀 � _xzzzz_"),
        ('<c r="A1" t="str"><v>&lt;&amp;&#163;<![CDATA[<c>]]></v></c>', "<&£<c>"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="d"><v>2023-11-22</v></c>', 45252.0),
        ('<c r="A1" t="d"><v>2023-11-22T18:00:00Z</v></c>', 45252.75),
        ('<c r="A1" t="d"><v>1900-01-01</v></c>', 1.0),
        ('<c r="A1" t="d"><v>1900-02-28</v></c>', 59.0),
        ('<c r="A1" t="d"><v>1900-03-01</v></c>', 61.0),
        ('<c r="A1" t="d"><v>06:00:00</v></c>', 0.25),
        ('<c r="A1" t="d"><v>soon</v></c>', "soon"),
    ],
)
def test_a_value_is_read_by_its_type(cell: str, expected: Scanned) -> None:
    found = value(cell)
    assert found == expected
    assert type(found) is type(expected)


def test_an_excel_error_is_a_value_of_its_own() -> None:
    found = value('<c r="A1" t="e"><v>#DIV/0!</v></c>')
    assert isinstance(found, CellError)
    assert found == "#DIV/0!"


def test_a_boolean_is_no_number() -> None:
    assert value('<c r="A1" t="b"><v>1</v></c>') is True


def test_shared_texts_are_rich_or_plain() -> None:
    texts = (
        f'<sst xmlns="{handmade.MAIN}" count="1" uniqueCount="1"><si><t>plain</t></si>'
        "<si><r><t>ri</t></r><r><rPr><i/></rPr><t>ch</t></r><rPh sb='0' eb='1'><t>no</t></rPh><phoneticPr/></si>"
        "<si><t/></si><si><t>_x0009_tab</t></si></sst>"
    )
    row = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(4))
    cells = only(f"<row>{row}</row>", strings=texts)
    assert [cells[1, column].value for column in range(1, 5)] == ["plain", "rich", "", "\ttab"]


def test_dates_of_1904_stay_serial_days_and_the_flag_says_so() -> None:
    rows = '<row r="1"><c r="A1"><v>43790</v></c><c r="B1" t="d"><v>2023-11-22</v></c></row>'
    found = scanned(handmade.workbook(rows, workbook='<workbookPr date1904="true"/>'))
    assert found.date1904
    assert [cell.value for cell in found.sheets[0].cells.values()] == [43790.0, 43790.0]


# Places


def test_places_may_be_implied() -> None:
    cells = only(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='D5'><v>3</v></c><c><v>4</v></c></row>"
        "<row><c><v>5</v></c></row>"
    )
    assert {place: cell.value for place, cell in cells.items()} == {
        (1, 1): 1,
        (1, 2): 2,
        (5, 4): 3,
        (5, 5): 4,
        (6, 1): 5,
    }


def test_the_declared_dimension_is_not_believed() -> None:
    sheet = handmade.worksheet(
        '<row r="9"><c r="XFD9"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>',
        before='<dimension ref="A1"/>',
    )
    cells = scanned(handmade.zipped(handmade.parts({"Plan": sheet}))).sheets[0].cells
    assert {place: cell.value for place, cell in cells.items()} == {(9, 16_384): 1, (1_048_576, 1): 2}


def test_prefixes_and_strict_namespaces_are_one_meaning() -> None:
    prefixed = (
        f'<x:worksheet xmlns:x="{handmade.STRICT_MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
        '<x:t>kept</x:t></x:is></x:c><c r="B1"><v>9</v></c></x:row></x:sheetData></x:worksheet>'
    )
    found = handmade.parts({"Plan": prefixed}, main=handmade.STRICT_MAIN, relations=handmade.STRICT_RELATIONSHIPS)
    result = scanned(handmade.zipped(found))
    assert {place: cell.value for place, cell in result.sheets[0].cells.items()} == {(1, 1): "kept"}
    assert [finding.code for finding in result.findings] == ["STR-019"]


# Formulas


def test_formulas_come_with_the_value_that_was_saved() -> None:
    cells = only(
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>3</v></c><c r="B1"><f>NOW()</f></c>'
        '<c r="C1"><f t="array" ref="C1:D1">B1*2</f><v>4</v></c><c r="D1"><v>5</v></c>'
        '<c r="E1"><f t="dataTable" ref="E1:E2" dt2D="0" r1="A1"/><v>6</v></c></row>'
    )
    assert [(cell.value, cell.formula) for cell in cells.values()] == [
        (3.0, "SUM(B1:C1)"),
        (None, "NOW()"),
        (4.0, "B1*2"),
        (5.0, None),
        (6.0, "TABLE(A1,)"),
    ]


def test_shared_formulas_are_written_out_in_every_cell() -> None:
    cells = only(
        '<row r="1"><c r="B1"><f t="shared" ref="B1:C2" si="0">A1+$A1+A$1+$A$1</f><v>0</v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>0</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>0</v></c><c r="C2"><f t="shared" si="0"></f><v>0</v></c>'
        '<c r="D2"><f t="shared" si="7"/><v>0</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" ref="B3:B4" si="0">Z9</f></c></row>'
        '<row r="4"><c r="B4"><f t="shared" si="0"/></c></row>'
    )
    assert {place: cell.formula for place, cell in cells.items()} == {
        (1, 2): "A1+$A1+A$1+$A$1",
        (1, 3): "B1+$A1+B$1+$A$1",
        (2, 2): "A2+$A2+A$1+$A$1",
        (2, 3): "B2+$A2+B$1+$A$1",
        (2, 4): "",  # a formula, but the file does not say which
        (3, 2): "Z9",
        (4, 2): "Z10",
    }


# Locks, protection, what is hidden

STYLES = (
    f'<styleSheet xmlns="{handmade.MAIN}"><cellStyleXfs><xf><protection locked="0"/></xf></cellStyleXfs>'
    '<cellXfs><xf/><xf><protection locked="0"/></xf><xf><protection hidden="1"/></xf>'
    '<xf><protection locked="false"/></xf><xf><protection locked="1"/></xf></cellXfs>'
    '<dxfs><dxf><protection locked="0"/></dxf></dxfs></styleSheet>'
)


def test_a_cell_is_locked_unless_its_format_says_not() -> None:
    row = "<c/>" + "".join(f'<c s="{number}"/>' for number in range(6))
    cells = only(f"<row>{row}</row>", styles=STYLES)
    assert [cell.locked for cell in cells.values()] == [True, True, False, True, False, True, True]
    assert all(cell.value is None and cell.formula is None for cell in cells.values())


def test_protection_and_what_is_hidden(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as workbook:
        plain, guarded = workbook.add_worksheet("Plain"), workbook.add_worksheet("Guarded")
        guarded.protect()
        guarded.set_row(2, None, None, {"hidden": True})
        guarded.set_column("C:E", None, None, {"hidden": True})
        guarded.set_column("G:G", 30)
        plain.activate()
        guarded.very_hidden()
    first, second = scanned((tmp_path / "made.xlsx").read_bytes()).sheets
    assert [(sheet.protected, sheet.state) for sheet in (first, second)] == [(False, "visible"), (True, "veryHidden")]
    assert not first.hidden_rows | first.hidden_columns
    assert second.hidden_rows == frozenset({3})
    assert second.hidden_columns == frozenset({3, 4, 5})


def test_properties_application_and_names(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as workbook:
        workbook.add_worksheet("Plan").write(0, 0, 1)
        workbook.set_custom_property("seal", "ab&cd")
        workbook.set_custom_property("issue", 3)
        workbook.set_custom_property("ready", True)
        workbook.define_name("share", "=Plan!$A$1")
    found = scanned((tmp_path / "made.xlsx").read_bytes())
    assert found.properties == {"seal": "ab&cd", "issue": "3", "ready": "true"}
    assert found.application == "Microsoft Excel"
    assert [(name.name, name.text) for name in found.names] == [("share", "Plan!$A$1")]
    assert found.cells == 1


def test_a_workbook_without_properties_says_nothing() -> None:
    found = scanned(handmade.workbook('<row r="1"/>'))
    assert (found.properties, found.application, found.names, found.cells) == ({}, "", (), 0)


def test_a_chart_sheet_has_no_cells(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as workbook:
        workbook.add_worksheet("Plan").write(0, 0, 1)
        workbook.add_chartsheet("Picture")
    sheets = scanned((tmp_path / "made.xlsx").read_bytes()).sheets
    assert [(sheet.name, sheet.kind, len(sheet.cells)) for sheet in sheets] == [
        ("Plan", "worksheet", 1),
        ("Picture", "chartsheet", 0),
    ]
