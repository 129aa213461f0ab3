"""A definition with one thing broken is refused, by a sentence that names file, block, field and the nearest name."""

from pathlib import Path

import pytest

from tests import shipped
from tests.broken import AGENCY, CARE, COLLECTION, FLEXIBILITY, IN_CHART, SHARE, Broken, check, in_check

UNKNOWN_NAMES = (
    in_check("table", "total[fot] <= agency_limits.ceiling[value]", "Did you mean 'agency_limit'?"),
    in_check("line", "totl[fot] <= 1", "Did you mean 'total'?"),
    in_check("line of another table", "total[fot] <= agency_limit.cieling[value]", "Did you mean 'ceiling'?"),
    in_check("section", "sum(group[fot]) <= 1", "Did you mean 'groups'?"),
    in_check("column", "total[fott] <= 1", "Did you mean 'fot'?"),
    in_check("group", "total[monts, nov] <= 1", "Did you mean 'months'?"),
    in_check("month of a group", "total[months, novv] <= 1", "Did you mean 'nov'?"),
    in_check("parameter", "total[fot] <= agency_shares", "Did you mean 'agency_share'?"),
    in_check("setting", "total[fot] <= month_left", "Did you mean 'months_left'?"),
    in_check("function", "summ(total[months]) <= 1", "Did you mean 'sum'?"),
    in_check("count of a table", "agencies[blank] == 0", "Did you mean 'agency'?"),
    Broken(
        *("section in a line's formula", "lines/agency.csv", "sum(groups[column])", "sum(group[column])"),
        *((AGENCY, "table agency", "formula of agency.total[ytd]"), "Did you mean 'groups'?"),
    ),
    Broken(
        *("shared column", AGENCY, '{ use = "ytd", source = "agency_ytd" }', '{ use = "ytdd", source = "agency_ytd" }'),
        *((AGENCY, "table agency", "columns"), "Did you mean 'ytd'?"),
    ),
    Broken(
        *("field of a rule", AGENCY, 'headline = "agency_within_ceiling"', 'headlin = "agency_within_ceiling"'),
        *((AGENCY, "rule AGY-001", "headlin"), "Did you mean 'headline'?"),
    ),
    Broken(
        *("field of a column", AGENCY, '{ key = "change", code = "CHG"', '{ key = "change", cod = "CHG"'),
        *((AGENCY, "table agency, column change", "cod"), "Did you mean 'code'?"),
    ),
    Broken(
        *("field of a table", AGENCY, 'title = "Agency controls"', 'titel = "Agency controls"'),
        *((AGENCY, "table agency_control", "titel"), "Did you mean 'title'?"),
    ),
    Broken(
        *("field of a sheet", AGENCY, 'purpose = "', 'purpse = "'),
        *((AGENCY, "", "purpse"), "Did you mean 'purpose'?"),
    ),
    Broken(
        *("field of the collection", COLLECTION, "team       =", "teem       ="),
        *((COLLECTION, "", "teem"), "Did you mean 'team'?"),
    ),
    Broken(
        *("field of plan_data", COLLECTION, "dimension_ids =", "dimension_id ="),
        *((COLLECTION, "plan_data", "dimension_id"), "Did you mean 'dimension_ids'?"),
    ),
    Broken(
        *("sheet of a parameter", COLLECTION, 'sheet = "agency", ', 'sheet = "agencies", '),
        *((COLLECTION, "parameter agency_share", "sheet"), "Did you mean 'agency'?"),
    ),
    Broken(
        *("table of a rule", AGENCY, 'table = "pay_share"\ntitle', 'table = "pay_shares"\ntitle'),
        *((AGENCY, "rule AGY-003", "table"), "Did you mean 'pay_share'?"),
    ),
    Broken(
        *("line that a rule is narrowed to", FLEXIBILITY, 'lines = ["mental_health",', 'lines = ["mental_helth",'),
        *((FLEXIBILITY, "rule FLX-003", "lines"), "Did you mean 'mental_health'?"),
    ),
    Broken(
        *("month that a rule is narrowed to", AGENCY, '"dec", "jan", "feb", "mar"', '"dec", "jan", "feb", "apr"'),
        *((AGENCY, "rule AGY-007", "months"), "Did you mean 'mar'?"),
    ),
    Broken(
        *("month", COLLECTION, 'months     = ["nov", "dec"', 'months     = ["nov", "dek"'),
        *((COLLECTION, "", "months"), "Did you mean 'dec'?"),
    ),
    Broken(
        *("last actual month", COLLECTION, 'actual_to  = "oct"', 'actual_to  = "okt"'),
        *((COLLECTION, "", "actual_to"), "Did you mean 'oct'?"),
    ),
    Broken(
        *("month of PlanData", COLLECTION, '{ oct = "1117"', '{ okt = "1117"'),
        *((COLLECTION, "plan_data", "dimension_ids"), "Did you mean 'oct'?"),
    ),
    Broken(
        *("column of plan_data", CARE, 'actual = "hours_oct"', 'actual = "hour_oct"'),
        *((CARE, "plan_data AmbHours", "columns"), "Did you mean 'hours_oct'?"),
    ),
    Broken(
        *("table of plan_data", CARE, 'actual = "beds_core.october"', 'actual = "bed_core.october"'),
        *((CARE, "plan_data E.M.30", "columns"), "Did you mean 'beds_core'?"),
    ),
    Broken(
        *("column that does not apply", "lines/agency_limit.csv", ",,months,ceiling[value] -", ",,month,ceiling[value] -"),
        *((AGENCY, "table agency_limit", "headroom, not_applicable"), "Did you mean 'months'?"),
    ),
    Broken(
        *("attribute of an organisation", CARE, "\"sector == 'ambulance'\"", "\"secter == 'ambulance'\""),
        *((CARE, "table ambulance", "where"), "Did you mean 'sector'?"),
    ),
    Broken(
        *("line of a message", AGENCY, SHARE, SHARE.replace("share[fot]", "shares[fot]")),
        *((AGENCY, "rule AGY-003", "message"), "Did you mean 'share'?"),
    ),
    Broken(
        *("parameter of a message", AGENCY, SHARE, SHARE.replace("{agency_share}", "{agency_shares}")),
        *((AGENCY, "rule AGY-003", "message"), "Did you mean 'agency_share'?"),
    ),
    Broken(
        *("box of a look", AGENCY, 'explain = "share[explanation]"', 'explain = "share[explanations]"'),
        *((AGENCY, "rule AGY-003", "explain"), "Did you mean 'explanation'?"),
    ),
    Broken(
        *("line of a chart", AGENCY, "agency.total[months]", "agency.totl[months]"),
        *(IN_CHART, "Did you mean 'total'?"),
    ),
    Broken(
        *("column of a chart", AGENCY, "agency.total[months]", "agency.total[month]"),
        *(IN_CHART, "Did you mean 'months'?"),
    ),
    Broken(
        *("table of a rule for every table", COLLECTION, '"table[wrong_sign] == 0"', '"tables[wrong_sign] == 0"'),
        *((COLLECTION, "rule SGN-001", "check"), "There is no table 'tables'."),
    ),
)


@pytest.mark.parametrize("broken", UNKNOWN_NAMES, ids=str)
def test_an_unknown_name_is_answered_with_the_nearest(broken: Broken, tmp_path: Path) -> None:
    check(broken, tmp_path)


def test_the_definition_as_it_is_shipped_is_sound() -> None:
    """What every other test here breaks."""
    assert len(shipped.collection().sheets) == 11
