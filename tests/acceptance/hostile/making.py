"""Big files made quickly: by repetition, thinly packed, and never denser than a bound on density would notice first."""

import random
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from tests.unit import handmade
from tests.unit.handmade import MAIN, ROWS

RATIO = 150
"""Bytes unpacked for each byte that a padded part is packed in, at most."""
_LOCAL, _ENTRY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")


def padded(text: str) -> str:
    """An XML text with as much noise in comments behind its first line as keeps it from being dense."""
    first, _, rest = text.partition("\n")
    noise = random.Random(1).randbytes(len(text) // RATIO).hex()
    comments = "".join(f"<!--{noise[start : start + 100_000]}-->" for start in range(0, len(noise), 100_000))
    return f"{first}\n{comments}{rest}"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """The members as a zip, packed with little effort."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def plan(rows: str = ROWS, before: str = "", after: str = "", strings: str = "", styles: str = "", workbook: str = "") -> bytes:
    """A workbook with one sheet, its long parts padded."""
    members = handmade.parts(
        {"Plan": handmade.worksheet(rows, before, after)}, strings=strings, styles=styles, workbook=workbook
    )
    return zipped({name: padded(str(text)) for name, text in members.items()})


def beside(**members: str | bytes | None) -> bytes:
    """A good workbook with members replaced, added or left out, as `handmade.changed` names them."""
    return handmade.changed(**members)


def shared(texts: str, attributes: str = "") -> str:
    """The part with these shared texts."""
    return f'{handmade.HEAD}<sst xmlns="{MAIN}" {attributes}>{texts}</sst>'


class Member(NamedTuple):
    """A member of a zip that is put together by hand: what the directory says of it, and what stands in the file."""

    name: bytes
    packed: bytes
    size: int
    checksum: int
    method: int = 0
    flags: int = 0
    extra: bytes = b""


def stored(name: str, content: bytes) -> Member:
    """A sound member that is not packed."""
    return Member(name.encode(), content, len(content), zlib.crc32(content))


def local(member: Member) -> bytes:
    """A member behind its local header."""
    facts = (member.checksum, len(member.packed), member.size)
    header = _LOCAL.pack(b"PK\x03\x04", 20, member.flags, member.method, 0, 0, *facts, len(member.name), 0)
    return header + member.name + member.packed


def entry(member: Member, offset: int) -> bytes:
    """The line of the directory for a member that stands there."""
    facts = (member.checksum, len(member.packed), member.size)
    lengths = (len(member.name), len(member.extra), 0, 0, 0, 0, offset)
    head = _ENTRY.pack(b"PK\x01\x02", 20, 20, member.flags, member.method, 0, 0, *facts, *lengths)
    return head + member.name + member.extra


def joined(bodies: bytes, entries: list[bytes], count: int | None = None) -> bytes:
    """A zip of these bodies and this directory."""
    directory = b"".join(entries)
    number = min(len(entries) if count is None else count, 0xFFFF)
    return bodies + directory + _END.pack(b"PK\x05\x06", 0, 0, number, number, len(directory), len(bodies), 0)


def assembled(members: list[Member], before: bytes = b"") -> bytes:
    """A zip of these members, behind what stands before them."""
    bodies, entries, offset = [before], [], len(before)
    for member in members:
        entries.append(entry(member, offset))
        bodies.append(local(member))
        offset += len(bodies[-1])
    return joined(b"".join(bodies), entries)


def sound() -> list[Member]:
    """The members of a good workbook, not packed."""
    parts = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    return [stored(name, str(text).encode()) for name, text in parts.items()]


def repeated(piece: bytes, times: int) -> bytes:
    """A deflated stream of a piece many times over, packed once."""
    packer = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * times + zlib.compressobj(1, wbits=-zlib.MAX_WBITS).flush()
