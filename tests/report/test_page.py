"""The HTML report without a browser: one file, every figure where it belongs, texts as texts, what is missing said."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape

import pytest

from tests.report.page import Element, page_of, page_of_round, tree_of
from tests.report.round import Round
from tests.returns import answers, collection, file_name, issuable, systems, written
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.register.cases import About, Query, QueryState, Words
from workbook_gen.findings import Outcome
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.headlines import tallies

MAXIMUM = 5_000_000
SCRIPT = "<script>alert('QSL')</script>"
ABOUT = About("AGY-001", "agency", "total", "fot")


@pytest.fixture(scope="module")
def page(whole: Round, picture: Consolidation) -> bytes:
    """The page of every system's clean practice return."""
    return page_of_round(whole, picture)


@pytest.fixture(scope="module")
def tree(page: bytes) -> Element:
    """The same as a tree."""
    return tree_of(page)


def query(**changes: str) -> Query:
    """A query of a system, with these texts."""
    made = Query("QSL", 1, 1, QueryState.ANSWERED, ABOUT, Words("Agency spend is above the ceiling.", "", ""), 1)
    return replace(made, **changes)  # type: ignore[arg-type]


def view(tree: Element, key: str) -> Element:
    """A view of the page."""
    return tree.one("section", id=key)


def test_it_is_one_file_that_asks_for_nothing(page: bytes, tree: Element) -> None:
    assert len(page) < MAXIMUM
    loading = [one for tag in ("link", "img", "iframe", "object", "base", "form", "use", "image") for one in tree.all(tag)]
    assert loading == []
    assert [one for one in tree.all("script") if "src" in one.attributes] == []
    assert re.findall(rb"https?://|url\(|@import", page) == []


def test_no_script_but_its_own_may_run(tree: Element) -> None:
    (script,) = tree.all("script")
    (own,) = script.own
    digest = b64encode(sha256(own.encode()).digest()).decode()
    policy = tree.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy


def test_every_system_region_and_rule_has_its_place_and_every_link_leads_somewhere(
    tree: Element, picture: Consolidation
) -> None:
    names = [one.attributes.get("id") for one in every(tree) if "id" in one.attributes]
    assert len(names) == len(set(names))
    views = {one.attributes["id"] for one in tree.all("section")}
    regions = {f"region-{region.code}" for region in picture.regions}
    assert views == {"overview", "systems", "rules", "status", *regions, *(f"system-{code}" for code in systems())}
    rules = [rule.id for sheet in collection().sheets for rule in sheet.rules] + [rule.id for rule in collection().rules]
    assert [one.attributes["id"] for one in view(tree, "rules").all("article")] == [f"rule-{rule}" for rule in rules]
    links = {str(one.attributes["href"]) for one in tree.all("a")}
    assert links - {f"#{name}" for name in names} == {"#all"}


def every(element: Element) -> list[Element]:
    """An element and all below it."""
    return [element, *(below for child in element.children for below in every(child))]


def test_every_chart_has_a_text_and_a_table(tree: Element) -> None:
    charts = tree.all("figure")
    assert len(charts) > 42 * 4
    for chart in charts:
        drawing = chart.one("svg")
        assert drawing.attributes["role"] == "img"
        assert len(str(drawing.attributes["aria-label"])) > 40
        assert len(chart.one("table").rows()) > 2
        assert chart.one("caption").text


def test_the_headlines_are_counted_as_the_workbook_counts_them(tree: Element, picture: Consolidation) -> None:
    cards = [one.text for one in view(tree, "overview").one("ul", **{"class": "cards"}).all("li")]
    assert len(cards) == 5
    assert cards[0].startswith(f"Returned {picture.returned} of {picture.expected}")
    for card, tally in zip(cards[1:], tallies(picture, picture.systems), strict=True):
        met = sum(
            one.standing.entry is not None and one.standing.entry.headlines.get(tally.headline.key) is Outcome.PASS
            for one in picture.systems
        )
        assert card.startswith(f"{tally.headline.label} {met} of {picture.expected}")


def test_a_systems_charts_hold_its_figures(tree: Element, picture: Consolidation) -> None:
    one = next(one for one in picture.systems if one.system.code == "QSL")
    rows = dict(tree.one("table", id="system-QSL-chart-bridge-table").rows()[1:])
    assert list(rows) == list(picture.picture.profiles[0].points)
    assert figure(rows["2023/24 plan"]) == one.number(Key("position", "total", "plan"))
    assert figure(rows["Forecast outturn"]) == one.number(Key("position", "total", "fot"))
    waits = {row[0]: row[1:] for row in tree.one("table", id="system-QSL-chart-waits-table").rows()[1:]}
    assert figure(waits["December"][0]) == one.number(Key("waits_65", "total", "restated_dec"))
    assert figure(waits["December"][1]) == one.number(Key("waits_65", "total", "original_dec"))


def figure(words: str) -> float:
    """A figure as shown."""
    return float(words.replace(",", "").replace("(", "-").replace(")", ""))


def test_englands_charts_add_up_its_systems(tree: Element, picture: Consolidation) -> None:
    rows = {row[0]: row[1:] for row in tree.one("table", id="overview-chart-agency-table").rows()[1:]}
    assert figure(rows["January"][0]) == picture.england.values[Key("agency", "total", "jan")]
    total = sum(figure(tree.one("table", id=f"region-{one.code}-chart-agency-table").rows()[4][1]) for one in picture.regions)
    assert total == figure(rows["January"][0])


def test_every_system_stands_in_the_list_once_with_its_headlines(tree: Element) -> None:
    headings, *rows = tree.one("table", id="systems-table").rows()
    assert [row[1] for row in rows] != sorted(row[1] for row in rows)
    assert sorted(row[1] for row in rows) == sorted(systems())
    assert headings[4:8] == [headline.label for headline in collection().headlines]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert not any(row[0].startswith("NHS") for row in rows)


def test_the_rule_book_says_how_often_each_rule_speaks(tree: Element) -> None:
    headings, *rows = tree.one("table", id="rules-table").rows()
    assert headings[3:6] == ["Asked", "Pass", "Fail"]
    by_rule = {row[0]: row for row in rows}
    assert len(by_rule) > 40
    assert by_rule["AGY-001"][2] == "look"


@pytest.mark.parametrize("where", ["explanation", "reply", "remark", "decided_by", "label"])
def test_a_text_that_came_stays_a_text(where: str, picture: Consolidation) -> None:
    text = f"{SCRIPT} & \x00\x1b “so”"
    made = page_of(picture, {"QSL": [query(**{where: text})]})
    assert SCRIPT.encode() not in made
    assert b"\x00" not in made
    assert escape(SCRIPT, quote=False) in made.decode().replace("&#39;", "'")
    assert len(tree_of(made).all("script")) == 1
    assert SCRIPT in view(tree_of(made), "system-QSL").text


def test_an_explanation_with_a_script_comes_through_the_register_as_a_text(small: Round) -> None:
    one, inputs = issuable("QSL"), dict(answers("QSL", "deficit_explained"))
    texts = [key for key, value in inputs.items() if key.column == "explanation" and value]
    assert texts
    small.receive_file(written(one, {**inputs, **dict.fromkeys(texts, SCRIPT)}), file_name("QSL"), "QSL")
    tree = tree_of(page_of_round(small, small.consolidated()))
    assert len(tree.all("script")) == 1
    queries = view(tree, "system-QSL").one("ul", **{"class": "queries"})
    assert queries.all("q")
    assert {said.text for said in queries.all("q")} == {SCRIPT}


def test_what_has_not_come_back_is_said(small: Round) -> None:
    for code in ("QSL", "QYG"):
        small.receive(issuable(code), answers(code), file_name(code))
    small.refuse("QUE")
    tree = tree_of(page_of_round(small, small.consolidated()))
    assert "2 of 42 systems returned." in view(tree, "overview").text
    assert "The sum of 2 of 42 systems." in view(tree, "overview").text
    absent = view(tree, "system-QE1")
    assert "not received" in absent.text
    assert absent.all("figure") == []
    refused = view(tree, "system-QUE")
    assert "refused" in refused.text
    assert refused.all("figure") == []
    empty = next(region for region in small.consolidated().regions if not any(one.returned for one in region.systems))
    assert "No system here has returned" in view(tree, f"region-{empty.code}").text


def test_with_nothing_in_the_register_there_is_a_page_all_the_same(small: Round) -> None:
    tree = tree_of(page_of_round(small, small.consolidated()))
    assert "0 of 42 systems returned." in view(tree, "overview").text
    assert tree.all("figure") == []
    assert "AGY-001" in view(tree, "rules").text


def test_a_blank_leaves_its_chart_out_and_says_so(small: Round) -> None:
    blank = next(key for key in answers("QUE") if key.table == "agency" and key.column == "jan")
    small.receive(issuable("QUE"), {**answers("QUE"), blank: None}, file_name("QUE"))
    found = small.consolidated()
    place = view(tree_of(page_of_round(small, found)), "system-QUE")
    titles = [one.one("h4").text for one in place.all("figure")]
    assert "From plan to forecast outturn" in titles
    assert "Agency spending a month against the ceiling" not in titles
    assert re.search(r"Left out[^.]*: Agency spending a month against the ceiling\.", place.text)


def test_illustrative_figures_are_marked(tree: Element) -> None:
    place = view(tree, "system-QSL")
    assert place.one("figure", id="system-QSL-chart-waits").text.count("illustrative") == 1
    assert "are illustrative" in view(tree, "overview").text
    counts = {row[0]: row[2] for row in tree.one("table", id="status-counts").rows()[1:]}
    assert figure(counts["Illustrative"]) > figure(counts["Published"]) > 0
    assert figure(counts["Missing"]) == 0


def test_the_same_facts_make_the_same_bytes(page: bytes, whole: Round) -> None:
    assert page_of_round(whole, whole.consolidated()) == page
