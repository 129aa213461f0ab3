"""The brief: what it says of a system, that it fits two pages, and what the command writes."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pptx import Presentation

from tests.desk.at_the_desk import run
from tests.desk.stand_in import START
from tests.report.briefed import LARGEST, LONGEST, at_its_worst, brief, figures, received
from tests.report.round import Round
from tests.returns import answers, collection, completed, file_name, issuable, listing, national, systems
from workbook_gen.commands import at_desk
from workbook_gen.definition.nodes import Key
from workbook_gen.desk import assemble
from workbook_gen.report.brief import slides
from workbook_gen.report.brief.facts import Block, BriefFacts, amount, figure_said, money_or_number, plain
from workbook_gen.report.brief.measure import fitting, lines_of, width_of
from workbook_gen.report.brief.pages import as_html
from workbook_gen.report.brief.passing import Headlines
from workbook_gen.report.brief.place import ACROSS_ALL, BOTTOM, MARGIN, NAME, SIDE, TOP, WIDTH, placed
from workbook_gen.report.brief.slides import as_slides
from workbook_gen.session import Session


@pytest.fixture(scope="module")
def short_of_balance(tmp_path_factory: pytest.TempPathFactory) -> BriefFacts:
    """The brief of a system with a deficit that is not explained."""
    return brief(received(tmp_path_factory.mktemp("short"), "QSL", "deficit_unexplained"), "QSL")


@pytest.fixture(scope="module")
def worst(tmp_path_factory: pytest.TempPathFactory) -> BriefFacts:
    """The fullest brief of the largest system, under the longest name."""
    return at_its_worst(tmp_path_factory.mktemp("worst"), LARGEST)


def block(facts: BriefFacts, title: str) -> Block:
    """The block whose title begins so."""
    (found,) = [one for one in facts.blocks if one.title.startswith(title)]
    return found


def test_a_headline_that_is_not_met_says_what_would_pass(short_of_balance: BriefFacts) -> None:
    balanced, *others = block(short_of_balance, "Headlines").lines
    assert balanced.cells[:2] == ("The system balances", "no")
    assert balanced.cells[2] == (
        "Balanced if the forecast improves by £9,833k. -£26,038k becomes -£16,205k. The rule reads Position F16:J17. "
        "Largest: Somerset NHS Foundation Trust; NHS Somerset Integrated Care Board. To follow it: Income and expenditure "
        "and Bridge."
    )
    assert [line.cells[1] for line in others] == ["yes"] * 3
    assert others[1].cells[2] == "£28,536k against £29,343k."


def test_it_says_where_the_system_stands(short_of_balance: BriefFacts) -> None:
    values = answers("QSL", "deficit_unexplained")
    assert short_of_balance.title == f"{issuable('QSL').system.icb.name} (QSL)"
    assert short_of_balance.subtitle.endswith("South West, submission 1, received 20 November 2023: look")
    position = {line.cells[0]: line.cells[1:] for line in block(short_of_balance, "Position").lines}
    assert position["Forecast outturn"] == ("(26,038)*", "£000")
    assert position["Better or (worse) than plan"] == ("(9,833)*", "£000")
    assert "illustrative" in short_of_balance.notes
    asked = {line.cells[0]: line.cells[1] for line in block(short_of_balance, "Flexibility").lines}
    requests = {key.line: figure for key, figure in values.items() if key.table == "flexibility" and key.column == "request"}
    assert sorted(asked.values()) == sorted(f"{figure:,.0f}" for figure in requests.values() if figure)
    assert len(block(short_of_balance, "Assurance").lines) == 9
    assert block(short_of_balance, "Open queries").title == "Open queries: 4 to answer, 1 to read"
    assert {line.cells[1] for line in block(short_of_balance, "Open queries").lines} == {
        "BAL-001",
        "BAL-002",
        "IE-005",
        "AGY-003",
    }


def test_places_are_those_of_the_file_that_came_back(tmp_path: Path) -> None:
    """As when a line has been put in above: each answer is named where it stands now."""
    one = figures(received(tmp_path, "QSL", "deficit_unexplained"), "QSL")
    moved = {key: re.sub(r"\d+$", lambda row: str(int(row[0]) + 1), place) for key, place in one.places.items()}
    first, *_ = Headlines(replace(one, places=moved), {}).lines()
    assert "Passes with £9,833k more." in first.cells[2]
    assert "The rule reads Position F17:J18." in first.cells[2]


def test_what_moved_it_adds_up_and_has_bars(short_of_balance: BriefFacts) -> None:
    moved = block(short_of_balance, "What moved it")
    sums = [float(line.cells[1].rstrip("*").replace("(", "-").replace(")", "").replace(",", "")) for line in moved.lines]
    assert sum(sums[:-1]) == sums[-1] == -26_038
    largest = max(map(abs, sums))
    assert [line.share for line in moved.lines] == [figure / largest for figure in sums]


def test_what_is_missing_is_said_and_no_headline_is_guessed(tmp_path: Path) -> None:
    found = brief(received(tmp_path, "QSL", "incomplete"), "QSL")
    agency = {line.cells[0]: line.cells[1] for line in block(found, "Agency").lines}
    assert agency["Forecast outturn"] == "missing"
    assert agency["Ceiling"] == "29,343*"
    said = {line.cells[0]: line.cells[1:] for line in block(found, "Headlines").lines}
    assert said["Agency within its ceiling"] == (
        "to do",
        "It cannot be tested until what is blank, or no number, has been answered.",
    )


def test_an_explanation_stands_beside_what_would_pass(tmp_path: Path) -> None:
    found = brief(received(tmp_path, "QSL", "deficit_explained"), "QSL")
    _, outcome, said = block(found, "Headlines").lines[0].cells
    assert outcome == "explained"
    assert said.startswith("Balanced if the forecast improves by £6,561k.")
    assert "Explained: Practice return: agreed with the region" in said
    assert block(found, "Open queries").title.endswith(" to read")


@pytest.mark.parametrize("code", [LARGEST, LONGEST])
def test_the_fullest_brief_fits_and_says_what_is_left_out(code: str, tmp_path: Path) -> None:
    facts = at_its_worst(tmp_path, code)
    met = {line.cells[1] for line in block(facts, "Headlines").lines}
    assert "yes" not in met, met
    found = placed(facts)
    assert found.without == ()
    left_out = 0
    for page in found.pages:
        assert len(page) >= 3
        for one in page:
            assert one.top >= TOP
            assert one.bottom <= BOTTOM + 0.01
            assert one.left in (MARGIN, WIDTH - MARGIN - SIDE)
            assert sum(one.widths) == pytest.approx(SIDE)
            left_out += one.block.left_out
            assert (f"And {one.block.left_out} more" in one.block.remark) is bool(one.block.left_out)
        for side in (MARGIN, WIDTH - MARGIN - SIDE):
            stacked = [one for one in page if one.left == pytest.approx(side)]
            assert all(upper.bottom < lower.top for upper, lower in pairwise(stacked))
    assert left_out > 0
    assert width_of(found.name, NAME) <= ACROSS_ALL


def test_every_name_fits_on_its_line() -> None:
    for code in systems():
        name = f"{issuable(code).system.icb.name} ({code})"
        assert fitting(name, ACROSS_ALL, NAME * 1.08) == name


def test_blocks_without_room_are_named_at_the_foot(short_of_balance: BriefFacts) -> None:
    many = BriefFacts("QSL", "T", "S", short_of_balance.blocks * 3, "Notes.")
    found = placed(many)
    assert found.without
    assert found.without[0] in found.foot(1)


def written_texts(facts: BriefFacts) -> list[str]:
    """The texts of the blocks as they are placed."""
    return [
        text
        for page in placed(facts).pages
        for one in page
        for line in one.block.lines
        for text in (one.block.title, one.block.remark, *line.cells)
        if text
    ]


def test_html_and_slides_hold_the_same(worst: BriefFacts) -> None:
    found = placed(worst)
    html = as_html(found).decode()
    plain_html = re.sub(r"<[^>]+>", "\n", html).replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", '"')
    deck = Presentation(io.BytesIO(as_slides(found)))
    said = list(slide_texts(deck))
    wanted = written_texts(worst)
    assert len(wanted) > 150
    for text in wanted:
        assert text in plain_html, text
        assert text in said, text
    assert len(deck.slides) == html.count('<section class="page"') == 2
    assert html.count("<h1>") == html.count("<main>") == 1
    assert 'lang="en-GB"' in html
    assert not re.search(r"(?:src|href)=|url\(|<script", html)


def slide_texts(deck: Presentation) -> Iterator[str]:  # type: ignore[valid-type]
    """Every text of a presentation."""
    for slide in deck.slides:  # type: ignore[attr-defined]
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


def test_tables_on_slides_stand_where_they_were_measured(worst: BriefFacts) -> None:
    found = placed(worst)
    deck = Presentation(io.BytesIO(as_slides(found)))
    for page, slide in zip(found.pages, deck.slides, strict=True):
        tables = {shape.name: shape for shape in slide.shapes if shape.has_table}
        with_lines = [one for one in page if one.block.lines]
        assert tables.keys() == {one.block.title for one in with_lines}
        for one in with_lines:
            shape = tables[one.block.title]
            assert shape.top / 36_000 == pytest.approx(one.table_top, abs=0.01)
            assert sum(row.height for row in shape.table.rows) / 36_000 == pytest.approx(sum(one.heights), abs=0.1)


def test_a_hostile_text_is_a_text(tmp_path: Path) -> None:
    words = '<script>alert(1)</script> & "quoted" 東京 🚑 \x0b\x0c tail'
    key = Key("flexibility", "digital", "consequence")
    facts = brief(received(tmp_path, "QSL", "clean", {key: words}), "QSL")
    html = as_html(placed(facts)).decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; 東京 🚑 tail" in html
    assert len(Presentation(io.BytesIO(as_slides(placed(facts)))).slides) == 2


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "column", "sentence", "change"),
    [
        (-51_200.0, "£000", 0, "(51,200)", "-£51,200k", "-£51,200k"),
        (0.5, "£m", 1, "0.5", "£0.5m", "£0.5m"),
        (-0.75, "%", 2, "-0.75", "-0.75%", "-0.75 percentage points"),
        (-0.001, "£000", 0, "0", "£0k", "£0k"),
        (1234.0, "patients", 0, "1,234", "1,234 patients", "1,234 patients"),
    ],
)
def test_figures_in_words(value: float, unit: str, decimals: int, column: str, sentence: str, change: str) -> None:
    assert money_or_number(value, unit, decimals) == column
    assert figure_said(value, unit, decimals) == sentence
    assert amount(value, unit, decimals) == change


def test_long_texts_are_cut_between_words_and_measured() -> None:
    assert plain("one two three four", 12) == "one two…"
    assert plain("short", 12) == "short"
    assert plain("x" * 30, 10) == "x" * 9 + "…"
    assert lines_of("word " * 40, 30, 8.5) > lines_of("word " * 20, 30, 8.5) > 1
    assert lines_of("x" * 200, 30, 8.5) >= 200 * width_of("x", 8.5) / 30
    assert lines_of("", 30, 8.5) == 1


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collection shipped and its returns, made once, and a clock that stands still."""
    monkeypatch.setattr(Session, "collection", lambda _: collection())
    monkeypatch.setattr(Session, "national", lambda *_: national())
    monkeypatch.setattr(at_desk, "now", lambda: START)
    monkeypatch.setattr(assemble, "Issuable", lambda _, __, system, ___: issuable(system.code))


@pytest.mark.usefixtures("quick")
def test_the_command_writes_both_for_every_return_and_names_the_others(small: Round) -> None:
    for code in ("QSL", "QUE"):
        small.receive_file(completed(code), file_name(code), code)
    before = listing(small.workspace.folder)
    dry = json.loads(run(small.workspace, "brief", "--dry-run", "--json").stdout)
    assert listing(small.workspace.folder) == before
    said = json.loads(run(small.workspace, "brief", "--json").stdout)
    assert {**dry, "dry_run": False} == said
    assert sorted(said["files"]) == ["QSL.html", "QSL.pptx", "QUE.html", "QUE.pptx"]
    assert [one["organisation"] for one in said["briefs"]] == ["QSL", "QUE"]
    first = said["briefs"][0]["headlines"][0]
    assert (first["headline"], first["met"]) == ("The system balances", "yes")
    assert first["says"].endswith(".")
    assert len(said["without_return"]) == len(systems()) - 2
    files = listing(small.workspace.report / "briefs")
    assert sorted(files) == sorted(said["files"])
    run(small.workspace, "brief")
    assert listing(small.workspace.report / "briefs") == files


@pytest.mark.usefixtures("quick")
def test_one_system_and_an_unknown_one(small: Round) -> None:
    result = run(small.workspace, "brief", "--org", "QSL")
    assert result.exit_code == 0
    assert "No return counts, so there is no brief: QSL." in result.stdout
    assert run(small.workspace, "brief", "--org", "QXX").exit_code == 2


@pytest.mark.usefixtures("quick")
def test_without_python_pptx_the_pages_are_written_and_that_is_said(small: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    small.receive_file(completed("QSL"), file_name("QSL"), "QSL")
    monkeypatch.setattr(slides, "find_spec", lambda _: None)
    result = run(small.workspace, "brief")
    assert result.exit_code == 0
    assert "pip install 'workbook-gen[report]'" in result.stderr
    assert list(listing(small.workspace.report / "briefs")) == ["QSL.html"]


def test_a_request_that_is_missing_is_no_request_of_nothing(tmp_path: Path) -> None:
    asked = Key("flexibility", "workforce", "request")
    found = block(brief(received(tmp_path, "QSL", "clean", {asked: None}), "QSL"), "Flexibility")
    said = {line.cells[0]: line.cells[1] for line in found.lines}
    assert said["Workforce"] == "missing"
    assert "Total" not in " ".join(said)
