"""The zip around a workbook: what is cut short, changed, too large or oddly named is refused before it is parsed."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from tests.unit import handmade
from tests.unit.handmade import ROWS, changed, refusal
from workbook_gen.excel import container
from workbook_gen.excel.package import open_package


def good() -> bytes:
    return handmade.workbook(ROWS)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_is_damaged(share: float) -> None:
    data = good()
    assert refusal(data[: int(len(data) * share)]).code == "STR-007"


def test_a_file_of_two_bytes_is_damaged() -> None:
    assert refusal(b"PK").code == "STR-007"


def test_every_flipped_byte_of_a_member_is_noticed() -> None:
    data = handmade.zipped(handmade.parts({"Plan": handmade.worksheet(ROWS)}), zipfile.ZIP_STORED)
    at = data.index(b"<v>1</v>") + 3
    flipped = data[:at] + b"7" + data[at + 1 :]
    finding = refusal(flipped)
    assert finding.code == "STR-007"
    assert "xl/worksheets/sheet1.xml does not match its checksum" in finding.message


def test_a_deflated_member_with_rubbish_in_it_is_damaged() -> None:
    data = bytearray(good())
    at = data.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    data[at : at + 20] = b"\xff" * 20
    assert refusal(bytes(data)).code == "STR-007"


@pytest.mark.parametrize("name", ["xl__workbook", "xl__worksheets__sheet1"])
def test_a_part_that_is_missing_is_named(name: str) -> None:
    finding = refusal(changed(**{name: None}))
    assert finding.code == "STR-007"
    assert "missing" in finding.message


@pytest.mark.parametrize("kind", ["sharedStrings", "styles"])
def test_missing_texts_and_styles_are_named(kind: str) -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)}, strings="<sst/>", styles="<styleSheet/>")
    del members[f"xl/{kind}.xml"]
    finding = refusal(handmade.zipped(members))
    assert finding.code == "STR-007"
    assert f"xl/{kind}.xml is missing" in finding.message


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("xl/workbook.xml", 'r:id="s1"', 'r:id="other"'),
        ("xl/workbook.xml", "<sheet ", "<other "),
        ("xl/workbook.xml", "</workbook>", ""),
        ("xl/_rels/workbook.xml.rels", "/worksheet", "/chartsheet"),
        ("_rels/.rels", "/officeDocument", "/other"),
        ("[Content_Types].xml", handmade.PLAIN, "application/xml"),
        ("[Content_Types].xml", "<Types", "<Types <"),
    ],
)
def test_parts_that_do_not_hang_together_are_damaged(member: str, old: str, new: str) -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    text = str(members[member])
    assert old in text
    members[member] = text.replace(old, new)
    assert refusal(handmade.zipped(members)).code == "STR-007"


def test_two_sheets_of_one_name_are_damaged() -> None:
    sheet = handmade.worksheet(ROWS)
    assert refusal(handmade.zipped(handmade.parts({"Plan": sheet, "PLAN": sheet}))).code == "STR-007"


def test_a_method_of_packing_that_excel_does_not_use_is_refused() -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    assert refusal(handmade.zipped(members, zipfile.ZIP_LZMA)).code == "STR-007"


def test_a_member_behind_a_password_is_refused() -> None:
    data = bytearray(good())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature)
        data[at + offset] |= 1
    assert refusal(bytes(data)).code == "STR-002"


def test_a_member_that_the_directory_names_otherwise_is_damaged() -> None:
    data = good()
    name = b"xl/worksheets/sheet1.xml"
    at = data.index(name)
    finding = refusal(data[:at] + name.replace(b"1", b"7") + data[at + len(name) :])
    assert finding.code == "STR-007"
    assert "sheet1.xml is not where it should be" in finding.message


def test_a_deflated_member_without_its_end_is_cut_short() -> None:
    text = b"<a/>" * 10
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    members["xl/spare.xml"] = packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)
    data = handmade.zipped(members, zipfile.ZIP_STORED)
    for field, value in (("method", zipfile.ZIP_DEFLATED), ("crc", zlib.crc32(text)), ("size", len(text))):
        data = patched(data, "xl/spare.xml", field, value)
    assert zipfile.ZipFile(BytesIO(data)).read("xl/spare.xml") == text
    finding = refusal(data)
    assert finding.code == "STR-007"
    assert "xl/spare.xml is cut short" in finding.message


# Bounds


def patched(data: bytes, name: str, field: str, value: int) -> bytes:
    """The zip with a member's method, checksum or size changed, in the directory and in the local header."""
    local, central, form = {"method": (8, 10, "<H"), "crc": (14, 16, "<I"), "size": (22, 24, "<I")}[field]
    changing = bytearray(data)
    coded = name.encode()
    for signature, offset, length in ((b"PK\x03\x04", local, 30), (b"PK\x01\x02", central, 46)):
        at = -1
        while (at := changing.find(signature, at + 1)) >= 0:
            if changing[at + length : at + length + len(coded)] == coded:
                struct.pack_into(form, changing, at + offset, value)
    return bytes(changing)


def test_too_many_bytes() -> None:
    finding = refusal(good() + bytes(container.MAXIMUM_BYTES))
    assert finding.code == "STR-008"
    assert "20,000,000" in finding.message


def test_too_many_bytes_unpacked() -> None:
    data = patched(good(), "xl/workbook.xml", "size", container.MAXIMUM_EXPANDED + 1)
    finding = refusal(data)
    assert finding.code == "STR-008"
    assert "150,000,000" in finding.message


def test_a_member_that_swells_is_refused() -> None:
    finding = refusal(changed(xl__media="0" * 30_000_000))
    assert finding.code == "STR-008"
    assert "xl/media.xml" in finding.message


def test_a_small_member_may_be_dense() -> None:
    assert open_package(changed(xl__media="0" * 900_000)).members.read("xl/media.xml")


def test_a_member_that_unpacks_to_more_than_it_declares_is_not_unpacked() -> None:
    content = handmade.worksheet(ROWS + " " * 100_000)
    data = changed(xl__worksheets__sheet1=content)
    shorter = content[:-50_000].encode()
    lying = patched(data, "xl/worksheets/sheet1.xml", "size", len(shorter))
    lying = patched(lying, "xl/worksheets/sheet1.xml", "crc", zlib.crc32(shorter))
    assert zipfile.ZipFile(BytesIO(lying)).read("xl/worksheets/sheet1.xml") == shorter
    finding = refusal(lying)
    assert finding.code == "STR-007"
    assert "more than it declares" in finding.message


@pytest.mark.parametrize("count", [500, 6_000])
def test_too_many_members(count: int) -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)}) | {f"x/{number}.bin": b"" for number in range(count)}
    finding = refusal(handmade.zipped(members))
    assert finding.code == "STR-008"
    assert "at most 500" in finding.message


def test_a_huge_directory_is_refused_before_it_is_read() -> None:
    directory = (b"PK\x01\x02" + bytes(42)) * 6_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 400, 400, len(directory), 4, 0)
    assert refusal(b"PK\x03\x04" + directory + end).code == "STR-008"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_a_member_that_stands_twice(name: str) -> None:
    stream = BytesIO(good())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, "<other/>")
    finding = refusal(stream.getvalue())
    assert finding.code == "STR-009"
    assert "twice" in finding.message


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl\\evil.xml", "C:/evil.xml", "xl//evil.xml", "./e"])
def test_a_name_that_is_not_safe(name: str) -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)}) | {name: "<a/>"}
    assert refusal(handmade.zipped(members)).code == "STR-009"


def test_a_name_that_hides_behind_a_nul() -> None:
    data = handmade.zipped(handmade.parts({"Plan": handmade.worksheet(ROWS)}) | {"xl/spare.xmlQevil": "<a/>"})
    assert refusal(data.replace(b"xl/spare.xmlQevil", b"xl/spare.xml\0evil")).code == "STR-009"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "<!DOCTYPE a>"]
)
def test_a_declaration_in_any_part_is_refused(declaration: str, encoding: str) -> None:
    text = f"{declaration}<a/>".encode(encoding)
    finding = refusal(changed(customXml__item1=text))
    assert finding.code == "STR-010"
    assert "customXml/item1.xml" in finding.message


def test_a_picture_may_hold_any_bytes() -> None:
    assert open_package(changed(xl__picture=b"\x89PNG<!DOCTYPE<!ENTITY")).workbook.sheets
