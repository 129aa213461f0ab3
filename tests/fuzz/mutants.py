"""One mutant after the other: a seed and a number give the mutation, the file it is done to, and the file it makes."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.fuzz.bases import SAVED, SHIPPED, SMALL, Base, base
from tests.fuzz.books import ON_BOOKS
from tests.fuzz.cells import ON_CELLS
from tests.fuzz.package import NotHere, Opened
from tests.fuzz.trees import ON_TEXTS, ON_TREES
from tests.fuzz.zips import ON_BYTES, ON_MEMBERS, packed_otherwise

Change = Callable[[bytes, random.Random], bytes]
_TRIES = 40
_SHIPPED_EVERY, _SAVED_EVERY = 10, 12
"""One round in so many is done to files of the shipped collection, to files saved by LibreOffice."""


def _on_parts(change: Callable[[Opened, random.Random], None], data: bytes, rng: random.Random) -> bytes:
    file = Opened(data)
    change(file, rng)
    return file.data()


MUTATIONS: dict[str, Change] = {
    **ON_BYTES,
    **{
        name: partial(_on_parts, change)
        for name, change in {**ON_MEMBERS, **ON_TEXTS, **ON_TREES, **ON_CELLS, **ON_BOOKS}.items()
    },
    "members packed otherwise": lambda data, rng: packed_otherwise(Opened(data), rng),
}
"""Every mutation by its name."""
NAMES = tuple(MUTATIONS)


@dataclass(frozen=True)
class Mutant:
    """A file spoiled: the seed and number that make it again, the name of what was done, and to which file."""

    seed: int
    number: int
    name: str
    base: Base
    data: bytes

    @property
    def replay(self) -> str:
        """The command that checks it alone."""
        return f"python -m tests.fuzz.replay {self.seed} {self.number}"


def is_of_libreoffice(number: int) -> bool:
    """Whether the mutant of that number is made of a file that LibreOffice saved."""
    return (number // len(NAMES)) % _SAVED_EVERY == _SAVED_EVERY - 1


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of a number: the mutations take turns, so that in so many numbers each occurs."""
    rng = random.Random(f"{seed}:{number}")
    name = NAMES[number % len(NAMES)]
    for _ in range(_TRIES):
        on = base(_base_name(number, rng))
        try:
            return Mutant(seed, number, name, on, MUTATIONS[name](on.data, rng))
        except NotHere:
            continue
    raise NotHere(f"'{name}' finds nothing to work on (seed {seed}, number {number})")


def _base_name(number: int, rng: random.Random) -> str:
    if is_of_libreoffice(number):
        small, shipped = SAVED
        return shipped if rng.random() < 0.2 else small
    is_shipped = (number // len(NAMES)) % _SHIPPED_EVERY == _SHIPPED_EVERY - 2
    return rng.choice(list(SHIPPED if is_shipped else SMALL))
