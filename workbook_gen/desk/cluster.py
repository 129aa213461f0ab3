"""The same work on a Dask cluster: tasks of some dozens of items each, their results in the order of the items.

A worker that is lost costs nothing but time: its tasks are done again elsewhere, and each item has one result. This module
needs the extra `scale`: without it to import it raises `WorkspaceError`.
"""

import asyncio
import logging
import secrets
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from math import ceil
from typing import Any, TypeVar

from workbook_gen.desk.workspace import WorkspaceError

try:
    from distributed import Client, Future, KilledWorker, get_worker
    from distributed.core import rpc
    from distributed.diagnostics.plugin import WorkerPlugin
    from distributed.utils import silence_logging_cmgr
except ModuleNotFoundError as error:
    raise WorkspaceError("A cluster needs Dask: pip install 'workbook-gen[scale]', here and on the workers.") from error

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 64
"""How many items a task has at most: enough that what a task itself costs does not count."""
SECONDS = 10
"""How long a scheduler may take to answer, and to have a worker."""
PATIENCE = 60
"""How long a cluster may be without a worker, in seconds, before it is given up."""
_AHEAD = 2
"""How many tasks for each thread of the cluster are under way, or done and not yet read."""


_GONE = (OSError, CancelledError, RuntimeError)
"""What Dask raises where a cluster does not answer, or no more."""
_NO_DASK = (ValueError, TypeError, KeyError)
"""What it raises over an address that is none, or an answer that makes no sense."""
AGAIN = "What was done before stays done; run it again."
PACKAGE = "workbook-gen"


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
                under_way.append(_submitted(client, name, some))
            if not under_way:
                return
            yield from _results(client, under_way.popleft())


def _do(name: str, items: Sequence[Any]) -> list[Any]:
    """On a worker: the work that it was given, for each item."""
    given = get_worker().plugins[name]
    return [given.work(item) for item in items]


def _submitted(client: Client, name: str, some: Sequence[Any]) -> Future:
    with _while_it_lasts(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph")  # some dozens of files go with each task: they are its work
        return client.submit(_do, name, some, pure=False)


def _results(client: Client, task: Future) -> list[Any]:
    """What a task gives, waited for as long as there are workers; what its own work raises is raised as it is."""
    try:
        while not task.done():
            with _while_it_lasts(), suppress(TimeoutError):
                task.exception(timeout=PATIENCE)
            if not task.done() and not _threads(client):
                raise ClusterError(f"The cluster has had no worker for a while. {AGAIN}")
        if task.cancelled():
            raise ClusterError(f"The cluster has gone away. {AGAIN}")
        results: list[Any] = task.result()
    except KilledWorker as error:
        raise ClusterError(f"The cluster has lost too many workers over one task. {error}") from error
    finally:
        task.release()
    return results


@contextmanager
def _while_it_lasts() -> Iterator[None]:
    """What is asked of the cluster, and its end told in words."""
    try:
        yield
    except _GONE as error:
        raise ClusterError(f"The cluster has gone away. {AGAIN}") from error


def _room(client: Client) -> int:
    """How many tasks may be under way."""
    return _AHEAD * max(1, _threads(client))


def _at_once(client: Client, count: int | None) -> int:
    """How many items a task has: 64, or what leaves no thread without a task."""
    return AT_ONCE if count is None else max(1, min(AT_ONCE, ceil(count / _room(client))))


def _threads(client: Client) -> int:
    with _while_it_lasts():
        threads: dict[str, int] = client.nthreads()
    return sum(threads.values())


@contextmanager
def _given(client: Client, work: Callable[[Any], Any]) -> Iterator[str]:
    """The work with every worker, under a name of its own, until all is done."""
    name = f"workbook-gen-{secrets.token_hex(8)}"
    with _while_it_lasts():
        client.register_plugin(Given(name, work), name=name)
    try:
        yield name
    finally:
        with suppress(*_GONE):  # which has been told
            client.unregister_worker_plugin(name)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        kind = asyncio.run(asyncio.wait_for(_kind(address), SECONDS))
    except (*_GONE, *_NO_DASK) as error:
        raise ClusterError(f"No Dask scheduler answers at {address}. Start one with: dask scheduler") from error
    if kind != "Scheduler":
        raise ClusterError(f"At {address} there is a Dask {kind.lower()}, not the scheduler.")
    with silence_logging_cmgr(logging.CRITICAL), Client(address, timeout=SECONDS, set_as_default=False) as client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            raise ClusterError(f"The scheduler has no worker. Start one with: dask worker {address} --no-nanny") from error
        _compare_versions(client)
        yield client


def _compare_versions(client: Client) -> None:
    """ClusterError where a worker has another version of this package, or has it not."""
    here = version(PACKAGE)
    try:
        there = set(client.run(version, PACKAGE).values())
    except PackageNotFoundError as error:
        raise ClusterError(f"A worker has no {PACKAGE}. There, as here: pip install '{PACKAGE}[scale]=={here}'") from error
    if there != {here}:
        raise ClusterError(f"The workers have {PACKAGE} {', '.join(sorted(there - {here}))}; here it is {here}.")


async def _kind(address: str) -> str:
    """What answers there, asked by hand: a client that cannot connect is long in giving up."""
    async with rpc(address, timeout=SECONDS) as there:
        answer: dict[str, str] = await there.identity()
    return answer["type"]
