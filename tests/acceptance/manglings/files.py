"""The file as a whole: its seal, its name, its version, and files that are something else altogether."""

from dataclasses import replace as replaced

from tests.acceptance.manglings.kind import Change, Edit, Kind, Told, edited, sheet_wide
from tests.acceptance.manglings.parts import SPREADSHEET, TYPES, delete_sheet, replace
from tests.returns import SEAL_KEY, answers, file_name, issuable, systems
from tests.spoil import Spoiled
from tests.unit.handmade import ROWS, ole, workbook, zipped
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.layout import ABOUT, TOP_ROWS
from workbook_gen.excel.about import PROPERTIES
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook

MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"


def other(code: str) -> str:
    """Another system."""
    return next(one for one in systems() if one != code)


def say_about(fact: str, text: str) -> Edit:
    """Another text for a fact on About."""
    cell = f"B{TOP_ROWS + 2 + PROPERTIES.index(fact)}"
    return lambda file, _: file.put(ABOUT, cell, text)


def lose_properties(file: Spoiled, _: str) -> None:
    file.drop_properties()


def claim_issue_two(file: Spoiled, _: str) -> None:
    file.say_property("issue", "1", "2")


def claim_another(file: Spoiled, code: str) -> None:
    file.say_property("organisation", code, other(code))


def issued_as(**facts: str) -> Change:
    """The return in a workbook that was issued, and sealed, with other facts."""

    def work(_: bytes, code: str) -> bytes:
        one = issuable(code)
        stamp = sealed(replaced(one.stamp(1), **facts), SEAL_KEY)  # type: ignore[arg-type]
        return write_workbook(one.layout, one.contents(answers(code), stamp), settings_of(one.collection))

    return work


def another_key(_: bytes, code: str) -> bytes:
    one = issuable(code)
    stamp = sealed(one.stamp(1), bytes(32))
    return write_workbook(one.layout, one.contents(answers(code), stamp), settings_of(one.collection))


def content_type(new: str) -> Edit:
    """The workbook as another kind of it."""
    return lambda file, _: replace(file, TYPES, f"{SPREADSHEET}.sheet.main+xml", new)


def called(title: str, did: str, name: str) -> Kind:
    """A name that is nobody else's: nothing is told."""
    return Kind(title, did, lambda data, _: data, name=lambda code: name.format(code=code, small=code.lower()))


def refused(title: str, did: str, change: Change, code: str, *says: str, start: str = "") -> Kind:
    """A file of which nothing is read."""
    return Kind(
        title, did, change, sheet_wide(code, ""), says=says, refused=True, name=lambda system: start + file_name(system)
    )


def whole(data: bytes) -> Change:
    """Another file, under the return's name."""
    return lambda _, code: data


def as_values(_: bytes, code: str) -> bytes:
    return "\r\n".join(f"{key},{value}" for key, value in answers(code).items()).encode()


def told_without_about(_: str) -> tuple[Told, ...]:
    return (("STR-110", "", ""), ("STR-214", "", ""))


KINDS = (
    called("this file's copy", "saved a second copy from their mail", "{code}_h2_2023_24_v1.0 (1).xlsx"),
    called("final version's name", "called it final", "{code} H2 return FINAL v2.xlsx"),
    called("name in small letters", "had it renamed by a system", "{small}_h2_2023_24_v1.0.xlsx"),
    called("name that says nothing", "called it return", "return.xlsx"),
    Kind(
        "another organisation's name",
        "saved it over their neighbour's file",
        lambda data, _: data,
        sheet_wide("STR-106", ""),
        name=lambda code: file_name(other(code)),
    ),
    Kind("properties lost", "saved it with a program that drops its properties", edited(lose_properties)),
    Kind(
        "About changed",
        "changed the issue number on About, under a sound seal",
        edited(say_about("issue", "2")),
        lambda _: (("STR-303", ABOUT, f"B{TOP_ROWS + 2 + PROPERTIES.index('issue')}"),),
    ),
    Kind(
        "seal lost wholly",
        "copied the sheets, but for About, into a new workbook",
        edited(lose_properties, lambda file, _: delete_sheet(file, ABOUT)),
        told_without_about,
    ),
    refused("seal changed", "changed the issue number", edited(claim_issue_two), "STR-102"),
    refused("organisation changed", "changed the organisation in the properties", edited(claim_another), "STR-102"),
    refused(
        "seal on About changed",
        "lost the properties, and changed the organisation on About",
        edited(lose_properties, say_about("organisation", "QX1")),
        "STR-102",
    ),
    refused("sealed with another key", "sent a workbook that somebody else had issued", another_key, "STR-102"),
    refused("last version's file", "went on working in last version's file", issued_as(version="0.9"), "STR-104", "0.9"),
    refused("next version's file", "had the next version before us", issued_as(version="1.0.1"), "STR-105", "1.0.1"),
    refused(
        "another collection's file", "sent the return of another collection", issued_as(collection="plan_2024_25"), "STR-103"
    ),
    refused("unknown organisation", "sent another body's return", issued_as(organisation="QX1"), "STR-109", "QX1"),
    refused("lock file", "sent the mark of an open workbook", whole(b"\x08A. Nalyst" + bytes(156)), "STR-013", start="~$"),
    refused("empty file", "sent a file of no length", whole(b""), "STR-001", "empty (0 bytes)"),
    refused("file cut short", "sent it over a line that broke", lambda data, _: data[: len(data) // 2], "STR-007"),
    refused("password", "saved it with a password", whole(ole("EncryptionInfo", "EncryptedPackage")), "STR-002"),
    refused("Excel 97-2003", "saved it as .xls", whole(ole("Workbook")), "STR-003"),
    refused("binary workbook", "saved it as .xlsb", edited(content_type(BINARY)), "STR-004"),
    refused("macros", "saved it as .xlsm", edited(content_type(MACROS)), "STR-006", "macro-enabled"),
    refused("CSV", "saved it as CSV, and called it .xlsx", as_values, "STR-001", "CSV"),
    refused("zipped", "zipped it, and called it .xlsx", lambda data, code: zipped({file_name(code): data}), "STR-001", "zip"),
    refused("PDF", "printed it to a PDF", whole(b"%PDF-1.7\n"), "STR-001", "PDF"),
    refused("other workbook", "sent another workbook", whole(workbook(ROWS)), "STR-101"),
)
