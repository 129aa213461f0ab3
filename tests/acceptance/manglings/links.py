"""Links to other files, names, comments and merged cells: what a workbook holds beside its cells."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from tests.acceptance.manglings.kind import Edit, Kind, Told, edited, sheet_wide
from tests.acceptance.manglings.parts import OFFICE, SPREADSHEET, add_part, put_element, relate, replace
from tests.acceptance.manglings.places import LABELLED, NEXT_NUMBER, NUMBER
from tests.changes import label_cell
from tests.returns import place_of
from tests.spoil import MAIN, RELATIONSHIPS, WORKBOOK, Spoiled, q

SHEET = "Agency"
NAME = "agency_share"
REVIEW = "Please check"


def link(file: Spoiled) -> int:
    """A link to another workbook; its number in formulas."""
    part = "xl/externalLinks/externalLink1.xml"
    content = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATIONSHIPS}" r:id="rId101"><sheetNames><sheetName '
        'val="Sheet1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="2"><cell r="B2"><v>1</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook></externalLink>"
    )
    add_part(file, part, content, f"{SPREADSHEET}.externalLink+xml")
    relate(file, part, "externalLinkPath", "file:///C:/Finance/Month%208.xlsx", "External")
    identity = relate(file, WORKBOOK, "externalLink", "externalLinks/externalLink1.xml")
    references = f'<externalReferences><externalReference r:id="{identity}"/></externalReferences>'
    replace(file, WORKBOOK, "<definedNames>", f"{references}<definedNames>")
    return 1


def leave_link(file: Spoiled, _: str) -> None:
    link(file)


def comment(*places: str) -> Edit:
    """Comments on cells of a sheet."""

    return lambda file, _: add_comments(file, dict.fromkeys(places, REVIEW))


def add_comments(file: Spoiled, given: Mapping[str, str]) -> None:
    """Comments of these texts on cells of the sheet."""
    part = file.parts[SHEET]
    texts = "".join(f'<comment ref="{one}" authorId="0"><text><t>{text}</t></text></comment>' for one, text in given.items())
    content = f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList>{texts}</commentList></comments>'
    add_part(file, "xl/comments1.xml", content, f"{SPREADSHEET}.comments+xml")
    relate(file, part, "comments", "../comments1.xml")
    add_part(file, "xl/drawings/vmlDrawing1.vml", '<xml xmlns:v="urn:schemas-microsoft-com:vml"/>', "application/vml+xml")
    identity = relate(file, part, "vmlDrawing", "../drawings/vmlDrawing1.vml")
    put_element(file.tree(SHEET), ET.Element(q("legacyDrawing"), {f"{{{OFFICE}}}id": identity}))


def merge(file: Spoiled, area: str) -> None:
    cells = ET.Element(q("mergeCells"), {"count": "1"})
    ET.SubElement(cells, q("mergeCell"), {"ref": area})
    put_element(file.tree(SHEET), cells)


def merge_label(file: Spoiled, code: str) -> None:
    merge(file, label_area(code))


def label_area(code: str) -> str:
    """A label and the cell beside it."""
    row = label_cell(code)[1][1:]
    return f"B{row}:C{row}"


def merge_inputs(file: Spoiled, code: str) -> None:
    """Merge two inputs: Excel keeps what the first held."""
    merge(file, input_area(code))
    file.put(*place_of(code, NEXT_NUMBER), None)


def input_area(code: str) -> str:
    """Two months side by side."""
    return ":".join(place_of(code, key)[1] for key in (NUMBER, NEXT_NUMBER))


def told_of_merged_inputs(code: str) -> tuple[Told, ...]:
    return (("STR-215", SHEET, input_area(code)), ("CMP-001", *place_of(code, NEXT_NUMBER)))


def redefine(text: str) -> Edit:
    """Another meaning for a name that the formulas use."""

    def work(file: Spoiled, _: str) -> None:
        content = file.members[WORKBOOK].decode()
        new, count = re.subn(f'(<definedName name="{NAME}">)[^<]*', rf"\g<1>{text}", content)
        assert count == 1
        file.members[WORKBOOK] = new.encode()

    return work


def lose_name(file: Spoiled, _: str) -> None:
    content = file.members[WORKBOOK].decode()
    new, count = re.subn(f'<definedName name="{NAME}">[^<]*</definedName>', "", content)
    assert count == 1
    file.members[WORKBOOK] = new.encode()


def add_name(file: Spoiled, _: str) -> None:
    replace(file, WORKBOOK, "<definedNames>", '<definedNames><definedName name="our_total">Agency!$J$21</definedName>')


def comment_on_two(file: Spoiled, code: str) -> None:
    comment(place_of(code, NUMBER)[1], place_of(code, LABELLED)[1])(file, code)


def first_comment(code: str) -> tuple[Told, ...]:
    return (("STR-306", SHEET, min(place_of(code, key)[1] for key in (NUMBER, LABELLED))),)


KINDS = (
    Kind("link to another file", "left a link to a workbook of their own", edited(leave_link), sheet_wide("STR-305", "")),
    Kind("comments added", "commented on two cells", edited(comment_on_two), first_comment),
    Kind(
        "label merged with the next cell",
        "merged a label with the cell beside it",
        edited(merge_label),
        lambda code: (("STR-215", SHEET, label_area(code)),),
    ),
    Kind(
        "two inputs merged",
        "merged two months into one cell",
        edited(merge_inputs),
        told_of_merged_inputs,
        read=lambda _: {NEXT_NUMBER: None},
        stale=True,
    ),
    Kind(
        "name redefined", "pointed a name elsewhere", edited(redefine("Agency!$C$9")), sheet_wide("STR-311", ""), says=(NAME,)
    ),
    Kind("name deleted", "deleted a name", edited(lose_name), sheet_wide("STR-311", ""), says=(NAME,)),
    Kind("name added", "named a total for a formula of their own", edited(add_name)),
)
