"""Two returns beside each other: which answers changed, what that did, what else the files have."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.acceptance.manglings.links import add_comments
from tests.returns import SEAL_KEY, answers, check, collection, completed, file_name, issuable, place_of, sound, written
from tests.spoil import Spoiled
from workbook_gen.checks.run import settings_of
from workbook_gen.cli import main
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, serial
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.compare import Commented, Difference, as_text, difference
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import Outcome

CODE = "QSL"
NURSES = Key("agency", "nursing", "mar")
TOTAL = Key("agency", "total", "fot")
BOX = Key("agency", "total", "explanation")
DATE = Key("signoff", "chief_executive", "date")
YTD = Key("agency", "medical", "ytd")


def with_answers(changes: Mapping[Key, Value]) -> bytes:
    """The clean return with these answers in place of its own."""
    return written(issuable(CODE), {**answers(CODE), **changes})


def checked(changes: Mapping[Key, Value]) -> CheckedReturn:
    return check(with_answers(changes), file_name(CODE))


def found(before: CheckedReturn, after: CheckedReturn) -> Difference:
    return difference(before, after, issuable(CODE).layout)


def dear() -> dict[Key, Value]:
    """Nurses that cost so much that the ceiling is passed, and nothing said about it."""
    return {NURSES: 100_000.0, BOX: None}


def test_the_same_return_twice_has_no_difference() -> None:
    same = found(sound(CODE), check(completed(CODE), "again.xlsx"))
    assert same.is_none
    assert list(as_text(same)) == ["Both say the same: no answer, no rule and nothing else differs."]


def test_an_answer_that_changed_is_named_with_what_it_did() -> None:
    before, after = checked(dear()), sound(CODE)
    seen = found(before, after)
    assert NURSES in {one.key for one in seen.inputs}
    assert TOTAL in {one.key for one in seen.totals}
    (turned,) = [one for one in seen.rules if one.rule == "AGY-001"]
    assert (turned.before.outcome, turned.after.outcome) == (Outcome.FAIL, Outcome.PASS)
    was, now = before.values[TOTAL], after.values[TOTAL]
    assert turned.figures == (f"{was:,.10g}", f"{now:,.10g}")
    lines = list(as_text(seen))
    sheet, cell = place_of(CODE, NURSES)
    number = answers(CODE)[NURSES]
    assert any(
        line.startswith(f"  {sheet} {cell} (AGY0100, ") and line.endswith(f": 100,000 to {number:,.10g}") for line in lines
    )
    label = "AGY0900, Total agency expenditure, Forecast outturn"
    assert f"  agency.total[fot] {was:,.10g} to {now:,.10g}: AGY-001 fail to pass ({label})" in lines


def test_every_difference_and_nothing_else_is_found() -> None:
    changes: dict[Key, Value] = {NURSES: 1.0, DATE: serial(collection().issued), BOX: "Said again, in other words."}
    seen = found(sound(CODE), checked(changes))
    assert {one.key for one in seen.inputs} == {key for key, value in changes.items() if answers(CODE)[key] != value}
    before, after = sound(CODE).values, checked(changes).values
    moved = {
        key for key, cell in issuable(CODE).layout.form.cells.items() if cell.role == "total" and before[key] != after[key]
    }
    assert {one.key for one in seen.totals} == moved
    assert len(moved) > 5
    (date,) = [one for one in seen.inputs if one.key == DATE]
    assert date.after == f"{collection().issued:%-d %B %Y}"
    (box,) = [one for one in seen.inputs if one.key == BOX]
    assert box.after == "'Said again, in other words.'"


def test_the_other_way_round_is_the_mirror_image() -> None:
    there, back = found(sound(CODE), checked(dear())), found(checked(dear()), sound(CODE))
    assert [(one.key, one.before, one.after) for one in there.inputs] == [
        (one.key, one.after, one.before) for one in back.inputs
    ]
    assert [one.rule for one in there.rules] == [one.rule for one in back.rules] != []


def test_what_else_was_changed_in_a_file_is_told_of_the_file_that_has_it() -> None:
    spoiled = Spoiled(completed(CODE))
    spoiled.put(*place_of(CODE, YTD), 1.0)
    spoiled.put("Agency", "A1", "Another title")
    changed = check(spoiled.data(), file_name(CODE))
    seen = found(sound(CODE), changed)
    (figure,) = seen.prefills
    issued = f"{issuable(CODE).prefill[YTD]:,.10g}"
    assert (figure.key, figure.before, figure.after) == (YTD, issued, "1")
    assert [one.code for one in seen.told] == ["STR-303"]
    assert (seen.gone, seen.inputs, seen.totals, seen.rules) == ((), (), (), ())
    (back,) = found(changed, sound(CODE)).prefills
    assert (back.before, back.after) == ("1", issued)
    assert f"  {' '.join(place_of(CODE, YTD))} ({figure.label}): {issued} to 1" in list(as_text(seen))
    assert any(line.startswith("Only in the second file: ") for line in as_text(seen))
    assert any(line.startswith("Only in the first file: ") for line in as_text(found(changed, sound(CODE))))


def test_a_prefilled_figure_that_both_files_changed_is_told_once_with_old_and_new() -> None:
    texts = []
    for figure in (1.0, 2.0):
        spoiled = Spoiled(completed(CODE))
        spoiled.put(*place_of(CODE, YTD), figure)
        texts.append(check(spoiled.data(), file_name(CODE)))
    (changed,) = found(*texts).prefills
    assert (changed.before, changed.after) == ("1", "2")
    assert found(texts[0], texts[0]).is_none


def test_figures_that_were_not_compared_are_said_to_be_so() -> None:
    stamp = sealed(replace(issuable(CODE).stamp(1), national="0" * 64), SEAL_KEY)
    contents = issuable(CODE).contents(answers(CODE), stamp)
    other = check(write_workbook(issuable(CODE).layout, contents, settings_of(collection())), file_name(CODE))
    seen = found(sound(CODE), other)
    assert seen.uncompared
    assert any(line.startswith("Prefilled figures were not compared") for line in as_text(seen))
    assert not found(sound(CODE), checked(dear())).uncompared


def test_comments_are_told_cell_by_cell() -> None:
    places = [place_of(CODE, key)[1] for key in (NURSES, YTD)]

    def commented(texts: Mapping[str, str]) -> CheckedReturn:
        file = Spoiled(completed(CODE))
        add_comments(file, texts)
        return check(file.data(), file_name(CODE))

    one, both = commented({places[0]: "Why?"}), commented(dict.fromkeys(places, "Why?"))
    other = commented({places[0]: "Why?", places[1]: "Because."})
    sheet = place_of(CODE, NURSES)[0]
    assert found(one, one).comments == found(both, both).comments == ()
    assert found(one, both).comments == (Commented(f"{sheet} {places[1]}", "", "Why?"),)
    assert found(both, other).comments == (Commented(f"{sheet} {places[1]}", "Why?", "Because."),)
    (gone,) = found(one, sound(CODE)).comments
    assert (gone.before, gone.after) == ("Why?", "")
    assert f"  {sheet} {places[1]}: 'Why?' to 'Because.'" in list(as_text(found(both, other)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "output" / collection().key
    home.mkdir(parents=True)
    (home / "seal.key").write_text(SEAL_KEY.hex(), encoding="ascii")
    (tmp_path / "first.xlsx").write_bytes(with_answers(dear()))
    (tmp_path / "second.xlsx").write_bytes(completed(CODE))
    (tmp_path / "other.xlsx").write_bytes(completed("QYG"))
    (tmp_path / "text.xlsx").write_bytes(b"Dear all,")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    paths = [argument if argument.startswith("-") else str(folder / argument) for argument in arguments]
    return CliRunner().invoke(main, ["diff", *paths, "--workspace", str(folder / "output")])


def test_the_command_says_it_in_words_and_as_an_object(folder: Path) -> None:
    words, programs = run(folder, "first.xlsx", "second.xlsx"), run(folder, "first.xlsx", "second.xlsx", "--json")
    assert (words.exit_code, programs.exit_code) == (0, 0)
    assert "fail to pass" in words.stdout
    said = json.loads(programs.stdout)
    assert (said["schema"], said["organisation"]) == (1, CODE)
    turned = {(one["rule"], one["before"], one["after"]) for one in said["rules"]}
    assert ("AGY-001", "fail", "pass") in turned
    assert {"table", "line", "column", "label", "place", "before", "after"} == set(said["inputs"][0])


@pytest.mark.parametrize(
    ("names", "code", "says"),
    [
        (("first.xlsx", "other.xlsx"), 2, "Name two of one organisation."),
        (("first.xlsx", "text.xlsx"), 3, "text.xlsx cannot be compared. The file is a text, such as a CSV"),
        (("first.xlsx", "none.xlsx"), 2, "does not exist"),
        (("first.xlsx",), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_compared_is_said(folder: Path, names: tuple[str, ...], code: int, says: str) -> None:
    result = run(folder, *names)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stdout == ""
