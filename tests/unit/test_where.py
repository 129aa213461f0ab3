import pytest

from workbook_gen.definition.model import Organisation
from workbook_gen.definition.nodes import And, Compare, Name, Not, Number, Or, Text
from workbook_gen.definition.where import matches, parse_where

ACUTE = Compare("==", Name("sector"), Text("acute"))
NOT_ICB = Compare("!=", Name("kind"), Text("icb"))
TRUST = Organisation(
    code="R0A",
    name="Trust",
    kind="provider",
    sector="acute",
    icb_code="QE1",
    region_code="Y62",
    region_name="North West",
)


def test_comparisons_and_connectives_become_our_nodes() -> None:
    assert parse_where("sector == 'acute'") == ACUTE
    assert parse_where("sector == 'acute' and kind != 'icb'") == And((ACUTE, NOT_ICB))
    assert parse_where("not (sector == 'acute' or kind != 'icb')") == Not(Or((ACUTE, NOT_ICB)))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sector == 'acute'", True),
        ("sector == 'ACUTE'", True),
        ("sector != 'acute'", False),
        ("sector == 'acute' and kind == 'icb'", False),
        ("sector == 'specialist' or kind == 'provider'", True),
        ("not sector == 'acute'", False),
    ],
)
def test_an_organisation_is_chosen_by_its_attributes(text: str, meant: bool) -> None:
    assert matches(parse_where(text), TRUST) is meant


def test_no_condition_chooses_every_organisation() -> None:
    assert matches(None, TRUST)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sector ==",
        "sector",
        "sector < 'acute'",
        "sector == acute",
        "sector == ''",
        "sector == 1",
        "'acute' == sector",
        "kind == 'icb' == 'icb'",
        "print('x')",
        "sector in ('acute', 'community')",
        "sector == 'a' if kind else 'b'",
        "\0",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="'"):
        parse_where(text)


def test_an_unknown_attribute_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean 'sector'"):
        parse_where("kind == 'icb' or secter == 'acute'")


def test_a_tree_that_chooses_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Number"):
        matches(Number(1.0), TRUST)
