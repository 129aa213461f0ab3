"""One process, two, or a cluster that loses a worker: the same bytes issued, and the same words of what comes back."""

import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.returns import completed, desk, file_name
from workbook_gen.cli import main
from workbook_gen.commands import at_desk
from workbook_gen.desk import cluster as cluster_of_workers

KEY = "h2_2023_24"
FEW = 10
"""How many files have come when the worker is killed."""

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the tests' key, and a folder of returns, one of them no workbook and one of them twice."""
    folder = tmp_path_factory.mktemp("home")
    inbox = folder / "inbox"
    inbox.mkdir()
    for system in desk().national.systems:
        (inbox / file_name(system.code)).write_bytes(completed(system.code, "clean"))
    (inbox / "nothing.xlsx").write_bytes(b"")
    shutil.copy(inbox / file_name("QYG"), inbox / "QYG again.xlsx")
    return folder


def run(*arguments: str | Path) -> Any:
    """The object that a command says."""
    done = CliRunner().invoke(main, [*map(str, arguments), "--json", "--quiet"])
    assert done.exit_code in (0, 1, 3), done.output
    return json.loads(done.stdout)


def hands(cluster: Any) -> dict[str, tuple[str, ...]]:
    """The options of everyone who can do the work."""
    return {"one": ("--jobs", "1"), "two": ("--jobs", "2"), "cluster": ("--scheduler", cluster.scheduler_address)}


@contextmanager
def losing_a_worker(cluster: Any, receipts: Path) -> Iterator[list[int]]:
    """Meanwhile, once some files have been received, a worker is killed; gives the process that was."""
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while not over.wait(0.01):
            if len(list(receipts.glob("*.json"))) >= FEW:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)
                return

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def test_what_is_said_of_files_is_the_same_whoever_checks_them(cluster: Any, home: Path) -> None:
    said = {who: run("check", home / "inbox", *options) for who, options in hands(cluster).items()}
    assert len(said["one"]["returns"]) == 44
    assert said["one"] == said["two"] == said["cluster"]


def test_every_file_is_received_once_though_a_worker_is_killed(
    cluster: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_of_workers, "AT_ONCE", 2)
    monkeypatch.setattr(at_desk, "now", lambda: datetime(2023, 11, 20, 9, 30, tzinfo=UTC))
    said = {}
    for who, options in hands(cluster).items():
        losing = losing_a_worker(cluster, tmp_path / who / KEY / "receipts") if who == "cluster" else nullcontext([0])
        with losing as killed:
            said[who] = run("receive", home / "inbox", "--workspace", tmp_path / who, "--by", "kim", *options)["received"]
        assert killed, "the worker was to be killed before everything had come"
    assert len(said["one"]) == 44
    assert len([one for one in said["one"] if not one["again"]]) == len({one["sha256"] for one in said["one"]}) == 43
    assert said["one"] == said["two"] == said["cluster"]


def test_the_same_bytes_are_issued_whoever_writes_them(cluster: Any, tmp_path: Path) -> None:
    digests: dict[str, dict[str, str]] = {}
    for who, options in hands(cluster).items():
        folder = tmp_path / who
        if digests:
            (folder / KEY).mkdir(parents=True)
            shutil.copy(tmp_path / "one" / KEY / "seal.key", folder / KEY)
        run("issue", "--workspace", folder, "--by", "kim", *options)
        digests[who] = {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.xlsx"))}
    assert len(digests["one"]) == 42
    assert digests["one"] == digests["two"] == digests["cluster"]
