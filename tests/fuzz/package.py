"""A workbook taken apart to be spoiled: its members by name, one of them perhaps as a tree, and the zip made of them again."""

import random
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TypeVar
from xml.etree import ElementTree as ET

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK, STRINGS, STYLES, CUSTOM = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/custom.xml"
LINKS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
SMALL_PARTS = (WORKBOOK, STRINGS, STYLES, CUSTOM, LINKS, TYPES, "_rels/.rels", "docProps/app.xml")
"""The parts besides the sheets that a reader opens."""


Thing = TypeVar("Thing")


class NotHere(Exception):
    """The mutation finds nothing in this file to work on."""


def q(name: str) -> str:
    """A name of the spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


class Opened:
    """The members of a zip in order; trees that have been asked for are written back by `data`."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.members = [(name, archive.read(name)) for name in archive.namelist()]
        self.trees: dict[str, ET.Element] = {}

    def data(self, pack: Callable[[str], int] = lambda name: zipfile.ZIP_DEFLATED) -> bytes:
        """The zip of the members as they are now, every checksum right. `pack` says how each is compressed."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", compresslevel=1) as archive:
            for name, content in self.members:
                tree = self.trees.get(name)
                written = content if tree is None else ET.tostring(tree, encoding="UTF-8", xml_declaration=True)
                archive.writestr(zipfile.ZipInfo(name), written, pack(name))
        return stream.getvalue()

    def content(self, name: str) -> bytes:
        """The bytes of a member. Raises `NotHere`."""
        for one, content in self.members:
            if one == name:
                return content
        raise NotHere(name)

    def put(self, name: str, content: bytes) -> None:
        """Other bytes for a member."""
        self.members = [(one, content if one == name else before) for one, before in self.members]

    def tree(self, name: str) -> ET.Element:
        """A member's tree; what is changed in it stays changed. Raises `NotHere`."""
        if name not in self.trees:
            self.trees[name] = ET.fromstring(self.content(name))
        return self.trees[name]

    @property
    def sheets(self) -> list[str]:
        """The parts that are worksheets."""
        return [name for name, _ in self.members if name.startswith("xl/worksheets/sheet")]

    def any_sheet(self, rng: random.Random) -> ET.Element:
        """One worksheet's tree."""
        return self.tree(rng.choice(self.sheets))

    def any_part(self, rng: random.Random) -> str:
        """A part that a reader opens, a sheet as often as not."""
        names = [name for name, _ in self.members if name in SMALL_PARTS]
        return rng.choice(self.sheets if rng.random() < 0.5 else names)


def pick(rng: random.Random, found: Iterator[Thing] | list[Thing]) -> Thing:
    """One of several. Raises `NotHere` where there is none."""
    things = list(found)
    if not things:
        raise NotHere("nothing to choose from")
    return rng.choice(things)
