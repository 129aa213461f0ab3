"""Parts that are plain are read without a parser, and as the parser reads them; what is not plain goes to the parser."""

import pytest

from tests.fuzz.package import Opened
from tests.garbage import left_by
from tests.returns import SYSTEMS, completed
from tests.unit import handmade
from workbook_gen.excel import members, strings, worksheet
from workbook_gen.excel.package import PackageRefused, open_package
from workbook_gen.excel.plain import NotPlain, Part, split_part
from workbook_gen.excel.plain_cells import short_formula
from workbook_gen.excel.scan import Scan, scan

STRINGS = f'<sst xmlns="{handmade.MAIN}"><si><t>one</t></si><si><t xml:space="preserve"> two &amp; </t></si></sst>'
PLAIN = (
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1" spans="1:2" ht="15.5"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="9"/>',
    '<row r="1"/><row r="2"></row><row r="3" hidden="1"><c r="C3" s="0"/><c r="D3" t="b"><v>1</v></c></row><row r="4"/>',
    '<row r="1"><c r="A1" t="str"><f>IF(B1&gt;0,&quot;&amp;lt;&quot;,&apos;x&apos;!A1)</f><v>a &lt; b</v></c></row>',
    '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v></v></c><c r="C1"><f></f></c><c r="D1"><f/></c></row>',
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>',
    '<row r="1"><c r="XFD1" t="e"><v>#DIV/0!</v></c></row><row r="1048576"><c r="A1048576" t="n"><v>-1.5E-7</v></c></row>',
    '<row r="1"><c r="A1" t="d"><v>2023-11-08</v></c><c r="B1" t="str"><v>é–漢</v></c></row>',
    '<row r="1"><c r="A1" t="str"><f>"é –"&amp;"１"</f><v>]]&gt; > &amp;gt; _x0041_</v></c><c r="B1" t="n"><v></v></c></row>',
    '<row r="1"><c r="A1"><f ca=" 1" x=" t=dataTable">1+1</f></c><c r="B1"><f x="=" y="" z="> \'">B2</f></c></row>',
    '<row r="1" ht="9"><c r="A1"/></row><row r="2" ht="9"><c r="A2"/></row><row r="7"/><row r="5" ht=\'9\'><c r="A5"/></row>',
    '<row r="1" hidden="1"><c r="A1"/></row><row r="2" hidden="1"><c r="A2"/></row><row r="3" hidden="1"></row>',
)
ODD = (
    '<row r="1"> <c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1" cm="1"><v>1</v></c></row>',
    '<row r="1"><c s="0" r="A1"><v>1</v></c></row>',
    '<row r="1"><c><v>1</v></c><c><v>2</v></c></row>',
    '<row><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="B1"><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>&#65;</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v><![CDATA[x]]></v></c></row>',
    '<row r="1"><c r="A1"><v>1</v><f>2</f></c></row>',
    '<row r="1"><!-- <row r="2"><c r="A2"><v>1</v></c></row> --><c r="A1"><v>2</v></c></row>',
    '<row r="1" xmlns="http://example.org/else"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
    '<row r="1"><c r="A1"><f xmlns="http://example.org/else">1</f><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="s"><v>01</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>￥5</v></c></row>',
    '<row r="1"><c r="A1"><v> 5</v></c></row>',
    '<row r="1"><c r="A1"/></row><row r="2"><c r="A2"/></row><row hidden="1"/>',
    f'<row r="1"><c r="A1"><f ca="{"0" * 256}">1+1</f></c></row>',
    f'<row r="1"><c r="A1" t="b"><v>{"0" * 41}</v></c></row>',
)
REFUSED = (
    f'<row r="1"><c r="A1"><f t="shared" si="0">{"+".join(["B1"] * 2_700)}</f></c></row>'
    '<row r="2000"><c r="A2000"><f t="shared" si="0"/></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><extLst><ext><c r="B1"><v>2</v></c></ext></extLst></row>',
    """<row r="1" x='<c r="A1"/>'></row>""",
    """<row r="1" x='>"><c r="A1"/></row>""",
    '<row r="1" x="1" x="2"><c r="A1"><v>1</v></c></row>',
    '<row r="1" y:x="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><f t="array" t="shared">1</f></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a ]]> b</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>\uffff</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a & b</v></c></row>',
    '<row r="1"><c r="A2"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
    '<row r="1"><c r="A1"><v>1_0</v></c></row>',
    '<row r="1"><c r="A1"><v>nan</v></c></row>',
    '<c r="A1"><v>1</v></c>',
    '<c r="A1"/></row><row r="1">',
    '<row r="1"/><c r="A1"/></row>',
    '<row r="1"><c r="A1"/></row></row>',
    '<row r="1"><c r="A1"/><row r="2"><c r="A2"/></row></row>',
    '<row r="1"><c r="A1"/></row><row r="2"><c r="A2"/>',
    '<row r="1"><c r="A1"/></row><row r="2" x="1" x="2"><c r="A2"/></row>',
    '<row r="1"><c r="A1"/></row><row r="2"/ ><c r="A2"/></row>',
    '<row r="1" x="\x01"><c r="A1"/></row>',
    '<row r="1"><c r="A1"/></row><row r="1048576"/><row/>',
    '<row r="1"><c r="A1"><f 1x="a">1+1</f></c></row>',
    f'<row r="1"><c r="A1"><f x="{"a" * 300_000}">1+1</f></c></row>',
    f'<row r="1"><c r="A1" t="b"><v>{"0" * 300_000}</v></c></row>',
    '<row r="1">\x01</row><row r="2"><c r="A2"/></row>',
    '<row r="1"><c r="A1"/></row><row r="2">\x01</row><row r="3"><c r="A3"/></row>',
    '<c r="A1"/><row r="1"><c r="B1"/></row>',
    '<row r="1048577"><c r="A1048577"/></row>',
    '<row r="1"><c r="XFE1"/></row>',
    '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    '<row r="1"><c r="A1"><f ca="\x01">1</f></c></row>',
    '<row r="1"><c r="A1"><f>\ufffe</f></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a &lt</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a &lt</v></c><c r="B1" t="str"><v>; b</v></c></row>',
    f'<row r="1"><c r="A1"><f>{"1+" * 4_096}1</f></c></row>',
)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything goes to the parser."""

    def not_plain(*_: object) -> Part:
        raise NotPlain

    for module in (strings, worksheet):
        monkeypatch.setattr(module, "split_part", not_plain)


@pytest.fixture
def is_plain(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each sheet that is read, whether it was plain."""
    found: list[bool] = []
    plainly = worksheet._plainly

    def noted(*given: object) -> object:
        found.append(False)
        reading = plainly(*given)  # type: ignore[arg-type]
        found[-1] = True
        return reading

    monkeypatch.setattr(worksheet, "_plainly", noted)
    return found


def scanned(rows: str) -> Scan | str:
    """The scan of a workbook with these rows, or why it is refused."""
    try:
        return scan(open_package(handmade.workbook(rows, strings=STRINGS)))
    except PackageRefused as refused:
        return refused.finding.message


@pytest.mark.parametrize("rows", PLAIN)
def test_what_is_plain_is_read_as_the_parser_reads_it(rows: str, is_plain: list[bool], request: pytest.FixtureRequest) -> None:
    found = scanned(rows)
    assert is_plain == [True]
    request.getfixturevalue("parsed")
    assert found == scanned(rows)
    assert isinstance(found, Scan)
    assert found.cells


@pytest.mark.parametrize("rows", [*ODD, *REFUSED])
def test_what_is_odd_is_left_to_the_parser(rows: str, is_plain: list[bool], request: pytest.FixtureRequest) -> None:
    found = scanned(rows)
    assert is_plain == [False]
    request.getfixturevalue("parsed")
    assert found == scanned(rows)
    assert isinstance(found, str) is (rows in REFUSED)


@pytest.mark.parametrize("code", SYSTEMS)
def test_every_sheet_of_a_return_is_plain(code: str, is_plain: list[bool], request: pytest.FixtureRequest) -> None:
    package = open_package(completed(code))
    found = scan(package)
    assert is_plain == [True] * len(found.sheets)
    request.getfixturevalue("parsed")
    again = open_package(completed(code))
    assert found == scan(again)
    assert package.members.room.met() == again.members.room.met()


def test_a_file_whose_tags_are_counted_is_left_to_the_parser(is_plain: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "UNCOUNTED", 0)
    assert isinstance(scanned(PLAIN[0]), Scan)
    assert is_plain == [False]


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_of_another_namespace_is_refused_as_the_parser_does(part: str, request: pytest.FixtureRequest) -> None:
    """What looks like ours may be something else by what stands around it."""
    package = Opened(completed(SYSTEMS[1]))
    package.put(part, package.content(part).replace(b"spreadsheetml/2006/main", b"spreadsheetml/2706/main", 1))
    said = []
    for _ in range(2):
        with pytest.raises(PackageRefused) as refused:
            scan(open_package(package.data()))
        said.append(refused.value.finding.message)
        request.getfixturevalue("parsed")
    assert said[0] == said[1]


@pytest.mark.parametrize("part", [b"", b"<a/>", "<a><b>1</b></a>".encode("utf-16")])
def test_a_part_without_one_such_element_is_not_plain(part: bytes) -> None:
    with pytest.raises(NotPlain):
        split_part(part, b"b")


def test_a_short_formula_is_kept_for_the_next_file_and_a_long_one_is_not() -> None:
    """Or files of long formulas would fill the memory of the child that reads the next."""
    short_formula.cache_clear()
    for number, length in enumerate((10, 500, 501, 8_000)):
        text = f"{number}+" + "1" * (length - 2)
        assert scanned(f'<row r="1"><c r="A1"><f>{text}</f></c></row>') == scanned(f"<row><c><f>{text}</f></c></row>")
    assert short_formula.cache_info().currsize == 2


def test_what_was_read_goes_when_nobody_holds_it(request: pytest.FixtureRequest) -> None:
    """Without waiting for garbage to be collected, whichever way it was read."""
    for _ in range(2):
        assert left_by(lambda: scan(open_package(completed(SYSTEMS[1])))) == 0
        request.getfixturevalue("parsed")
