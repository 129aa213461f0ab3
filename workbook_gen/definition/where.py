"""Which organisations a table is for: a text such as "sector == 'acute' or sector == 'specialist'", as a tree."""

import ast

from workbook_gen.definition.errors import ExpressionError, nearest
from workbook_gen.definition.model import Organisation
from workbook_gen.definition.nodes import And, Compare, Name, Node, Not, Or, Text

ATTRIBUTES = tuple(Organisation.model_fields)
"""The names that a where-text may use."""


def parse_where(text: str) -> Node:
    """The tree of a where-text: `==` and `!=` of an organisation's attribute and a text, joined by and, or, not.

    Raises `ExpressionError` (a `ValueError`) for anything else, naming the nearest attribute.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError) as error:
        raise ExpressionError(f"'{text}' cannot be read. Write it like sector == 'acute' or kind == 'icb'.") from error
    return _node(tree.body)


def matches(node: Node | None, organisation: Organisation) -> bool:
    """Whether the organisation is meant; no condition means every one. Texts compare without case."""
    match node:
        case None:
            return True
        case And(parts):
            return all(matches(part, organisation) for part in parts)
        case Or(parts):
            return any(matches(part, organisation) for part in parts)
        case Not(operand):
            return not matches(operand, organisation)
        case Compare(operator, Name(attribute), Text(value)):
            same = str(getattr(organisation, attribute)).casefold() == value.casefold()
            return same if operator == "==" else not same
        case _:
            raise ExpressionError(f"{type(node).__name__} has no meaning where organisations are chosen.")


def _node(node: ast.expr) -> Node:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return And(tuple(_node(value) for value in values))
        case ast.BoolOp(op=ast.Or(), values=values):
            return Or(tuple(_node(value) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_node(operand))
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return Compare("==", _attribute(left), _text(right))
        case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[right]):
            return Compare("!=", _attribute(left), _text(right))
        case _:
            raise ExpressionError(
                f"'{ast.unparse(node)}' is not a choice of organisations. Compare an attribute with a text by == or !=,"
                f" joined by and, or, not. {_hint(node)}"
            )


def _attribute(node: ast.expr) -> Name:
    if isinstance(node, ast.Name) and node.id in ATTRIBUTES:
        return Name(node.id)
    raise ExpressionError(f"'{ast.unparse(node)}' is no attribute of an organisation. {_hint(node)}")


def _text(node: ast.expr) -> Text:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return Text(node.value)
    raise ExpressionError(f"'{ast.unparse(node)}' is not a text in quotes, such as 'acute'. {_hint(node)}")


def _hint(node: ast.expr) -> str:
    """The nearest attribute to the first name that is none; else the list of attributes."""
    names = (part.id for part in ast.walk(node) if isinstance(part, ast.Name) and part.id not in ATTRIBUTES)
    return nearest(next(names, ""), ATTRIBUTES)
