"""Which national figure stands in which cell, on a small collection; and the shipped one, whole."""

from pathlib import Path

import pytest

from tests.national_tables import TEMPLATE, faults_of, fixed_line, only, prefill_column, small_collection
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection, Column, Line, Table
from workbook_gen.definition.nodes import Key, Number
from workbook_gen.definition.sources import National
from workbook_gen.definition.where import parse_where
from workbook_gen.national.data import load_national
from workbook_gen.national.prefill import item_of, prefill

TOTAL = Line(key="total", sub_code="TOT", label="Total", formula=Number(0.0))
TEXT = Column(key="explanation", code="TXT", label="Explanation", kind="input", type="text", unit="", dp=0)
LINES = Table(
    key="lines",
    code="LIN1",
    title="Lines",
    lines=(fixed_line("pay"), fixed_line("drugs", ("plan",)), fixed_line("estates", ("phased",)), TOTAL),
    columns=(
        prefill_column("plan", "plan"),
        prefill_column("phased", "phased", month="nov"),
        prefill_column("phased", "phased", month="dec"),
        prefill_column("limit", "limits", "ceiling"),
        TEXT,
    ),
)
ACUTE = Table(
    key="acute",
    code="ACU1",
    title="Acute",
    lines="organisations",
    where=parse_where("sector == 'acute'"),
    total="Total",
    columns=(
        prefill_column("beds", "beds"),
        prefill_column("october", "beds", "oct"),
        prefill_column("original", "months", month="nov"),
        prefill_column("original", "months", month="dec"),
    ),
)
NATIONAL = National(
    organisations="national/organisations.csv", items="national/items.csv", tables={"people": "kind == 'provider'"}
)
FILES = {
    "organisations": (
        "org_code,name,kind,sector,icb_code,region_code,region_name\n"
        "Q1,First,icb,,Q1,Y1,North\nQ2,Second,icb,,Q2,Y1,North\n"
        "R2,B Trust,provider,acute,Q1,Y1,North\nR1,a Trust,provider,acute,Q1,Y1,North\n"
        "R3,Community,provider,community,Q1,Y1,North\nR4,Other,provider,acute,Q2,Y1,North\n"
    ),
    "items": (
        "table,column,label,unit,status,england_total,source,method\n"
        "plan,pay,Pay,£000,published,30,S,\nplan,estates,Estates,£000,illustrative,3,,M\n"
        "phased,pay_nov,,£000,published,3,S,\n".replace(",,£000", ",Pay,£000")
        + "phased,pay_dec,Pay,£000,published,5,S,\nphased,drugs_nov,Drugs,£000,published,7,S,\n"
        "phased,drugs_dec,Drugs,£000,published,9,S,\nlimits,ceiling,Ceiling,£000,published,300,S,\n"
        "beds,beds,Beds,beds,published,60,S,\nbeds,oct,October,beds,published,6,S,\n"
        "months,nov,November,beds,published,6,S,\nmonths,dec,December,beds,published,9,S,\n"
        "people,staff,Staff,people,published,10,S,\n"
    ),
    "plan": "org_code,pay,estates\nQ1,10,1\nQ2,20,2\n",
    "phased": "org_code,pay_nov,pay_dec,drugs_nov,drugs_dec\nQ1,1,2,3,4\nQ2,2,3,4,5\n",
    "limits": "org_code,ceiling\nQ1,100\nQ2,200\n",
    "beds": "org_code,beds,oct\nR1,10,1\nR2,20,2\nR4,30,3\n",
    "months": "org_code,nov,dec\nR1,1,2\nR2,2,3\nR4,3,4\n",
    "people": "org_code,staff\nR1,1\nR2,2\nR3,3\nR4,4\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "national").mkdir()
    for name, text in FILES.items():
        (tmp_path / "national" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def small() -> Collection:
    return small_collection(LINES, ACUTE, national=NATIONAL)


def test_every_prefilled_cell_and_no_other_has_its_figure(small: Collection, folder: Path) -> None:
    national = load_national(small, folder)
    assert prefill(small, national, national.system("Q1")) == {
        Key("lines", "pay", "plan"): 10,
        Key("lines", "estates", "plan"): 1,
        Key("lines", "pay", "phased_nov"): 1,
        Key("lines", "pay", "phased_dec"): 2,
        Key("lines", "drugs", "phased_nov"): 3,
        Key("lines", "drugs", "phased_dec"): 4,
        Key("lines", "pay", "limit"): 100,
        Key("lines", "drugs", "limit"): 100,
        Key("lines", "estates", "limit"): 100,
        Key("acute", "r1", "beds"): 10,
        Key("acute", "r2", "beds"): 20,
        Key("acute", "r1", "october"): 1,
        Key("acute", "r2", "october"): 2,
        Key("acute", "r1", "original_nov"): 1,
        Key("acute", "r2", "original_nov"): 2,
        Key("acute", "r1", "original_dec"): 2,
        Key("acute", "r2", "original_dec"): 3,
    }


def test_organisations_stand_by_name(small: Collection, folder: Path) -> None:
    national = load_national(small, folder)
    keys = [key.line for key in prefill(small, national, national.system("Q1")) if key.column == "beds"]
    assert keys == ["r1", "r2"]


def test_a_system_without_such_organisations_has_no_such_figures(small: Collection, folder: Path) -> None:
    hosted = ACUTE.model_copy(update={"where": parse_where("sector == 'acute' and icb_code == 'Q1'")})
    for name in ("beds", "months"):
        path = folder / "national" / f"{name}.csv"
        path.write_text(path.read_text().replace("R4,30,3\n", "").replace("R4,3,4\n", ""))
    items = folder / "national" / "items.csv"
    text = items.read_text(encoding="utf-8")
    for old, new in (("60", "30"), ("oct,October,beds,published,6", "oct,October,beds,published,3")):
        text = text.replace(old, new)
    items.write_text(
        text.replace("published,6,", "published,3,").replace("beds,published,9", "beds,published,5"), encoding="utf-8"
    )
    collection = small_collection(LINES, hosted, national=NATIONAL)
    national = load_national(collection, folder)
    assert {key.table for key in prefill(collection, national, national.system("Q2"))} == {"lines"}


def test_a_choice_that_chooses_nobody_is_a_fault(folder: Path) -> None:
    nobody = ACUTE.model_copy(update={"where": parse_where("sector == 'acut'")})
    faults = faults_of(small_collection(LINES, nobody, national=NATIONAL), folder)
    assert faults[0] == "acute: its 'where' chooses no organisation of organisations.csv. Correct the text in quotes."


@pytest.mark.parametrize(
    ("where", "problem"),
    [("kind == 'trust'", "chooses no organisation"), ("knd == 'icb'", "Did you mean 'kind'?")],
)
def test_a_declared_coverage_must_choose_somebody(folder: Path, where: str, problem: str) -> None:
    national = NATIONAL.model_copy(update={"tables": {"people": where}})
    faults = faults_of(small_collection(LINES, ACUTE, national=national), folder)
    only(faults[:1], "people", problem)


def test_a_table_that_no_sheet_uses_covers_whom_it_declares(small: Collection, folder: Path) -> None:
    path = folder / "national" / "people.csv"
    path.write_text(path.read_text().replace("R3,3\n", ""))
    only(faults_of(small, folder), "people: R3 Community is missing. Add its row, with staff.")


def test_the_status_of_a_cell_is_that_of_its_column(small: Collection, folder: Path) -> None:
    national = load_national(small, folder)
    plan, phased = LINES.columns[0], LINES.columns[1]
    pay, drugs, estates = fixed_line("pay"), fixed_line("drugs", ("plan",)), fixed_line("estates")
    assert item_of(national, LINES, pay, plan).status == "published"
    assert item_of(national, LINES, estates, plan).status == "illustrative"
    assert item_of(national, LINES, pay, phased).status == "published"
    assert item_of(national, ACUTE, fixed_line("r1"), ACUTE.columns[2]).status == "published"
    for line, column in ((drugs, plan), (TOTAL, plan), (pay, TEXT)):
        with pytest.raises(KeyError, match=line.key):
            item_of(national, LINES, line, column)


def test_records_take_no_figures(small: Collection, folder: Path) -> None:
    records = Table(key="risks", code="RSK1", title="Risks", lines=3, columns=(TEXT,))
    collection = small_collection(LINES, ACUTE, records, national=NATIONAL)
    national = load_national(collection, folder)
    assert prefill(collection, national, national.system("Q1")) == prefill(small, national, national.system("Q1"))


def test_the_shipped_collection_prefills_every_system() -> None:
    collection = load_collection(TEMPLATE)
    national = load_national(collection, TEMPLATE)
    system = national.system("QE1")
    values = prefill(collection, national, system)
    acute = [one for one in system.providers if one.sector == "acute"]
    assert values[Key("allocation", "industrial_action", "national")] == 20995
    assert values[Key("agency_limit", "ceiling", "value")] == 70384
    assert values[Key("elective_target", "revised", "value")] == 105.1
    assert {key.line for key in values if key.table == "ae"} == {one.code.lower() for one in acute}
    assert not [key for key in values if key.line in ("total", "opening", "surplus")]


def test_every_prefilled_cell_of_every_form_is_filled() -> None:
    collection = load_collection(TEMPLATE)
    national = load_national(collection, TEMPLATE)
    assert national.systems
    for system in national.systems:
        cells = make_form(collection, system).cells.values()
        wanted = {cell.key for cell in cells if cell.role == "prefill"}
        assert set(prefill(collection, national, system)) == wanted
        assert wanted
