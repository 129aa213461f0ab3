"""A tree written back in the rule language reads back as the same tree."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import shipped
from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.expression import FUNCTIONS, parse, parse_template
from workbook_gen.definition.nodes import (
    And,
    Arithmetic,
    Call,
    Cell,
    Compare,
    Key,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Reference,
    Text,
    children,
    walk,
)
from workbook_gen.definition.words import text_of, written

NAMES = st.sampled_from(["agency_share", "months_done", "issued", "direction", "total", "a1"])
LINES = st.sampled_from(["line", "previous", "total", "groups"])
COLUMNS = st.sampled_from([("fot",), ("months",), ("restated", "mar"), ("restated", "month")])
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip() != "")
NUMBERS = st.floats(min_value=0, max_value=1e15).map(lambda value: abs(float(f"{value:.15g}")))

LEAVES: st.SearchStrategy[Node] = st.one_of(
    NUMBERS.map(Number),
    TEXTS.map(Text),
    NAMES.map(Name),
    st.builds(Reference, st.none() | st.sampled_from(["agency", "position"]), LINES, COLUMNS),
)


def _calls(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def of(name: str) -> st.SearchStrategy[Node]:
        fewest, most = FUNCTIONS[name]
        arguments = st.lists(below, min_size=fewest, max_size=most or 3).map(tuple)
        return st.builds(Call, st.just(name), arguments)

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(of)


def _nodes(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(below, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Negate, below),
        st.builds(Arithmetic, st.sampled_from("+-*/"), below, below),
        st.builds(Compare, st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), below, below),
        st.builds(And, parts),
        st.builds(Or, parts),
        st.builds(Not, below),
        _calls(below),
    )


TREES = st.recursive(LEAVES, _nodes, max_leaves=12)


@given(TREES)
def test_a_tree_written_back_is_the_same_tree(tree: Node) -> None:
    """Any tree, and so also one that would not bind: nothing is lost or moved by the writing."""
    assert parse(text_of(tree)) == tree


def test_every_kind_of_node_is_written() -> None:
    kinds = {type(node) for tree in _shipped_trees() for node in walk(tree)}
    assert kinds >= {Number, Text, Name, Reference, Negate, Arithmetic, Compare, And, Or, Call}


def _shipped_trees() -> list[Node]:
    collection = shipped.collection()
    tables = [table for sheet in collection.sheets for table in sheet.tables]
    rules = [getattr(rule, name) for rule in all_rules(collection) for name in ("check", "explain", "at", "found", "expected")]
    parts = [part for rule in all_rules(collection) for part in (*rule.message, *rule.fix) if not isinstance(part, str)]
    columns = [column.formula for table in tables for column in table.columns]
    lines = [line.formula for table in tables if isinstance(table.lines, tuple) for line in table.lines]
    return [tree for tree in (*rules, *parts, *columns, *lines) if tree is not None]


def test_every_text_of_the_collection_is_written_back() -> None:
    trees = _shipped_trees()
    assert len(trees) > 250
    assert [text_of(tree) for tree in trees if parse(text_of(tree)) != tree] == []


def test_a_message_is_written_back_with_its_braces() -> None:
    messages = [rule.message for rule in all_rules(shipped.collection())]
    assert len(messages) > 50
    assert [message for message in messages if parse_template(written(message)) != message] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("total[fot]<=agency_limit.ceiling[value]", "total[fot] <= agency_limit.ceiling[value]"),
        ("(a+b)+c", "a + b + c"),
        ("a+(b+c)", "a + (b + c)"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a*b)+c", "a * b + c"),
        ("a*(b+c)", "a * (b + c)"),
        ("(a/b)/c", "a / b / c"),
        ("a/(b/c)", "a / (b / c)"),
        ("-(a+b)", "-(a + b)"),
        ("-(a*b)", "-(a * b)"),
        ("-a*b", "-a * b"),
        ("--a", "--a"),
        ("a and (b or c)", "a and (b or c)"),
        ("a and b or c", "a and b or c"),
        ("(a or b) or c", "(a or b) or c"),
        ("a <= b <= c", "a <= b and b <= c"),
        ("not (a == b)", "not (a == b)"),
        ('line[x] == "it\'s"', 'line[x] == "it\'s"'),
        ("line[x]=='yes'", "line[x] == 'yes'"),
        ("line[restated,mar]", "line[restated, mar]"),
        ("iff(a==0,0,b/a*100)", "iff(a == 0, 0, b / a * 100)"),
        ("0.1", "0.1"),
        ("1250499", "1250499"),
        ("0.30000000000000004", "0.3"),
        ("1e3", "1000"),
    ],
)
def test_brackets_stand_where_they_are_needed(text: str, shown: str) -> None:
    assert text_of(parse(text)) == shown
    assert parse(shown) == parse(text)


def test_what_is_shown_is_python_too() -> None:
    """The language is written like Python, so that an editor can colour it."""
    trees = _shipped_trees()
    assert len([ast.parse(text_of(tree), mode="eval") for tree in trees]) == len(trees)


def test_a_bound_tree_has_no_text() -> None:
    with pytest.raises(TypeError, match="is bound"):
        text_of(Cell(Key("agency", "total", "fot")))


def test_a_leaf_has_nothing_below() -> None:
    assert children(Number(1.0)) == ()
    assert walk(Negate(Number(1.0))) == [Negate(Number(1.0)), Number(1.0)]
