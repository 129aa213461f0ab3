"""The round of every system: issued, a template, values for every input, filled in, checked: what was given is what is read."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.returns import national
from tests.workbooks import CODES, asked
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, day_of
from workbook_gen.desk.check import Desk, check_file
from workbook_gen.desk.figures import figures
from workbook_gen.desk.fill import Fillable, fill, open_fillable, template_rows
from workbook_gen.desk.ledger import read_ledger, write_ledger
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel.validation import choices_of

WORDS = (
    "Agreed with the region",
    'Says "no", twice; see £4,200k – Zoë',
    "two\nlines",
    "=SUM(A1:A9)",
    "'=quoted already",
    "-5% on last year",
    "0123",
    "31/12/2023",
    "_x0041_ & <b>",
)

UNREAD = ("STR-401", "STR-403", "STR-406", "STR-407", "STR-408")
"""What a practice return holds that cannot be read: a template shows it, and it is refused until it is mended."""


@pytest.fixture(scope="session")
def desk(workspace: Workspace) -> Desk:
    """The centre's desk, with the key of the shared workspace."""
    return Desk(workspace.collection, national(), workspace.key())


@pytest.fixture(scope="session")
def issued(code: str, workspace: Workspace, desk: Desk) -> Fillable:
    """A system's workbook as issued, opened to be filled in."""
    return open_fillable(workspace.issued / workspace.file_name(code), desk)


def template(fillable: Fillable) -> list[dict[str, str]]:
    """The rows of its template, as a program reads them."""
    text = write_ledger(template_rows(fillable)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def typed(cell: FormCell, chance: Random, names: list[str]) -> tuple[str, Value]:
    """An answer that the input takes: as a person writes it, and as it is read."""
    match cell.column.type:
        case "number":
            value = chance.randrange(-(10**9), 10**9) / 10**cell.dp
            return chance.choice([f"{value:.{cell.dp}f}", f"{value:,.{cell.dp}f}"]), value
        case "date":
            day = float(chance.randrange(36526, 73415))
            return f"{day_of(day):{chance.choice(['%d/%m/%Y', '%Y-%m-%d'])}}", day
        case "text":
            words = chance.choice(WORDS)
            return f"'{words}" if words[0] in "=-'" else words, words
    options = choices_of(cell)
    option = chance.choice(names if isinstance(options, str) else list(options))
    return chance.choice([option, option.upper()]), option


def test_the_template_has_a_row_for_every_input_in_reading_order(code: str, issued: Fillable) -> None:
    rows = template(issued)
    coded = [(row["main_code"], row["sub_code"]) for row in rows]
    expected = {(cell.main, cell.sub): column for cell, column in asked(code).items()}
    assert len(coded) == len(set(coded)) == len(expected) > 500
    assert set(coded) == expected.keys()
    assert [row["type"].endswith("; optional") for row in rows] == [expected[at].optional for at in coded]
    places = [issued.issuable.layout.cells[Key(row["table"], row["line"], row["column"])] for row in rows]
    sheets = list(dict.fromkeys(sheet for sheet, _, _ in places))
    assert [row["sheet"] for row in rows] == [sheet for sheet, _, _ in places]
    assert sheets == [sheet.title for sheet in issued.issuable.collection.sheets if sheet.title in sheets]
    assert [place[1:] for place in places] == [at for one in sheets for at in sorted(p[1:] for p in places if p[0] == one)]
    assert {row["value"] for row in rows} == {""}
    assert "" not in {row["label"] for row in rows} | {row["type"] for row in rows}


def test_every_input_of_a_filled_workbook_is_what_was_given(code: str, issued: Fillable, desk: Desk, tmp_path: Path) -> None:
    chance = Random(f"fill {code}")
    form = issued.issuable.layout.form
    names = [one.name for one in form.system.organisations]
    rows, expected = template(issued), dict[Key, Value]()
    for row in rows:
        key = Key(row["table"], row["line"], row["column"])
        row["value"], expected[key] = typed(form.cells[key], chance, names)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=chance.choice(",;\t"))
    writer.writeheader()
    writer.writerows(rows)
    filled = fill(issued, figures(read_ledger(stream.getvalue().encode()), issued.issuable.layout))
    path = tmp_path / f"{code}.xlsx"
    path.write_bytes(filled.data)
    checked = check_file(path, desk)
    assert {key: checked.values[key] for key in expected} == expected
    assert expected.keys() == {cell.key for cell in form.inputs()}
    assert filled.blank == 0
    assert {finding.code for finding in checked.findings if finding.code.startswith("STR")} <= {"STR-409"}
    assert checked.identity is not None
    assert checked.identity.stamp == issued.stamp


@pytest.mark.parametrize("system", CODES[1::7])
def test_a_practice_return_filled_in_anew_is_the_same_to_the_byte(
    system: str, desk: Desk, practised: dict[int, Path], workspace: Workspace
) -> None:
    path = practised[1] / workspace.file_name(system)
    issued, opened = (open_fillable(folder / path.name, desk) for folder in (workspace.issued, path.parent))
    unread = {Key(one.table, one.line, one.column) for one in opened.findings if one.code in UNREAD}
    rows = [row for row in template_rows(opened) if Key(str(row["table"]), str(row["line"]), str(row["column"])) not in unread]
    given = figures(read_ledger(write_ledger(rows)), issued.issuable.layout)
    assert len(given) > 200
    reread = any(one.code == "STR-402" for one in opened.findings)
    without = replace(opened, inputs={**opened.inputs, **dict.fromkeys(unread)})
    assert fill(issued, given).data == (fill(without, {}).data if unread or reread else path.read_bytes())
