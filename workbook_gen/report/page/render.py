"""The report as one HTML file: facts to views, views through templates to bytes. Nothing in it is fetched from anywhere."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workbook_gen.desk.hit_rates import HitRate
from workbook_gen.desk.register.cases import Query
from workbook_gen.report.caveats import illustrative_said
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.national import NationalTable
from workbook_gen.report.page.areas import england_view, region_view
from workbook_gen.report.page.draw import WIDTH
from workbook_gen.report.page.places import system_view
from workbook_gen.report.page.profiles import profiles_of
from workbook_gen.report.page.status import rules_view, status_view
from workbook_gen.report.page.tables import Figures, systems_table
from workbook_gen.report.page.views import Report

STYLE, SCRIPT = "page.css", "page.js"


def national_page(
    found: Consolidation,
    tables: Sequence[NationalTable],
    queries: Mapping[str, Sequence[Query]],
    rates: Sequence[HitRate],
) -> bytes:
    """The HTML report. `queries` are every organisation's, by code; `rates` say how often each rule speaks."""
    return rendered(report_of(found, tables, queries, rates))


def report_of(
    found: Consolidation,
    tables: Sequence[NationalTable],
    queries: Mapping[str, Sequence[Query]],
    rates: Sequence[HitRate],
) -> Report:
    """Everything that the page shows."""
    figures, profiles = Figures.of(tables, found.systems), profiles_of(found.picture.profiles, found.systems)
    rules = rules_view(found, rates)
    known = {page.code for page in rules.pages}
    places = (
        system_view(found, one, figures, profiles[one.system.code], queries.get(one.system.code, ()), known)
        for one in sorted(found.systems, key=lambda one: one.system.icb.name)
    )
    return Report(
        f"{found.collection.title}: the national picture",
        found.collection.team,
        illustrative_said(found),
        england_view(found, figures, profiles),
        systems_table(found, figures, found.systems, "systems-table", "All systems"),
        tuple(region_view(found, area, figures, profiles) for area in found.regions),
        tuple(places),
        rules,
        status_view(found, figures.names),
    )


def rendered(report: Report) -> bytes:
    """The file. The page's policy lets no script run but its own, and nothing be fetched."""
    environment = Environment(
        loader=PackageLoader("workbook_gen.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["width"] = WIDTH
    style, script = (_source(environment, name) for name in (STYLE, SCRIPT))
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = environment.get_template("page.html")
    return template.render(report=report, style=Markup(style), script=Markup(script), policy=policy).encode()


def _source(environment: Environment, name: str) -> str:
    """A file beside the templates, as it is."""
    return cast("PackageLoader", environment.loader).get_source(environment, name)[0]
