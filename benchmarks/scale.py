"""Ten thousand returns received in one run: what each file costs along the way, and how the parent's memory grows.

Every 42 files are returns of the 42 shipped systems or of a copy of them, filled in after other seeds. The first 42 warm the
children; the next ten times 42 are what the others are held against. Each organisation is met for the first time.
"""

import gc
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.interleaved import forget_peak, peak_memory, table
from benchmarks.returns import Made, reception, returns
from workbook_gen.cli import LASTING

MANY, SOME, EACH = 10_000, 1_000, 42
JOBS = 2
FEW = 10
"""How many stretches the first and the last figures are the median of."""


@dataclass
class Course:
    """When each file was done, by the clock, and the most memory that the parent had had, in MB, after some of them."""

    begun: float = field(default_factory=time.perf_counter)
    done: list[float] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)

    def note(self) -> None:
        """One more file is done."""
        self.done.append(time.perf_counter())
        if len(self.done) % SOME == 0:
            self.memory[len(self.done)] = peak_memory()

    def stretches(self) -> list[float]:
        """Milliseconds a file, of every 42 in turn."""
        ends = [self.begun, *self.done[EACH - 1 :: EACH]]
        return [(end - start) / EACH * 1000 for start, end in pairwise(ends)]


def main() -> None:
    """Print the course."""
    gc.set_threshold(LASTING)  # as the command does
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    made = returns(many)
    with tempfile.TemporaryDirectory(dir=made.workspace.folder.parent) as folder:
        course, kept = received(made, Path(folder))
    stretches = course.stretches()
    warm, last = statistics.median(stretches[1 : FEW + 1]), statistics.median(stretches[-FEW:])
    whole = statistics.median(stretches[1:])
    first, end = course.memory[min(course.memory)], course.memory[max(course.memory)]
    print(f"{len(made.files):,} returns of as many organisations received by two children into a register in SQLite.\n")
    rows = [
        ("cost of a file, all, times that at 42 warm", "0.9 to 1.1", f"{whole / warm:.2f}"),
        (f"cost of a file, the last {FEW * EACH}, times that at 42 warm", "0.9 to 1.1", f"{last / warm:.2f}"),
        (f"peak memory of the parent at the end, times that at {min(course.memory):,}", "at most 1.05", f"{end / first:.3f}"),
        ("files in the register, of those given", "all", f"{kept:,} of {len(made.files):,}"),
    ]
    print("\n".join(table(("what", "wanted", "found"), rows)))
    print(f"\n{whole:.1f} ms a file, {1000 / whole:.0f}/s; the first {EACH}, which start the children: {stretches[0]:.1f} ms.")
    print(f"The parent's peak: {', '.join(f'{count:,} files {memory:.0f} MB' for count, memory in course.memory.items())}.")


def received(made: Made, folder: Path) -> tuple[Course, int]:
    """Receive everything, and count what the register holds."""
    files = made.files
    with reception(made, folder, JOBS) as receiving:
        forget_peak()
        course = Course()
        for _ in receiving.receive_each(files):
            course.note()
        return course, len({entry.sha256 for entry in receiving.register.entries()})


if __name__ == "__main__":
    main()
