"""From a block of text to a model: the same strictness, and the same words, for every block."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from workbook_gen.definition.errors import DefinitionError, ExpressionError, nearest
from workbook_gen.definition.expression import parse, parse_template
from workbook_gen.definition.nodes import Node

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Place:
    """Where in the definition a block stands: its file, and the table, rule or chart it is."""

    file: str
    block: str

    def error(self, field: str, problem: str) -> DefinitionError:
        """An error at this place."""
        return DefinitionError(self.file, self.block, field, problem)

    def within(self, block: str) -> "Place":
        """A block inside this one."""
        return Place(self.file, f"{self.block}, {block}" if self.block else block)


def build(model: type[M], data: Mapping[str, Any], place: Place) -> M:
    """The model of a block. Raises `DefinitionError` with the field, and the nearest name for an unknown one."""
    try:
        return model.model_validate(dict(data))
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            problem = f"there is no such field. {nearest(str(first['loc'][-1]), model.model_fields)}"
        elif first["type"] == "missing":
            problem = "this field is missing."
        else:
            problem = f"{first['msg']} (found {first['input']!r})."
        raise place.error(field, problem) from error


def tree(text: Any, place: Place, field: str) -> Node | None:
    """The tree of an expression's text; None for no text."""
    if text is None or text == "":
        return None
    if not isinstance(text, str):
        raise place.error(field, f"an expression is a text (found {text!r}).")
    try:
        return parse(text)
    except ExpressionError as error:
        raise place.error(field, str(error)) from error


def template(text: Any, place: Place, field: str) -> tuple[str | Node, ...]:
    """The parts of a message; a missing one is an error."""
    if not isinstance(text, str) or not text:
        raise place.error(field, "this text is missing.")
    try:
        return parse_template(text)
    except ExpressionError as error:
        raise place.error(field, str(error)) from error


def trees(data: Mapping[str, Any], fields: tuple[str, ...], place: Place) -> dict[str, Any]:
    """The block with the expressions of the named fields parsed."""
    return {**data, **{field: tree(data[field], place, field) for field in fields if field in data}}
