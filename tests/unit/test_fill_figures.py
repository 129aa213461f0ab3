"""Rows in their cells: what each kind of input takes, and every row that is refused, with its number and how to mend it."""

import pytest

from tests.returns import issuable, place_of
from workbook_gen.definition.layout import Layout
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.figures import figures
from workbook_gen.desk.ledger import LedgerRefused, read_ledger

CODE = "QSL"
MONEY = Key("agency", "medical", "nov")
DAY = Key("signoff", "chief_executive", "date")
YES_NO = Key("assurance", "icb_agrees", "answer")
BODY = Key("risks", "r01", "organisation")
LIKELY = Key("risks", "r01", "likelihood")
WORDS = Key("contact", "contact", "name")


@pytest.fixture
def layout() -> Layout:
    return issuable(CODE).layout


def rows(*lines: str, header: str = "table,line,column,value") -> bytes:
    """A CSV of these rows."""
    return "\n".join([header, *lines, ""]).encode()


def faults(layout: Layout, *lines: str, header: str = "table,line,column,value") -> list[str]:
    """What is said against these rows."""
    with pytest.raises(LedgerRefused) as refused:
        figures(read_ledger(rows(*lines, header=header)), layout)
    return list(refused.value.faults)


def said(key: Key) -> str:
    """A cell as messages name it."""
    cell = issuable(CODE).layout.form.cells[key]
    sheet, at = place_of(CODE, key)
    return f"{sheet} {at} ({cell.line.sub_code}, {cell.line.label}, {cell.column.label})"


TAKEN = (
    (MONEY, "5", 5.0),
    (MONEY, "0", 0.0),
    (MONEY, "1,234", 1234.0),
    (MONEY, "(300)", -300.0),
    (MONEY, "£4,200", 4200.0),
    (MONEY, " 12.5 ", 12.5),
    (MONEY, "'-300", -300.0),
    (DAY, "31/12/2023", 45291.0),
    (DAY, "2023-12-31", 45291.0),
    (DAY, "31 December 2023", 45291.0),
    (YES_NO, "yes", "Yes"),
    (YES_NO, " NO ", "No"),
    (LIKELY, "high", "High"),
    (WORDS, " Ann ", " Ann "),
    (WORDS, "0123", "0123"),
    (WORDS, "one\r\ntwo\rthree", "one\ntwo\nthree"),
    (WORDS, "'=SUM(A1)", "=SUM(A1)"),
    (WORDS, "'tis", "'tis"),
    (WORDS, "n/a", "n/a"),
    (WORDS, "x" * 200, "x" * 200),
)


@pytest.mark.parametrize(("key", "text", "value"), TAKEN)
def test_a_value_is_read_as_in_a_workbook(key: Key, text: str, value: Value, layout: Layout) -> None:
    found = figures(read_ledger(rows(",".join([*key, f'"{text}"']))), layout)
    assert found == {key: value}
    assert type(found[key]) is type(value)


def test_nought_has_no_minus(layout: Layout) -> None:
    assert str(figures(read_ledger(rows(",".join([*MONEY, "(0)"]))), layout)[MONEY]) == "0.0"


def test_an_organisation_is_chosen_by_its_name(layout: Layout) -> None:
    names = [one.name for one in issuable(CODE).system.organisations]
    assert len(names) > 1
    for name in names:
        assert figures(read_ledger(rows(",".join([*BODY, f'"{name.upper()}"']))), layout) == {BODY: name}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("main_code,sub_code,value", "AGY1M08,AGY0200,5"),
        ("main_code,sub_code,value", "agy1m08,agy0200,5"),
        ("table,line,column,value", "AGENCY,Medical,NOV,5"),
        ("table,line,column,value,main_code,sub_code", "agency,medical,nov,5,AGY1M08,AGY0200"),
        ("table,line,column,value,main_code,sub_code", "agency,medical,nov,5,,"),
        ("table,line,column,value,main_code,sub_code", ",,,5,AGY1M08,AGY0200"),
        ("value,sub_code,unit,main_code,sheet", "5,AGY0200,anything,AGY1M08,no such sheet"),
    ],
)
def test_a_cell_is_named_by_names_or_codes_or_both(header: str, row: str, layout: Layout) -> None:
    assert figures(read_ledger(rows(row, header=header)), layout) == {MONEY: 5.0}


BOTH = "table,line,column,value,main_code,sub_code"
NOT_A_CELL = (
    ("agncy,medical,nov,5,,", "there is no table 'agncy'. Did you mean 'agency'?"),
    ("agency,medicl,nov,5,,", "the table agency has no line 'medicl'. Did you mean 'medical'?"),
    ("agency,medical,novv,5,,", "the table agency has no column 'novv'. Did you mean 'nov'?"),
    ("ambulance,rx8,restated_nov,5,,", "the table ambulance has no line 'rx8'. None is known here."),
    (",,,5,AGY1M8,AGY0200", "there is no main code 'AGY1M8'. Did you mean 'AGY1M08'?"),
    (",,,5,AGY1M08,AGY200", "the table agency has no sub code 'AGY200'. Did you mean 'AGY0200'?"),
    ("agency,medical,,5,,", "column is blank. Give table, line and column."),
    (",medical,,5,,", "table and column are blank. Give table, line and column."),
    (",,,5,AGY1M08,", "sub_code is blank. Give main_code and sub_code."),
    (",,,5,,", "it names no cell. Give table, line and column, or main_code and sub_code."),
    (
        "agency,medical,nov,5,AGY1M09,AGY0200",
        f"table, line and column name {said(MONEY)}, but main_code and sub_code name {said(MONEY._replace(column='dec'))}. "
        "Correct one of them.",
    ),
)


@pytest.mark.parametrize(("row", "fault"), NOT_A_CELL)
def test_a_row_that_names_no_cell_is_refused_with_the_nearest_name(row: str, fault: str, layout: Layout) -> None:
    assert faults(layout, row, header=BOTH) == [f"row 2: {fault}"]


ORGANISATIONS = ", ".join(one.name for one in issuable(CODE).system.organisations)
NOT_TAKEN = (
    *(
        (MONEY, text, f": a number belongs here; we read '{text}' as text. Write it in figures alone.")
        for text in ("4.2m", "n/a")
    ),
    (MONEY, "12,5", ": a number belongs here; we read '12,5' as text. Write it in figures alone."),
    (MONEY, "#N/A", ": holds the Excel error #N/A, so there is no value to read. Write the value in its place."),
    (WORDS, "#NAME?", ": holds the Excel error #NAME?, so there is no value to read. Write the value in its place."),
    (DAY, "soon", ": a date belongs here; we read 'soon'. Write it as day/month/year: 31/12/2023."),
    (DAY, "12/31/2023", ": a date belongs here; we read '12/31/2023'. Write it as day/month/year: 31/12/2023."),
    (DAY, "45291", ": a date belongs here; we read '45291'. Write it as day/month/year: 31/12/2023."),
    (DAY, "31/12/1999", ": we read '31/12/1999', which is not between 1 January 2000 and 31 December 2100. Correct it."),
    (YES_NO, "maybe", ": we read 'maybe', which is not in the list: Yes, No. Write one of them."),
    (BODY, "RXX", f": we read 'RXX', which is not in the list: {ORGANISATIONS}. Write one of them."),
    (WORDS, "x" * 201, ": the text has 201 characters; there is room for 200. Shorten it."),
    (
        MONEY,
        "1000000000001",
        ": we read '1000000000001', which is not between -1,000,000,000,000 and 1,000,000,000,000. Correct it.",
    ),
    (
        MONEY,
        "9" * 400,
        f": a number belongs here; we read '{'9' * 99}…' as text. Write it in figures alone.",
    ),
    (Key("agency", "medical", "ytd"), "5", " is one of the centre's figures, and locked. Leave the row out."),
    (
        Key("agency", "medical", "fot"),
        "5",
        " is a total, worked out by the workbook. Leave the row out, and give the inputs that it adds.",
    ),
    (Key("risks", "total", "description"), "words", " does not apply to you and stays blank. Leave the row out."),
)


@pytest.mark.parametrize(("key", "text", "fault"), NOT_TAKEN)
def test_a_value_that_the_cell_does_not_take_is_refused(key: Key, text: str, fault: str, layout: Layout) -> None:
    assert faults(layout, ",".join([*key, f'"{text}"'])) == [f"row 2: {said(key)}{fault}"]


@pytest.mark.parametrize(("text", "taken"), [("0", True), ("100", True), ("-0.1", False), ("100.1", False)])
def test_the_bounds_are_those_of_the_column(text: str, taken: bool, layout: Layout) -> None:
    cell = layout.form.cells[MONEY]
    column = cell.column.model_copy(update={"minimum": 0.0, "maximum": 100.0})
    bounded = type(cell)(cell.key, cell.role, column, cell.line, cell.unit, cell.dp, cell.sign)
    form = type(layout.form)(
        layout.form.collection, layout.form.system, layout.form.tables, {**layout.form.cells, MONEY: bounded}, layout.form.order
    )
    within = Layout(form, layout.sheets, layout.cells, layout.counts, layout.settings, layout.instances)
    if taken:
        assert figures(read_ledger(rows(",".join([*MONEY, text]))), within) == {MONEY: float(text)}
    else:
        fault = f"row 2: {said(MONEY)}: we read '{text}', which is not between 0 and 100. Correct it."
        assert faults(within, ",".join([*MONEY, text])) == [fault]


@pytest.mark.parametrize("second", ["agency,medical,nov,6,,", ",,,5,agy1m08,AGY0200"])
def test_a_cell_that_stands_twice_is_refused_with_both_rows(second: str, layout: Layout) -> None:
    found = faults(layout, "agency,medical,nov,5,,", "agency,medical,dec,5,,", second, header=BOTH)
    assert found == [f"row 4: {said(MONEY)} stands in row 2 too. Keep one of the two."]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_rows(layout: Layout) -> None:
    found = faults(
        layout,
        "agency,medical,nov,5",
        "agncy,medical,nov,5",
        "agency,medical,nov",
        "agency,medical,nov,n/a",
        "agency,medical,jan,",
        "agency,medical,dec,TBC",
        "agency,medical,ytd,4",
    )
    assert [fault.split(":")[0] for fault in found] == ["row 3", "row 4", "row 5", "row 7", "row 8"]


def test_the_message_s_words_are_few(layout: Layout) -> None:
    for key, text, _ in NOT_TAKEN:
        (fault,) = faults(layout, ",".join([*key, f'"{text}"']))
        rest = fault.removeprefix(f"row 2: {said(key)}").replace(ORGANISATIONS, "")
        assert len(rest.split()) <= 25
        assert [word for word in ("invalid", "error occurred", "please") if word in rest.casefold()] == []
