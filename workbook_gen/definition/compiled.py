"""A collection with what is the same in every system worked out once: when it is loaded, or by the first that needs it."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from workbook_gen.definition.expand import make_form
from workbook_gen.definition.form import FixedCells
from workbook_gen.definition.instances import FixedInstances
from workbook_gen.definition.layout import Layout, make_layout
from workbook_gen.definition.model import Collection, System


@dataclass(frozen=True)
class Compiled:
    """A collection, and what the layouts of its systems have in common as far as it is known."""

    collection: Collection
    cells: FixedCells = field(default_factory=FixedCells)
    instances: FixedInstances = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)

    def layout(self, system: System) -> Layout:
        """The layout of a system. Raises `DefinitionError` where the definition does not hold for it."""
        return make_layout(make_form(self.collection, system, self.cells), self.instances, self.known)
