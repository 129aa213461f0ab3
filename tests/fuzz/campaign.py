"""Many mutants, one after the other: what became of them by mutation, which properties did not hold, and what it cost."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.fuzz.mutants import mutant
from tests.fuzz.oracle import breaches, outcome
from tests.fuzz.replay import checked

LIMIT = 20.0
"""Seconds after which the child process that checks a file is stopped."""


@dataclass
class Campaign:
    """The tally of mutation and outcome, the breaches in words, and the slowest check in seconds of processor time."""

    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slow: int = 0

    @property
    def names(self) -> set[str]:
        """The mutations that occurred."""
        return {name for name, _ in self.tally}

    @property
    def summary(self) -> str:
        """How many mutants there were, what became of them, and what it cost."""
        kinds = Counter[str]()
        for (_, became), count in self.tally.items():
            kinds[became.partition(" STR")[0]] += count
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        became = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items()))
        return (
            f"{self.tally.total():,} mutants: {became}; slowest check {self.slowest:.2f} s, {self.slow} over 2 s; "
            f"peak memory of the test process {memory:.0f} MB"
        )

    def table(self) -> str:
        """A line a mutation: how often each outcome."""
        lines = []
        for name in sorted(self.names):
            became = sorted((kind, count) for (one, kind), count in self.tally.items() if one == name)
            lines.append(f"{name}: " + ", ".join(f"{kind} {count:,}" for kind, count in became))
        return "\n".join(lines)


def examine(seed: int, numbers: Iterable[int]) -> Campaign:
    """Check the mutants of these numbers. What the reader raises is raised, once the command that repeats it is said."""
    campaign = Campaign()
    for number in numbers:
        is_done = False
        try:
            _examine(seed, number, campaign)
            is_done = True
        finally:
            if not is_done:
                sys.stdout.write(f"while checking: python -m tests.fuzz.replay {seed} {number}\n")
    return campaign


def _examine(seed: int, number: int, campaign: Campaign) -> None:
    one = mutant(seed, number)
    begun = time.process_time()
    said = checked(one)
    taken = time.process_time() - begun
    campaign.slowest = max(campaign.slowest, taken)
    campaign.slow += taken > 2
    campaign.tally[one.name, outcome(said, one.base)] += 1
    found = list(breaches(one.base, one.data, said))
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        campaign.breaches.append(f"{one.replay}: {one.name}, on '{one.base.name}': {found[0]}{more}")
