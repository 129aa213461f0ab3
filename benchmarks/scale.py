"""Ten thousand returns received in one run: what each file costs along the way, and how the parent's memory grows.

Every 42 files are returns of the 42 shipped systems or of a copy of them, filled in after other seeds. Each organisation is met
for the first time. Before, between and after the thousands a few files are received by two children of their own, warmed by 42
others, into a register of their own: what a file costs in a run of 42, while the machine is as fast or slow as it is.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.interleaved import forget_peak, peak_memory, table
from benchmarks.returns import Made, reception, returns
from workbook_gen.cli import LASTING
from workbook_gen.desk.receive import Reception

MANY, SOME, EACH = 10_000, 1_000, 42
JOBS = 2


@dataclass
class Course:
    """What a file cost, in milliseconds by the clock: in each thousand, and in small runs around them; MB at the peak."""

    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def ratios(self) -> list[float]:
        """How many times as much as in the small runs before and after it a file cost, in each thousand."""
        return [one / statistics.mean(around) for one, around in zip(self.large, pairwise(self.small), strict=True)]


def main() -> None:
    """Print the course."""
    gc.set_threshold(LASTING)  # as the command does
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    made = returns(many)
    with tempfile.TemporaryDirectory(dir=made.workspace.folder.parent) as folder:
        course, kept = received(made, Path(folder))
    ratios = course.ratios()
    print(f"{len(made.files):,} returns of as many organisations received by two children into a register in SQLite.\n")
    rows = [
        ("cost of a file, median of the thousands, times that at 42 warm", "0.9 to 1.1", f"{statistics.median(ratios):.2f}"),
        ("cost of a file, the last thousand, times that at 42 warm", "0.9 to 1.1", f"{ratios[-1]:.2f}"),
        (
            "peak memory of the parent at the end, times that at 1,000",
            "at most 1.05",
            f"{max(course.memory) / course.memory[0]:.3f}",
        ),
        ("files in the register, of those given", "all", f"{kept:,} of {len(made.files):,}"),
    ]
    print("\n".join(table(("what", "wanted", "found"), rows)))
    whole, small = statistics.median(course.large), statistics.median(course.small)
    print(f"\n{whole:.1f} ms a file, {1000 / whole:.0f}/s; {small:.1f} in small runs.")
    print(f"Thousand by thousand, times the small runs around it: {', '.join(f'{ratio:.2f}' for ratio in ratios)}.")
    print(f"The parent's peak: {', '.join(f'{memory:.0f}' for memory in course.memory)} MB.")


def received(made: Made, folder: Path) -> tuple[Course, int]:
    """Receive everything, and count what the register holds."""
    files, course = made.files, Course()
    with reception(made, folder / "all", JOBS) as receiving:
        each(receiving, files[:EACH])
        course.small.append(at_few(made, folder))
        forget_peak()
        for start in range(EACH, len(files), SOME):
            course.large.append(each(receiving, files[start : start + SOME]))
            course.memory.append(peak_memory())
            course.small.append(at_few(made, folder))
        return course, len({entry.sha256 for entry in receiving.register.entries()})


def at_few(made: Made, folder: Path) -> float:
    """What a file costs where there are few: less than the layouts that children keep."""
    with tempfile.TemporaryDirectory(dir=folder) as few, reception(made, Path(few), JOBS) as receiving:
        each(receiving, made.files[:EACH])
        return each(receiving, made.files[EACH : 3 * EACH])


def each(receiving: Reception, files: Sequence[Path]) -> float:
    """Receive files: milliseconds of each."""
    start = time.perf_counter()
    for _ in receiving.receive_each(files):
        pass
    return (time.perf_counter() - start) / len(files) * 1000


if __name__ == "__main__":
    main()
