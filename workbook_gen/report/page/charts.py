"""Charts of the page with their tables: a profile of a system or area, and a national table by region."""

from collections.abc import Sequence

from workbook_gen.definition.picture import PictureChart
from workbook_gen.report.national import NationalRow, NationalTable
from workbook_gen.report.page.draw import Bar, Drawing, bars, lines, steps
from workbook_gen.report.page.figures import plural, shown
from workbook_gen.report.page.profiles import ProfileFigures
from workbook_gen.report.page.tables import area_link
from workbook_gen.report.page.views import Cell, Chart, Heading, Table

ILLUSTRATIVE = "Some of these figures rest on national figures that are illustrative."
CUT = "The scale does not begin at 0."


def profile_chart(found: ProfileFigures, place: str, name: str) -> Chart:
    """The chart of a profile whose figures are all there; `place` is the key of its view, `name` whose it is."""
    profile = found.profile
    series = [[float(figure) for figure in one] for one in found.series()]
    drawing = _waterfall(found, series[0]) if profile.levels else lines(profile.points, series, profile.series)
    of = [f"The sum of {found.systems} of {plural(found.expected, 'system')}."] if found.expected > 1 else []
    notes = [*of, *([CUT] if drawing.cut else []), *([ILLUSTRATIVE] if found.illustrative else [])]
    return Chart(
        f"{place}-chart-{profile.key}",
        profile.title,
        f"{profile.description} In {profile.unit}.",
        f"{profile.alt} {name}: {'; '.join(_in_words(found, series))}. The table below it holds every figure.",
        drawing,
        _table(found, series, f"{place}-chart-{profile.key}-table", f"{profile.title}: {name}"),
        tuple(notes),
    )


def _waterfall(found: ProfileFigures, figures: Sequence[float]) -> Drawing:
    profile = found.profile
    values = [shown(figure, profile.unit, profile.dp).text for figure in figures]
    return steps(profile.points, figures, profile.levels, values)


def _in_words(found: ProfileFigures, series: Sequence[Sequence[float]]) -> list[str]:
    """Where each series begins and ends."""
    profile = found.profile
    said = []
    for name, figures in zip(profile.series, series, strict=True):
        first, last = (shown(figure, profile.unit, profile.dp).text for figure in (figures[0], figures[-1]))
        start = "" if profile.levels else f"{name} "
        said.append(f"{start}from {first} ({profile.points[0]}) to {last} ({profile.points[-1]}), in {profile.unit}")
    return said


def _table(found: ProfileFigures, series: Sequence[Sequence[float]], key: str, caption: str) -> Table:
    profile = found.profile
    rows = tuple(
        (Cell(point), *(Cell.of(shown(one[at], profile.unit, profile.dp)) for one in series))
        for at, point in enumerate(profile.points)
    )
    first = "Step" if profile.levels else "Month"
    names = ("Change, or position",) if profile.levels else profile.series
    return Table(key, caption, (Heading(first), *(Heading(name, profile.unit, True) for name in names)), rows)


def region_chart(found: NationalTable, chart: PictureChart) -> Chart | None:
    """A national table's chart by region; None where no region has its figures."""
    sheet = found.sheet
    columns = [(at, column) for at, column in enumerate(sheet.columns) if column.key in chart.columns]
    rows = [row for row in found.of("Region") if all(isinstance(row.figures[at], float) for at, _ in columns)]
    if not rows:
        return None
    drawn = []
    for row in rows:
        for number, (at, column) in enumerate(columns):
            figure = float(row.figures[at])
            value = shown(figure, column.unit, column.dp).text
            drawn.append(Bar("" if number else row.name, 0.0, figure, value, f"bar s{number % 4}", gap=number == 0))
    legend = [column.label for _, column in columns] if len(columns) > 1 else []
    england = found.of("England")[0]
    return Chart(
        f"england-{sheet.key}",
        chart.title,
        f"{sheet.description} In {chart.y[0].lower()}{chart.y[1:]}.",
        f"{chart.alt} {_england_in_words(england, found)}".rstrip(),
        bars(drawn, legend),
        areas_table(found, f"england-{sheet.key}-table", (england, *found.of("Region"))),
        tuple(_of_whom(england)),
    )


def _england_in_words(england: NationalRow, found: NationalTable) -> str:
    chart = found.sheet.chart
    said = [
        f"{column.label} {shown(figure, column.unit, column.dp).text}"
        for column, figure in zip(found.sheet.columns, england.figures, strict=True)
        if chart and column.key in chart.columns and isinstance(figure, float)
    ]
    return f"England: {'; '.join(said)}." if said else ""


def _of_whom(row: NationalRow) -> list[str]:
    if not row.missing:
        return []
    return [f"Counted: {row.systems} of {plural(row.expected, 'system')}. Not counted: {', '.join(row.missing)}."]


def areas_table(found: NationalTable, key: str, rows: Sequence[NationalRow]) -> Table:
    """A national table with these areas as its rows, each with how many systems it counts."""
    sheet = found.sheet
    headings = (
        Heading("Area"),
        Heading("Systems counted", figures=True),
        *(Heading(column.label, column.unit, True) for column in sheet.columns),
    )
    cells = tuple(
        (
            Cell(row.name, link=area_link(row)),
            Cell(f"{row.systems} of {row.expected}", row.systems),
            *(
                Cell.of(shown(figure, column.unit, column.dp))
                for column, figure in zip(sheet.columns, row.figures, strict=True)
            ),
        )
        for row in rows
    )
    return Table(key, f"{sheet.title}, by region", headings, cells, totals=1)
