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
    return f"{node.value:.15g}"


@text_of.register
def _(node: Text) -> str:
    return f"'{node.value}'"


@text_of.register
def _(node: Name) -> str:
    return node.name


@text_of.register
def _(node: Reference) -> str:
    table = f"{node.table}." if node.table else ""
    return f"{table}{node.line}[{', '.join(node.columns)}]"


@text_of.register
def _(node: Negate) -> str:
    return f"-{_inside(node.operand)}"


@text_of.register
def _(node: Arithmetic) -> str:
    tight = node.operator in "*/"
    left = _inside(node.left) if tight else text_of(node.left)
    loose_right = isinstance(node.right, Arithmetic) and (tight or node.right.operator in "+-")
    right = f"({text_of(node.right)})" if loose_right else text_of(node.right)
    return f"{left} {node.operator} {right}"


@text_of.register
def _(node: Compare) -> str:
    return f"{text_of(node.left)} {node.operator} {text_of(node.right)}"


@text_of.register
def _(node: And) -> str:
    return " and ".join(f"({text_of(part)})" if isinstance(part, Or) else text_of(part) for part in node.parts)


@text_of.register
def _(node: Or) -> str:
    return " or ".join(text_of(part) for part in node.parts)


@text_of.register
def _(node: Not) -> str:
    return f"not ({text_of(node.operand)})"


@text_of.register
def _(node: Call) -> str:
    return f"{node.function}({', '.join(text_of(argument) for argument in node.arguments)})"


def _inside(node: Node) -> str:
    return f"({text_of(node)})" if isinstance(node, Arithmetic) and node.operator in "+-" else text_of(node)
