"""The national tables as shipped, and every way in which a table can be wrong: the message names what to mend."""

import math
from pathlib import Path

import pytest

from tests.national_tables import SHARED, TEMPLATE, change, copied, faults_of, only, rows, write
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection
from workbook_gen.national.data import NationalData, NationalDataError, load_national, load_organisations

BOARD = "QE1 NHS Lancashire and South Cumbria Integrated Care Board"


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(TEMPLATE)


@pytest.fixture(scope="module")
def national(collection: Collection) -> NationalData:
    return load_national(collection, TEMPLATE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


def test_the_shipped_tables_are_whole(national: NationalData) -> None:
    assert national.figure("allocation", "QE1", "covid") == 14458
    assert national.status("allocation", "covid") == "published"
    assert national.status("allocation", "industrial_action") == "illustrative"
    assert national.item("elective_target", "revised").england_total is None
    assert math.fsum(national.tables["allocation"]["industrial_action"].values()) == 800000
    assert {name for name, _ in national.items} == set(national.tables)


def test_a_system_is_an_icb_with_its_providers_by_name(national: NationalData) -> None:
    system = national.system("qe1")
    names = [provider.name for provider in system.providers]
    assert system.icb.code == "QE1"
    assert names == sorted(names, key=str.casefold)
    assert names
    assert {provider.icb_code for provider in system.providers} == {"QE1"}
    assert len(national.organisations) == sum(len(system.organisations) for system in national.systems)


def test_an_unknown_system_is_answered_with_the_nearest(national: NationalData) -> None:
    with pytest.raises(NationalDataError, match=r"xqe1 is no ICB of this collection\. Did you mean 'QE1'"):
        national.system("xqe1")


def test_organisations_can_be_had_alone(collection: Collection, folder: Path, national: NationalData) -> None:
    (folder / "national" / "allocation.csv").unlink()
    assert load_organisations(collection, folder) == national.organisations


def test_organisations_alone_are_checked_too(collection: Collection, folder: Path) -> None:
    change(folder / "national", "organisations", "RTX", "kind", "trust")
    with pytest.raises(NationalDataError, match="kind is 'trust'"):
        load_organisations(collection, folder)


def test_the_digest_knows_figures_but_not_their_form(collection: Collection, folder: Path, national: NationalData) -> None:
    place = folder / "national"
    content = rows(place, "population")
    write(place, "population", [dict(reversed(row.items())) for row in reversed(content)])
    text = (place / "pay_ytd.csv").read_text(encoding="utf-8").replace("\n", "\r\n") + ",,,\r\n"
    (place / "pay_ytd.csv").write_bytes(text.encode("utf-8-sig"))
    assert load_national(collection, folder).digest == national.digest
    change(place, "items", "weighted", "status", "illustrative", key="column")
    change(place, "items", "weighted", "england_total", str(sum(int(row["weighted"]) for row in content)), key="column")
    assert load_national(collection, folder).digest != national.digest


def test_all_faults_are_told_at_once(collection: Collection, folder: Path) -> None:
    change(folder / "national", "agency_ytd", "QE1", "nursing", "")
    change(folder / "national", "cancer_now", "QF7", "fds", "75%")
    (folder / "national" / "pay_ytd.csv").unlink()
    assert [fault.split(":")[0] for fault in faults_of(collection, folder)] == ["agency_ytd", "cancer_now", "pay_ytd"]


def test_a_missing_organisation(collection: Collection, folder: Path) -> None:
    write(
        folder / "national",
        "agency_ytd",
        [row for row in rows(folder / "national", "agency_ytd") if row["org_code"] != "QE1"],
    )
    only(faults_of(collection, folder), f"agency_ytd: {BOARD} is missing.", "Add its row, with nursing, medical")


def test_an_organisation_too_many(collection: Collection, folder: Path) -> None:
    trust = next(row for row in rows(folder / "national", "organisations") if row["sector"] == "mental_health")
    row = dict.fromkeys(("nov", "dec", "jan", "feb", "mar"), "7")
    write(folder / "national", "ae_plan", [*rows(folder / "national", "ae_plan"), {"org_code": trust["org_code"]} | row])
    only(
        faults_of(collection, folder),
        f"ae_plan: {trust['org_code']} {trust['name']} is one too many (nov 7, dec 7, jan 7, …)",
    )


def test_a_row_that_stands_twice(collection: Collection, folder: Path) -> None:
    content = rows(folder / "national", "agency_limit")
    write(folder / "national", "agency_limit", [*content, {"org_code": "QE1", "ceiling": "5"}])
    only(
        faults_of(collection, folder),
        f"agency_limit: {BOARD} stands 2 times (ceiling 70384 and ceiling 5). Keep one row.",
    )


def test_an_unknown_organisation_code(collection: Collection, folder: Path) -> None:
    change(folder / "national", "agency_limit", "QE1", "org_code", "QE2")
    missing, unknown = faults_of(collection, folder)
    only((missing,), f"agency_limit: {BOARD} is missing.")
    only((unknown,), "agency_limit: QE2 is no organisation", "(ceiling 70384)", "Did you mean 'QE1'?")


def test_a_row_without_a_code(collection: Collection, folder: Path) -> None:
    write(
        folder / "national",
        "agency_limit",
        [*rows(folder / "national", "agency_limit"), {"org_code": "", "ceiling": "5"}],
    )
    only(faults_of(collection, folder), "agency_limit: a row has no organisation code (ceiling 5).")


def test_a_blank(collection: Collection, folder: Path) -> None:
    change(folder / "national", "agency_ytd", "QE1", "nursing", " ")
    only(faults_of(collection, folder), f"agency_ytd: {BOARD}, nursing is blank.", "0 is a figure")


@pytest.mark.parametrize("text", ["16,863", "£16863", "n/a", "nan", "inf", "1.7E+04", "TRUE", "-", "(16863)"])
def test_a_text_is_never_converted(collection: Collection, folder: Path, text: str) -> None:
    change(folder / "national", "agency_ytd", "QE1", "nursing", text)
    only(faults_of(collection, folder), f"agency_ytd: {BOARD}, nursing is '{text}', not a number.")


def test_a_missing_table(collection: Collection, folder: Path) -> None:
    (folder / "national" / "agency_ytd.csv").rename(folder / "national" / "agency_yt.csv")
    only(faults_of(collection, folder), "agency_ytd: the file agency_ytd.csv is missing", "Did you mean 'agency_yt.csv'?")


def test_a_missing_column(collection: Collection, folder: Path) -> None:
    content = [
        {name.replace("nursing", "nurses"): text for name, text in row.items()}
        for row in rows(folder / "national", "agency_ytd")
    ]
    write(folder / "national", "agency_ytd", content)
    missing, extra = faults_of(collection, folder)
    only((missing,), "agency_ytd: the column nursing is missing (agency, ytd, needs it)", "Did you mean 'nurses'?")
    only((extra,), "agency_ytd: the column nurses is neither used", "Did you mean 'nursing'?")


def test_a_month_is_missing(collection: Collection, folder: Path) -> None:
    content = [{name: text for name, text in row.items() if name != "feb"} for row in rows(folder / "national", "erf_plan")]
    write(folder / "national", "erf_plan", content)
    only(faults_of(collection, folder), "erf_plan: the column feb is missing (erf, original_feb, needs it)")


def test_the_column_of_codes_is_missing(collection: Collection, folder: Path) -> None:
    content = [
        {name.replace("org_code", "code"): text for name, text in row.items()} for row in rows(folder / "national", "pay_ytd")
    ]
    write(folder / "national", "pay_ytd", content)
    only(faults_of(collection, folder), "pay_ytd: the column org_code is missing")


def test_an_item_is_missing(collection: Collection, folder: Path) -> None:
    content = [row for row in rows(folder / "national", "items") if (row["table"], row["column"]) != ("agency_ytd", "nursing")]
    write(folder / "national", "items", content)
    only(faults_of(collection, folder), "agency_ytd, nursing: items.csv has no row", "agency, ytd, needs it")


def test_items_of_a_table_that_nothing_uses(collection: Collection, folder: Path) -> None:
    content = rows(folder / "national", "items")
    write(folder / "national", "items", [*content, content[0] | {"table": "agency_yt"}])
    only(faults_of(collection, folder), "agency_yt: items.csv describes this table", "Did you mean 'agency_ytd'?")


@pytest.mark.parametrize(
    ("column", "text", "problem"),
    [
        ("status", "real", "has the status 'real'. Write published or illustrative."),
        ("unit", "", "has a blank unit."),
        ("england_total", "762,096", "has the England total '762,096', not a number."),
        ("england_total", "", "has the England total '', not a number."),
        ("unit", "%", "is a percentage, but has an England total of 762096."),
    ],
)
def test_a_faulty_item(collection: Collection, folder: Path, column: str, text: str, problem: str) -> None:
    content = rows(folder / "national", "items")
    (row,) = [row for row in content if (row["table"], row["column"]) == ("agency_ytd", "nursing")]
    row[column] = text
    write(folder / "national", "items", content)
    only(faults_of(collection, folder)[:1], "items.csv: agency_ytd, nursing", problem)


def test_an_item_that_stands_twice(collection: Collection, folder: Path) -> None:
    content = rows(folder / "national", "items")
    write(folder / "national", "items", [*content, content[0]])
    only(faults_of(collection, folder), "items.csv: allocation, core_recurrent is described more than once.")


@pytest.mark.parametrize(
    ("code", "column", "text", "problem"),
    [
        ("RTX", "icb_code", "XQE1", "icb_code is 'XQE1', which is no ICB here. Did you mean 'QE1'?"),
        ("RTX", "name", "", "name is blank"),
        ("RTX", "kind", "trust", "kind is 'trust'. Write icb or provider."),
        ("QE1", "icb_code", "QF7", "its icb_code is 'QF7'. Write QE1."),
        ("QE1", "region_code", "", "region_code is blank"),
    ],
)
def test_a_faulty_organisation(collection: Collection, folder: Path, code: str, column: str, text: str, problem: str) -> None:
    change(folder / "national", "organisations", code, column, text)
    only(faults_of(collection, folder), "organisations.csv", code, problem)


def test_an_organisation_that_stands_twice(collection: Collection, folder: Path) -> None:
    content = rows(folder / "national", "organisations")
    write(folder / "national", "organisations", [*content, content[0]])
    only(faults_of(collection, folder), f"organisations.csv: {BOARD} stands 2 times.")


def test_an_organisation_without_a_code(collection: Collection, folder: Path) -> None:
    content = rows(folder / "national", "organisations")
    write(folder / "national", "organisations", [*content, content[0] | {"org_code": ""}])
    only(faults_of(collection, folder), f"organisations.csv: the row of '{content[0]['name']}' has no organisation code.")


def test_no_icb_at_all(collection: Collection, folder: Path) -> None:
    (folder / "national" / "organisations.csv").write_text("org_code,name,kind,sector,icb_code,region_code,region_name\n")
    only(faults_of(collection, folder), "organisations.csv has no ICB.")


@pytest.mark.parametrize("file", ["organisations", "items"])
def test_without_organisations_or_items_nothing_else_is_complained_of(collection: Collection, folder: Path, file: str) -> None:
    (folder / "national" / f"{file}.csv").unlink()
    faults = faults_of(collection, folder)
    assert f"{file}: the file {file}.csv is missing" in faults[0]
    assert [fault for fault in faults if not fault.startswith(file)] == []


def test_a_column_of_the_organisations_is_missing(collection: Collection, folder: Path) -> None:
    content = [
        {name.replace("sector", "sectors"): text for name, text in row.items()}
        for row in rows(folder / "national", "organisations")
    ]
    write(folder / "national", "organisations", content)
    faults = faults_of(collection, folder)
    assert faults[0].startswith("organisations.csv lacks the column sector. Add it. Did you mean 'sectors'?")
    assert faults[1] == "organisations.csv has a column sectors that is not known. Remove it."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"org_code,ceiling\nQE1,1,2\n", "cannot be read as CSV"),
        ("org_code,ceiling,\xa3\n".encode("cp1252"), "is not in UTF-8"),
        (b"org_code,ceiling,ceiling\nQE1,1,2\n", "ceiling stands more than once"),
    ],
)
def test_a_file_that_is_no_table(collection: Collection, folder: Path, content: bytes, problem: str) -> None:
    (folder / "national" / "agency_limit.csv").write_bytes(content)
    only(faults_of(collection, folder), "agency_limit: ", problem)


def test_the_shipped_tables_are_those_that_were_given() -> None:
    if not SHARED.is_dir():
        pytest.skip("the figures given to the project are not here (../shared)")
    given = {path.name: path.read_bytes() for path in (SHARED / "national").iterdir()}
    assert given
    assert {path.name: path.read_bytes() for path in (TEMPLATE / "national").iterdir()} == given
