"""Every hostile file, by its name."""

from tests.acceptance.hostile import entities, kinds, ours, packages, sheets, zips
from tests.acceptance.hostile.kind import Hostile

CATALOGUE: dict[str, Hostile] = {
    f"{module.__name__.rpartition('.')[2]}-{one.name}": one
    for module in (kinds, zips, entities, packages, sheets, ours)
    for one in vars(module).values()
    if isinstance(one, Hostile)
}
