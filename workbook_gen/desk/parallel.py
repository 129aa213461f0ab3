"""The same work for many workbooks, in this process or in several."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from workbook_gen.desk.workspace import WorkspaceError

T = TypeVar("T")
R = TypeVar("R")
ALONE = "Run it again with --jobs 1."


def side_by_side(work: Callable[[T], R], items: Sequence[T], jobs: int, scheduler: str | None = None) -> Iterator[R]:
    """The work done for each item, in order, by so many processes or by the workers of a Dask scheduler.

    Work and items must be ones that can be sent to another process. Raises `ClusterError`, and `WorkspaceError` where a
    process was ended by somebody else.
    """
    if scheduler is not None:
        from workbook_gen.desk.cluster import on_cluster

        yield from on_cluster(work, items, scheduler, len(items))
        return
    pool = _pool(work, min(jobs, len(items)))
    if pool is None:
        yield from map(work, items)
        return
    try:
        with pool:
            yield from pool.map(_do, items)
    except BrokenProcessPool as error:
        raise WorkspaceError(f"A process was ended, perhaps for want of memory. {ALONE}") from error


def _pool(work: Callable[[T], R], processes: int) -> ProcessPoolExecutor | None:
    """Processes that do this work side by side; none where one is enough, or the machine lets us have no more than this one."""
    if processes <= 1:
        return None
    try:
        return ProcessPoolExecutor(processes, initializer=_take, initargs=(work,))
    except OSError:  # no shared memory for its semaphores, as in some containers
        return None


_taken: list[Callable[[Any], Any]] = []
"""In a process of a pool: its work, given once, so that what it has worked out for one item is there for the next."""


def _take(work: Callable[[Any], Any]) -> None:
    _taken.append(work)


def _do(item: Any) -> Any:
    return _taken[-1](item)
