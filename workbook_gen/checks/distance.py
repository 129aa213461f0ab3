"""How far a check is from holding: 0 or less where it holds, more the further away."""

from workbook_gen.checks.evaluate import Facts, number
from workbook_gen.definition.nodes import And, Arithmetic, Call, Compare, Node, Not, Number, Or, Text

_OTHER_WAY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


class NotArithmetic(Exception):
    """A check that is no comparison of numbers, nor several joined by `and`, `or` and `not`."""


def directed(check: Node, facts: Facts) -> Node:
    """The check as comparisons that hold from one point on, seen from where the figures are.

    `a == b` asks of the larger that it falls as far as the smaller, `within(a, b, n)` that it comes near enough.
    Raises `NotArithmetic`, and `Undefined`.
    """
    match check:
        case And(parts):
            return And(tuple(directed(part, facts) for part in parts))
        case Or(parts):
            return Or(tuple(directed(part, facts) for part in parts))
        case Not(Compare(operator, left, right)):
            return directed(Compare(_OTHER_WAY[operator], left, right), facts)  # type: ignore[arg-type]
        case Compare(operator, left, right) if not isinstance(right, Text) and operator != "!=":
            if operator == "==":
                return Compare("<=" if number(left, facts) > number(right, facts) else ">=", left, right)
            return check
        case Call("within", (left, right, figures)):
            larger, smaller = (left, right) if number(left, facts) > number(right, facts) else (right, left)
            return Compare("<=", Arithmetic("-", larger, smaller), Arithmetic("/", figures, Number(2.0)))
    raise NotArithmetic


def parts_of(check: Node) -> tuple[Node, ...]:
    """The comparisons that must all hold."""
    return tuple(below for part in check.parts for below in parts_of(part)) if isinstance(check, And) else (check,)


def distance(check: Node, facts: Facts) -> float:
    """How far a directed check is from holding: of parts that must all hold the sum, else the nearest. Raises `Undefined`."""
    match check:
        case And(parts):
            found = [distance(part, facts) for part in parts]
            return sum(one for one in found if one > 0) if max(found) > 0 else max(found)
        case Or(parts):
            return min(distance(part, facts) for part in parts)
        case Compare("<" | "<=", left, right):
            return number(left, facts) - number(right, facts)
        case Compare(_, left, right):
            return number(right, facts) - number(left, facts)
    raise NotArithmetic
