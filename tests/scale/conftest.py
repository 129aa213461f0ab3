"""A Dask cluster of two workers on this machine."""

from collections.abc import Iterator
from typing import Any

import dask
import pytest
from distributed import LocalCluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes that may have children of their own, and come back when they are killed."""
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL") as workers,
    ):
        yield workers
