"""Whose file is it, from a scan made by hand: properties before About, About before codes, and never a guess."""

from dataclasses import replace

import pytest

from tests.returns import SEAL_KEY, collection, issuable
from tests.scanned import sheet_of
from workbook_gen.definition.layout import ABOUT, PLAN_DATA
from workbook_gen.excel.about import MEANINGS, PREFIX, stamp_facts
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.identity import Identity, find_stamp, identify
from workbook_gen.excel.scan import Scan, ScannedSheet
from workbook_gen.excel.seal import sealed

SYSTEMS = ("QSL", "QYG", "QUE")
STAMP = sealed(issuable("QSL").stamp(1), SEAL_KEY)


def sheet(name: str, *rows: tuple[str, ...]) -> ScannedSheet:
    """A sheet that holds these texts."""
    return sheet_of(name, {(row, column): text for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1)})


def scanned(*sheets: ScannedSheet, stamp: Stamp | None = None, **properties: str) -> Scan:
    """A scan with these sheets, and with the properties of a stamp."""
    facts = {PREFIX + name: text for name, text in (stamp_facts(stamp) if stamp else {}).items()} | properties
    return Scan(sheets, (), False, facts, "", ())


def about(stamp: Stamp) -> ScannedSheet:
    """The About sheet of a stamp."""
    return sheet(ABOUT, *((MEANINGS[name], text) for name, text in stamp_facts(stamp).items()))


def identified(scan: Scan, file_name: str = "return.xlsx", key: bytes | None = SEAL_KEY) -> Identity:
    return identify(scan, collection(), SYSTEMS, file_name, key)


def codes(identity: Identity) -> list[str]:
    return [finding.code for finding in identity.findings]


TABLE_CODES = tuple(table.code for sheet_ in collection().sheets for table in sheet_.tables)


def test_the_properties_hold_the_stamp() -> None:
    assert find_stamp(scanned(stamp=STAMP)) == STAMP
    found = identified(scanned(stamp=STAMP))
    assert (found.organisation, found.version, found.stamp, found.findings) == ("QSL", "1.0", STAMP, ())


def test_about_holds_it_where_the_properties_are_gone() -> None:
    assert find_stamp(scanned(about(STAMP))) == STAMP
    assert find_stamp(scanned(about(STAMP), unrelated="x")) == STAMP


def test_the_properties_come_first() -> None:
    other = sealed(issuable("QYG").stamp(1), SEAL_KEY)
    assert find_stamp(scanned(about(other), stamp=STAMP)) == STAMP


@pytest.mark.parametrize("name", ["seal", "issue"])
def test_half_a_stamp_is_none(name: str) -> None:
    assert find_stamp(scanned(stamp=STAMP, **{PREFIX + name: ""})) is None
    for issue in ("one", "-1", "1.0", "²"):
        assert find_stamp(scanned(about(STAMP), stamp=STAMP, **{PREFIX + "issue": issue})) is None


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        (replace(STAMP, collection="plan_2024_25"), "STR-103"),
        (replace(STAMP, organisation="QYG"), "STR-102"),
        (replace(STAMP, seal="0" * 64), "STR-102"),
        (sealed(replace(STAMP, version="0.9"), SEAL_KEY), "STR-104"),
        (sealed(replace(STAMP, version="1.0.1"), SEAL_KEY), "STR-105"),
        (sealed(replace(STAMP, version="10.0"), SEAL_KEY), "STR-105"),
        (sealed(replace(STAMP, organisation="QXX"), SEAL_KEY), "STR-109"),
    ],
)
def test_what_is_refused_has_no_organisation(stamp: Stamp, code: str) -> None:
    found = identified(scanned(stamp=stamp))
    assert (found.organisation, codes(found)) == (None, [code])
    assert found.findings[0].refuses


def test_without_the_key_the_facts_are_believed_and_it_is_said() -> None:
    found = identified(scanned(stamp=replace(STAMP, seal="0" * 64)), key=None)
    assert (found.organisation, codes(found)) == ("QSL", ["STR-107"])


@pytest.mark.parametrize(("version", "code"), [("²", "STR-104"), ("", "STR-104"), ("draft", "STR-104"), ("1.0.x1", "STR-105")])
def test_a_version_that_nobody_issued(version: str, code: str) -> None:
    assert codes(identified(scanned(stamp=replace(STAMP, version=version)), key=None)) == [code]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("QSL_plan.xlsx", []),
        ("qyg_plan.xlsx", ["STR-106"]),
        ("QYG.xlsx", ["STR-106"]),
        ("QYG plan.xlsx", ["STR-106"]),
        ("QYGS.xlsx", []),
        ("QXX_plan.xlsx", []),
        ("x", []),
    ],
)
def test_the_files_name(name: str, told: list[str]) -> None:
    found = identified(scanned(stamp=STAMP), name)
    assert (found.organisation, codes(found)) == ("QSL", told)


def test_by_codes_where_there_is_no_stamp() -> None:
    ours = sheet("Ours", TABLE_CODES)
    found = identified(scanned(ours, sheet(PLAN_DATA, ("QSL", "x"), ("QSL", "QYGX"))))
    assert (found.organisation, found.version, found.stamp, codes(found)) == ("QSL", "1.0", None, ["STR-110"])


def test_half_the_codes_are_enough_and_fewer_are_not() -> None:
    plan_data = sheet(PLAN_DATA, ("QSL",))
    half = len(TABLE_CODES) // 2 + len(TABLE_CODES) % 2
    assert codes(identified(scanned(sheet("Ours", TABLE_CODES[:half]), plan_data))) == ["STR-110"]
    assert codes(identified(scanned(sheet("Ours", TABLE_CODES[: half - 1]), plan_data))) == ["STR-101"]


@pytest.mark.parametrize("systems", [("QSL", "QYG"), (), ("QXX",)])
def test_two_organisations_or_none_are_no_organisation(systems: tuple[str, ...]) -> None:
    found = identified(scanned(sheet("Ours", TABLE_CODES), sheet(PLAN_DATA, systems)))
    assert (found.organisation, codes(found)) == (None, ["STR-101"])


def test_without_plan_data_every_sheet_is_asked() -> None:
    found = identified(scanned(sheet("Ours", (*TABLE_CODES, "QUE"))))
    assert (found.organisation, codes(found)) == ("QUE", ["STR-110"])
