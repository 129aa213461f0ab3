"""Mutations of what holds the sheets together: texts, list of sheets, names, relationships, types, styles, protection, seal."""

import random
from copy import deepcopy
from xml.etree import ElementTree as ET

from tests.fuzz.package import CUSTOM, LINKS, MAIN, OFFICE, STRINGS, STYLES, TYPES, WORKBOOK, NotHere, Opened, pick, q
from tests.fuzz.trees import NASTY

_ID = f"{{{OFFICE}}}id"


def _string_edited(file: Opened, rng: random.Random) -> None:
    text = pick(rng, [one for one in file.tree(STRINGS).iter(q("t")) if one.text])
    said = text.text or ""
    at = rng.randrange(len(said))
    text.text = rng.choice(
        (said[:at] + said[at + 1 :], said + " ", " " + said, said.swapcase(), said[:at] + "x" + said[at:], *NASTY)
    )


def _string_lost(file: Opened, rng: random.Random) -> None:
    strings = file.tree(STRINGS)
    lost = pick(rng, list(strings))
    strings.remove(lost)
    if rng.random() < 0.5:
        strings.append(lost)


def _string_inserted(file: Opened, rng: random.Random) -> None:
    strings = file.tree(STRINGS)
    strings.insert(rng.randrange(len(strings) + 1), deepcopy(pick(rng, list(strings))))


def _string_in_runs(file: Opened, rng: random.Random) -> None:
    """The same text in two runs, perhaps with how it is pronounced."""
    item = pick(rng, [one for one in file.tree(STRINGS) if len(one) == 1 and one[0].tag == q("t") and one[0].text])
    said = item[0].text or ""
    at = rng.randrange(len(said) + 1)
    item[:] = []
    for part in (said[:at], said[at:]):
        ET.SubElement(ET.SubElement(item, q("r")), q("t")).text = part
    if rng.random() < 0.5:
        spoken = ET.SubElement(item, q("rPh"), {"sb": "0", "eb": "1"})
        ET.SubElement(spoken, q("t")).text = "spoken"


def _sheets(file: Opened) -> ET.Element:
    found = file.tree(WORKBOOK).find(q("sheets"))
    if found is None:
        raise NotHere("no sheets")
    return found


def _sheet_renamed(file: Opened, rng: random.Random) -> None:
    sheet = pick(rng, list(_sheets(file)))
    name = sheet.get("name", "")
    others = [one.get("name", "") for one in _sheets(file)]
    sheet.set("name", rng.choice((name + " final", name.upper(), name + " ", "x" * 40, *others, *NASTY)))


def _sheet_unlisted(file: Opened, rng: random.Random) -> None:
    sheets = _sheets(file)
    sheets.remove(pick(rng, list(sheets)))


def _sheet_twice(file: Opened, rng: random.Random) -> None:
    sheets = _sheets(file)
    copy = deepcopy(pick(rng, list(sheets)))
    copy.set("name", rng.choice((copy.get("name", ""), "Copy")))
    sheets.append(copy)


def _sheets_reordered(file: Opened, rng: random.Random) -> None:
    sheets = _sheets(file)
    order = list(sheets)
    rng.shuffle(order)
    sheets[:] = order


def _sheets_exchanged(file: Opened, rng: random.Random) -> None:
    """Two names for each other's cells."""
    sheets = list(_sheets(file))
    one, other = pick(rng, sheets), pick(rng, sheets)
    one.attrib[_ID], other.attrib[_ID] = other.get(_ID, ""), one.get(_ID, "")


def _sheet_hidden(file: Opened, rng: random.Random) -> None:
    pick(rng, list(_sheets(file))).set("state", rng.choice(("hidden", "veryHidden", "visible", "other")))


def _names(file: Opened) -> ET.Element:
    found = file.tree(WORKBOOK).find(q("definedNames"))
    if found is None:
        raise NotHere("no names")
    return found


def _name_edited(file: Opened, rng: random.Random) -> None:
    name = pick(rng, list(_names(file)))
    name.text = rng.choice(("Cover!$A$1", "#REF!", "1", *NASTY))


def _name_lost(file: Opened, rng: random.Random) -> None:
    names = _names(file)
    names.remove(pick(rng, list(names)))


def _name_renamed(file: Opened, rng: random.Random) -> None:
    pick(rng, list(_names(file))).set(rng.choice(("name", "localSheetId", "hidden")), rng.choice(("months_done", *NASTY)))


def _redirected(file: Opened, rng: random.Random) -> None:
    links = file.tree(rng.choice((LINKS, "_rels/.rels")))
    link = pick(rng, list(links))
    others = [one.get("Target", "") for one in links]
    link.set("Target", rng.choice((*others, f"/xl/{link.get('Target', '')}", "nowhere.xml", *NASTY)))


def _link_changed(file: Opened, rng: random.Random) -> None:
    link = pick(rng, list(file.tree(rng.choice((LINKS, "_rels/.rels")))))
    kind = link.get("Type", "")
    name = rng.choice(("Id", "Type", "TargetMode"))
    said = {"Id": ("rId1", "rId9", ""), "TargetMode": ("External", "Internal"), "Type": (f"{kind}2", f"{OFFICE}/chartsheet")}
    link.set(name, rng.choice(said[name]))


def _link_lost(file: Opened, rng: random.Random) -> None:
    links = file.tree(rng.choice((LINKS, "_rels/.rels")))
    links.remove(pick(rng, list(links)))


def _content_type(file: Opened, rng: random.Random) -> None:
    types = file.tree(TYPES)
    one = pick(rng, list(types))
    others = [other.get("ContentType", "") for other in types]
    one.set("ContentType", rng.choice((*others, "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "text/plain")))


def _protection_lost(file: Opened, rng: random.Random) -> None:
    root = file.any_sheet(rng)
    root.remove(pick(rng, root.iter(q("sheetProtection"))))


def _protection_off(file: Opened, rng: random.Random) -> None:
    pick(rng, file.any_sheet(rng).iter(q("sheetProtection"))).set("sheet", rng.choice(("0", "false", "", " 1 ", "2")))


def _merged(file: Opened, rng: random.Random) -> None:
    root = file.any_sheet(rng)
    row = rng.randrange(1, 40)
    found = root.find(q("mergeCells"))
    cells = ET.SubElement(root, q("mergeCells")) if found is None else found
    ET.SubElement(cells, q("mergeCell"), {"ref": rng.choice((f"A{row}:D{row + 2}", "A3:XFD200000", *NASTY))})


def _hidden(file: Opened, rng: random.Random) -> None:
    root = file.any_sheet(rng)
    pick(rng, [*root.iter(q("row")), *root.iter(q("col"))]).set("hidden", rng.choice(("1", "true", "0", "yes")))


def _from_1904(file: Opened, rng: random.Random) -> None:
    properties = file.tree(WORKBOOK).find(q("workbookPr"))
    if properties is None:
        raise NotHere("no properties")
    properties.set("date1904", rng.choice(("1", "true")))


def _strict(file: Opened, rng: random.Random) -> None:
    """The namespaces of Strict workbooks, in one part or in all."""
    names = [name for name, content in file.members if MAIN.encode() in content]
    for name in rng.choice((names, [pick(rng, names)])):
        content = file.content(name).replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        file.put(name, content.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"))


def _locks(file: Opened, rng: random.Random) -> None:
    """A cell format that says otherwise of its lock."""
    formats = file.tree(STYLES).find(q("cellXfs"))
    one = pick(rng, [] if formats is None else list(formats))
    for child in one.findall(q("protection")):
        one.remove(child)
    one.set("applyProtection", rng.choice(("0", "1")))
    ET.SubElement(one, q("protection"), {"locked": rng.choice(("0", "1", "", "x"))})


def _property_changed(file: Opened, rng: random.Random) -> None:
    element = pick(rng, [one for one in file.tree(CUSTOM).iter() if one.text])
    said = element.text or ""
    at = rng.randrange(len(said))
    element.text = rng.choice((said[:at] + rng.choice("0123456789abcdef") + said[at + 1 :], *NASTY))


def _property_lost(file: Opened, rng: random.Random) -> None:
    properties = file.tree(CUSTOM)
    for one in rng.choice((list(properties), [pick(rng, list(properties))])):
        properties.remove(one)


ON_BOOKS = {
    "shared text edited": _string_edited,
    "shared text lost": _string_lost,
    "shared text inserted": _string_inserted,
    "shared text in runs": _string_in_runs,
    "sheet renamed": _sheet_renamed,
    "sheet unlisted": _sheet_unlisted,
    "sheet listed twice": _sheet_twice,
    "sheets reordered": _sheets_reordered,
    "sheets exchanged": _sheets_exchanged,
    "sheet hidden": _sheet_hidden,
    "defined name edited": _name_edited,
    "defined name lost": _name_lost,
    "defined name renamed": _name_renamed,
    "relationship redirected": _redirected,
    "relationship changed": _link_changed,
    "relationship lost": _link_lost,
    "content type changed": _content_type,
    "protection lost": _protection_lost,
    "protection off": _protection_off,
    "cells merged": _merged,
    "rows or columns hidden": _hidden,
    "dates from 1904": _from_1904,
    "strict namespaces": _strict,
    "locks of a format": _locks,
    "property changed": _property_changed,
    "property lost": _property_lost,
}
