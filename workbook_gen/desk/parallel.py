"""The same work for many workbooks, in this process or in several."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import ceil
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """The work done for each item, in order. Work and items must be ones that can be sent to another process."""
    pool = _pool(min(jobs, len(items)))
    if pool is None:
        yield from map(work, items)
        return
    with pool:
        yield from pool.map(work, items, chunksize=ceil(len(items) / (jobs * 4)))


def _pool(processes: int) -> ProcessPoolExecutor | None:
    """Processes that work side by side; none where one is enough, or the machine lets us have no more than this one."""
    if processes <= 1:
        return None
    try:
        return ProcessPoolExecutor(processes)
    except OSError:  # no shared memory for its semaphores, as in some containers
        return None
