"""The zip around a workbook: its list of contents read strictly, every bound checked as declared, nothing unpacked yet."""

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from workbook_gen.excel.packed import Packed
from workbook_gen.excel.refusal import PackageRefused, damaged, refuse, too_large

MAXIMUM_BYTES = 20_000_000
MAXIMUM_EXPANDED = 150_000_000
MAXIMUM_RATIO = 200
RATIO_FROM = 1_000_000
"""Bytes below which a member may be as dense as it likes: it cannot hurt."""
MAXIMUM_MEMBERS = 500

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_SIGN, _ENTRY_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCATOR_SIGN, _LOCATOR = b"PK\x06\x07", 20
"""What stands before the end of a zip that declares its sizes in 64 bits."""
_LONGEST_COMMENT = 0xFFFF
_NEWEST = 63
"""The newest version of zip that there is, 6.3, in the low byte; the high one names a system."""
_BEYOND = 0xFFFFFFFF
"""A size or an offset that stands elsewhere, in 64 bits."""
_ENCRYPTED = 0x1 | 0x40 | 0x2000
"""A member is encrypted, strongly encrypted, or what describes it is masked."""
_PATCHED = 0x20
"""What is packed is a change to another file."""
_UTF8 = 0x800


class _Entry(NamedTuple):
    """A line of the list of contents."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed_size: int
    size: int
    offset: int


def open_container(data: bytes) -> tuple[Packed, ...]:
    """Every member, still packed. PackageRefused where a bound is passed, or two readers could see two files."""
    if len(data) > MAXIMUM_BYTES:
        raise too_large(len(data), MAXIMUM_BYTES, "bytes")
    start, size, count = _directory(data)
    entries = tuple(_entries(data, start, start + size))
    if len(entries) != count:
        raise damaged("its list of contents is cut short")
    _check_names(entries)
    _check_sizes(entries)
    spans = [(entry.offset, *_span(data, entry, start), entry) for entry in entries]
    _check_spans(sorted(spans))
    view = memoryview(data)
    return tuple(
        Packed(entry.name, view[begin:end], entry.method, entry.size, entry.checksum)
        for _, begin, end, entry in spans
        if not entry.name.endswith("/")
    )


def _directory(data: bytes) -> tuple[int, int, int]:
    """Where the list of contents begins, its bytes and its lines, as the end of the file declares them."""
    at = data.rfind(_END_SIGN, max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if at < 0 or at + _END.size > len(data):
        raise damaged("its list of contents is missing")
    _, disk, _, _, count, size, start, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise damaged("it does not end where it says")
    if count > MAXIMUM_MEMBERS:
        raise too_large(count, MAXIMUM_MEMBERS, "parts")
    if _BEYOND in (size, start) or data.startswith(_LOCATOR_SIGN, max(0, at - _LOCATOR)):
        raise _vast()
    if disk or start + size != at:
        raise damaged("its list of contents is not where it should be")
    return start, size, count


def _vast() -> PackageRefused:
    return refuse("STR-009", found="sizes are declared as for files of more than 4 GB")


def _entries(data: bytes, at: int, end: int) -> Iterator[_Entry]:
    """The lines of the list of contents, which fill it."""
    number = 0
    while at < end:
        if at + _ENTRY.size > end or not data.startswith(_ENTRY_SIGN, at):
            raise damaged("its list of contents cannot be read")
        _, _, needed, flags, method, _, _, checksum, packed, size, name, extra, comment, _, _, _, offset = _ENTRY.unpack_from(
            data, at
        )
        begin = at + _ENTRY.size
        at = begin + name + extra + comment
        number += 1
        if number > MAXIMUM_MEMBERS:
            raise too_large(number, MAXIMUM_MEMBERS, "parts")
        if _BEYOND in (packed, size, offset):
            raise _vast()
        if needed & 0xFF > _NEWEST:
            raise damaged("a part asks for a zip of a kind that Excel does not write")
        raw = data[begin : begin + name]
        yield _Entry(_decoded(raw, flags), raw, flags, method, checksum, packed, size, offset)


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise refuse("STR-009", found=f"a part is named {_short(repr(name))}") from error


def _check_names(entries: tuple[_Entry, ...]) -> None:
    """Names that leave the package, hide behind another, or are the same to a reader that decodes them."""
    seen: set[str] = set()
    for name in (entry.name for entry in entries):
        plain = unquote(name).removesuffix("/")
        if _is_unsafe(plain):
            raise refuse("STR-009", found=f"a part is named {_short(repr(name))}")
        if plain.casefold() in seen:
            raise refuse("STR-009", found=f"the part {_short(name)} stands twice")
        seen.add(plain.casefold())


def _is_unsafe(name: str) -> bool:
    odd = any(sign in "\\:" or ord(sign) < ord(" ") for sign in name)
    return odd or any(part in ("", ".", "..") for part in name.split("/"))


def _short(name: str) -> str:
    """A name as a message shows it."""
    return name if len(name) <= 100 else f"{name[:100]}…"


def _check_sizes(entries: tuple[_Entry, ...]) -> None:
    """The bounds as the directory declares them, before anything is inflated."""
    expanded = sum(entry.size for entry in entries)
    if expanded > MAXIMUM_EXPANDED:
        raise too_large(expanded, MAXIMUM_EXPANDED, "bytes unpacked")
    for entry in entries:
        if entry.flags & _ENCRYPTED:
            raise refuse("STR-002")
        if entry.flags & _PATCHED:
            raise damaged(f"the part {_short(entry.name)} is a patch of another")
        if entry.size > max(RATIO_FROM, MAXIMUM_RATIO * entry.packed_size):
            ratio = entry.size // max(1, entry.packed_size)
            raise too_large(ratio, MAXIMUM_RATIO, f"bytes unpacked for each byte of the part {_short(entry.name)}")
        if entry.name.endswith("/") and entry.size:
            raise refuse("STR-009", found=f"the folder {_short(entry.name)} holds bytes itself")


def _span(data: bytes, entry: _Entry, directory: int) -> tuple[int, int]:
    """Where the packed bytes of a member begin and end, behind a local header of the same name."""
    begin = entry.offset + _LOCAL.size
    if begin <= directory and data.startswith(_LOCAL_SIGN, entry.offset):
        *_, name_length, extra_length = _LOCAL.unpack_from(data, entry.offset)
        is_same = data[begin : begin + name_length] == entry.raw_name
        begin += name_length + extra_length
        if is_same and begin + entry.packed_size <= directory:
            return begin, begin + entry.packed_size
    raise damaged(f"the part {_short(entry.name)} is not where it should be")


def _check_spans(spans: list[tuple[int, int, int, _Entry]]) -> None:
    """No byte belongs to two members, and none stands before the first."""
    if spans and spans[0][0]:
        raise refuse("STR-009", found="something stands before the first part")
    for (_, _, end, one), (start, _, _, other) in pairwise(spans):
        if start < end:
            raise refuse("STR-009", found=f"the parts {_short(one.name)} and {_short(other.name)} share bytes")
