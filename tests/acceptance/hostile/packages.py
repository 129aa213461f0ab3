"""Packages whose parts do not hang together, or hold more of a thing than a workbook has."""

from tests.acceptance.hostile.kind import NOT_OURS, hostile
from tests.acceptance.hostile.making import beside, padded, plan, shared, zipped
from tests.unit import handmade
from tests.unit.handmade import HEAD, MAIN, RELATIONSHIPS, ROWS

PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CUSTOM = "docProps/custom.xml"


def changed(member: str, old: str, new: str, **more: str) -> bytes:
    """A good workbook in one part of which a text stands in the place of another."""
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    assert old in str(members[member])
    members[member] = str(members[member]).replace(old, new)
    return zipped({name: padded(str(text)) for name, text in {**members, **more}.items()})


def relationship(kind: str, target: str, name: str = "x") -> str:
    return f'<Relationship Id="{name}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'


def relations(*rows: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(rows)}</Relationships>'


@hostile("shared texts declared four billion, of which there is one", "STR-101", NOT_OURS)
def texts_declared() -> bytes:
    row = '<row r="1"><c t="s"><v>0</v></c></row>'
    return plan(row, strings=shared("<si><t>a</t></si>", 'count="4294967295" uniqueCount="4294967295"'))


@hostile("four hundred thousand shared texts", "STR-008")
def many_texts() -> bytes:
    return plan(strings=shared("<si/>" * 400_000))


@hostile("shared texts of fifty megabytes in all", "STR-008")
def texts_of_many_characters() -> bytes:
    return plan(strings=shared(f"<si><t>{'x' * 30_000}</t></si>" * 1_700))


@hostile("one shared text of fifty megabytes", "STR-008")
def one_long_text() -> bytes:
    return plan(strings=shared(f"<si><t>{'x' * 50_000_000}</t></si>"))


@hostile("shared texts a hundred thousand deep", "STR-008")
def deep_texts() -> bytes:
    return plan(strings=shared("<r>" * 100_000 + "</r>" * 100_000))


@hostile("eight million characters, each written as seven", "STR-008")
def escapes() -> bytes:
    return plan(strings=shared(f"<si><t>{'_x263A_' * 30_000}</t></si>" * 300))


@hostile("a million cell formats", "STR-008")
def many_formats() -> bytes:
    return plan(styles=f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>')


@hostile("formats inside each other", "STR-008")
def deep_formats() -> bytes:
    return plan(styles=f'{HEAD}<styleSheet xmlns="{MAIN}">{"<a>" * 100_000}{"</a>" * 100_000}</styleSheet>')


@hostile("a million defined names", "STR-008")
def many_names() -> bytes:
    return plan(workbook="<definedNames>" + '<definedName name="a">Plan!A1</definedName>' * 1_000_000 + "</definedNames>")


@hostile("a defined name of twenty megabytes", "STR-008")
def long_name() -> bytes:
    return plan(workbook=f'<definedNames><definedName name="a">{"A1+" * 7_000_000}</definedName></definedNames>')


@hostile("a name that is known on sheet number nine, ten thousand times over", "STR-101", NOT_OURS)
def name_on_a_sheet_without_end() -> bytes:
    return plan(workbook=f'<definedNames><definedName name="a" localSheetId="{"9" * 10_000}">A1</definedName></definedNames>')


@hostile("a sheet whose name has a hundred thousand characters", "STR-007")
def long_sheet_name() -> bytes:
    return zipped(handmade.parts({"x" * 100_000: handmade.worksheet(ROWS)}))


@hostile("a hundred thousand sheets that are all one", "STR-008")
def many_sheets() -> bytes:
    return changed("xl/workbook.xml", "</sheets>", '<sheet name="a" sheetId="1" r:id="s1"/>' * 100_000 + "</sheets>")


@hostile("two sheets that are one part", "STR-007")
def one_part_for_two_sheets() -> bytes:
    return changed("xl/workbook.xml", "</sheets>", '<sheet name="b" sheetId="2" r:id="s1"/></sheets>')


@hostile("no list of content types", "STR-001")
def no_content_types() -> bytes:
    return beside(**{"[Content_Types]": None})


@hostile("content types that say nothing of the workbook", "STR-007")
def bad_content_types() -> bytes:
    return changed("[Content_Types].xml", handmade.PLAIN, "application/octet-stream")


@hostile("content types that are no XML", "STR-007")
def broken_content_types() -> bytes:
    return beside(**{"[Content_Types]": "not XML at all"})


@hostile("a list of content types that is empty", "STR-007")
def empty_content_types() -> bytes:
    return beside(**{"[Content_Types]": ""})


@hostile("no workbook inside", "STR-007")
def no_workbook() -> bytes:
    return beside(xl__workbook=None)


@hostile("no sheet inside", "STR-007")
def no_sheet() -> bytes:
    return beside(xl__worksheets__sheet1=None)


@hostile("shared texts that are named and missing", "STR-007")
def no_texts() -> bytes:
    return changed("xl/_rels/workbook.xml.rels", "</Rel", relationship("sharedStrings", "gone.xml") + "</Rel")


@hostile("a workbook that is its own sheet", "STR-007")
def workbook_as_its_sheet() -> bytes:
    return changed("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "workbook.xml")


@hostile("relationships that lead round in a ring", "STR-101", NOT_OURS)
def ring() -> bytes:
    back = relations(relationship("comments", "sheet1.xml"), relationship("worksheet", "../workbook.xml", "y"))
    return changed("xl/workbook.xml", "<workbook", "<workbook", **{"xl/worksheets/_rels/sheet1.xml.rels": back})


@hostile("a hundred thousand relationships", "STR-008")
def many_relationships() -> bytes:
    return changed("xl/_rels/workbook.xml.rels", "</Rel", relationship("a", "b") * 100_000 + "</Rel")


@hostile("a relationship that leads out of the package", "STR-007")
def relationship_out_of_the_package() -> bytes:
    return changed("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../../../etc/passwd")


@hostile("a hundred thousand custom properties", "STR-008")
def many_properties() -> bytes:
    rows = '<property name="a"><lpwstr>b</lpwstr></property>' * 100_000
    part = f"{HEAD}<Properties>{rows}</Properties>"
    return changed("_rels/.rels", "</Rel", relationship("custom-properties", CUSTOM) + "</Rel", **{CUSTOM: part})


@hostile("a hundred thousand comments", "STR-008")
def many_comments() -> bytes:
    rows = '<comment ref="A1"><text><t>why</t></text></comment>' * 100_000
    part = f'{HEAD}<comments xmlns="{MAIN}"><commentList>{rows}</commentList></comments>'
    back = relations(relationship("comments", "../comments1.xml"))
    return changed(
        "xl/workbook.xml",
        "<workbook",
        "<workbook",
        **{"xl/worksheets/_rels/sheet1.xml.rels": back, "xl/comments1.xml": part},
    )
