"""Bytes → a package that is safe to parse, or a refusal that says what the file is and how to mend it."""

from dataclasses import dataclass

from workbook_gen.catalogue import structural
from workbook_gen.excel import foreign
from workbook_gen.excel.container import open_container
from workbook_gen.excel.members import Members
from workbook_gen.excel.parts import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    WorkbookPart,
    first,
    relationships,
    workbook_part,
)
from workbook_gen.excel.refusal import PackageRefused, damaged, refuse
from workbook_gen.findings import Finding

__all__ = ["Package", "PackageRefused", "open_package"]

_MACRO_PARTS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True, slots=True)
class Package:
    """A plain workbook: its members as bytes, what the workbook part lists, and the parts that belong to it.

    `related` are the relationships of the workbook part; `findings` holds what is worth saying of the package as a whole
    (STR-019).
    """

    members: Members
    workbook: WorkbookPart
    shared_strings: str | None
    styles: str | None
    custom: str | None
    application: str | None
    strict: bool
    related: tuple[Relationship, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A note where the workbook is a Strict one."""
        return (structural("STR-019"),) if self.strict else ()


def open_package(data: bytes) -> Package:
    """The package in the bytes of a file. PackageRefused carries the finding that says why it is not read."""
    if not data.startswith(foreign.ZIP):
        raise foreign.not_a_zip(data)
    members = Members(open_container(data))
    if CONTENT_TYPES not in members:
        raise foreign.not_a_package(members)
    members.verify()
    return _workbook(members)


def _workbook(members: Members) -> Package:
    package = relationships(members, "")
    main = first(package, "officeDocument")
    if main is None:
        raise damaged("it does not say which part is the workbook")
    foreign.check_kind(ContentTypes(members.elements(CONTENT_TYPES)).of(main))
    related = relationships(members, main)
    if any(relationship.kind in _MACRO_PARTS for relationship in related):
        raise refuse("STR-006", found="a workbook with macros in it")
    return Package(
        members=members,
        workbook=workbook_part(members, main, related),
        shared_strings=_part(members, related, "sharedStrings"),
        styles=_part(members, related, "styles"),
        custom=_property_part(members, package, "custom-properties", "customProperties"),
        application=_property_part(members, package, "extended-properties", "extendedProperties"),
        strict=any(relationship.strict for relationship in package),
        related=related,
    )


def _part(members: Members, related: tuple[Relationship, ...], *kinds: str) -> str | None:
    """The part of one of these kinds; PackageRefused where a relationship leads to a part that is not there."""
    name = first(related, *kinds)
    if name is not None and name not in members:
        raise damaged(f"its part {name} is missing")
    return name


def _property_part(members: Members, related: tuple[Relationship, ...], *kinds: str) -> str | None:
    """A part with properties, without which Excel opens a workbook all the same."""
    name = first(related, *kinds)
    return name if name is not None and name in members else None
