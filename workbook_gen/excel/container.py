"""The zip around a workbook: its members as bytes, every bound checked as declared and again while inflating."""

import struct
import zipfile
import zlib
from io import BytesIO

from workbook_gen.excel.refusal import PackageRefused, damaged, refuse, too_large

MAXIMUM_BYTES = 20_000_000
MAXIMUM_EXPANDED = 150_000_000
MAXIMUM_RATIO = 200
RATIO_FROM = 1_000_000
"""Bytes below which a member may be as dense as it likes: it cannot hurt."""
MAXIMUM_MEMBERS = 500

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_UNSOUND = (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError, struct.error, ValueError, OverflowError)
"""What the library raises for a directory that is not sound; a version it does not know is a RuntimeError."""
_ENCRYPTED = 0x1
_UTF8 = 0x800


def open_container(data: bytes) -> dict[str, bytes]:
    """Every member's bytes by its name. PackageRefused where a bound is passed or a byte is missing or wrong."""
    if len(data) > MAXIMUM_BYTES:
        raise too_large(len(data), MAXIMUM_BYTES, "bytes")
    infos = _directory(data)
    _check_names(infos)
    _check_sizes(infos)
    return {info.filename: _inflate(data, info) for info in infos if not info.is_dir()}


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    """The entries of the central directory, counted before the library makes an object of each."""
    counted = data.count(_DIRECTORY_ENTRY)
    if counted > 10 * MAXIMUM_MEMBERS:  # the factor leaves room for workbooks embedded as they are
        raise too_large(counted, MAXIMUM_MEMBERS, "parts")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except _UNSOUND as error:
        raise damaged("its list of contents is missing or cannot be read") from error
    if len(infos) > MAXIMUM_MEMBERS:
        raise too_large(len(infos), MAXIMUM_MEMBERS, "parts")
    return infos


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if _is_unsafe(name):
            raise refuse("STR-009", found=f"a part is named {name!r}")
        if name.casefold() in seen:
            raise refuse("STR-009", found=f"the part {name} stands twice")
        seen.add(name.casefold())


def _is_unsafe(name: str) -> bool:
    """Whether a name leaves the package, is absolute, or hides behind another."""
    parts = name.removesuffix("/").split("/")
    return any(part in ("", ".", "..") for part in parts) or any(sign in name for sign in ("\\", "\0", ":"))


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    """The bounds as the directory declares them, before anything is inflated."""
    expanded = sum(info.file_size for info in infos)
    if expanded > MAXIMUM_EXPANDED:
        raise too_large(expanded, MAXIMUM_EXPANDED, "bytes unpacked")
    for info in infos:
        if info.file_size > max(RATIO_FROM, MAXIMUM_RATIO * info.compress_size):
            raise _too_dense(info, info.file_size)


def _too_dense(info: zipfile.ZipInfo, size: int) -> PackageRefused:
    ratio = size // max(1, info.compress_size)
    return too_large(ratio, MAXIMUM_RATIO, f"bytes unpacked for each byte of the part {info.filename}")


def _inflate(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """The member's bytes, believed only where size and checksum agree with what the directory says."""
    packed = _packed(data, info)
    content = packed.tobytes() if info.compress_type == zipfile.ZIP_STORED else _unpack(packed, info)
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise damaged(f"the part {info.filename} does not match its checksum")
    return content


def _packed(data: bytes, info: zipfile.ZipInfo) -> memoryview:
    """The member as it stands in the file, behind a local header of the same name."""
    if info.flag_bits & _ENCRYPTED:
        raise refuse("STR-002")
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if info.header_offset < 0 or len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise damaged(f"the part {info.filename} is not where it should be")
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    begin = info.header_offset + _LOCAL_HEADER.size
    name = data[begin : begin + name_length].decode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")
    begin += name_length + extra_length
    if name != info.orig_filename or begin + info.compress_size > len(data):
        raise damaged(f"the part {info.filename} is not where it should be")
    return memoryview(data)[begin : begin + info.compress_size]


def _unpack(packed: memoryview, info: zipfile.ZipInfo) -> bytes:
    """Inflate, and stop as soon as there is more than was declared."""
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged(f"the part {info.filename} is packed in a way that Excel does not use")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, info.file_size + 1)
    except zlib.error as error:
        raise damaged(f"the part {info.filename} cannot be unpacked") from error
    if len(content) > info.file_size:
        raise damaged(f"the part {info.filename} unpacks to more than it declares")
    if not inflater.eof:
        raise damaged(f"the part {info.filename} is cut short")
    return content
