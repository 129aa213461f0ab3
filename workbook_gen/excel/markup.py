"""Streaming XML: expat through defusedxml, with document types and entities refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers.expat import ExpatError, XMLParserType

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from workbook_gen.excel.refusal import PackageRefused, damaged, refuse, too_large

MAXIMUM_ELEMENTS = 200_000
"""Elements of a small part (relationships, workbook, properties) that we read."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


MAIN = frozenset(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"))
"""The namespaces of spreadsheets, ordinary and Strict: one meaning."""


class MainNames(dict[str, str]):
    """The local name of each element of a spreadsheet's namespaces; empty for others. Learned once a name."""

    def __missing__(self, name: str) -> str:
        namespace, _, short = name.rpartition(" ")
        self[name] = short if namespace in MAIN else ""
        return self[name]


class Handler(Protocol):
    """What a pass over a part does at each start, end and text. Names come as `namespace name`."""

    @property
    def text(self) -> Callable[[str], object]:
        """Called with each stretch of text."""
        ...

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called where an element begins."""
        ...

    def end(self, name: str) -> None:
        """Called where an element ends."""
        ...


class _Parser(DefusedExpatParser):
    """defusedxml's expat parser, whose handlers are called directly: SAX between them doubles the time."""

    _parser: XMLParserType

    def run(self, content: bytes, handler: Handler) -> None:
        self.reset()
        expat = self._parser
        expat.namespace_prefixes = False
        expat.buffer_text = True
        expat.StartElementHandler = handler.start
        expat.EndElementHandler = handler.end
        expat.CharacterDataHandler = handler.text
        expat.ProcessingInstructionHandler = None
        expat.StartNamespaceDeclHandler = None
        expat.EndNamespaceDeclHandler = None
        expat.Parse(content, True)


def parse(part: str, content: bytes, handler: Handler) -> None:
    """Stream the part of that name through the handler; PackageRefused where it is not sound XML."""
    try:
        _Parser(namespaceHandling=1, forbid_dtd=True).run(content, handler)
    except DefusedXmlException as error:
        raise refuse("STR-010", found=part) from error
    except ExpatError as error:
        raise unreadable(part, error.lineno) from error
    except (LookupError, UnicodeError) as error:  # an encoding that nobody knows
        raise damaged(f"the part {part} is written in an unknown encoding") from error


def unreadable(part: str, line: int) -> PackageRefused:
    """The refusal of a part that is not XML from that line on."""
    return damaged(f"the part {part} cannot be read from line {line} on")


def forbid_declarations(part: str, content: bytes) -> None:
    """PackageRefused where a part, parsed by us or not, declares a document type or an entity."""
    plain = content.replace(b"\0", b"") if b"\0" in content[:4] or content[:2] in _WIDE else content
    if plain[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _DECLARATION.search(plain):
        raise refuse("STR-010", found=part)


@dataclass(slots=True)
class Element:
    """An element of a small part: its local name, its attributes by local name, its depth and its own text."""

    name: str
    attributes: dict[str, str]
    depth: int
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(self.pieces)


class _Collector:
    """Collects the elements of a part in document order."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(local(name), {local(key): value for key, value in attributes.items()}, len(self.open))
        self.elements.append(element)
        self.open.append(element)
        if len(self.elements) > MAXIMUM_ELEMENTS:
            raise too_large(len(self.elements), MAXIMUM_ELEMENTS, "elements in one part")

    def end(self, name: str) -> None:
        self.open.pop()

    def text(self, data: str) -> None:
        self.open[-1].pieces.append(data)


def elements(part: str, content: bytes) -> list[Element]:
    """Every element of a small part, in document order, by local name: Strict and ordinary namespaces alike."""
    collector = _Collector()
    parse(part, content, collector)
    return collector.elements


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def truth(value: str | None, default: bool = False) -> bool:
    """An XML boolean; `default` where the attribute is absent."""
    return default if value is None else value.strip() in ("1", "true")
