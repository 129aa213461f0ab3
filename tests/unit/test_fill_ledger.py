"""A CSV of figures: the forms that are read alike, what is left out, and every way in which nothing can be read."""

import csv
import io

import pytest

from workbook_gen.desk.ledger import TEMPLATE, Ledger, LedgerRefused, read_ledger, unguarded, write_ledger

NAMES = "table,line,column,value\nagency,medical,nov,5\ncontact,contact,name,Zoë £\n"
CODES = "main_code,sub_code,value\nAGY1M08,AGY0200,5\n"
ALIKE = {
    "UTF-8": NAMES.encode(),
    "UTF-8 with its mark": NAMES.encode("utf-8-sig"),
    "Windows-1252": NAMES.encode("cp1252"),
    "semicolons": NAMES.replace(",", ";").encode(),
    "tabs": NAMES.replace(",", "\t").encode(),
    "Windows line ends": NAMES.replace("\n", "\r\n").encode(),
    "old Mac line ends": NAMES.replace("\n", "\r").encode(),
    "no line end at the end": NAMES.rstrip().encode(),
    "everything quoted": ('"' + NAMES.strip().replace(",", '","').replace("\n", '"\n"') + '"\n').encode(),
    "capitals and blanks in the header": NAMES.replace("table,line", " Table , LINE").encode(),
    "blanks around the codes": NAMES.replace("agency,medical", " agency , medical ").encode(),
    "blank columns at the end": NAMES.replace("\n", ",,\n").encode(),
    "words beside": NAMES.replace("\n", ",a note\n").replace("value,a note", "value,label").encode(),
}
OURS = "Delete it, or name it one of table, line, column, value, main_code, sub_code."


def found(data: bytes) -> list[tuple[int, tuple[str, ...], str]]:
    """What is read: row, cell and value."""
    ledger = read_ledger(data)
    assert ledger.faults == ()
    return [(row.number, row.names(("table", "line", "column")), row.value) for row in ledger.rows]


@pytest.mark.parametrize("form", ALIKE)
def test_whatever_a_program_saves_is_read_alike(form: str) -> None:
    assert found(ALIKE[form]) == [(2, ("agency", "medical", "nov"), "5"), (3, ("contact", "contact", "name"), "Zoë £")]


def test_the_codes_may_stand_in_any_order() -> None:
    ledger = read_ledger(b"Sub code;VALUE;main_code\nAGY0200;5;AGY1M08\n")
    assert [(row.names(("main_code", "sub_code")), row.value) for row in ledger.rows] == [(("AGY1M08", "AGY0200"), "5")]
    assert ledger.rows[0].names(("table", "line", "column")) == ("", "", "")


@pytest.mark.parametrize("blank", ["", " ", "\t", "\u00a0", "\u200b", '""'])
def test_a_row_without_a_value_is_left_out_and_rows_are_counted_as_excel_does(blank: str) -> None:
    text = f"\nmain_code,sub_code,value\nno,such,{blank}\n,,\n\nAGY1M08,AGY0200,0\n"
    assert [(row.number, row.value) for row in read_ledger(text.encode()).rows] == [(6, "0")]


def test_a_text_may_hold_line_breaks_quotation_marks_and_delimiters() -> None:
    text = 'table,line,column,value\ncontact,contact,name,"one, ""two""\nthree; four"\nagency,medical,nov,5\n'
    assert [(row, value) for row, _, value in found(text.encode())] == [(2, 'one, "two"\nthree; four'), (3, "5")]


HEADER = "The header is table,line,column,value or main_code,sub_code,value."
REFUSED = {
    "": [f"The file is empty. {HEADER}"],
    " \n\n , ,\n": [f"The file is empty. {HEADER}"],
    "\ufeff": [f"The file is empty. {HEADER}"],
    "PK\x03\x04\x00\x00": [
        "The file is not UTF-8 text. In Excel: File > Save As > CSV UTF-8 (Comma delimited).",
    ],
    "table,line,column,value\n": [
        "The file holds no row below its header. Give each figure a row with its codes and its value.",
    ],
    "main_code,sub_code,value\nA,B,\nC,D, \n": [
        "The file holds no value: the column value is blank in every row. Give each figure a row with its codes and its value.",
    ],
    "agency,medical,nov,5\n": [
        f"row 1: 'agency' is no column of ours. {OURS}",
        f"row 1: 'medical' is no column of ours. {OURS}",
        f"row 1: 'nov' is no column of ours. {OURS}",
        f"row 1: '5' is no column of ours. {OURS}",
        f"row 1: the header lacks table and line and column and value. {HEADER}",
    ],
    "\nmain_code,subcode,value\nA,B,1\n": [
        f"row 2: 'subcode' is no column of ours. {OURS}",
        f"row 2: the header lacks sub_code. {HEADER}",
    ],
    "main_code,sub_code,value,Agreed with\nA,B,1,2\n": [
        f"row 1: 'agreed_with' is no column of ours. {OURS}",
    ],
    "main_code,sub_code\nA,B\n": [f"row 1: the header lacks value. {HEADER}"],
    "table,line,value,main_code,sub_code\n": [f"row 1: the header lacks column. {HEADER}"],
    "label,value\nA,1\n": [f"row 1: the header lacks table and line and column. {HEADER}"],
    "main_code,sub_code,value,Value\nA,B,1,2\n": ["row 1: the column value stands twice. Keep one."],
    "main_code,,sub_code,value\nA,,B,1\n": [f"row 1: column 2 has no heading. {HEADER}"],
    'main_code,sub_code,value\nA,B,1\nA,C,"2\nA,D,3\n': [
        "row 3: it cannot be read from here on (unexpected end of data). "
        "Close each quotation mark, and double those inside a text.",
    ],
    'main_code,sub_code,value\nA,B,"1"2\n': [
        "row 2: it cannot be read from here on (',' expected after '\"'). "
        "Close each quotation mark, and double those inside a text.",
    ],
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_told_with_what_to_do(text: str) -> None:
    with pytest.raises(LedgerRefused) as refused:
        read_ledger(text.encode())
    assert list(refused.value.faults) == REFUSED[text]


@pytest.mark.parametrize("data", ["table,line\n".encode("utf-16"), b"\x81\x8d,value\n", bytes(range(256)), b"\x89PNG\r\n\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(LedgerRefused, match=r"^The file is not UTF-8 text\. In Excel: File > Save As > CSV"):
        read_ledger(data)


COMMA = "Put quotation marks around a value with a comma in it."
WIDTHS = {
    "agency,medical,nov": "it has 3 fields; the header has 4. Give every column a field.",
    "agency,medical,5": "it has 3 fields; the header has 4. Give every column a field.",
    "agency,medical,nov,1,234": f"it has 5 fields; the header has 4. {COMMA}",
    "agency,medical,nov,1,234,567": f"it has 6 fields; the header has 4. {COMMA}",
}


@pytest.mark.parametrize("row", WIDTHS)
def test_a_row_with_too_few_or_too_many_fields_is_told_and_the_others_are_read(row: str) -> None:
    ledger = read_ledger(f"{NAMES}{row}\nagency,medical,dec,6\n".encode())
    assert ledger.faults == ((4, WIDTHS[row]),)
    assert [one.number for one in ledger.rows] == [2, 3, 5]


@pytest.mark.parametrize(("written", "read"), [("1,234", "234"), ("(1,300)", "300)"), ("1,234.50", "234.50")])
def test_thousands_without_quotation_marks_are_never_cut_off(written: str, read: str) -> None:
    ledger = read_ledger(f"table,line,column,value,label\nagency,medical,nov,{written}\n".encode())
    assert ledger == Ledger((), ((2, f"its label reads '{read}'. {COMMA}"),))
    quoted = read_ledger(f'table,line,column,value,label\nagency,medical,nov,"{written}",Ward 234\n'.encode())
    assert [row.value for row in quoted.rows] == [written]


def test_the_template_opens_in_excel() -> None:
    data = write_ledger([dict.fromkeys(TEMPLATE, "£ –")])
    assert data.startswith(b"\xef\xbb\xbftable,line,column,value,")
    assert data.endswith(b"\r\n")
    assert data.decode("utf-8-sig").splitlines() == [",".join(TEMPLATE), ",".join(["£ –"] * len(TEMPLATE))]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (5.0, "5"),
        (-1300.0, "-1300"),
        (0.0, "0"),
        (76.5, "76.5"),
        (1e16, "10000000000000000"),
        (0.00001, "0.00001"),
        ("Yes", "Yes"),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("- none", "'- none"),
        ("@home", "'@home"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
    ],
)
def test_excel_takes_no_text_of_the_template_for_a_formula(field: str | float, written: str) -> None:
    data = write_ledger([{**dict.fromkeys(TEMPLATE, ""), "value": field}])
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert row["value"] == written
    assert unguarded(written) == (field if isinstance(field, str) else written)
