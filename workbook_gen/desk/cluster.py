"""The same work on a Dask cluster: tasks of some dozens of items each, their results in the order of the items.

A worker that is lost costs nothing but time: its tasks are done again elsewhere, and each item has one result. This module
needs the extra `scale`: without it to import it raises `WorkspaceError`.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from math import ceil
from typing import Any, TypeVar

from workbook_gen.desk.workspace import WorkspaceError

try:
    from distributed import Client, Future, KilledWorker, get_worker
    from distributed.comm import connect
    from distributed.diagnostics.plugin import WorkerPlugin
except ModuleNotFoundError as error:
    raise WorkspaceError("A cluster needs Dask: pip install 'workbook-gen[scale]', here and on the workers.") from error

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 64
"""How many items a task has at most: enough that what a task itself costs does not count."""
SECONDS = 10
"""How long a scheduler may take to answer."""
_AHEAD = 2
"""How many tasks for each thread of the cluster are under way, or done and not yet read."""


class ClusterError(WorkspaceError):
    """A cluster that cannot be used; the message says why, and what to do."""


class Given(WorkerPlugin):  # type: ignore[misc] # Dask has no types
    """The work, sent to each worker once: to those that are there, and to those that join later."""

    def __init__(self, name: str, work: Callable[[Any], Any]) -> None:
        self.name, self.work = name, work


def on_cluster(work: Callable[[T], R], items: Iterable[T], address: str, count: int | None = None) -> Iterator[R]:
    """The work done for each item, in order, by the workers of a scheduler; no more is sent than they can soon do.

    `count` is how many items there are, where that is known: few are shared out among all. Work and
    items must be ones that can be sent to another machine, where this package is installed too. Raises `ClusterError`, and
    whatever the work raises.
    """
    with _connected(address) as client, _given(client, work) as name:
        remaining, at_once = iter(items), _at_once(client, count)
        under_way: deque[Future] = deque()
        while True:
            while len(under_way) < _room(client) and (some := list(islice(remaining, at_once))):
                under_way.append(client.submit(_do, name, some, pure=False))
            if not under_way:
                return
            yield from _results(under_way.popleft())


def _do(name: str, items: Sequence[Any]) -> list[Any]:
    """On a worker: the work that it was given, for each item."""
    given = get_worker().plugins[name]
    return [given.work(item) for item in items]


def _results(task: Future) -> list[Any]:
    try:
        results: list[Any] = task.result()
    except KilledWorker as error:
        raise ClusterError(f"The cluster has lost too many workers over one task. {error}") from error
    finally:
        task.release()
    return results


def _room(client: Client) -> int:
    """How many tasks may be under way."""
    return _AHEAD * _threads(client)


def _at_once(client: Client, count: int | None) -> int:
    """How many items a task has: 64, or what leaves no thread without a task."""
    return AT_ONCE if count is None else max(1, min(AT_ONCE, ceil(count / _room(client))))


def _threads(client: Client) -> int:
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


@contextmanager
def _given(client: Client, work: Callable[[Any], Any]) -> Iterator[str]:
    """The work with every worker, under a name of its own, until all is done."""
    name = f"workbook-gen-{secrets.token_hex(8)}"
    client.register_plugin(Given(name, work), name=name)
    try:
        yield name
    finally:
        client.unregister_worker_plugin(name)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        asyncio.run(_greet(address))
    except (OSError, ValueError) as error:
        raise ClusterError(f"No Dask scheduler answers at {address}. Start one with: dask scheduler") from error
    with Client(address, timeout=SECONDS, set_as_default=False) as client:
        yield client


async def _greet(address: str) -> None:
    """Connect, and no more: a client that cannot is long in giving up."""
    comm = await connect(address, timeout=SECONDS)
    await comm.close()
