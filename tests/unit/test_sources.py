from typing import Any

import pytest
from pydantic import ValidationError

from workbook_gen.definition.sources import Control, National, Publication, PublicationSheet

SHEET: dict[str, Any] = {
    "name": "Allocations",
    "header_row": 3,
    "first_row": 5,
    "code": "ICB23",
    "rows": "Q..",
    "columns": {"covid": "COVID (£k)"},
}


def test_national_reads_the_blocks_of_the_collection() -> None:
    control = {
        "table": "allocation",
        "column": "industrial_action",
        "total": 800000,
        "message": "{found}, not {expected}.",
    }
    data = {
        "organisations": "national/o.csv",
        "items": "national/i.csv",
        "tables": {"pay": "kind == 'icb'"},
        "control": [control],
    }
    national = National.model_validate(data)
    assert national.tables == {"pay": "kind == 'icb'"}
    assert national.controls == (Control.model_validate(control),)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, "either a total or a mean"),
        ({"total": 1, "mean": 1, "weight": "pay"}, "either a total or a mean"),
        ({"mean": 1}, "a mean has a weight"),
        ({"total": 1, "weight": "pay"}, "only a mean has one"),
        ({"total": 1, "message": "{sum}"}, "{sum} is not known here"),
        ({"total": 1, "tolerance": 2}, "Extra inputs are not permitted"),
    ],
)
def test_a_control_that_says_too_little_or_too_much_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Control.model_validate({"table": "allocation", "column": "covid", "message": "Off."} | change)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"rows": "Q["}, "is not a pattern"),
        ({"first_row": 3}, "first_row stands below header_row"),
        ({"columns": {}}, "at least 1 item"),
        ({"factor": 0}, "greater than 0"),
    ],
)
def test_a_published_sheet_must_be_readable(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError) as caught:
        PublicationSheet.model_validate(SHEET | change)
    assert problem in str(caught.value)


def test_a_column_comes_from_one_published_sheet() -> None:
    data = {"table": "allocation", "title": "Allocations", "where": "kind == 'icb'"}
    assert Publication.model_validate(data | {"sheet": [SHEET]}).columns == ("covid",)
    with pytest.raises(ValidationError, match="covid comes from more than one sheet"):
        Publication.model_validate(data | {"sheet": [SHEET, SHEET | {"name": "Other"}]})
