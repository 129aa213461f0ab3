"""Document types and entities: laughs by the billion, files of the computer, and both hidden from a quick look."""

from tests.acceptance.hostile.kind import hostile
from tests.acceptance.hostile.making import beside, plan, shared
from tests.unit import handmade
from tests.unit.handmade import HEAD, MAIN

LAUGHS = (
    "<!DOCTYPE sst ["
    + '<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    + "]>"
)


def sheet(declaration: str, value: str = "1") -> str:
    """A worksheet behind a declaration."""
    row = f'<row r="1"><c r="A1" t="str"><v>{value}</v></c></row>'
    return f'<?xml version="1.0"?>{declaration}<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'


@hostile("a billion laughs in the shared texts", "STR-010")
def laughs_in_texts() -> bytes:
    return plan(strings=shared("<si><t>&l9;</t></si>").replace("<sst", LAUGHS + "<sst"))


@hostile("a billion laughs in a sheet", "STR-010")
def laughs_in_a_sheet() -> bytes:
    return beside(xl__worksheets__sheet1=sheet(LAUGHS, "&l9;"))


@hostile("one long entity, ten thousand times", "STR-010")
def quadratic_entity() -> bytes:
    return beside(xl__worksheets__sheet1=sheet(f'<!DOCTYPE a [<!ENTITY x "{"x" * 50_000}">]>', "&x;" * 10_000))


@hostile("an entity that reads a file of the computer", "STR-010")
def external_entity() -> bytes:
    return beside(xl__worksheets__sheet1=sheet('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"))


@hostile("an entity that asks the network", "STR-010")
def network_entity() -> bytes:
    return beside(
        xl__workbook=f'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><workbook xmlns="{MAIN}">&x;</workbook>'
    )


@hostile("a document type that stands elsewhere", "STR-010")
def external_document_type() -> bytes:
    return beside(xl__worksheets__sheet1=sheet('<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/evil.dtd">'))


@hostile("parameter entities", "STR-010")
def parameter_entities() -> bytes:
    inner = "<!ENTITY &#37; b '%a;%a;%a;'> %b;"
    return beside(xl__worksheets__sheet1=sheet(f'<!DOCTYPE a [<!ENTITY % a "{inner}"> %a;]>'))


@hostile("a document type in UTF-16", "STR-010")
def utf16() -> bytes:
    return beside(xl__worksheets__sheet1=sheet(LAUGHS, "&l9;").replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"))


@hostile("a document type in UTF-16 without the mark", "STR-010")
def utf16_without_mark() -> bytes:
    return beside(xl__worksheets__sheet1=sheet(LAUGHS, "&l9;").encode("utf-16-be"))


@hostile("a document type behind a megabyte of comments, across two stretches", "STR-010")
def late_document_type() -> bytes:
    ahead = "<!--" + "x" * 99_993 + "-->"
    return beside(xl__worksheets__sheet1=sheet(ahead * 8 + " " * 131_000 + LAUGHS))


@hostile("a document type in a part that nobody reads", "STR-010")
def in_a_part_beside() -> bytes:
    return beside(customXml__item1=f"{HEAD}<!DOCTYPE a><a/>")


@hostile("a document type in the list of content types", "STR-010")
def in_content_types() -> bytes:
    types = str(handmade.parts({"Plan": ""})["[Content_Types].xml"])
    return beside(**{"[Content_Types]": types.replace(HEAD, f"{HEAD}{LAUGHS}")})
