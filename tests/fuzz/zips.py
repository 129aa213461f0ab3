"""Mutations of the zip: its bytes, whatever they mean, and its members, every checksum right."""

import random
import zipfile

from tests.fuzz.package import NotHere, Opened, pick


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = _anywhere(data, rng)
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = _anywhere(data, rng)
    return data[:at] + rng.randbytes(rng.choice((1, 2, 16, 300))) + data[at:]


def _delete(data: bytes, rng: random.Random) -> bytes:
    at = _anywhere(data, rng)
    return data[:at] + data[at + rng.choice((1, 2, 16, 300)) :]


def _truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.choice((rng.randrange(len(data)), len(data) - rng.randrange(1, 30), rng.randrange(60)))]


def _splice(data: bytes, rng: random.Random) -> bytes:
    """One stretch over another of the same length."""
    size = rng.choice((4, 30, 46, 500))
    source, target = rng.randrange(len(data) - size), rng.randrange(len(data) - size)
    return data[:target] + data[source : source + size] + data[target + size :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    at = _anywhere(data, rng)
    span = data[at : at + rng.choice((1, 46, 500))]
    return data[:at] + span + data[at:]


def _zeros(data: bytes, rng: random.Random) -> bytes:
    at, size = _anywhere(data, rng), rng.choice((1, 4, 46, 500))
    return data[:at] + bytes(len(data[at : at + size])) + data[at + size :]


def _anywhere(data: bytes, rng: random.Random) -> int:
    """A place in the file; half of the time in its directory, where no checksum watches, or in a member's header."""
    if rng.random() < 0.5:
        return rng.randrange(len(data))
    if rng.random() < 0.5:
        header = data.find(b"PK\x03\x04", rng.randrange(len(data)))
        return max(0, header) + rng.randrange(30)
    return rng.randrange(data.find(b"PK\x01\x02"), len(data))


def _member(file: Opened, rng: random.Random) -> int:
    return rng.randrange(len(file.members))


def _member_lost(file: Opened, rng: random.Random) -> None:
    del file.members[_member(file, rng)]


def _member_twice(file: Opened, rng: random.Random) -> None:
    name, content = file.members[_member(file, rng)]
    file.members.append((rng.choice((name.upper(), f"{name}/", f"/{name}", f"x/../{name}", f"copy/{name}")), content))


def _member_renamed(file: Opened, rng: random.Random) -> None:
    at = _member(file, rng)
    name, content = file.members[at]
    file.members[at] = (rng.choice((name.upper(), f"{name}x", f"./{name}", name.replace("/", "\\"), f"é{name}")), content)


def _members_swapped(file: Opened, rng: random.Random) -> None:
    one, other = rng.sample(range(len(file.members)), 2)
    (name, content), (another, contents) = file.members[one], file.members[other]
    file.members[one], file.members[other] = (name, contents), (another, content)


def _sheets_swapped(file: Opened, rng: random.Random) -> None:
    """Two worksheets in each other's part."""
    one, other = pick(rng, file.sheets), pick(rng, file.sheets)
    contents = file.content(one), file.content(other)
    file.put(one, contents[1])
    file.put(other, contents[0])


def _member_emptied(file: Opened, rng: random.Random) -> None:
    at = _member(file, rng)
    file.members[at] = (file.members[at][0], rng.choice((b"", b"\0" * 10, b"<x/>")))


def _order(file: Opened, rng: random.Random) -> None:
    rng.shuffle(file.members)


def _member_added(file: Opened, rng: random.Random) -> None:
    name = rng.choice(("xl/vbaProject.bin", "xl/worksheets/sheet99.xml", "x.exe", "xl/", "../x", "xl/comments9.xml"))
    file.members.insert(_member(file, rng), (name, b"<x/>"))


ON_BYTES = {
    "bytes: flipped": _flip,
    "bytes: inserted": _insert,
    "bytes: deleted": _delete,
    "bytes: truncated": _truncate,
    "bytes: spliced": _splice,
    "bytes: repeated": _repeat,
    "bytes: zeros": _zeros,
}
ON_MEMBERS = {
    "member lost": _member_lost,
    "member twice": _member_twice,
    "member renamed": _member_renamed,
    "members swapped": _members_swapped,
    "sheets' parts swapped": _sheets_swapped,
    "member emptied": _member_emptied,
    "members in another order": _order,
    "member added": _member_added,
}


def packed_otherwise(file: Opened, rng: random.Random) -> bytes:
    """Members stored, or compressed as Excel does not."""
    ways = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    some = rng.choice((ways[:2], ways))
    if not file.members:
        raise NotHere("no members")
    chosen = {name: rng.choice(some) for name, _ in file.members}
    return file.data(chosen.__getitem__)
