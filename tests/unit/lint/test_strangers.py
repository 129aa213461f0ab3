"""Line 5: a code, a name or a number of another system is found wherever it stands; what is one's own is left alone."""

import html
from dataclasses import replace

import pytest

from tests.shipped import collection, issuable, national
from tests.unit.lint.breaking import matched, offences, on_sheet, replaced, with_member
from workbook_gen.checks.run import complete, facts_of, run_rules
from workbook_gen.definition.model import Organisation, System
from workbook_gen.definition.nodes import Key
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.names import line_05_nothing_of_another
from workbook_gen.lint.own_numbers import as_number, definition_numbers, own_numbers
from workbook_gen.lint.strangers import Strangers, strangers_of

OTHER = national().system("QUE")
STRANGER = OTHER.providers[0]
FIGURE = national().figure("income_expenditure_plan", "QUE", next(iter(national().tables["income_expenditure_plan"])))
CEILING = Key("agency_limit", "ceiling", "value")


def test_nothing_of_another_stands_in_a_sound_workbook(exhibit: Exhibit, large: Exhibit) -> None:
    assert offences(line_05_nothing_of_another, exhibit) == []
    assert offences(line_05_nothing_of_another, large) == []


PLANTED = {
    STRANGER.code: f"the code {STRANGER.code}",
    STRANGER.name: f"the name {STRANGER.name.casefold()}",
    OTHER.code: f"the code {OTHER.code}",
    OTHER.icb.region_code: f"the code {OTHER.icb.region_code}",
    OTHER.icb.region_name.upper(): f"the name {OTHER.icb.region_name.casefold()}",
    f"{FIGURE:,.0f}": f"the number {FIGURE:,.0f}",
    f"{FIGURE:.0f}": f"the number {FIGURE:.0f}",
}
"""What is planted, and what is said of it."""


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", "</t>", " {}</t>"),
        ("xl/workbook.xml", "</definedName>", " {}</definedName>"),
        ("docProps/core.xml", "</dc:subject>", " {}</dc:subject>"),
        ("docProps/custom.xml", "</vt:lpwstr>", " {}</vt:lpwstr>"),
        ("xl/charts/chart1.xml", "<c:v>", "<c:v>{} "),
        ("xl/worksheets/sheet4.xml", "</oddFooter>", " {}</oddFooter>"),
        ("xl/worksheets/sheet4.xml", ' prompt="', ' prompt="{} '),
        ("xl/worksheets/sheet1.xml", ' display="', ' display="{} '),
    ],
)
def test_whatever_is_planted_in_a_part_is_found(exhibit: Exhibit, part: str, old: str, new: str) -> None:
    spoilt = replaced(exhibit, part, old, new.format(html.escape("; ".join(PLANTED))))
    assert {f"{part} holds {said}" for said in PLANTED.values()} <= set(offences(line_05_nothing_of_another, spoilt))


def test_a_name_that_tags_cut_through_is_found(exhibit: Exhibit) -> None:
    first, _, rest = STRANGER.name.partition(" ")
    runs = f"<r><t>{first} </t></r><r><t>{rest}</t></r>"
    found = offences(line_05_nothing_of_another, replaced(exhibit, "xl/sharedStrings.xml", "<si>", f"<si>{runs}</si><si>"))
    assert f"xl/sharedStrings.xml holds the name {STRANGER.name.casefold()}" in found


@pytest.mark.parametrize("number", [FIGURE, -FIGURE, 12.75])
def test_a_number_in_a_cell_is_found_where_it_stands(exhibit: Exhibit, number: float) -> None:
    sheet, row, column = exhibit.found[CEILING]
    own = exhibit.book.cells[sheet, row, column]
    spoilt = on_sheet(exhibit, sheet, f"<v>{own.value:.0f}</v>", f"<v>{number}</v>")
    found = offences(line_05_nothing_of_another, spoilt)
    assert found == [f"{sheet} {own.cell.coordinate} holds {number:.10g}"]


@pytest.mark.parametrize(("text", "held"), [("43", True), ("43.5", False), ("101", False), ("0", True), ("100", True)])
def test_whole_numbers_to_100_are_anyone_s(exhibit: Exhibit, text: str, held: bool) -> None:
    sheet, row, column = exhibit.found[CEILING]
    own = exhibit.book.cells[sheet, row, column].value
    spoilt = on_sheet(exhibit, sheet, f"<v>{own:.0f}</v>", f"<v>{text}</v>")
    assert (offences(line_05_nothing_of_another, spoilt) == []) is held


def test_a_number_in_a_formula_is_found(exhibit: Exhibit) -> None:
    spoilt = on_sheet(exhibit, "Agency", "<f>SUM(", f"<f>{FIGURE:.0f}+SUM(")
    (found,) = offences(line_05_nothing_of_another, spoilt)
    assert found.startswith("Agency ")
    assert found.endswith(f" reckons with {FIGURE:.0f}")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("IF(TRUE,&quot;QUE&quot;,1)", "xl/worksheets/sheet8.xml holds the code QUE"),
        (f"&quot;{html.escape(STRANGER.name)}&quot;", f"xl/worksheets/sheet8.xml holds the name {STRANGER.name.casefold()}"),
    ],
)
def test_a_code_or_a_name_in_a_formula_is_found(exhibit: Exhibit, formula: str, said: str) -> None:
    spoilt = matched(exhibit, exhibit.book.part_of("Agency"), r"<f>SUM\([^<]*", f"<f>{formula}")
    assert said in offences(line_05_nothing_of_another, spoilt)


@pytest.mark.parametrize("formula", ["Y59+1", "$Y$59", "SUM(Y59:Y60)"])
def test_an_address_that_reads_like_a_code_is_no_code(exhibit: Exhibit, formula: str) -> None:
    assert "Y59" in exhibit.strangers.codes
    spoilt = matched(exhibit, exhibit.book.part_of("Agency"), r"<f>SUM\([^<]*", f"<f>{formula}")
    assert offences(line_05_nothing_of_another, spoilt) == []


def test_a_cell_that_holds_a_code_is_named(exhibit: Exhibit) -> None:
    spoilt = matched(
        exhibit, "xl/worksheets/sheet1.xml", r'<c r="A2"([^>]*) t="s"><v>\d+</v>', r'<c r="A2"\1 t="str"><v>QUE</v>'
    )
    assert "Cover A2 holds the code QUE" in offences(line_05_nothing_of_another, spoilt)


def test_a_number_in_a_formula_s_words_is_found(exhibit: Exhibit) -> None:
    spoilt = on_sheet(exhibit, "Cover", "<v>QSL – This return:", f"<v>QSL – {FIGURE:,.0f} This return:")
    assert offences(line_05_nothing_of_another, spoilt) == [f"Cover A4 says {FIGURE:,.0f}"]


@pytest.mark.parametrize("digest", ["1" * 64, "a1" * 32, f"{FIGURE:.0f}".ljust(64, "0")])
def test_a_digest_is_no_number(exhibit: Exhibit, digest: str) -> None:
    spoilt = matched(exhibit, "docProps/custom.xml", "[0-9a-f]{64}", digest)
    assert offences(line_05_nothing_of_another, spoilt) == []


def test_a_part_that_cannot_be_read_does_not_pass(exhibit: Exhibit) -> None:
    found = offences(line_05_nothing_of_another, with_member(exhibit, "xl/media/image1.png", b"\x89PNG\xff"))
    assert found == ["xl/media/image1.png is no text, so what stands in it cannot be told"]


def test_without_another_system_there_is_nothing_to_tell_apart(exhibit: Exhibit) -> None:
    alone = replace(exhibit, strangers=Strangers(frozenset(), (), (), exhibit.strangers.own_numbers))
    assert offences(line_05_nothing_of_another, alone) == ["There is no other system to tell this one from"]


def organisation(code: str, name: str, board: str, region: str = "R") -> Organisation:
    return Organisation(
        code=code,
        name=name,
        kind="icb" if code == board else "provider",
        icb_code=board,
        region_code=region,
        region_name=f"The {region}",
    )


OWN = System(icb=organisation("AAA", "Upper Vale", "AAA"), providers=(organisation("AAB", "Vale", "AAA"),))
NEIGHBOUR = (organisation("B", "Vale End", "B"), organisation("BBC", "Far", "B", "S"))


def test_strangers_are_all_but_one_s_own_and_the_region_that_is_shared() -> None:
    found = strangers_of(OWN, (*OWN.organisations, *NEIGHBOUR), [-12345.6789012, 101])
    assert found.codes == {"B", "BBC", "S"}
    assert found.names == ("far", "the s", "vale end")
    assert found.own_names == ("upper vale", "the r", "vale")
    assert found.own_numbers == {12345.678901, 101}


@pytest.mark.parametrize(
    ("number", "own"), [(12345.678901, True), (-12345.678901, True), (12345.6, False), (7, True), (-7, False)]
)
def test_a_number_is_own_under_either_sign_to_six_decimals(number: float, own: bool) -> None:
    assert strangers_of(OWN, NEIGHBOUR, [12345.6789012]).owns(number) is own


def short_code(exhibit: Exhibit) -> Exhibit:
    return replace(exhibit, strangers=replace(exhibit.strangers, codes=exhibit.strangers.codes | {"A"}))


@pytest.mark.parametrize(
    ("text", "held"), [("A", True), ("Board (A)", True), ("A ledger", False), ("Grade A", False), ("A&amp;E", False)]
)
def test_a_short_code_is_looked_for_as_a_whole_text(exhibit: Exhibit, text: str, held: bool) -> None:
    spoilt = replaced(short_code(exhibit), "xl/sharedStrings.xml", "<si>", f"<si><t>{text}</t></si><si>")
    assert ("xl/sharedStrings.xml holds the code A" in offences(line_05_nothing_of_another, spoilt)) is held


def test_own_numbers_are_figures_totals_fractions_counts_thresholds_and_dates() -> None:
    one = issuable("QSL")
    form = one.layout.form
    values = complete(form, one.prefill)
    results = run_rules(one.layout.instances, facts_of(form, values))
    found = {round(number, 6) for number in own_numbers(form, values, results, len(one.prefill), len(one.illustrative))}
    total = values[Key("allocation", "rebaselined", "national")]
    share = next(figure for key, figure in one.prefill.items() if key.table == "ae" and key.column == "original_nov")
    required = sum(cell.required for cell in form.inputs())
    for number in (one.prefill[CEILING], total, share / 100, required, len(results), len(one.illustrative)):
        assert isinstance(number, int | float)
        assert round(number, 6) in found
    assert FIGURE not in found


def test_the_definition_s_numbers_stand_in_its_figures_its_words_and_its_dates() -> None:
    found = set(definition_numbers(collection()))
    assert {3.7, 500.0, 2023.0, 2024.0, 2074.0, 1117.0, 2000.0, 45238.0, 45231.0} <= found
    assert FIGURE not in found


@pytest.mark.parametrize(("token", "number"), [("1,234.5", 1234.5), ("7", 7.0), ("1,000,000", 1e6)])
def test_a_number_in_words_is_read(token: str, number: float) -> None:
    assert as_number(token) == number
