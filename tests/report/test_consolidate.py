"""The consolidation: totals equal their parts, what is missing is missing, and a change reaches only what rests on it."""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

import pandas as pd
import pytest

from tests.report.round import Round
from tests.returns import answers, collection, file_name, issuable, national, systems
from workbook_gen.definition.form import read_keys
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Picture
from workbook_gen.definition.values import CellError
from workbook_gen.report.areas import RATES
from workbook_gen.report.consolidate import Consolidation, consolidate, counting
from workbook_gen.report.tidy import FIGURES, TOTALS

OUT = ("QYG", "QSL", "QUE")
NAMES = ["table", "line", "column"]


def rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame, NaN and NA as None."""
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")]


def sums(frame: pd.DataFrame, region: str | None) -> dict[tuple[str, ...], tuple[float, int]]:
    """What the tidy table adds up to, exactly, and of how many systems: an account of its own."""
    found: dict[tuple[str, ...], list[Fraction]] = defaultdict(list)
    for row in rows(frame):
        if region in (None, row["region_code"]) and row["value"] is not None and row["unit"] not in RATES:
            found[tuple(str(row[name]) for name in NAMES)].append(Fraction(float(str(row["value"]))))
    return {key: (float(sum(parts)), len(parts)) for key, parts in found.items()}


def test_every_total_is_the_sum_of_its_parts(picture: Consolidation, record_property: Callable[[str, object], None]) -> None:
    totals = rows(picture.totals)
    areas = {str(row["area_code"]) for row in totals}
    assert len(areas) == 8
    compared = 0
    for area in areas:
        expected = sums(picture.figures, None if area == "England" else area)
        for row in totals:
            if row["area_code"] == area and row["method"] == "sum":
                assert (row["value"], row["systems"]) == expected[tuple(str(row[name]) for name in NAMES)], row
                compared += 1
    assert compared == sum(row["method"] == "sum" for row in totals) > 6000
    record_property("totals compared", compared)


def test_england_is_the_sum_of_its_regions(picture: Consolidation) -> None:
    for key, value in picture.england.values.items():
        if key not in picture.england.again:
            parts = [Fraction(region.values[key]) for region in picture.regions if key in region.values]
            assert float(sum(parts)) == pytest.approx(value, rel=1e-15)
            assert sum(region.reported[key] for region in picture.regions) == picture.england.reported[key]


def test_the_lines_of_organisations_add_up_to_the_table_totals(picture: Consolidation) -> None:
    own = picture.figures[picture.figures.table == "position"]
    for column in ("plan", "ytd", "nov", "mar", "fot", "variance"):
        lines = own[(own.column == column) & (own.line != "total")]
        assert len(lines) == 252
        assert float(lines.value.sum()) == picture.england.values[Key("position", "total", column)]


def test_a_share_is_worked_out_from_totals_and_not_added_up(picture: Consolidation) -> None:
    values = picture.england.values
    agency, pay = (values[Key("pay_bill", line, "fot")] for line in ("agency", "total"))
    assert values[Key("pay_share", "share", "fot")] == pytest.approx(agency / pay * 100)
    assert Key("pay_share", "share", "fot") in picture.england.again
    assert Key("cancer", "fds", "mar") not in values


def test_the_tidy_table_holds_every_answer_once(picture: Consolidation) -> None:
    assert {name: str(kind) for name, kind in picture.figures.dtypes.items()} == FIGURES
    assert {name: str(kind) for name, kind in picture.totals.dtypes.items()} == TOTALS
    assert not picture.figures.duplicated(["system", *NAMES]).any()
    submitted = {
        (row["system"], *(row[name] for name in NAMES)): row["text"] if row["value"] is None else row["value"]
        for row in rows(picture.figures)
        if row["status"] == "submitted"
    }
    given = {(code, *key): value for code in systems() for key, value in answers(code).items() if value is not None}
    assert submitted == given
    assert len(given) > 15000


def test_prefilled_figures_are_the_national_ones_with_their_status_and_source(picture: Consolidation) -> None:
    seen = 0
    for row in rows(picture.figures):
        if row["status"] in ("published", "illustrative"):
            table, _, column = str(row["source"]).partition(".")
            assert row["value"] == national().figure(table, str(row["organisation"]), column)
            assert row["status"] == national().status(table, column)
            assert row["submission"] is None
            seen += 1
    assert seen == sum(len(issuable(code).prefill) for code in systems())


def test_control_totals_are_the_england_totals(picture: Consolidation) -> None:
    controls = rows(picture.controls)
    assert len(controls) > 100
    for row in controls:
        assert (row["difference"] is None) == (row["unit"] == "%")
        allowed = 8 if row["status"] == "published" else 0
        assert row["difference"] is None or abs(float(str(row["difference"]))) <= allowed


def test_what_has_not_come_back_is_missing_and_never_zero(small: Round) -> None:
    for code in systems():
        if code not in OUT:
            small.receive(issuable(code), answers(code), file_name(code))
    found = small.consolidated()
    assert (found.returned, found.expected, found.said) == (39, 42, "39 of 42 returns")
    assert {one.system.code for one in found.missing} == set(OUT)
    own = found.figures[found.figures.system == "QYG"]
    assert set(own[own.status == "missing"].value.isna()) == {True}
    assert set(own.status) == {"published", "illustrative", "computed", "missing"}
    total = found.totals[(found.totals.area == "England") & (found.totals.table == "agency") & (found.totals.line == "total")]
    assert set(total[total.column == "fot"].systems) == {39}
    assert set(total[total.column == "ytd"].systems) == {42}
    share = found.comparisons[(found.comparisons.area_code == "England") & (found.comparisons.table == "position")]
    assert set(share.systems) == {39}
    before = float(share[share.line == "total"].before.iloc[0])
    plans = [one.number(Key("position", "total", "plan")) for one in found.systems if one.returned]
    assert before == sum(plan for plan in plans if plan is not None)


def test_nothing_that_can_be_read_is_no_return(small: Round) -> None:
    small.refuse("QYG")
    found = small.consolidated()
    assert found.returned == 0
    assert found.figures[found.figures.status == "submitted"].empty
    assert Key("agency", "total", "fot") not in found.england.values
    assert found.england.reported[Key("agency", "total", "fot")] == 0


def test_a_total_that_rests_on_a_blank_is_missing(small: Round) -> None:
    blank = Key("agency", "nursing", "jan")
    small.receive(issuable("QYG"), {**answers("QYG"), blank: None}, "QYG.xlsx")
    small.receive(issuable("QSL"), {**answers("QSL"), blank: "about 40"}, "QSL.xlsx")
    small.receive(issuable("QUE"), {**answers("QUE"), blank: CellError("#REF!")}, "QUE.xlsx")
    found = small.consolidated()
    for one in found.systems:
        if one.returned:
            assert one.number(blank) is None
            assert one.number(Key("agency", "total", "fot")) is None
            assert one.number(Key("agency", "total", "feb")) is not None
    assert found.england.reported[Key("agency", "total", "jan")] == 0
    assert found.england.reported[Key("agency", "total", "feb")] == 3
    row = found.completeness[(found.completeness.system == "QYG") & (found.completeness.sheet == "agency")].iloc[0]
    assert row.asked - row.answered == 1


def test_the_latest_return_counts(small: Round) -> None:
    changed = {**answers("QYG"), Key("agency", "nursing", "jan"): 1.0}
    small.receive(issuable("QYG"), answers("QYG"), "first.xlsx")
    small.receive(issuable("QYG"), changed, "second.xlsx")
    small.refuse("QYG")
    (one,) = [one for one in small.consolidated().systems if one.returned]
    assert (one.submission, one.number(Key("agency", "nursing", "jan"))) == (2, 1.0)


def following(one: Key, code: str) -> set[Key]:
    """The totals that rest on an answer, by the formulas."""
    found = {one}
    form = issuable(code).layout.form
    for key in form.order:
        formula = form.cells[key].formula
        if formula is not None and not found.isdisjoint(read_keys(formula)):
            found.add(key)
    return found


@pytest.mark.parametrize("changed", [Key("agency", "nursing", "jan"), Key("flexibility", "digital", "request")])
def test_changing_one_submission_changes_only_what_rests_on_it(whole: Round, picture: Consolidation, changed: Key) -> None:
    found = whole.standings()
    stored = whole.register.answers(counting(found))
    entry = next(one.entry for one in found if one.organisation.code == "QYG")
    assert entry is not None
    moved = {**stored, entry.id: [one._replace(value=7.0) if one.key == changed else one for one in stored[entry.id]]}
    made = {code: issuable(code) for code in systems()}
    after = consolidate(collection(), national(), Picture(), found, moved, made)
    rests = {(key.table, key.line, key.column) for key in following(changed, "QYG")}
    assert 3 < len(rests) < 100
    touched = differing(picture.figures, after.figures, ["system", *NAMES])
    assert {row[0] for row in touched} == {"QYG"}
    assert {row[1:] for row in touched} <= rests
    assert tuple(changed) in {row[1:] for row in touched}
    totals = differing(picture.totals, after.totals, ["area_code", *NAMES])
    assert {row[0] for row in totals} == {"England", issuable("QYG").system.icb.region_code}
    assert {row[1:] for row in totals} <= rests


def differing(before: pd.DataFrame, after: pd.DataFrame, names: list[str]) -> set[tuple[str, ...]]:
    """The rows that are not the same, by these columns."""
    one, other = (frame.set_index(names) for frame in (before, after))
    assert list(one.index) == list(other.index)
    return {
        tuple(map(str, index))
        for index, was, now in zip(one.index, one.value, other.value, strict=True)
        if was != now and not (pd.isna(was) and pd.isna(now))
    }
