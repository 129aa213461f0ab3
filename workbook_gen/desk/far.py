"""Checking on a Dask cluster: each worker has child processes of its own, with the same limits on each file."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.desk.child import Checker, in_turn
from workbook_gen.desk.cluster import ClusterError, on_cluster
from workbook_gen.desk.received import Received

T = TypeVar("T")
START: Literal["fork", "spawn"] = "spawn"
"""A worker has threads: what is forked from it could wait for ever for one that is not there."""


@dataclass
class FarChecker(Checker):
    """Checks files as a `Checker` does, on the workers of the scheduler at an address; `count` is how many there will be."""

    address: str = ""
    count: int | None = None

    def check_each(self, files: Iterable[tuple[T, Received | None]]) -> Iterator[tuple[T, CheckedReturn | None]]:
        """Check files side by side, each with what comes with it, and answer in their order. Raises `ClusterError`."""
        asked: deque[T] = deque()
        coming, failed = in_turn(files)

        def to_check() -> Iterator[Received | None]:
            for tag, file in coming:
                asked.append(tag)
                yield file

        there = There(self.desk, self.seconds, self.memory)
        for found in on_cluster(there, to_check(), self.address, self.count):
            yield asked.popleft(), found
        if failed:
            raise failed[0]


@dataclass(frozen=True)
class There:
    """What a worker does with a file: checks it in a child process that no other thread of the worker uses meanwhile."""

    desk: Desk
    seconds: float
    memory: int
    _free: list[Checker] = field(default_factory=list)

    def __call__(self, file: Received | None) -> CheckedReturn | None:
        """Check the file; of none nothing is known."""
        if file is None:
            return None
        if multiprocessing.current_process().daemon:
            raise ClusterError(
                "A worker of this cluster may not have the child process that a file is checked in. "
                "Start the workers with --no-nanny, or with DASK_DISTRIBUTED__WORKER__DAEMON=False."
            )
        try:
            checker = self._free.pop()
        except IndexError:
            checker = Checker(self.desk, self.seconds, self.memory, start=START)
        found = checker.check_received(file)
        self._free.append(checker)
        return found
