"""A definition in which a part is of the wrong kind, stands twice, is missing or contradicts another is refused."""

from pathlib import Path

import pytest

from tests.broken import break_once
from tests.unit.test_load import (
    AGENCY,
    BRIDGE,
    CEILING,
    COLLECTION,
    FLEXIBILITY,
    IN_CHART,
    RISKS,
    SHARE,
    Broken,
    check,
    in_check,
)
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load import load_collection

WRONG_KIND = (
    in_check("a line of months where a number belongs", "total[months] <= 1", "A range cannot be compared with a number"),
    in_check("a section where a number belongs", "1 + groups[fot] <= 1", "A range stands where a number belongs."),
    in_check("a range of a range in abs", "abs(total[months]) <= 1", "A range stands where a number belongs."),
    in_check("a text where a number belongs", "total[explanation] + 1 <= 1", "A text stands where a number belongs."),
    in_check("a text in a sum", "sum(total[explanation]) <= 1", "sum() is of numbers."),
    in_check("a text compared with a number", "total[explanation] <= 1", "A text cannot be compared with a number by <="),
    in_check("a number compared with a text", "total[fot] == 'high'", "A number cannot be compared with a text by =="),
    in_check("a text ordered", "total[explanation] < 'high'", "A text cannot be compared with a text by <"),
    in_check("a blank text", "total[explanation] == ''", "A blank equals no text"),
    in_check("a text of blanks", "total[explanation] == '  '", "A blank equals no text"),
    in_check("a number where a truth belongs", "total[fot]", "A number stands where a truth belongs."),
    in_check("a truth where a number belongs", "(total[fot] < 1) + 1 < 2", "A truth stands where a number belongs."),
    in_check("filled of a number", "filled(total[fot] + 1)", "filled() asks about cells"),
    in_check("filled of a range", "filled(total[months])", "filled() asks about one cell"),
    in_check("digits that are no plain number", "round(total[fot], months_left) < 1", "digits of round() are a plain number"),
    in_check("too few arguments", "iff(total[fot] < 1, 1) < 1", "iff() takes 3 argument(s)."),
    in_check("too many arguments", "abs(total[fot], 1) < 1", "abs() takes 1 argument(s)."),
    in_check("a text that is not the language", "total[fot] if 1 else 2", "is not part of the rule language"),
    in_check("a text that cannot be read", "total[fot] <", "cannot be read"),
    in_check("a number without end", "total[fot] <= 1e999", "too large"),
    in_check("a number of too many digits", f"total[fot] <= 1{'0' * 400}", "too large"),
    in_check("no line at hand", "line[fot] <= 1", "'line' stands only where a line is at hand"),
    in_check("no month at hand", "total[month] <= 1", "'month' stands only where a month is at hand"),
    in_check("no column at hand", "total[column] <= 1", "'column' stands only in a line's formula."),
    Broken(
        *("a box that is no cell", AGENCY, 'explain = "share[explanation]"', 'explain = "1"'),
        *((AGENCY, "rule AGY-003", "explain"), "name one cell"),
    ),
    Broken(
        *("a parameter that is no number", COLLECTION, "value = 3.7,", 'value = "much",'),
        *((COLLECTION, "parameter agency_share", "value"), "valid number"),
    ),
    Broken(
        *("a parameter without end", COLLECTION, "value = 3.7,", "value = inf,"),
        *((COLLECTION, "parameter agency_share", "value"), "finite"),
    ),
    Broken(
        *("a total that is a date", "sheets/assurance.toml", 'kind = "input", type = "date"', 'kind = "total", type = "date"'),
        *(("sheets/assurance.toml", "table signoff", "column date"), "a date is an input."),
    ),
    Broken(
        *("a sheet's title that Excel refuses", AGENCY, 'title = "Agency"\n', 'title = "Agency/bank"\n'),
        *((AGENCY, "", "title"), "Agency/bank"),
    ),
    Broken(
        *("a sheet's title that is too long", AGENCY, 'title = "Agency"\n', f'title = "{"Agency " * 5}"\n'),
        *((AGENCY, "", "title"), "31"),
    ),
    Broken(
        *("a group that cannot be repeated", COLLECTION, 'repeat = "months" }\noriginal', 'repeat = "weeks" }\noriginal'),
        *(("sheets/position.toml", "table position, column months", "repeat"), "only 'months' can be repeated"),
    ),
)

TWICE = (
    Broken(
        *("main code", AGENCY, 'code = "CHG"', 'code = "FOT"'),
        *((COLLECTION, "tables", "main code"), "'AGY1FOT' is used 2 times."),
    ),
    Broken(
        *("main code of two tables", AGENCY, 'code = "AGY2"', 'code = "AGY1"'),
        *((COLLECTION, "tables", "code"), "'AGY1' is used 2 times."),
    ),
    Broken(
        *("sub code", "lines/agency.csv", "AGY0200", "AGY0100"),
        *((AGENCY, "table agency", "sub codes"), "'AGY0100' is used 2 times."),
    ),
    Broken(
        *("line", "lines/agency.csv", "0200,medical", "0200,nursing"),
        *((AGENCY, "table agency", "line and section names"), "'nursing' is used 2 times."),
    ),
    Broken(
        *("line named like a section", "lines/agency.csv", "0200,medical", "0200,groups"),
        *((AGENCY, "table agency", "line and section names"), "'groups' is used 2 times."),
    ),
    Broken(
        *("rule", AGENCY, 'id = "AGY-003"', 'id = "AGY-002"'),
        *((COLLECTION, "rules", "id"), "'AGY-002' is used 2 times."),
    ),
    Broken(
        *("column label but for its case", AGENCY, '"Change in monthly average"', '"forecast outturn"'),
        *((AGENCY, "table agency", "column labels"), "'forecast outturn' is used 2 times."),
    ),
    Broken(
        *("column", AGENCY, 'key = "change"', 'key = "fot"'),
        *((AGENCY, "table agency", "columns"), "'fot' is used 2 times."),
    ),
    Broken(
        *("table", AGENCY, 'key = "pay_share"', 'key = "pay_bill"'),
        *((COLLECTION, "tables", "key"), "'pay_bill' is used 2 times."),
    ),
    Broken(
        *("title of a sheet", AGENCY, 'title = "Agency"\n', 'title = "checks"\n'),
        *((COLLECTION, "sheets", "title"), "'checks' is used 2 times."),
    ),
    Broken(
        *("month", COLLECTION, '["nov", "dec", "jan", "feb", "mar"]', '["nov", "dec", "jan", "feb", "feb"]'),
        *(("sheets/position.toml", "table position", "columns"), "'feb' is used 2 times."),
    ),
    Broken(
        *("headline carried", AGENCY, '"agency_within_ceiling"', '"agency_reduced"'),
        *((COLLECTION, "headline agency_reduced", "key"), "exactly one rule is this headline."),
    ),
)

MISSING = (
    Broken(
        *("a look without its box", AGENCY, 'explain = "share[explanation]"\n', ""),
        *((AGENCY, "rule AGY-003", "explain"), "every look names the box"),
    ),
    Broken(
        *(
            "a fix with a box",
            BRIDGE,
            '"Add or correct a step until both agree."',
            '"Mend it."\nexplain = "forecast[explanation]"',
        ),
        *((BRIDGE, "rule BRG-001", "explain"), "and no other rule does."),
    ),
    Broken(
        *("a headline that nobody carries", AGENCY, 'headline = "agency_within_ceiling"\n', ""),
        *((COLLECTION, "headline agency_within_ceiling", "key"), "exactly one rule is this headline."),
    ),
    Broken(
        *("a choice without options", FLEXIBILITY, ', options = ["Slip", "Stop", "Repurpose"]', ""),
        *((FLEXIBILITY, "table flexibility", "column effect"), "a choice has options."),
    ),
    Broken(
        *("a prefilled column without a source", AGENCY, '{ use = "ytd", source = "agency_ytd" }', '"ytd"'),
        *((AGENCY, "table agency", "column ytd"), "a prefilled column has a source."),
    ),
    Broken(
        *("a total without a formula", AGENCY, 'formula = "iff(line[average_to_date] == 0, 0, (', 'note = "(('),
        *((AGENCY, "table agency, column change", "note"), "there is no such field."),
    ),
    Broken(
        *("a total without any formula", FLEXIBILITY, ', formula = "line[allocation] - line[committed] - line[request]"', ""),
        *((FLEXIBILITY, "table flexibility", "flexibility.mental_health[left]"), "this total has no formula"),
    ),
    Broken(
        *("a message", AGENCY, SHARE + "\n", ""),
        *((AGENCY, "rule AGY-003", "message"), "this text is missing."),
    ),
    Broken(
        *("a closing brace", AGENCY, SHARE, SHARE.replace("share[fot]}", "share[fot]")),
        *((AGENCY, "rule AGY-003", "message"), "A brace is not closed"),
    ),
    Broken(
        *("an opening brace", AGENCY, SHARE, SHARE.replace("{share[fot]", "share[fot]")),
        *((AGENCY, "rule AGY-003", "message"), "A brace is not closed"),
    ),
    Broken(
        *("a field", AGENCY, 'title = "Agency"\n', ""),
        *((AGENCY, "", "title"), "this field is missing."),
    ),
    Broken(
        *("the sheet's file", COLLECTION, '"risks", "assurance"]', '"riscs", "assurance"]'),
        *(("sheets/riscs.toml", "", ""), "there is no such file"),
    ),
    Broken(
        *("the lines' file", AGENCY, '"lines/agency.csv"', '"lines/agencies.csv"'),
        *(("lines/agencies.csv", "", ""), "there is no such file"),
    ),
    Broken(
        *("lines or records", RISKS, "records = 20\n", ""),
        *((RISKS, "table risks", "lines"), "a table has either lines or records."),
    ),
    Broken(
        *("a change for the version", COLLECTION, 'version    = "1.0"', 'version    = "1.1"'),
        *((COLLECTION, "change", "version"), "the last change is version 1.1."),
    ),
    Broken(
        *("a quote", AGENCY, 'title = "Agency"\n', 'title = "Agency\n'),
        *((AGENCY, "", ""), "it is not TOML"),
    ),
    Broken(
        *("a column of the lines", "lines/agency.csv", "sub_code,key,label", "sub_code,label"),
        *((AGENCY, "table agency", "lines/agency.csv"), "the columns are sub_code, key, label, section"),
    ),
    Broken(
        *("a field of a line", "lines/agency.csv", "other,Other,groups,+,,,,", "other,Other,groups,+,,,"),
        *(("lines/agency.csv", "line other", ""), "the row has more or fewer than 9 fields."),
    ),
)

CONTRADICTING = (
    Broken(
        *("lines and records", RISKS, "records = 20", 'records = 20\nlines = "organisations"'),
        *((RISKS, "table risks", "lines"), "a table has either lines or records."),
    ),
    Broken(
        *("a cycle among totals", "lines/bridge.csv", "position.total[plan]", "forecast[column]"),
        *((BRIDGE, "table bridge", "formula of bridge.plan[value]"), "bridge.plan[value] reads bridge.forecast[value] reads"),
    ),
    Broken(
        *("a total that reads itself", AGENCY, "iff(line[average_to_date] == 0", "iff(line[change] == 0"),
        *((AGENCY, "table agency", "formula of agency.nursing[change]"), "agency.nursing[change] reads agency.nursing[change]"),
    ),
    Broken(
        *("a chart of another sheet's table", AGENCY, "agency.total[months]", "position.total[months]"),
        *(IN_CHART, "there is no table 'position' on this sheet."),
    ),
    Broken(
        *("a chart of no table", AGENCY, '"agency.total[months]"', '"total[months]"'),
        *(IN_CHART, "a series is table.line[group] or table.section[column]."),
    ),
    Broken(
        *("lines of a rule that is not for_each line", AGENCY, 'months = ["dec"', 'lines = ["nursing"]\nmonths = ["dec"'),
        *((AGENCY, "rule AGY-007", "lines"), "narrow for_each line."),
    ),
    Broken(
        *("months of a rule that is not for_each month", AGENCY, f"check = {CEILING}", f'months = ["dec"]\ncheck = {CEILING}'),
        *((AGENCY, "rule AGY-001", "months"), "narrows for_each month."),
    ),
    Broken(
        *("a line named by a word of the language", "lines/agency.csv", "AGY0600,other,", "AGY0600,column,"),
        *(("lines/agency.csv", "line column", "key"), "'column' is reserved."),
    ),
    Broken(
        *("a parameter named like a setting", COLLECTION, "agency_share    = {", "issued          = {"),
        *((COLLECTION, "parameter issued", "key"), "'issued' is reserved"),
    ),
    Broken(
        *("a parameter named like a cell", COLLECTION, "agency_share    = {", "abc12           = {"),
        *((COLLECTION, "parameter abc12", "key"), "a cell's address"),
    ),
    Broken(
        *(
            "a look about a table without a box",
            RISKS,
            'explain = "risk_answer.exposure[explanation]"',
            'explain = "r01[description]"',
        ),
        *((RISKS, "rule RSK-002", "explain"), "table 'risks' has no explanation column."),
    ),
)


@pytest.mark.parametrize("broken", WRONG_KIND, ids=str)
def test_a_part_of_the_wrong_kind_is_refused(broken: Broken, tmp_path: Path) -> None:
    check(broken, tmp_path)


@pytest.mark.parametrize("broken", TWICE, ids=str)
def test_what_stands_twice_is_refused(broken: Broken, tmp_path: Path) -> None:
    check(broken, tmp_path)


@pytest.mark.parametrize("broken", MISSING, ids=str)
def test_what_is_missing_is_named(broken: Broken, tmp_path: Path) -> None:
    check(broken, tmp_path)


@pytest.mark.parametrize("broken", CONTRADICTING, ids=str)
def test_what_contradicts_is_refused(broken: Broken, tmp_path: Path) -> None:
    check(broken, tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = break_once(tmp_path, AGENCY, 'title = "Agency"\n', 'title = "Agency"\n')
    (folder / AGENCY).write_bytes(b'title = "\xff"')
    with pytest.raises(DefinitionError, match=r"^sheets/agency.toml: it cannot be read"):
        load_collection(folder)


def test_a_folder_that_is_no_collection_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"^collection.toml: there is no such file"):
        load_collection(tmp_path)
