"""What charts are made of: scales, steps and names, each figure where it belongs."""

import pytest

from workbook_gen.report.names import short_names
from workbook_gen.report.national import MISSING, NOT_APPLICABLE
from workbook_gen.report.page.draw import WIDTH, Bar, Drawing, Mark, bars, lines, steps, ticks
from workbook_gen.report.page.figures import Shown, plural, shown


def rects(drawing: Drawing) -> list[dict[str, float]]:
    """The bars of a drawing."""
    return [
        {name: float(mark.attributes[name]) for name in ("x", "width")}
        for mark in drawing.marks
        if mark.tag == "rect" and mark.attributes["class"] != "bar"
    ]


def zero(drawing: Drawing) -> float:
    """Where 0 lies."""
    (line,) = [mark for mark in drawing.marks if mark.attributes.get("class") == "zero"]
    return float(line.attributes["x1"])


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 100, (0, 50, 100)),
        (0, 97, (0, 50, 100)),
        (-30, 70, (-50, 0, 50, 100)),
        (4400, 4550, (4400, 4450, 4500, 4550)),
        (0.2, 0.9, (0.2, 0.4, 0.6, 0.8, 1.0)),
        (0, 0, (0, 0.5, 1)),
        (7, 7, (0, 2, 4, 6, 8)),
        (-7, -7, (-8, -6, -4, -2, 0)),
    ],
)
def test_a_scale_has_round_figures_that_hold_everything(low: float, high: float, marks: tuple[float, ...]) -> None:
    found = ticks(low, high)
    assert found == pytest.approx(marks)
    assert found[0] <= low <= high <= found[-1]


def test_a_step_begins_where_the_one_before_ended() -> None:
    drawing = steps(["Plan", "Cost", "Funding", "Forecast"], [-10, -5, 15, 0], [True, False, False, True], ["a", "b", "c", "d"])
    plan, cost, funding, forecast = rects(drawing)
    at = zero(drawing)
    assert plan["x"] + plan["width"] == pytest.approx(at)
    assert cost["x"] + cost["width"] == pytest.approx(plan["x"])
    assert cost["width"] == pytest.approx(plan["width"] / 2, abs=0.2)
    assert funding["x"] == pytest.approx(cost["x"])
    assert funding["x"] + funding["width"] == pytest.approx(at, abs=0.2)
    assert forecast["width"] == 1
    looks = [mark.attributes["class"] for mark in drawing.marks if mark.tag == "rect"]
    assert looks == ["level", "loss", "gain", "level"]


def test_bars_stay_on_the_paper_and_0_of_nothing_is_no_fault() -> None:
    for figures in ([5.0, -7.0], [0.0, 0.0], [1e9, 1.0], [-3.0, -4.0]):
        drawing = bars([Bar("Name", 0, figure, "1", "bar s0") for figure in figures], ["One", "Two"])
        assert all(0 <= one["x"] <= one["x"] + one["width"] <= WIDTH for one in rects(drawing))
        assert zero(drawing) == pytest.approx(
            min(one["x"] for one in rects(drawing)[2:]) if min(figures) >= 0 else zero(drawing)
        )


@pytest.mark.parametrize(
    ("series", "cut"), [([[1.0, 2.0]], False), ([[90.0, 100.0]], True), ([[-90.0, -100.0]], False), ([[0.0, 0.0]], False)]
)
def test_a_scale_that_does_not_begin_at_0_is_known(series: list[list[float]], cut: bool) -> None:
    assert lines(["October", "November"], series, ["Plan"]).cut is cut


def test_series_differ_by_more_than_colour() -> None:
    drawing = lines(["October", "November"], [[1, 2], [2, 1]], ["Plan", "Actual"])
    dots = [mark.tag for mark in drawing.marks if str(mark.attributes.get("class", "")).startswith("dot")]
    assert dots.count("circle") == dots.count("rect") == 3
    assert Mark("text", {"x": 40, "y": 17}, "Plan") in drawing.marks


@pytest.mark.parametrize(
    ("figure", "unit", "dp", "words"),
    [
        (1234.5, "£000", 0, "1,235"),
        (-1234.4, "£000", 0, "(1,234)"),
        (-0.4, "£000", 0, "0"),
        (3.25, "%", 1, "3.3%"),
        (-3.25, "%", 1, "(3.3%)"),
        (2.5, "minutes", 0, "3"),
        (MISSING, "£000", 0, "missing"),
        (NOT_APPLICABLE, "£000", 0, "does not apply"),
    ],
)
def test_a_figure_is_shown_as_in_the_return(figure: float | str, unit: str, dp: int, words: str) -> None:
    number = figure if isinstance(figure, float) else None
    assert shown(figure, unit, dp) == Shown(words, number)


def test_one_system_is_no_systems() -> None:
    assert [plural(1, "system"), plural(2, "system"), plural(1500, "query", "queries")] == [
        "1 system",
        "2 systems",
        "1,500 queries",
    ]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["NHS Kent Board", "NHS North Kent Board"], ["Kent", "North Kent"]),
        (["NHS Kent Board", "Essex Board"], ["NHS Kent", "Essex"]),
        (["Kent", "Essex"], ["Kent", "Essex"]),
        (["NHS Kent Board"], ["NHS Kent Board"]),
        (["Kent", "Kent Board"], ["Kent", "Kent Board"]),
        (["A B", "A B A B"], ["B", "B A B"]),
    ],
)
def test_names_are_short_by_what_all_share(names: list[str], short: list[str]) -> None:
    assert list(short_names(dict(enumerate_as_text(names))).values()) == short


def enumerate_as_text(names: list[str]) -> list[tuple[str, str]]:
    """Names under made-up codes."""
    return [(f"Q{number}", name) for number, name in enumerate(names)]
