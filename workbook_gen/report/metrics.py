"""The national tables as NHS England's Central Metrics Library takes them (proforma 3.0): metric, metadata and source.

A metric is a column of a national table; a data point is its figure of an ICB, a region or England, for the financial year.
What is missing or does not apply is no data point.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

import pandas as pd

from workbook_gen.definition.model import Collection
from workbook_gen.definition.picture import PictureColumn, PictureSheet
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.national import NationalTable

_WHEN = "datetime64[ns]"
GRAIN = "Financial year"
LOCATIONS = {"System": "ICB", "Region": "Region", "England": "Country"}
METRIC = {
    "datapoint_id": "str",
    "metric_id": "str",
    "dimension_id": "str",
    "reporting_grain": "str",
    "location_id": "str",
    "location_type": "str",
    "reporting_period_start_datetime": _WHEN,
    "publication_datetime": _WHEN,
    "metric_value": "float64",
    "additional_metric_values": "str",
}
SOURCE = {
    "numerator_source_name": "str",
    "numerator_project_id": "str",
    "numerator_source_platform": "str",
    "denominator_source_name": "str",
    "denominator_project_id": "str",
    "denominator_source_platform": "str",
    "first_record_timestamp": _WHEN,
    "last_record_timestamp": _WHEN,
    "last_ingest_timestamp": _WHEN,
    "version_release_date": _WHEN,
    "version_release": "int64",
}
METADATA = (
    *("metric_family_id", "metric_id", "metric_status", "metric_state", "metric_title", "metric_start_date", "metric_end_date"),
    *("available_metric_category", "available_reporting_grain", "available_location_types", "available_dimension_types"),
    *("business_area", "business_sub_area", "domain"),
    *("numerator_source_name", "numerator_project_id", "numerator_source_platform"),
    *("denominator_source_name", "denominator_project_id", "denominator_source_platform"),
    *("metric_owner", "metric_short_name", "metric_alias", "metric_description", "calculation", "metric_purpose"),
    *("unit", "format", "target", "frequency_of_refresh", "aggregation"),
    *("statistical_disclosure_control_flag", "statistical_disclosure_control_description"),
    *("interpretation", "inclusion_exclusion_rules", "usage", "organisation_geog_type", "footnotes", "notes"),
)


def metrics(found: Consolidation, tables: Sequence[NationalTable]) -> dict[str, pd.DataFrame]:
    """The tables by name; each is empty where nothing has come back."""
    dates = {"metric_start_date": _WHEN, "metric_end_date": _WHEN}
    return {
        "metric": _frame(_points(found, tables), METRIC),
        "metadata": _frame(_described(found, tables), {name: dates.get(name, "str") for name in METADATA}),
        "source": _frame(_sources(found), SOURCE),
    }


def _frame(rows: Iterator[dict[str, object]], columns: dict[str, str]) -> pd.DataFrame:
    """Rows as a frame; what a row does not say is missing."""
    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)


def metric_id(collection: Collection, sheet: PictureSheet, column: PictureColumn) -> str:
    """The name of a metric: `h2_2023_24_agency_forecast`."""
    return f"{collection.key}_{sheet.key}_{column.key}"


def _points(found: Consolidation, tables: Sequence[NationalTable]) -> Iterator[dict[str, object]]:
    start = datetime.combine(found.collection.year_start, time())
    for table in tables:
        for column, position in zip(table.sheet.columns, range(len(table.sheet.columns)), strict=True):
            name = metric_id(found.collection, table.sheet, column)
            for row in table.rows:
                figure = row.figures[position]
                if isinstance(figure, float):
                    yield {
                        "datapoint_id": f"{name}_{row.code}",
                        "metric_id": name,
                        "reporting_grain": GRAIN,
                        "location_id": row.code,
                        "location_type": LOCATIONS[row.level],
                        "reporting_period_start_datetime": start,
                        "metric_value": figure,
                    }


def _described(found: Consolidation, tables: Sequence[NationalTable]) -> Iterator[dict[str, object]]:
    collection = found.collection
    for table in tables:
        for column in table.sheet.columns:
            yield {
                "metric_family_id": f"{collection.key}_{table.sheet.key}",
                "metric_id": metric_id(collection, table.sheet, column),
                "metric_status": "Draft",
                "metric_state": "Management information",
                "metric_title": f"{table.sheet.title}: {column.label}",
                "metric_start_date": datetime.combine(collection.year_start, time()),
                "available_metric_category": "Percentage" if column.unit == "%" else "Count",
                "available_reporting_grain": GRAIN,
                "available_location_types": ", ".join(LOCATIONS.values()),
                "business_area": "Finance and planning",
                "business_sub_area": collection.title,
                "numerator_source_name": source_name(collection),
                "denominator_source_name": source_name(collection),
                "metric_owner": collection.team,
                "metric_short_name": column.label,
                "metric_description": table.sheet.description,
                "metric_purpose": f"To show what systems plan in their {collection.title}, nationally and by region.",
                "unit": column.unit,
                "format": f"{column.dp} decimals",
                "frequency_of_refresh": "Once",
                "aggregation": "Weighted mean" if column.weight is not None else "Worked out from sums",
                "statistical_disclosure_control_flag": "N",
                "organisation_geog_type": "ICB",
                "notes": f"{found.said} counted. Some national figures are illustrative: see the national workbook.",
            }


def source_name(collection: Collection) -> str:
    """What the figures come from."""
    return f"{collection.title}, returns of integrated care boards"


def _sources(found: Consolidation) -> Iterator[dict[str, object]]:
    entries = [one.standing.entry for one in found.systems if one.returned and one.standing.entry]
    moments = sorted(entry.moment.replace(tzinfo=None) for entry in entries)
    if moments:
        yield {
            "numerator_source_name": source_name(found.collection),
            "denominator_source_name": source_name(found.collection),
            "first_record_timestamp": moments[0],
            "last_record_timestamp": moments[-1],
            "last_ingest_timestamp": moments[-1],
            "version_release_date": datetime.combine(found.collection.issued, time()),
            "version_release": 1,
        }
