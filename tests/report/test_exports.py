"""The exports: CSV and Parquet read back as written, no text is a formula, and the Central Metrics Library takes them."""

import io
from collections.abc import Callable

import pandas as pd
import pytest
from cml_schemas import pandas_schemas

from tests.report.round import Round
from tests.returns import answers, issuable, systems
from workbook_gen.definition.nodes import Key
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.dictionary import MEANINGS
from workbook_gen.report.exports import exports, tables_of
from workbook_gen.report.flat import from_csv, inert, plain, to_csv, to_parquet
from workbook_gen.report.metrics import metrics
from workbook_gen.report.national import NationalTable, national_tables

FORMULAS = ("=1+1", "+44 20", "-", "@SUM(A1)", "\t=1", "  =HYPERLINK(1)", "＝1", "'quoted", "\n=2")


@pytest.fixture(scope="module")
def tables(picture: Consolidation) -> dict[str, pd.DataFrame]:
    return tables_of(picture)


@pytest.fixture(scope="module")
def shown(picture: Consolidation) -> tuple[NationalTable, ...]:
    return national_tables(picture.picture.sheets, picture.systems)


def test_csv_and_parquet_read_back_equal(tables: dict[str, pd.DataFrame]) -> None:
    assert len(tables) == 9
    for name, frame in tables.items():
        types = {str(column): str(kind) for column, kind in frame.dtypes.items()}
        pd.testing.assert_frame_equal(from_csv(to_csv(frame), types), frame, check_exact=True, obj=name)
        pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(to_parquet(frame))), frame, check_exact=True, obj=name)
    assert len(tables["figures"]) > 40000


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_is_inert_in_csv_and_itself_in_parquet(text: str, small: Round) -> None:
    key = Key("agency", "total", "explanation")
    small.receive(issuable("QSL"), {**answers("QSL"), key: text}, "QSL.xlsx")
    found = small.consolidated()
    frame = found.figures[found.figures.system == "QSL"].reset_index(drop=True)
    data = to_csv(frame)
    (cell,) = (
        pd.read_csv(io.BytesIO(data), dtype=str).query("line == 'total' and column == 'explanation' and table == 'agency'").text
    )
    assert cell.startswith("'")
    types = {str(column): str(kind) for column, kind in frame.dtypes.items()}
    for back in (from_csv(data, types), pd.read_parquet(io.BytesIO(to_parquet(frame)))):
        pd.testing.assert_frame_equal(back, frame)


def test_no_cell_of_any_csv_begins_as_a_formula(picture: Consolidation, shown: tuple[NationalTable, ...]) -> None:
    seen = 0
    for name, data in exports(picture, shown):
        if name.endswith(".csv"):
            frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
            for column in frame.columns:
                odd = [
                    text for text in frame[column] if text[:1] in ("=", "+", "@") or (text[:1] == "-" and not is_number(text))
                ]
                assert odd == [], (name, column)
                seen += len(frame)
    assert seen > 500000


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", ["plain", "a-b", "£5", "5", "", "1=2", "'", "''x", *FORMULAS])
def test_the_mark_is_taken_away_again(text: str) -> None:
    assert plain(inert(text)) == text


def test_every_column_is_explained(tables: dict[str, pd.DataFrame]) -> None:
    for name, meanings in MEANINGS.items():
        assert list(meanings) == list(tables[name].columns), name
    assert set(tables) - set(MEANINGS) == {"plan_data", "dictionary", "columns"}


def test_the_dictionary_knows_every_cell_of_the_tidy_table(tables: dict[str, pd.DataFrame]) -> None:
    cells, figures = tables["dictionary"], tables["figures"]
    known = set(zip(cells.table, cells.column, strict=True))
    assert set(zip(figures.table, figures.column, strict=True)) <= known
    lines = set(zip(cells.table, cells.line, strict=True))
    own = figures[figures.organisation == figures.system]
    unknown = {pair for pair in zip(own.table, own.line, strict=True) if pair not in lines}
    assert {line for _, line in unknown} <= {*(code.lower() for code in systems()), *(f"r{n:02}" for n in range(1, 21))}
    assert set(cells[cells.role == "prefill"].status) == {"published", "illustrative"}
    assert (
        cells[(cells.line == "total") & (cells.table == "agency") & (cells.column == "nov")].formula.iloc[0]
        == "sum(groups[column])"
    )
    assert not cells.duplicated(["table", "line", "column"]).any()


def test_the_central_metrics_library_takes_the_tables(
    picture: Consolidation, shown: tuple[NationalTable, ...], record_property: Callable[[str, object], None]
) -> None:
    found = metrics(picture, shown)
    schemas = {
        "metric": pandas_schemas.get_metric_schema("float"),
        "metadata": pandas_schemas.METADATA_SCHEMA,
        "source": pandas_schemas.SOURCE_SCHEMA,
    }
    assert found.keys() == schemas.keys()
    for name, schema in schemas.items():
        assert list(found[name].columns) == [field.name for field in schema.fields], name
        pandas_schemas.validate_schema(found[name], schema)
    assert not found["metric"].datapoint_id.duplicated().any()
    assert set(found["metric"].metric_id) == set(found["metadata"].metric_id)
    assert set(found["metric"].location_type) == {"ICB", "Region", "Country"}
    record_property("data points that cml-schemas takes", len(found["metric"]))


def test_the_central_metrics_library_refuses_a_table_with_a_hole(
    picture: Consolidation, shown: tuple[NationalTable, ...]
) -> None:
    broken = metrics(picture, shown)["metric"].assign(location_id=None)
    with pytest.raises(TypeError, match="location_id"):
        pandas_schemas.validate_schema(broken, pandas_schemas.get_metric_schema("float"))


def test_nothing_that_is_missing_is_a_data_point(small: Round) -> None:
    small.receive(issuable("QSL"), answers("QSL"), "QSL.xlsx")
    found = small.consolidated()
    frame = metrics(found, national_tables(found.picture.sheets, found.systems))["metric"]
    region = issuable("QSL").system.icb.region_code
    forecast = frame[frame.metric_id == "h2_2023_24_agency_forecast"]
    assert set(forecast.location_id) == {"QSL", region, "England"}
    assert len(set(forecast.metric_value)) == 1
    ceilings = frame[(frame.metric_id == "h2_2023_24_agency_ceiling") & (frame.location_type == "ICB")]
    assert set(ceilings.location_id) == set(systems())


def test_a_system_that_has_not_returned_has_no_plan_data(small: Round) -> None:
    small.receive(issuable("QSL"), answers("QSL"), "QSL.xlsx")
    found = small.consolidated()
    names = [name for name, _ in exports(found, ())]
    assert [name for name in names if name.startswith("plan_data/")] == ["plan_data/QSL.xlsm"]
    assert set(tables_of(found)["plan_data"].ICSCode) == {"QSL"}
