"""The views of England and its regions."""

from collections.abc import Sequence

from workbook_gen.report.areas import Area
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.headlines import LABELS, Tally, members_of, tallies
from workbook_gen.report.page.charts import profile_chart, region_chart
from workbook_gen.report.page.figures import plural
from workbook_gen.report.page.profiles import Profiles, of_area
from workbook_gen.report.page.tables import OVERVIEW, Figures, region_key, region_table, systems_table, tallies_table
from workbook_gen.report.page.views import AreaView, Card, Chart
from workbook_gen.report.returned import SystemFigures


def england_view(found: Consolidation, figures: Figures, profiles: Profiles) -> AreaView:
    """The national headlines, the national tables by region, and what England's systems add up to."""
    held = tallies(found, found.systems)
    charts = [region_chart(table, table.sheet.chart) for table in figures.tables if table.sheet.chart]
    drawn, absent = _profiles(found, found.england, found.systems, profiles, OVERVIEW)
    return AreaView(
        OVERVIEW,
        "England",
        _lead(found.systems),
        _cards(found.systems, held),
        tallies_table(held, "overview-headlines", "How many systems meet each headline"),
        tuple(chart for chart in charts if chart is not None),
        (),
        drawn,
        absent,
    )


def region_view(found: Consolidation, area: Area, figures: Figures, profiles: Profiles) -> AreaView:
    """A region: its headlines, its systems, the national tables for them, and what they add up to."""
    members, key = members_of(found, area.code), region_key(area.code)
    held = tallies(found, members)
    drawn, absent = _profiles(found, area, members, profiles, key)
    return AreaView(
        key,
        area.name,
        _lead(members),
        _cards(members, held),
        tallies_table(held, f"{key}-headlines", f"How many systems of {area.name} meet each headline"),
        (),
        tuple(region_table(table, area.code, figures.names) for table in figures.tables),
        drawn,
        absent,
        systems_table(found, figures, members, f"{key}-systems", f"Systems of {area.name}"),
    )


def _lead(members: Sequence[SystemFigures]) -> str:
    """How many have returned, and who has not."""
    returned = sum(one.returned for one in members)
    missing = [f"{one.system.icb.name} ({one.system.code})" for one in members if not one.returned]
    said = f"{returned} of {plural(len(members), 'system')} returned."
    return f"{said} Nothing that could be read has come from {', '.join(missing)}." if 0 < len(missing) <= 8 else said


def _cards(members: Sequence[SystemFigures], held: Sequence[Tally]) -> tuple[Card, ...]:
    """How many returned, then how many meet each headline; what the others say in words."""
    late = sum(one.standing.late for one in members)
    returned = sum(one.returned for one in members)
    first = Card("Returned", returned, len(members), f"{late} late" if late else "none late")
    return (first, *(Card(one.headline.label, one.met, one.systems, _rest(one)) for one in held))


def _rest(tally: Tally) -> str:
    said = [f"{count} {label.lower()}" for label, count in zip(LABELS[1:], tally.counts[1:], strict=True) if count]
    return ", ".join(said) or "all met"


def _profiles(
    found: Consolidation, area: Area, members: Sequence[SystemFigures], profiles: Profiles, key: str
) -> tuple[tuple[Chart, ...], tuple[str, ...]]:
    """The charts of what an area adds up to, and the titles of those that it has no figures for."""
    drawn, absent = [], []
    for at, profile in enumerate(found.picture.profiles):
        whole = of_area(profile, [profiles[one.system.code][at] for one in members])
        if whole is None:
            absent.append(profile.title)
        else:
            drawn.append(profile_chart(whole, key, area.name))
    return tuple(drawn), tuple(absent)
