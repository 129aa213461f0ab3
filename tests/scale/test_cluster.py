"""Work on a Dask cluster: in order, each item once, whatever becomes of the workers; what goes wrong is told in words."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import LocalCluster

from workbook_gen.desk import cluster as cluster_of_workers
from workbook_gen.desk.cluster import ClusterError, on_cluster

pytestmark = pytest.mark.xdist_group("cluster")
AT_ONCE = 8


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks of a few items, so that there are many."""
    monkeypatch.setattr(cluster_of_workers, "AT_ONCE", AT_ONCE)


def square(number: int) -> tuple[int, int]:
    """The number's square, and the process that worked it out."""
    time.sleep(0.002)
    return number * number, os.getpid()


def deadly(number: int) -> int:
    """Ends the worker at one number."""
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def faulty(number: int) -> int:
    """Fails at one number."""
    if number == 3:
        raise ValueError(f"no {number}")
    return number


def test_results_come_in_order_and_from_both_workers(cluster: Any) -> None:
    found = list(on_cluster(square, range(200), cluster.scheduler_address))
    assert [result for result, _ in found] == [number * number for number in range(200)]
    assert len({process for _, process in found}) == 2


def test_a_worker_that_is_killed_costs_no_item_and_doubles_none(cluster: Any) -> None:
    found = []
    for result, process in on_cluster(square, range(600), cluster.scheduler_address):
        found.append(result)
        if len(found) == 100:
            os.kill(process, signal.SIGKILL)
    assert found == [number * number for number in range(600)]


def test_no_more_is_taken_than_can_soon_be_done(cluster: Any) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1_000):
            taken.append(number)
            yield number

    ahead = []
    for done, _ in enumerate(on_cluster(square, items(), cluster.scheduler_address), start=1):
        ahead.append(len(taken) - done)
    assert max(ahead) <= AT_ONCE * 2 * 2
    assert len(taken) == 1_000


def test_a_task_that_ends_every_worker_is_given_up_in_words(cluster: Any) -> None:
    with pytest.raises(ClusterError, match="lost too many workers over one task"):
        list(on_cluster(deadly, range(10), cluster.scheduler_address))


def test_what_the_work_raises_is_raised_here(cluster: Any) -> None:
    with pytest.raises(ValueError, match="no 3"):
        list(on_cluster(faulty, range(10), cluster.scheduler_address))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "", str(Path("/nowhere"))])
def test_a_scheduler_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at .*\. Start one with: dask scheduler"):
        list(on_cluster(square, [1], address))


def test_what_answers_but_is_no_scheduler_is_told(cluster: Any) -> None:
    worker = next(iter(cluster.scheduler.workers))
    with pytest.raises(ClusterError, match=f"At {worker} there is a Dask worker, not the scheduler"):
        list(on_cluster(square, [1], worker))


def test_a_port_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_of_workers, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match=f"No Dask scheduler answers at {address}"):
            list(on_cluster(square, [1], address))


def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_of_workers, "SECONDS", 2)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(ClusterError, match=r"The scheduler has no worker\. Start one with: dask worker tcp://"),
    ):
        list(on_cluster(square, [1], empty.scheduler_address))


def test_workers_that_go_for_good_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_of_workers, "PATIENCE", 1)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs="CRITICAL") as workers:
        results = on_cluster(square, range(1_000), workers.scheduler_address)
        assert next(results)[0] == 0
        workers.scale(0)
        with pytest.raises(ClusterError, match=r"The cluster has had no worker for a while\. What was done"):
            list(results)


def test_a_cluster_that_goes_away_is_told() -> None:
    connecting = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with (
        connecting,
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs="CRITICAL") as workers,
    ):
        results = on_cluster(square, range(1_000), workers.scheduler_address)
        assert next(results)[0] == 0
        workers.close()
        with pytest.raises(ClusterError, match=r"The cluster has gone away\. What was done before stays done; run it again\."):
            list(results)


def test_workers_without_the_package_or_with_another_version_are_told(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_of_workers, "version", version_here)
    with pytest.raises(ClusterError, match=r"The workers have workbook-gen \d.*; here it is 0\.0\.1"):
        list(on_cluster(square, [1], cluster.scheduler_address))
    monkeypatch.setattr(cluster_of_workers, "PACKAGE", "a-package")
    with pytest.raises(ClusterError, match=r"A worker has no a-package\. There, as here: pip install 'a-package"):
        list(on_cluster(square, [1], cluster.scheduler_address))


class VersionHere:
    """Another version here than on the workers, to which it goes as the true function."""

    def __call__(self, package: str) -> str:
        return "0.0.1"

    def __reduce__(self) -> str | tuple[Any, ...]:
        return getattr, (metadata, "version")


version_here = VersionHere()
