"""A definition in which something stands twice, is missing or contradicts another part is refused."""

from pathlib import Path

import pytest

from tests.broken import (
    AGENCY,
    BRIDGE,
    CEILING,
    COLLECTION,
    FLEXIBILITY,
    IN_CHART,
    RISKS,
    SHARE,
    Broken,
    break_once,
    check,
)
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load import load_collection

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
        *("table code of the sheet Queries", AGENCY, 'code = "AGY2"', 'code = "QRY2"'),
        *((COLLECTION, "table pay_bill", "code"), "'QRY2' begins like a code of the sheet Queries."),
    ),
    Broken(
        *("sheet named like one of our own", AGENCY, 'title = "Agency"', 'title = "queries"'),
        *((COLLECTION, "sheets", "title"), "'queries' is used 2 times."),
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
        *((COLLECTION, "", "months"), "'feb' is used 2 times."),
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
        *(
            "a rule that follows none",
            AGENCY,
            'headline = "agency_reduced"\n',
            'headline = "agency_reduced"\nfollows = ["AGY-01"]\n',
        ),
        *((AGENCY, "rule AGY-002", "follows"), "No other rule 'AGY-01'. Did you mean 'AGY-001'?"),
    ),
    Broken(
        *(
            "a rule that follows itself",
            AGENCY,
            'headline = "agency_reduced"\n',
            'headline = "agency_reduced"\nfollows = ["AGY-002"]\n',
        ),
        *((AGENCY, "rule AGY-002", "follows"), "No other rule 'AGY-002'."),
    ),
    Broken(
        *(
            "a rule that follows a lighter one",
            "sheets/income_expenditure.toml",
            'follows = ["IE-002"]',
            'follows = ["IE-005"]',
        ),
        *(("sheets/income_expenditure.toml", "rule IE-001", "follows"), "IE-005 weighs less than IE-001"),
    ),
    Broken(
        *(
            "a rule that follows a follower",
            AGENCY,
            'headline = "agency_reduced"\n',
            'headline = "agency_reduced"\nfollows = ["IE-001"]\n',
        ),
        *((AGENCY, "rule AGY-002", "follows"), "IE-001 follows another rule itself; name that one."),
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
        *("a deadline before the issue", COLLECTION, "deadline   = 2023-11-22", "deadline   = 2023-11-07"),
        *((COLLECTION, "", "deadline"), "before the issue"),
    ),
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
