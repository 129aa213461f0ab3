"""The view of a system: where its return stands, its figures and charts, and what it is asked."""

from collections.abc import Collection as Names
from collections.abc import Iterator, Sequence

from workbook_gen.desk.receipt import SAYS
from workbook_gen.desk.register.cases import Query
from workbook_gen.report.areas import ENGLAND
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.headlines import outcome_of
from workbook_gen.report.page.charts import profile_chart
from workbook_gen.report.page.profiles import ProfileFigures
from workbook_gen.report.page.tables import Figures, figures_table, region_key, system_key
from workbook_gen.report.page.views import Asked, SystemView
from workbook_gen.report.returned import SystemFigures
from workbook_gen.report.tidy import CODE_POINTS

DATE = "%-d %B %Y"


def system_view(
    found: Consolidation,
    one: SystemFigures,
    figures: Figures,
    profiles: Sequence[ProfileFigures],
    queries: Sequence[Query],
    rules: Names[str],
) -> SystemView:
    """A system's view; `rules` are those that the rule book explains."""
    board, key = one.system.icb, system_key(one.system.code)
    outcomes = ((headline.label, outcome_of(one, headline.key)) for headline in found.collection.headlines)
    drawn = [profile for profile in profiles if profile.is_whole]
    left = [profile.profile.title for profile in profiles if not profile.is_whole]
    caption = f"Figures of {board.name}, its region and England"
    table = figures_table(figures, board.code, board.region_code, ENGLAND, f"{key}-figures", caption) if one.returned else None
    return SystemView(
        key,
        f"{board.name} ({board.code})",
        board.region_name,
        region_key(board.region_code),
        one.standing.state,
        tuple(_facts(one)),
        tuple((label, SAYS[outcome]) for label, outcome in outcomes if outcome is not None),
        table,
        tuple(profile_chart(profile, key, board.name) for profile in drawn) if one.returned else (),
        tuple(left) if one.returned else (),
        tuple(_asked(query, rules) for query in queries),
        tuple(
            (", ".join(one.place(cell) for cell in slip.cells), f"{one.form.cells[slip.cells[0]].words}: {slip.words}")
            for whose, slip in found.slips
            if whose is one
        ),
    )


def _facts(one: SystemFigures) -> Iterator[tuple[str, str]]:
    """What has come, when, and what is to be asked for."""
    standing = one.standing
    if standing.entry and one.returned:
        entry = standing.entry
        late = ", late" if standing.late else ""
        yield "Submission", f"{entry.number}, received on {entry.moment:{DATE}}{late}"
        yield "Version", entry.version
        counts = entry.counts
        yield "Found", f"{counts['fix']} to fix, {counts['look']} to look at, {counts['explained']} explained"
    if standing.signed_by:
        yield "Signed off by", _plain(standing.signed_by)
    if standing.ask:
        yield "To ask for", standing.ask


def _asked(query: Query, rules: Names[str]) -> Asked:
    place = " ".join(part for part in (query.sheet, query.cell) if part)
    decided = f"{query.state.value.capitalize()} by {_plain(query.decided_by)}" if query.decided_by else "Remark"
    said = (("Explained", query.explanation), ("Reply", query.reply), (decided, query.remark))
    return Asked(
        query.number,
        query.state.value,
        query.about.code,
        query.about.code in rules,
        _plain(f"{place} ({query.label})" if query.label else place),
        _plain(query.words.asks),
        tuple((name, _plain(text)) for name, text in said if text or (name == decided and query.decided_by)),
    )


def _plain(text: str) -> str:
    """A text from a return without the characters that no page holds well."""
    return text.translate(CODE_POINTS)
