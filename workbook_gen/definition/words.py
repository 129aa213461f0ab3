"""A tree as written back in the rule language: what `explain` and the rule book show."""

from functools import singledispatch

from workbook_gen.definition.nodes import (
    And,
    Arithmetic,
    Call,
    Compare,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Reference,
    Text,
)


def written(parts: tuple[str | Node, ...]) -> str:
    """A message with its expressions in braces."""
    return "".join(part if isinstance(part, str) else f"{{{text_of(part)}}}" for part in parts)


@singledispatch
def text_of(node: Node) -> str:
    """The text of a tree that is not bound; brackets only where they are needed or help."""
    raise TypeError(f"{node!r} is bound")


@text_of.register
def _(node: Number) -> str:
    return str(int(node.value)) if node.value.is_integer() else repr(node.value)


@text_of.register
def _(node: Text) -> str:
    return repr(node.value)


@text_of.register
def _(node: Name) -> str:
    return node.name


@text_of.register
def _(node: Reference) -> str:
    table = f"{node.table}." if node.table else ""
    return f"{table}{node.line}[{', '.join(node.columns)}]"


@text_of.register
def _(node: Negate) -> str:
    return f"-{_inside(node.operand, _NEGATE)}"


@text_of.register
def _(node: Arithmetic) -> str:
    level = _level(node)
    return f"{_inside(node.left, level)} {node.operator} {_inside(node.right, level + 1)}"


@text_of.register
def _(node: Compare) -> str:
    return f"{_inside(node.left, _SUM)} {node.operator} {_inside(node.right, _SUM)}"


@text_of.register
def _(node: And) -> str:
    return " and ".join(_inside(part, _NOT) for part in node.parts)


@text_of.register
def _(node: Or) -> str:
    return " or ".join(_inside(part, _AND) for part in node.parts)


@text_of.register
def _(node: Not) -> str:
    return f"not {_inside(node.operand, _ATOM)}"


@text_of.register
def _(node: Call) -> str:
    return f"{node.function}({', '.join(text_of(argument) for argument in node.arguments)})"


_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _NEGATE, _ATOM = range(8)
"""How tightly each part binds, the loosest first."""


def _level(node: Node) -> int:
    match node:
        case Or():
            return _OR
        case And():
            return _AND
        case Not():
            return _NOT
        case Compare():
            return _COMPARE
        case Arithmetic(operator):
            return _SUM if operator in "+-" else _PRODUCT
        case Negate():
            return _NEGATE
        case _:
            return _ATOM


def _inside(node: Node, level: int) -> str:
    """A part, in brackets where it binds less tightly than its place asks."""
    return f"({text_of(node)})" if _level(node) < level else text_of(node)
