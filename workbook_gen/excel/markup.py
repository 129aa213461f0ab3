"""Streaming XML: expat, with document types and entities refused."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn, Protocol
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from workbook_gen.excel.refusal import PackageRefused, damaged, refuse, too_large
from workbook_gen.excel.room import Room

MAXIMUM_ELEMENTS = 20_000
"""Elements of a small part (relationships, workbook, properties, comments) that we read."""
MAXIMUM_SMALL = 4_000_000
"""Bytes of a small part."""
MAXIMUM_DEPTH = 100
"""Elements that are open inside each other."""
MAXIMUM_TAG = 250_000
"""Bytes of one tag or comment: expat looks through an unfinished one again with each stretch that it is given."""
MAXIMUM_NAMES = 10_000
"""Different names of elements and attributes in one part: each is kept."""
MAXIMUM_NAMESPACE = 255
"""Characters of a namespace, which expat writes out with every name that it stands for."""

_ENCODINGS = ("utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "us-ascii")
"""What expat reads itself. Others it reads through tables of Python's, in which `<` may be any byte."""
_DIGITS = 10


MAIN = frozenset(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"))
"""The namespaces of spreadsheets, ordinary and Strict: one meaning."""


LINKS = frozenset(
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
"""The namespaces of the ids by which parts lead to others, ordinary and Strict."""


class MainNames(dict[str, str]):
    """The local name of each element of a spreadsheet's namespaces; empty for others. Learned once a name."""

    def __missing__(self, name: str) -> str:
        namespace, _, short = name.rpartition(" ")
        self[name] = short if namespace in MAIN else ""
        _check_growth(0, len(self))
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

    def pause(self) -> None:
        """Called between two stretches of the part, to see that nothing grows without end."""
        ...


class _Forbidden(Exception):
    """A document type, or an entity, of which none can be without one."""


def _parser(handler: Handler, names: dict[str, str] | None) -> XMLParserType:
    """An expat parser that calls the handler itself, and keeps the names that it has met in `names`.

    SAX between them doubles the time, and brings Python's libraries of the web.
    """
    expat = ParserCreate(None, " ", names)
    expat.StartDoctypeDeclHandler = _forbid
    expat.EntityDeclHandler = _forbid
    expat.UnparsedEntityDeclHandler = _forbid
    expat.ExternalEntityRefHandler = _forbid
    expat.buffer_text = True
    expat.StartElementHandler = handler.start
    expat.EndElementHandler = handler.end
    expat.CharacterDataHandler = handler.text
    expat.StartNamespaceDeclHandler = _check_namespace
    expat.XmlDeclHandler = _check_encoding
    return expat


def _forbid(*what: object) -> NoReturn:
    raise _Forbidden


def _run(chunks: Iterable[bytes], handler: Handler, room: Room) -> None:
    names: dict[str, str] | None = {} if room.counted else None
    expat = _parser(handler, names)
    fed = 0
    for chunk in chunks:
        room.meet(chunk)
        expat.Parse(chunk, False)
        handler.pause()
        fed += len(chunk)
        _check_growth(fed - max(0, expat.CurrentByteIndex), len(names or ()))
    expat.Parse(b"", True)


def _check_growth(unfinished: int, names: int) -> None:
    """PackageRefused where the tag that is not finished yet, or the number of names, is too large."""
    if unfinished > MAXIMUM_TAG:
        raise too_large(unfinished, MAXIMUM_TAG, "bytes in one tag")
    if names > MAXIMUM_NAMES:
        raise too_large(names, MAXIMUM_NAMES, "different names in one part")


def _check_namespace(prefix: str | None, uri: str | None) -> None:
    if uri is not None and len(uri) > MAXIMUM_NAMESPACE:
        raise too_large(len(uri), MAXIMUM_NAMESPACE, "characters in the name of a namespace")


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise LookupError(encoding)


def parse(part: str, chunks: Iterable[bytes], handler: Handler, room: Room) -> None:
    """Stream the part of that name through the handler; PackageRefused where it is not sound XML or the room is used up."""
    try:
        _run(chunks, handler, room)
    except _Forbidden as error:
        raise refuse("STR-010", found=part) from error
    except ExpatError as error:
        raise unreadable(part, error.lineno) from error
    except (LookupError, UnicodeError) as error:  # an encoding that nobody knows
        raise damaged(f"the part {part} is written in an unknown encoding") from error


def unreadable(part: str, line: int) -> PackageRefused:
    """The refusal of a part that is not XML from that line on."""
    return damaged(f"the part {part} cannot be read from line {line} on")


@dataclass(slots=True)
class Element:
    """An element of a small part: its local name, its attributes by name, its depth, its parent's name and its own text."""

    name: str
    attributes: dict[str, str]
    depth: int
    parent: str = ""
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
        parent = self.open[-1].name if self.open else ""
        element = Element(local(name), {_plain(key): value for key, value in attributes.items()}, len(self.open), parent)
        self.elements.append(element)
        self.open.append(element)
        if len(self.elements) > MAXIMUM_ELEMENTS:
            raise too_large(len(self.elements), MAXIMUM_ELEMENTS, "elements in one part")
        check_depth(len(self.open))

    def end(self, name: str) -> None:
        self.open.pop()

    def text(self, data: str) -> None:
        self.open[-1].pieces.append(data)

    def pause(self) -> None:
        """The part is short, so nothing grows without end."""


def elements(part: str, chunks: Iterable[bytes], room: Room) -> list[Element]:
    """Every element of a small part, in document order, by local name: Strict and ordinary namespaces alike."""
    collector = _Collector()
    parse(part, _short(chunks), collector, room)
    return collector.elements


def _short(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The stretches of a part, which must be a small one."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAXIMUM_SMALL:
            raise too_large(size, MAXIMUM_SMALL, "bytes in one part")
        yield chunk


def check_depth(depth: int) -> None:
    """PackageRefused where so many elements are open inside each other."""
    if depth > MAXIMUM_DEPTH:
        raise too_large(depth, MAXIMUM_DEPTH, "elements inside each other")


def whole_number(text: str) -> int | None:
    """The number written in plain digits; None for what is none, or has more digits than any number in a workbook."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS else None


def _plain(key: str) -> str:
    """The name of an attribute: local where it has no namespace, or that of relationships; else with its namespace."""
    namespace, _, short = key.rpartition(" ")
    return short if not namespace or namespace in LINKS else key


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def truth(value: str | None, default: bool = False) -> bool:
    """An XML boolean; `default` where the attribute is absent."""
    return default if value is None else value.strip() in ("1", "true")
