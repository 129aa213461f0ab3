"""England totals, percentages and controls; and the centre's own tables in place of those shipped."""

from pathlib import Path

import pytest

from tests.national_tables import TEMPLATE, change, copied, faults_of, only, rows, write
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection
from workbook_gen.definition.sources import Control
from workbook_gen.national.data import load_national
from workbook_gen.national.reconcile import tolerance

BOARD = "QE1 NHS Lancashire and South Cumbria Integrated Care Board"


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(TEMPLATE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the centre's own tables."""
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def replace(own: Path, table: str, code: str, column: str, text: str) -> None:
    """The shipped table as the centre's own, with one cell changed."""
    write(own, table, rows(TEMPLATE / "national", table))
    change(own, table, code, column, text)


def with_controls(collection: Collection, *controls: Control) -> Collection:
    return collection.model_copy(update={"national": collection.national.model_copy(update={"controls": controls})})


@pytest.mark.parametrize(("organisations", "allowed"), [(1, 2), (3, 2), (12, 4), (13, 5), (42, 8), (48, 8)])
def test_the_tolerance_is_four_standard_errors_rounded_up(organisations: int, allowed: int) -> None:
    assert tolerance(organisations) == allowed


def test_an_illustrative_total_must_agree_exactly(collection: Collection, folder: Path) -> None:
    change(folder / "national", "agency_ytd", "QE1", "nursing", "16864")
    only(
        faults_of(collection, folder),
        "agency_ytd, nursing: the organisations come to 762,097, 1 above the England total of 762,096 in items.csv",
        "it must agree exactly",
    )


def test_one_figure_of_the_centres_own_off_by_25_is_named(collection: Collection, own: Path) -> None:
    replace(own, "agency_ytd", "QE1", "nursing", "16838")
    only(
        faults_of(collection, TEMPLATE, own),
        "agency_ytd, nursing: the organisations come to 762,071, 25 below the England total of 762,096",
        f"Not as shipped, nursing: {BOARD} 16,863 → 16,838.",
    )


def test_many_changed_figures_are_counted(collection: Collection, own: Path) -> None:
    content = rows(TEMPLATE / "national", "agency_limit")
    write(own, "agency_limit", [row | {"ceiling": str(int(row["ceiling"]) + 1)} for row in content])
    only(faults_of(collection, TEMPLATE, own), f"{BOARD} 70,384 → 70,385;", f" and {len(content) - 8} more.")


def test_a_published_total_may_miss_by_rounding(collection: Collection, own: Path) -> None:
    shipped = sum(int(row["covid"]) for row in rows(TEMPLATE / "national", "allocation"))
    room = 429376 + 8 - shipped
    replace(own, "allocation", "QE1", "covid", str(14458 + room))
    assert load_national(collection, TEMPLATE, own).figure("allocation", "QE1", "covid") == 14458 + room
    replace(own, "allocation", "QE1", "covid", str(14458 + room + 1))
    only(
        faults_of(collection, TEMPLATE, own),
        "allocation, covid: the organisations come to 429,385, 9 above the England total of 429,376",
        "rounding explains 8 at most",
        f"{BOARD} 14,458 → {14458 + room + 1:,}",
    )


@pytest.mark.parametrize(("text", "shown"), [("150.1", "150.1"), ("-1", "-1")])
def test_a_percentage_lies_between_0_and_150(collection: Collection, folder: Path, text: str, shown: str) -> None:
    change(folder / "national", "ae_plan", "R0A", "mar", text)
    only(faults_of(collection, folder), "ae_plan: R0A ", f", mar is {shown}, not between 0 and 150.")


@pytest.mark.parametrize("text", ["0", "150"])
def test_the_ends_of_the_range_are_percentages(collection: Collection, folder: Path, text: str) -> None:
    change(folder / "national", "ae_plan", "R0A", "mar", text)
    assert load_national(collection, folder).figure("ae_plan", "R0A", "mar") == float(text)


def test_industrial_action_comes_to_its_total_whatever_the_items_say(collection: Collection, own: Path) -> None:
    replace(own, "allocation", "QE1", "industrial_action", "21005")
    items = rows(TEMPLATE / "national", "items")
    (row,) = [row for row in items if row["column"] == "industrial_action"]
    write(own, "items", [row | {"england_total": "800010"}])
    only(
        faults_of(collection, TEMPLATE, own),
        "allocation, industrial_action: Industrial action funding is £800,010k",
        "gives systems £800,000k",
        f"{BOARD} 20,995 → 21,005",
    )


def test_the_weighted_mean_of_the_targets(collection: Collection, own: Path) -> None:
    replace(own, "elective_target", "QE1", "revised", "110")
    only(
        faults_of(collection, TEMPLATE, own),
        "elective_target, revised: The revised elective targets average 103.2%",
        "gives 103%",
        f"{BOARD} 105.1 → 110.",
    )


def test_a_mean_is_off_where_a_weight_is(collection: Collection, folder: Path) -> None:
    control = Control(table="cancer_now", column="fds", mean=70, weight="agency_ytd", message="{found} is not {expected}.")
    only(faults_of(with_controls(collection, control), folder), "cancer_now, fds: ", " is not 70.")


def test_a_control_of_an_unknown_table_or_column_is_a_fault(collection: Collection, folder: Path) -> None:
    strange = Control(table="allocations", column="covid", total=1, message="Off.")
    column = Control(table="allocation", column="covit", total=1, message="Off.")
    first, second = faults_of(with_controls(collection, strange, column), folder)
    only((first,), "allocations: a control under [national] names this table. Did you mean 'allocation'?")
    only((second,), "allocation: a control under [national] names the column covit. Did you mean 'covid'?")


def test_a_faulty_table_is_not_reconciled_as_well(collection: Collection, folder: Path) -> None:
    change(folder / "national", "allocation", "QE1", "industrial_action", "")
    only(faults_of(collection, folder), f"allocation: {BOARD}, industrial_action is blank.")


def test_the_centres_own_table_with_its_items_replaces_the_shipped_one(collection: Collection, own: Path) -> None:
    replace(own, "agency_limit", "QE1", "ceiling", "70484")
    (row,) = [row for row in rows(TEMPLATE / "national", "items") if row["table"] == "agency_limit"]
    write(own, "items", [row | {"status": "published", "england_total": "3050693", "source": "NHS England"}])
    national, shipped = load_national(collection, TEMPLATE, own), load_national(collection, TEMPLATE)
    assert national.figure("agency_limit", "QE1", "ceiling") == 70484
    assert national.status("agency_limit", "ceiling") == "published"
    assert national.status("agency_ytd", "nursing") == "illustrative"
    assert national.tables["agency_ytd"] == shipped.tables["agency_ytd"]
    assert national.digest != shipped.digest


def test_a_fault_in_the_centres_own_table_is_told(collection: Collection, own: Path) -> None:
    replace(own, "agency_limit", "QE1", "ceiling", "seventy")
    only(faults_of(collection, TEMPLATE, own), f"agency_limit: {BOARD}, ceiling is 'seventy'")


def test_items_without_their_table_are_refused(collection: Collection, own: Path) -> None:
    (row,) = [row for row in rows(TEMPLATE / "national", "items") if row["table"] == "agency_limit"]
    write(own, "items", [row | {"status": "published"}])
    only(faults_of(collection, TEMPLATE, own), "agency_limit, ceiling: items.csv describes the column anew")


def test_an_unknown_file_is_answered_with_the_nearest(collection: Collection, own: Path) -> None:
    write(own, "agency_limits", rows(TEMPLATE / "national", "agency_limit"))
    only(faults_of(collection, TEMPLATE, own), "agency_limits.csv", "Did you mean 'agency_limit.csv'?")


def test_a_folder_that_is_empty_or_not_there_is_refused(collection: Collection, own: Path) -> None:
    only(faults_of(collection, TEMPLATE, own), str(own), "is empty")
    own.rmdir()
    only(faults_of(collection, TEMPLATE, own), str(own), "is not there")
