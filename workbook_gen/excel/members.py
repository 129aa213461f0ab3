"""The members of a package by name: each unpacked once to see that it is sound, small ones kept, large ones unpacked again."""

from collections.abc import Iterator

from workbook_gen.excel.declarations import Declarations
from workbook_gen.excel.markup import Element, Handler, elements, parse
from workbook_gen.excel.packed import CHUNK, Packed
from workbook_gen.excel.refusal import damaged
from workbook_gen.excel.room import UNCOUNTED, Room

KEPT = 8_000_000
"""Bytes of all members that are kept unpacked."""


class Members:
    """The members of a package by name, upper and lower case alike as for Excel, and the room there is for them."""

    def __init__(self, packed: tuple[Packed, ...]) -> None:
        self._packed = {one.name.casefold(): one for one in packed}
        self._kept: dict[str, bytes] = {}
        self.names = tuple(one.name for one in packed)
        self.room = Room(counted=sum(one.size for one in packed) > UNCOUNTED)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._packed

    def verify(self) -> None:
        """Unpack every member; PackageRefused where one is not what it declares, or declares entities."""
        left = KEPT
        for name, packed in self._packed.items():
            declarations, pieces = Declarations(packed.name), []
            is_kept = packed.size <= left
            for chunk in packed.chunks():
                declarations.see(chunk)
                if is_kept:
                    pieces.append(chunk)
            if is_kept:
                left -= packed.size
                self._kept[name] = b"".join(pieces)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part in stretches; PackageRefused where the file lacks it."""
        packed = self._packed.get(name.casefold())
        if packed is None:
            raise damaged(f"its part {name[:100]} is missing")
        kept = self._kept.get(name.casefold())
        if kept is None:
            return packed.chunks()
        return _stretches(kept)

    def read(self, name: str) -> bytes:
        """All bytes of a part; PackageRefused where the file lacks it."""
        return b"".join(self.chunks(name))

    def parse(self, name: str, handler: Handler, rest: bytes | None = None) -> None:
        """Stream a part, or the rest of it, through the handler; PackageRefused where it is missing, or not sound XML."""
        parse(name, self.chunks(name) if rest is None else _stretches(rest), handler, self.room)

    def elements(self, name: str) -> list[Element]:
        """Every element of a small part; PackageRefused where the file lacks it."""
        return elements(name, self.chunks(name), self.room)


def _stretches(data: bytes) -> Iterator[bytes]:
    return (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
