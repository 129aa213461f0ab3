"""Returns of 1.0 carried into a 1.1 with a line added, one removed, one renamed, a column added and a rule changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queried import queried
from tests.returns import answers, check, completed, issuable, listing, place_of, structural_codes, systems
from tests.spoil import Spoiled
from tests.versioned import (
    ADDED,
    REMOVED,
    RENAMED,
    Round,
    desk_at,
    frozen,
    migrated,
    newer,
    returned,
    sealing,
    second_round,
)
from workbook_gen.definition.layout import address
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.excel.query_sheet import QueryRow, QuerySheet, ReadRow

CODES = ("QYG", "QSL", "QUE")
REMOVED_KEY = Key("assurance", REMOVED, "answer")
GROUPS = ("nursing", "medical", "scientific_therapeutic", "support_to_clinical", "admin_estates", "other")
POSTS = {Key("agency", line, "posts") for line in GROUPS}
BOARDS = {Key("assurance", ADDED, "answer"), Key("assurance", ADDED, "explanation")}
MONEY = Key("agency", "medical", "dec")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """1.1, issued to three systems."""
    return second_round(tmp_path_factory.mktemp("versions"), *CODES)


@pytest.fixture
def desk(second: Round) -> Desk:
    """The centre's desk at 1.1."""
    return desk_at(second.folder)


def at_1_1(code: str) -> Iterator[tuple[Key, Value]]:
    """The answers of the clean return under their names of 1.1, without the one that has no place there."""
    for key, value in answers(code).items():
        if value is not None and key.line != REMOVED:
            yield key._replace(line=RENAMED) if key.line == "providers_agree" else key, value


def checked_again(desk: Desk, out: Path, code: str) -> CheckedReturn:
    """The migrated workbook as the centre sees it at 1.1."""
    name = f"{code}_h2_2023_24_v1.1.xlsx"
    return check((out / name).read_bytes(), name, desk)


@pytest.mark.parametrize("code", CODES)
def test_every_answer_that_has_a_place_is_carried_and_the_rest_is_listed(
    code: str, second: Round, desk: Desk, tmp_path: Path
) -> None:
    path = returned(tmp_path, code, completed(code))
    exit_code, said = migrated(second, path, tmp_path / "out")
    (one,) = said["migrated"]
    assert exit_code == 1
    assert (one["organisation"], one["from_version"], one["version"], said["refused"]) == (code, "1.0", "1.1", [])
    again = checked_again(desk, tmp_path / "out", code)
    form = desk.issuable(code).layout.form
    inputs = {cell.key: again.values.get(cell.key) for cell in form.inputs()}
    assert {key: value for key, value in inputs.items() if value is not None} == dict(at_1_1(code))
    assert len(one["carried"]) == len(dict(at_1_1(code)))
    (left,) = one["not_carried"]
    sheet, cell = place_of(code, REMOVED_KEY)
    assert (left["key"], left["sheet"], left["cell"], left["value"]) == (str(REMOVED_KEY), sheet, cell, "'Yes'")
    assert left["why"] == "this version does not ask for it"


@pytest.mark.parametrize("code", CODES)
def test_the_migrated_workbook_is_clean_but_for_what_is_asked_first(
    code: str, second: Round, desk: Desk, tmp_path: Path
) -> None:
    _, said = migrated(second, returned(tmp_path, code, completed(code)), tmp_path / "out")
    again = checked_again(desk, tmp_path / "out", code)
    assert structural_codes(again) == []
    assert again.identity is not None
    assert (again.identity.organisation, again.identity.version) == (code, "1.1")
    layout = desk.issuable(code).layout
    blank = {cell.key for cell in layout.form.inputs() if cell.required and again.values.get(cell.key) is None}
    assert blank == {*POSTS, Key("assurance", ADDED, "answer")}
    (one,) = said["migrated"]
    assert one["blank"] == len(blank)
    asked = {(place["sheet"], place["cell"]) for place in one["to_fill_in"]}
    keys = {key for key, (sheet, row, column) in layout.cells.items() if (sheet, address(row, column)) in asked}
    assert keys == POSTS | BOARDS


def test_what_has_changed_between_the_versions_is_listed(second: Round, tmp_path: Path) -> None:
    _, said = migrated(second, returned(tmp_path, "QSL", completed("QSL")), tmp_path / "out")
    found = {
        (one["kind"], one["how"], one["name"], one["field"], one["before"], one["after"])
        for one in said["migrated"][0]["changes"]
    }
    assert found == {
        ("line", "removed", f"assurance.{REMOVED}", "", "", ""),
        ("line", "renamed", f"assurance.{RENAMED}", "", "assurance.providers_agree", f"assurance.{RENAMED}"),
        (
            *("line", "changed", f"assurance.{RENAMED}", "label"),
            *("Every provider in the system agrees the plan", "Every trust in the system agrees the plan"),
        ),
        ("line", "added", f"assurance.{ADDED}", "", "", ""),
        ("column", "added", "agency[posts]", "", "", ""),
        *(
            ("rule", "changed", "AGY-005", *fields)
            for fields in (
                ("title", "Agency spend in March is below November", "Agency spend falls by March"),
                ("check", "total[mar] < total[nov]", "total[mar] < total[dec]"),
            )
        ),
        ("threshold", "changed", "agency_share", "value", "3.7", "3.5"),
    }


def test_texts_where_numbers_belong_are_listed_with_their_cells_and_not_carried(
    second: Round, desk: Desk, tmp_path: Path
) -> None:
    file = Spoiled(completed("QSL"))
    file.put(*place_of("QSL", MONEY), "tbc")
    choice, date = Key("assurance", "icb_agrees", "answer"), Key("signoff", "chief_executive", "date")
    file.put(*place_of("QSL", choice), "Perhaps")
    file.put(*place_of("QSL", date), "#REF!", error=True)
    _, said = migrated(second, returned(tmp_path, "QSL", file.data()), tmp_path / "out")
    (one,) = said["migrated"]
    left = {each["key"]: (each["sheet"], each["cell"], each["value"], each["why"]) for each in one["not_carried"]}
    assert left[str(MONEY)] == (*place_of("QSL", MONEY), "'tbc'", "a text stands where a number belongs")
    assert left[str(choice)] == (*place_of("QSL", choice), "'Perhaps'", "it is not in the list: Yes, No")
    assert left[str(date)] == (*place_of("QSL", date), "'#REF!'", "the cell holds an Excel error, not a value")
    assert one["findings"] == []
    again = checked_again(desk, tmp_path / "out", "QSL")
    assert structural_codes(again) == []
    assert {again.values.get(key) for key in (MONEY, choice, date)} == {None}


def test_changed_figures_labels_and_formulas_of_the_old_file_are_told(second: Round, desk: Desk, tmp_path: Path) -> None:
    file = Spoiled(completed("QSL"))
    prefill, total = Key("agency", "medical", "ytd"), Key("agency", "total", "fot")
    file.put(*place_of("QSL", prefill), 1.0)
    file.put(*place_of("QSL", total), 2.0)
    table = issuable("QSL").layout.table("agency")
    file.put("Agency", f"B{table.rows['medical'] + 1}", "Doctors")
    file.put(*place_of("QSL", MONEY), "1,204")
    _, said = migrated(second, returned(tmp_path, "QSL", file.data()), tmp_path / "out")
    (one,) = said["migrated"]
    assert [each["code"] for each in one["findings"]] == ["STR-301", "STR-402", "STR-303", "STR-302"]
    assert one["figures_compared"]
    again = checked_again(desk, tmp_path / "out", "QSL")
    assert again.values[MONEY] == 1204
    assert again.values[prefill] == issuable("QSL").prefill[prefill]
    assert structural_codes(again) == []


def test_a_figure_that_is_another_now_is_listed_with_both(tmp_path: Path) -> None:
    folder = newer(frozen(tmp_path))
    table = folder / "national" / "cancer_now.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    row = next(row for row in rows if row.startswith("QSL,"))
    code, backlog, fds = row.split(",")
    table.write_text("\n".join(rows).replace(row, f"{code},{backlog},{float(fds) + 1:g}") + "\n", encoding="utf-8")
    second = Round(folder, sealing(folder, tmp_path / "output"))
    assert second.run("issue", "--quiet", "--org", "QSL").exit_code == 0
    _, said = migrated(second, returned(tmp_path, "QSL", completed("QSL")), tmp_path / "out")
    (figure,) = (one for one in said["migrated"][0]["changes"] if one["kind"] == "figure")
    assert (figure["name"], figure["before"], figure["after"]) == ("cancer.fds[october]", fds, f"{float(fds) + 1:g}")
    assert structural_codes(checked_again(desk_at(folder), tmp_path / "out", "QSL")) == []


def test_replies_and_queries_go_with_the_return_and_their_links_with_the_cells(
    second: Round, desk: Desk, tmp_path: Path
) -> None:
    stays, moves = MONEY, Key("assurance", "icb_agrees", "answer")
    asked = [QueryRow(number, "Why?", place_of("QSL", key)) for number, key in enumerate((stays, moves, REMOVED_KEY), 1)]
    remarks = (
        ReadRow(*place_of("QSL", moves), "yes ", "Read as Yes."),
        ReadRow(*place_of("QSL", REMOVED_KEY), "x", "Left out."),
    )
    sheet = QuerySheet((*asked, QueryRow(9, "Which?", reply="This one.")), remarks)
    migrated(second, returned(tmp_path, "QSL", queried(sheet)), tmp_path / "out")
    again = checked_again(desk, tmp_path / "out", "QSL")
    assert again.queries is not None
    now = ("Assurance", place_now(desk, moves))
    assert now != place_of("QSL", moves)
    assert [row.place for row in again.queries.rows] == [place_of("QSL", stays), now, None, None]
    assert [row.reply for row in again.queries.rows] == ["", "", "", "This one."]
    assert [(one.sheet, one.cell) for one in again.queries.remarks] == [now, ("Assurance", "")]
    assert structural_codes(again) == []


def place_now(desk: Desk, key: Key) -> str:
    """Where a cell stands at 1.1."""
    _, row, column = desk.issuable("QSL").layout.cells[key]
    return address(row, column)


def test_a_folder_of_every_third_system_is_carried_in_one_run(tmp_path: Path) -> None:
    codes = systems()[::3]
    second = second_round(tmp_path, *codes)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for code in codes:
        returned(inbox, code, completed(code))
    said = json.loads(second.run("migrate", inbox, "--json").stdout)
    assert [one["organisation"] for one in said["migrated"]] == sorted(codes)
    assert {len(one["not_carried"]) for one in said["migrated"]} == {1}
    assert listing(second.workspace.migrated).keys() == {second.workspace.file_name(code) for code in codes}
    desk = desk_at(second.folder)
    for one in said["migrated"]:
        code = one["organisation"]
        assert len(one["carried"]) == len(dict(at_1_1(code)))
        assert structural_codes(checked_again(desk, second.workspace.migrated, code)) == []


def test_check_and_receive_of_an_older_file_say_that_migrate_carries_it_over(second: Round, tmp_path: Path) -> None:
    path = returned(tmp_path, "QSL", completed("QSL"))
    for command in (("check", path), ("receive", path, "--dry-run", "--by", "Kim Lee")):
        result = second.run(*command)
        assert result.exit_code == 4
        assert "The file is version 1.0; the current version is 1.1." in result.stdout
        assert "(workbook-gen migrate)" in result.stdout


def test_people_read_a_line_each_and_a_change_once(second: Round, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for code in ("QSL", "QYG"):
        returned(inbox, code, completed(code))
    result = second.run("migrate", inbox, "--out", tmp_path / "out")
    lines = result.stdout.splitlines()
    assert lines[0] == "QSL_h2_2023_24_v1.0.xlsx: QSL, version 1.0 to 1.1: 371 answers carried, 1 not; 7 inputs still blank"
    changed = [line for line in lines if line.startswith("  CHANGED")]
    assert len(changed) == len(set(changed)) == 8
    assert sum(line.startswith("  NOT CARRIED  Assurance D15 (ASR0050") for line in lines) == 2
    assert "  TO FILL IN   Agency N15:N20: asked for the first time in version 1.1." in lines
    assert lines[-1] == f"  Next: workbook-gen check {tmp_path / 'out' / 'QYG_h2_2023_24_v1.1.xlsx'}"


def test_a_dry_run_says_the_same_and_writes_nothing(second: Round, tmp_path: Path) -> None:
    path = returned(tmp_path, "QSL", completed("QSL"))
    before = listing(tmp_path)
    code, said = migrated(second, path, tmp_path / "out", "--dry-run")
    assert (code, said["dry_run"], len(said["migrated"][0]["carried"])) == (1, True, 371)
    assert listing(tmp_path) == before


def test_a_file_that_is_there_is_replaced_only_when_asked(second: Round, tmp_path: Path) -> None:
    path = returned(tmp_path, "QSL", completed("QSL"))
    migrated(second, path, tmp_path / "out")
    refused = second.run("migrate", path, "--out", tmp_path / "out")
    assert refused.exit_code == 2
    assert "Replace it with --force, or name another with --out." in refused.stderr
    assert migrated(second, path, tmp_path / "out", "--force")[0] == 1


def test_the_same_file_gives_the_same_bytes(second: Round, tmp_path: Path) -> None:
    path = returned(tmp_path, "QSL", completed("QSL"))
    for out in ("one", "two"):
        migrated(second, path, tmp_path / out)
    assert listing(tmp_path / "one") == listing(tmp_path / "two")
