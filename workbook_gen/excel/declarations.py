"""Document types and entities, looked for in every part, whether we parse it or not."""

from workbook_gen.excel.refusal import refuse

_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = max(map(len, _FORBIDDEN)) - 1
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"


class Declarations:
    """The search through one part, stretch by stretch. A part that does not begin as XML does may hold any bytes."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._wide: bool | None = None
        self._is_xml: bool | None = None
        self._tail = b""

    def see(self, chunk: bytes) -> None:
        """Look through the next stretch; PackageRefused where it declares something."""
        if self._is_xml is False:
            return
        if self._wide is None:
            self._wide = b"\0" in chunk[:4] or chunk[:2] in _WIDE
        plain = chunk.translate(None, b"\0") if self._wide else chunk
        if self._is_xml is None:
            start = plain.lstrip(_BLANK)
            self._is_xml = start.startswith(b"<") if start else None
        window = self._tail + plain
        if self._is_xml and any(word in window for word in _FORBIDDEN):
            raise refuse("STR-010", found=self._part)
        self._tail = window[-_OVERLAP:]
