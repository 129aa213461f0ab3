"""Lines 1 to 4: what a package may not carry, that it opens, that it is made the same twice, and its properties."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.unit.lint.breaking import inserted, matched, offences, replaced, with_book, with_member
from workbook_gen.lint.book import Book
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.package import (
    LARGEST,
    line_01_nothing_foreign,
    line_02_sound_package,
    line_03_same_bytes,
    line_04_properties,
)
from workbook_gen.lint.verdict import NotTested

WORKBOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
CORE, APPLICATION = "docProps/core.xml", "docProps/app.xml"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Break = Callable[[Exhibit], Exhibit]


def related(kind: str, target: str = "worksheets/sheet1.xml", mode: str = "Internal") -> Break:
    """The workbook related to something."""
    relation = f'<Relationship Id="rId99" Type="{TYPE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return lambda exhibit: inserted(exhibit, RELATIONS, "</Relationships>", relation)


def member(name: str) -> Break:
    return lambda exhibit: with_member(exhibit, name, b"\xff\xfe")


def on_cover(markup: str) -> Break:
    return lambda exhibit: inserted(exhibit, exhibit.book.part_of("Cover"), "<pageMargins", markup)


def in_workbook(markup: str) -> Break:
    return lambda exhibit: inserted(exhibit, WORKBOOK, "<calcPr", markup)


def formula(text: str) -> Break:
    return lambda exhibit: matched(exhibit, exhibit.book.part_of("Cover"), "<f>[^<]*</f>", f"<f>{text}</f>")


def test_a_sound_package_offends_against_none_of_the_lines(exhibit: Exhibit, large: Exhibit) -> None:
    for one in (exhibit, large):
        sound = replace(one, recalculated=constants(one))
        for check in (line_01_nothing_foreign, line_02_sound_package, line_03_same_bytes, line_04_properties):
            assert offences(check, sound) == []


@pytest.mark.parametrize(
    ("spoil", "part", "what"),
    [
        (member("xl/vbaProject.bin"), "xl/vbaProject.bin", "a macro"),
        (member("xl/macrosheets/sheet1.xml.bin"), "xl/macrosheets/sheet1.xml.bin", "a macro"),
        (related("vbaProject"), "xl/workbook.xml", "a macro"),
        (related("xlMacrosheet"), "xl/workbook.xml", "a macro"),
        (
            lambda one: replaced(one, TYPES, "spreadsheetml.sheet.main", "spreadsheetml.sheet.macroEnabled.main"),
            "/xl/workbook.xml",
            "a macro",
        ),
        (
            lambda one: replaced(one, WORKBOOK, '<definedName name="issued"', '<definedName name="issued" function="1"'),
            "issued",
            "a macro",
        ),
        (related("externalLink"), "xl/workbook.xml", "an external link"),
        (member("xl/externalLinks/externalLink1.bin"), "externalLink1", "an external link"),
        (in_workbook("<externalReferences/>"), "xl/workbook.xml", "an external link"),
        (related("hyperlink", "https://example.org", "External"), "https://example.org", "an external link"),
        (formula("[1]Plan!A1"), "xl/worksheets/sheet1.xml", "an external link"),
        (formula("'[other.xlsx]A plan'!A1+1"), "xl/worksheets/sheet1.xml", "an external link"),
        (formula("server|topic!A1"), "xl/worksheets/sheet1.xml", "an external link"),
        (related("connections"), "xl/workbook.xml", "a query"),
        (member("xl/connections.bin"), "xl/connections.bin", "a query"),
        (related("queryTable"), "xl/workbook.xml", "a query"),
        (member("customXml/item1.bin"), "customXml/item1.bin", "a query"),
        (on_cover("<oleObjects/>"), "xl/worksheets/sheet1.xml", "an OLE object"),
        (member("xl/embeddings/oleObject1.bin"), "xl/embeddings/oleObject1.bin", "an OLE object"),
        (related("oleObject"), "xl/workbook.xml", "an OLE object"),
        (on_cover("<controls/>"), "xl/worksheets/sheet1.xml", "an ActiveX control"),
        (member("xl/activeX/activeX1.bin"), "xl/activeX/activeX1.bin", "an ActiveX control"),
        (related("control"), "xl/workbook.xml", "an ActiveX control"),
        (on_cover("<customSheetViews/>"), "xl/worksheets/sheet1.xml", "a custom view"),
        (in_workbook("<customWorkbookViews/>"), "xl/workbook.xml", "a custom view"),
    ],
)
def test_what_a_workbook_may_not_carry_is_found_where_it_is(exhibit: Exhibit, spoil: Break, part: str, what: str) -> None:
    found = offences(line_01_nothing_foreign, spoil(exhibit))
    assert found
    assert all(part in one and one.endswith(what) for one in found)


@pytest.mark.parametrize("text", ["SUM(A1:A2)&amp;&quot;[1]Plan!A1&quot;", "A1&amp;&quot;either|or&quot;"])
def test_a_text_that_looks_like_a_link_is_none(exhibit: Exhibit, text: str) -> None:
    assert offences(line_01_nothing_foreign, formula(text)(exhibit)) == []


def constants(exhibit: Exhibit) -> dict[tuple[str, int, int], float | bool | str]:
    """What another engine that loses nothing finds in the cells without a formula."""
    cells = exhibit.book.cells.items()
    return {place: seen.value for place, seen in cells if seen.formula is None and seen.value is not None}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: with_member(one, "xl/workbook.xml", b"<a/>"), "The package holds xl/workbook.xml 2 times"),
        (lambda one: with_member(one, "XL/STYLES.XML", b"<a/>"), "The package holds xl/styles.xml 2 times"),
        (lambda one: with_member(one, "xl/media/image1.bin", bytes(LARGEST)), f"bytes, more than {LARGEST:,}"),
        (lambda one: with_member(one, "xl/more.xml", b"<a/>"), "does not say what xl/more.xml is"),
        (lambda one: with_member(one, "xl/more.bin", b"more"), "does not say what xl/more.bin is"),
        (
            lambda one: inserted(one, TYPES, "</Types>", '<Override PartName="/xl/gone.xml" ContentType="application/xml"/>'),
            "lists xl/gone.xml, which is not there",
        ),
        (
            related("worksheet", "worksheets/gone.xml"),
            "xl/workbook.xml is related to xl/worksheets/gone.xml, which is not there",
        ),
    ],
)
def test_a_package_that_would_be_mended_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    found = offences(line_02_sound_package, replace(spoil(exhibit), recalculated=constants(exhibit)))
    assert [one for one in found if said in one]


def test_a_file_that_the_other_program_did_not_save_is_found(exhibit: Exhibit) -> None:
    assert offences(line_02_sound_package, replace(exhibit, recalculated={})) == [
        "LibreOffice did not open the file and save it"
    ]


@pytest.mark.parametrize("other", [None, "Covered", 1.0])
def test_a_cell_that_the_other_program_lost_is_named(exhibit: Exhibit, other: float | str | None) -> None:
    held: dict[tuple[str, int, int], float | bool | str] = constants(exhibit)
    del held["Cover", 2, 1]
    seen = held if other is None else {**held, ("Cover", 2, 1): other}
    found = offences(line_02_sound_package, replace(exhibit, recalculated=seen))
    assert found == ["Cover A2 is not what LibreOffice shows (1 cells in all)"]


def test_without_the_other_program_the_package_is_not_tested(exhibit: Exhibit) -> None:
    with pytest.raises(NotTested, match="LibreOffice"):
        offences(line_02_sound_package, exhibit)


@pytest.mark.parametrize("name", ["created", "modified"])
def test_a_file_that_tells_another_day_than_the_issue_s_is_found(exhibit: Exhibit, name: str) -> None:
    spoilt = matched(exhibit, CORE, rf"(<dcterms:{name}[^>]*>)[^<]*", r"\g<1>2024-02-03T10:11:12Z")
    found = offences(line_03_same_bytes, spoilt)
    assert found[0] == f"docProps/core.xml says {name} 2024-02-03T10:11:12Z, not 2023-11-08T00:00:00Z"


def test_a_second_issue_that_differs_is_found_part_by_part(exhibit: Exhibit) -> None:
    other = replaced(exhibit, "xl/styles.xml", "Arial", "Ariel").book.data
    assert offences(line_03_same_bytes, replace(exhibit, again=other)) == ["A second issue gives other bytes: xl/styles.xml"]
    packed = exhibit.book.data[:-2] + b"\x01\x00" + b"!"
    assert offences(line_03_same_bytes, replace(exhibit, again=packed)) == ["A second issue gives other bytes: the package"]


def test_a_member_with_a_time_of_its_own_is_found(exhibit: Exhibit) -> None:
    data = bytearray(exhibit.book.data)
    directory = data.index(b"PK\x01\x02")
    data[directory + 12 : directory + 16] = (0x4A2B574B).to_bytes(4, "little")
    spoilt = with_book(exhibit, Book(bytes(data)))
    found = offences(line_03_same_bytes, replace(spoilt, again=bytes(data)))
    assert len(found) == 1
    assert found[0].startswith("The members of the package carry times: (2017, 1, 11,")


def test_without_the_key_no_second_issue_can_be_made(exhibit: Exhibit) -> None:
    with pytest.raises(NotTested, match=r"seal\.key"):
        offences(line_03_same_bytes, replace(exhibit, again=None))


PERSON = "Jo Bloggs"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: matched(one, CORE, "<dc:title>[^<]*", "<dc:title> "), "docProps/core.xml has no title"),
        (lambda one: matched(one, CORE, "<dc:subject>.*</dc:subject>", ""), "docProps/core.xml has no subject"),
        (lambda one: matched(one, CORE, "<dc:creator>[^<]*", f"<dc:creator>{PERSON}"), f"says creator '{PERSON}'"),
        (lambda one: matched(one, CORE, "<dc:creator>.*</dc:creator>", ""), "says creator None"),
        (
            lambda one: matched(one, CORE, "<cp:lastModifiedBy>[^<]*", f"<cp:lastModifiedBy>{PERSON}"),
            f"docProps/core.xml names somebody: '{PERSON}'",
        ),
        (
            lambda one: inserted(one, APPLICATION, "<AppVersion>", f"<Manager>{PERSON}</Manager>"),
            f"docProps/app.xml names somebody: '{PERSON}'",
        ),
        (
            lambda one: replaced(one, APPLICATION, "<Company>", f"<Company>{PERSON}"),
            f"docProps/app.xml names somebody: '{PERSON}'",
        ),
        (
            lambda one: with_member(one, "xl/comments1.xml", f"<comments><author>{PERSON}</author></comments>".encode()),
            f"xl/comments1.xml names somebody: '{PERSON}'",
        ),
        (
            lambda one: with_member(one, "xl/persons/person.xml", f'<person displayName="{PERSON}"/>'.encode()),
            f"xl/persons/person.xml names somebody: '{PERSON}'",
        ),
        (in_workbook(f'<fileSharing userName="{PERSON}"/>'), f"xl/workbook.xml names somebody: '{PERSON}'"),
        (in_workbook('<absPath url="C:/Users/jo/"/>'), "xl/workbook.xml names somebody: 'C:/Users/jo/'"),
    ],
)
def test_a_property_that_is_missing_or_names_a_person_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert [one for one in offences(line_04_properties, spoil(exhibit)) if said in one]


def test_a_file_without_properties_lacks_all_of_them(exhibit: Exhibit) -> None:
    stripped = with_book(exhibit, without_part(exhibit.book, CORE))
    assert len(offences(line_04_properties, stripped)) == 3


def without_part(book: Book, part: str) -> Book:
    copy = Book(book.data)
    copy.parts.pop(part)
    return copy
