"""What every fact of a definition has in common: frozen, and strict about unknown fields."""

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from workbook_gen.definition.nodes import Node

if TYPE_CHECKING:
    Tree = Node
else:
    Tree = Any  # trees are made by `expression.parse`, which is their validation


class Model(BaseModel):
    """A frozen fact; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
