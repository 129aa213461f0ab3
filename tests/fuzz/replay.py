"""Check one mutant alone: python -m tests.fuzz.replay SEED NUMBER [FILE], where FILE is what to write the mutant to."""

import sys
from pathlib import Path

from tests.fuzz.mutants import Mutant, mutant
from tests.fuzz.oracle import breaches, outcome
from tests.returns import check
from workbook_gen.desk.check import CheckedReturn


def checked(one: Mutant) -> CheckedReturn:
    """The mutant, checked in this process: whatever is raised is a fault of the reader."""
    return check(one.data, one.base.file_name, one.base.desk)


def main(arguments: list[str]) -> int:
    """Say what was done, what became of it and which properties do not hold; 1 where one does not."""
    seed, number, *file = arguments
    one = mutant(int(seed), int(number))
    if file:
        Path(file[0]).write_bytes(one.data)
    said = checked(one)
    found = list(breaches(one.base, one.data, said))
    known = set(one.base.checked.findings)
    lines = [
        f"{one.name}, on '{one.base.name}': {outcome(said, one.base)}",
        *(f"  {finding.code} {finding.message}" for finding in said.findings if finding not in known),
        *(f"  WRONG: {breach}" for breach in found),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
