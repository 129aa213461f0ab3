"""A definition in which a part is of another kind than belongs there is refused, in words that say where."""

from pathlib import Path

import pytest

from tests.broken import AGENCY, COLLECTION, FLEXIBILITY, Broken, break_once, check, in_check
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
        *("a sheet's title that ends in an apostrophe", AGENCY, 'title = "Agency"\n', 'title = "Agencies\'"\n'),
        *((AGENCY, "", "title"), "Agencies'"),
    ),
    Broken(
        *("a sheet's title that is too long", AGENCY, 'title = "Agency"\n', f'title = "{"Agency " * 5}"\n'),
        *((AGENCY, "", "title"), "31"),
    ),
    Broken(
        *("a column's code that says nothing", AGENCY, 'code = "CHG"', 'code = ""'),
        *((AGENCY, "table agency, column change", "code"), "found ''"),
    ),
    Broken(
        *("a column's label that says nothing", AGENCY, '"Change in monthly average"', '" "'),
        *((AGENCY, "table agency, column change", "label"), "found ' '"),
    ),
    Broken(
        *("an option that is blank", FLEXIBILITY, '["Slip", "Stop", "Repurpose"]', '["Slip", ""]'),
        *((FLEXIBILITY, "table flexibility", "column effect"), "an option is a text"),
    ),
    Broken(
        *("a group that cannot be repeated", COLLECTION, 'repeat = "months" }\noriginal', 'repeat = "weeks" }\noriginal'),
        *(("sheets/position.toml", "table position, column months", "repeat"), "only 'months' can be repeated"),
    ),
)


@pytest.mark.parametrize("broken", WRONG_KIND, ids=str)
def test_a_part_of_the_wrong_kind_is_refused(broken: Broken, tmp_path: Path) -> None:
    check(broken, tmp_path)


def test_an_apostrophe_inside_a_sheets_title_is_none_that_excel_refuses(tmp_path: Path) -> None:
    folder = break_once(tmp_path, AGENCY, 'title = "Agency"\n', 'title = "Agencies\' staff"\n')
    assert "Agencies' staff" in [sheet.title for sheet in load_collection(folder).sheets]
