"""One member of a zip, unpacked stretch by stretch, and believed only where it is what it declares."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from workbook_gen.excel.refusal import PackageRefused, damaged

CHUNK = 1 << 17
"""Bytes that are unpacked at a time."""
_SLICE = 1 << 14
"""Packed bytes that are handed to zlib at a time: it copies what it leaves."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A member as it stands in the file: its name, its packed bytes, and what the directory says of it."""

    name: str
    packed: memoryview
    method: int
    size: int
    checksum: int

    def chunks(self) -> Iterator[bytes]:
        """The content in stretches. PackageRefused as soon as size, checksum or packing are not as declared."""
        size = checksum = 0
        for chunk in self._stored() if self.method == zipfile.ZIP_STORED else self._inflated():
            size += len(chunk)
            if size > self.size:
                raise self._wrong("unpacks to more than it declares")
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if size != self.size or checksum != self.checksum:
            raise self._wrong("does not match its checksum")

    def _stored(self) -> Iterator[bytes]:
        for start in range(0, len(self.packed), CHUNK):
            yield self.packed[start : start + CHUNK].tobytes()

    def _inflated(self) -> Iterator[bytes]:
        if self.method != zipfile.ZIP_DEFLATED:
            raise self._wrong("is packed in a way that Excel does not use")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for start in range(0, len(self.packed), _SLICE):
            if inflater.eof:
                break
            yield from self._unpack(inflater, self.packed[start : start + _SLICE])
        if not inflater.eof:
            raise self._wrong("is cut short")
        if inflater.unused_data or start + _SLICE < len(self.packed):
            raise self._wrong("has something behind its end")

    def _unpack(self, inflater: "zlib._Decompress", rest: bytes | memoryview) -> Iterator[bytes]:
        """All that comes out of a slice."""
        full = True
        while (rest or full) and not inflater.eof:
            try:
                chunk = inflater.decompress(rest, CHUNK)
            except zlib.error as error:
                raise self._wrong("cannot be unpacked") from error
            if chunk:
                yield chunk
            rest, full = inflater.unconsumed_tail, len(chunk) == CHUNK

    def _wrong(self, what: str) -> PackageRefused:
        return damaged(f"the part {self.name} {what}")
