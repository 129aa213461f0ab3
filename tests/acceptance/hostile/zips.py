"""Zips that lie: about sizes, about places, about how many members they have and what these are called."""

import random
import struct
import zlib

from tests.acceptance.hostile.kind import NOT_OURS, hostile
from tests.acceptance.hostile.making import Member, assembled, beside, entry, joined, local, repeated, sound, stored, zipped
from tests.unit import handmade

GOOD = handmade.workbook(handmade.ROWS)


@hostile("a member that unpacks to a thousand times its bytes", "STR-008")
def high_ratio() -> bytes:
    return zipped(handmade.parts({"Plan": handmade.worksheet(handmade.ROWS)}) | {"xl/media/a.xml": bytes(60_000_000)})


@hostile("a zip of zips of zips", "STR-001")
def nested_zips() -> bytes:
    inner = zipped({"0.dat": bytes(50_000_000)})
    for _ in range(3):
        inner = zipped({f"{number}.zip": inner for number in range(16)})
    return inner


@hostile("one member inside another, both sound: the better zip bomb", "STR-009")
def overlapping() -> bytes:
    inner = stored("xl/b.xml", b"<b/>")
    outer = stored("xl/a.xml", local(inner))
    members = [*sound(), outer]
    bodies = b"".join(map(local, members))
    entries, offset = [], 0
    for member in members:
        entries.append(entry(member, offset))
        offset += len(local(member))
    return joined(bodies, [*entries, entry(inner, len(bodies) - len(local(inner)))])


@hostile("two gigabytes of cells, as declared", "STR-008")
def two_gigabytes_declared() -> bytes:
    packed = repeated(b"<c/>" * 4_000_000, 8)
    return assembled([*sound(), Member(b"xl/worksheets/sheet2.xml", packed, 1 << 31, 0, method=8)])


@hostile("two gigabytes of cells, declared as a thousand bytes", "STR-007")
def two_gigabytes_undeclared() -> bytes:
    packed = repeated(b"<c/>" * 4_000_000, 128)
    return assembled([*sound(), Member(b"xl/worksheets/sheet2.xml", packed, 1_000, 0, method=8)])


@hostile("a member that declares more than it holds", "STR-007")
def declares_more() -> bytes:
    return assembled([*sound(), stored("xl/a.xml", b"<a/>")._replace(size=900_000)])


@hostile("a hundred and fifty megabytes that are all there, of blanks and noise", "STR-101", NOT_OURS)
def as_much_as_may_be() -> bytes:
    content = random.Random(1).randbytes(900_000) + b" " * 70_000_000
    packed, whole = repeated(content, 2), content * 2
    return assembled([*sound(), Member(b"xl/media/a.bin", packed, len(whole), zlib.crc32(whole), method=8)])


@hostile("sizes declared in 64 bits", "STR-009")
def zip64_sizes() -> bytes:
    extra = struct.pack("<2H3Q", 1, 24, 4, 4, 0)
    member = stored("xl/a.xml", b"<a/>")._replace(size=0xFFFFFFFF, extra=extra)
    return assembled([*sound(), member])


@hostile("an end declared in 64 bits", "STR-009")
def zip64_end() -> bytes:
    end = GOOD.rindex(b"PK\x05\x06")
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 5, 5, 100, 100)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return GOOD[:end] + record + locator + GOOD[end:]


@hostile("a hundred thousand members", "STR-008")
def many_members() -> bytes:
    return assembled([*sound(), *(stored(f"x/{number}", b"") for number in range(100_000))])


@hostile("a hundred thousand members, of which the end declares five", "STR-008")
def many_members_undeclared() -> bytes:
    members = [stored(f"x/{number}", b"") for number in range(100_000)]
    return joined(local(members[0]), [entry(member, 0) for member in members], 5)


@hostile("one member more than the end declares", "STR-007")
def one_more_member() -> bytes:
    members = sound()
    return joined(b"".join(map(local, members)), [entry(member, 0) for member in members], len(members) - 1)


@hostile("a picture full of what begins a line of the directory", "STR-101", NOT_OURS)
def directory_signs() -> bytes:
    return assembled([*sound(), stored("xl/media/a.png", b"PK\x01\x02" * 1_000_000)])


@hostile("sixteen megabytes of extra fields in the directory", "STR-101", NOT_OURS)
def extra_fields() -> bytes:
    extra = b"\xfe\xca\x00\x00" * 16_000
    return assembled([*sound(), *(stored(f"x/{number}", b"")._replace(extra=extra) for number in range(250))])


@hostile("nineteen megabytes of blocks with nothing in them", "STR-101", NOT_OURS)
def empty_blocks() -> bytes:
    packed = b"\x00\x00\x00\xff\xff" * 3_800_000 + b"\x03\x00"
    return assembled([*sound(), Member(b"xl/media/a.png", packed, 0, 0, method=8)])


@hostile("more bytes than we read", "STR-008")
def too_many_bytes() -> bytes:
    return assembled([*sound(), stored("xl/media/a.png", bytes(21_000_000))])


@hostile("a member that stands twice", "STR-009")
def twice() -> bytes:
    return assembled([*sound(), stored("xl/workbook.xml", b"<other/>")])


@hostile("two members whose names differ only in case", "STR-009")
def twice_but_for_case() -> bytes:
    return assembled([*sound(), stored("XL/Workbook.XML", b"<other/>")])


@hostile("two members of one name, once with a letter written as a number", "STR-009")
def twice_but_for_percent() -> bytes:
    return assembled([*sound(), stored("xl/work%62ook.xml", b"<other/>")])


@hostile("a name that climbs out of the package", "STR-009")
def traversal() -> bytes:
    return assembled([*sound(), stored("xl/../../../etc/cron.d/evil", b"")])


@hostile("a name that climbs out with its dots written as numbers", "STR-009")
def traversal_by_percent() -> bytes:
    return assembled([*sound(), stored("xl/%2e%2e/%2e%2e/evil", b"")])


@hostile("a name from the root", "STR-009")
def absolute() -> bytes:
    return assembled([*sound(), stored("/etc/evil", b"")])


@hostile("a name on a drive", "STR-009")
def on_a_drive() -> bytes:
    return assembled([*sound(), stored("C:/evil", b"")])


@hostile("a name with backslashes", "STR-009")
def backslashes() -> bytes:
    return assembled([*sound(), stored("xl\\..\\evil", b"")])


@hostile("a name that ends for some at a NUL", "STR-009")
def nul_in_a_name() -> bytes:
    return assembled([*sound(), stored("xl/a.xml\0.png", b"")])


@hostile("a name with a line end in it", "STR-009")
def line_end_in_a_name() -> bytes:
    return assembled([*sound(), stored("xl/a\r\n.xml", b"")])


@hostile("a name that is no UTF-8 though it says so", "STR-009")
def broken_utf8_in_a_name() -> bytes:
    return assembled([*sound(), Member(b"xl/\xff\xfe.xml", b"", 0, 0, flags=0x800)])


@hostile("a name of sixty thousand characters", "STR-101", NOT_OURS)
def long_name() -> bytes:
    return assembled([*sound(), stored("x" * 60_000, b"")])


@hostile("a folder that holds bytes itself", "STR-009")
def folder_with_bytes() -> bytes:
    return assembled([*sound(), stored("xl/media/", b"hidden")])


@hostile("another zip before the first member", "STR-009")
def another_zip_before() -> bytes:
    return assembled(sound(), before=GOOD)


@hostile("another zip before, of which the directory knows nothing", "STR-007")
def two_zips_in_one() -> bytes:
    return GOOD + GOOD


@hostile("bytes behind the end", "STR-007")
def bytes_behind_the_end() -> bytes:
    return GOOD + bytes(100)


@hostile("cut short in a member", "STR-007")
def cut_in_a_member() -> bytes:
    return GOOD[: len(GOOD) // 3]


@hostile("cut short in the directory", "STR-007")
def cut_in_the_directory() -> bytes:
    return GOOD[:-60]


@hostile("cut short in the end", "STR-007")
def cut_in_the_end() -> bytes:
    return GOOD[:-5]


@hostile("cut short after two bytes", "STR-007")
def cut_at_once() -> bytes:
    return GOOD[:2]


@hostile("a hundred bytes lost in the middle", "STR-007")
def bytes_lost() -> bytes:
    return GOOD[:500] + GOOD[600:]


@hostile("a member with another checksum", "STR-007")
def bad_checksum() -> bytes:
    return assembled([*sound(), stored("xl/a.xml", b"<a/>")._replace(checksum=1)])


@hostile("a member that is rubbish inside", "STR-007")
def bad_data() -> bytes:
    return assembled([*sound(), Member(b"xl/a.xml", b"\xff" * 1_000, 1_000, 0, method=8)])


@hostile("a member packed in a way of its own", "STR-007")
def unknown_packing() -> bytes:
    return assembled([*sound(), stored("xl/a.xml", b"<a/>")._replace(method=98)])


@hostile("a member that the directory names otherwise", "STR-007")
def other_name_inside() -> bytes:
    data = assembled(sound())
    at = data.index(b"xl/workbook.xml")
    return data[:at] + b"xl/warkbook.xml" + data[at + 15 :]


def flagged(flags: int) -> bytes:
    """A sound workbook with one member more, of these flags."""
    return assembled([*sound(), stored("xl/a.xml", b"<a/>")._replace(flags=flags)])


@hostile("a member behind a password", "STR-002")
def password() -> bytes:
    return flagged(1)


@hostile("a member behind a stronger password", "STR-002")
def stronger_password() -> bytes:
    return flagged(0x40)


@hostile("a member whose description is masked", "STR-002")
def masked() -> bytes:
    return flagged(0x2000)


@hostile("a member that is a patch of another file", "STR-007")
def patch() -> bytes:
    return flagged(0x20)


@hostile("the end of a zip, alone", "STR-001")
def lone_end() -> bytes:
    return joined(b"", [])


@hostile("a good workbook in another folder of a zip", "STR-001")
def workbook_in_a_zip() -> bytes:
    return zipped({"Returns/QYG.xlsx": GOOD})


@hostile("a member cut short inside, with a checksum that is right", "STR-007")
def no_end_inside() -> bytes:
    packed = repeated(b"<a/>", 1)[:-2]
    return assembled([*sound(), Member(b"xl/a.xml", packed, 4, zlib.crc32(b"<a/>"), method=8)])


@hostile("something hidden behind the end of a member", "STR-007")
def behind_a_member() -> bytes:
    packed = repeated(b"<a/>", 1) + b"hidden" * 10_000
    return assembled([*sound(), Member(b"xl/a.xml", packed, 4, zlib.crc32(b"<a/>"), method=8)])


@hostile("a good workbook that is none of ours", "STR-101", NOT_OURS)
def not_ours() -> bytes:
    return beside()
