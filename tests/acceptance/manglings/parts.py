"""What the manglings do to a package: sheets added and deleted, parts and relationships, elements in their order."""

import re
from xml.etree import ElementTree as ET

from tests.shifting import lose_sheet
from tests.spoil import WORKBOOK, Spoiled, q

TYPES = "[Content_Types].xml"
WORKBOOK_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
    *("legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
"""The elements of a worksheet, in the order that Excel asks for."""


def replace(file: Spoiled, part: str, old: str, new: str) -> None:
    """Put a text in the place of another, which stands in a part once."""
    content = file.members[part].decode()
    assert content.count(old) == 1, (part, old, content.count(old))
    file.members[part] = content.replace(old, new).encode()


def put_element(tree: ET.Element, element: ET.Element) -> ET.Element:
    """Put an element into a worksheet where it belongs."""
    rank = ORDER.index(element.tag.rpartition("}")[2])
    before = [number for number, one in enumerate(tree) if ORDER.index(one.tag.rpartition("}")[2]) <= rank]
    tree.insert(before[-1] + 1 if before else 0, element)
    return element


def add_part(file: Spoiled, part: str, content: str, kind: str) -> None:
    """Add a part with its content type."""
    assert part not in file.members
    file.members[part] = (DECLARATION + content).encode()
    replace(file, TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>')


def relate(file: Spoiled, part: str, kind: str, target: str, mode: str = "") -> str:
    """Relate a part to another; the relationship's id."""
    folder, _, name = part.rpartition("/")
    list_part = f"{folder}/_rels/{name}.rels"
    if list_part not in file.members:
        file.members[list_part] = f'{DECLARATION}<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
    identity = f"rId{file.members[list_part].count(b'<Relationship ') + 101}"
    mode = f' TargetMode="{mode}"' if mode else ""
    one = f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    replace(file, list_part, "</Relationships>", f"{one}</Relationships>")
    return identity


def add_sheet(file: Spoiled, name: str, content: bytes, kind: str = "worksheet") -> None:
    """Add a sheet behind the last."""
    number = len(file.parts) + 1
    part = f"xl/{kind}s/sheet{number}.xml"
    file.members[part] = content
    type_ = f"{SPREADSHEET}.{kind}+xml"
    replace(file, TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{type_}"/></Types>')
    identity = relate(file, WORKBOOK, kind, f"{kind}s/sheet{number}.xml")
    replace(file, WORKBOOK, "</sheets>", f'<sheet name="{name}" sheetId="{number}" r:id="{identity}"/></sheets>')
    file.parts[name] = part


def worksheet(rows: str) -> bytes:
    """A worksheet with these rows and nothing else."""
    tags = f'<worksheet xmlns="{q("")[1:-1]}"><sheetData>{rows}</sheetData></worksheet>'
    return (DECLARATION + tags).encode()


def delete_sheet(file: Spoiled, name: str) -> None:
    """Delete a sheet as Excel does: what read it reads #REF!, and the names that it alone knew are gone with it."""
    lose_sheet(file, name)
    position, part = list(file.parts).index(name), file.parts[name]
    workbook = file.members[WORKBOOK].decode()
    found = re.search(f'<sheet name="{re.escape(name)}"[^>]*r:id="(rId\\d+)"/>', workbook)
    assert found
    workbook = re.sub(
        f'<definedName [^>]*localSheetId="{position}"[^>]*>[^<]*</definedName>', "", workbook.replace(found[0], "")
    )

    def moved(match: re.Match[str]) -> str:
        return f'localSheetId="{int(match[1]) - (int(match[1]) > position)}"'

    file.members[WORKBOOK] = re.sub(r'localSheetId="(\d+)"', moved, workbook).encode()
    for list_part, pattern in (
        (WORKBOOK_RELATIONSHIPS, f'<Relationship Id="{found[1]}"[^>]*/>'),
        (TYPES, f'<Override PartName="/{re.escape(part)}"[^>]*/>'),
    ):
        file.members[list_part] = re.sub(pattern, "", file.members[list_part].decode()).encode()
    file.trees.pop(part, None)
    del file.members[part], file.parts[name]
    file.members.pop(part.replace("worksheets/", "worksheets/_rels/") + ".rels", None)


def set_state(file: Spoiled, name: str, state: str) -> None:
    """Hide a sheet, or hide it so that Excel's own menu does not offer it."""
    replace(file, WORKBOOK, f'<sheet name="{name}"', f'<sheet name="{name}" state="{state}"')


def find(tree: ET.Element, name: str) -> ET.Element:
    """The one element of a worksheet with that name."""
    (found,) = tree.iter(q(name))
    return found
