"""A file that breaks the reader costs only itself: each way of breaking is a finding, and the next file is read."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.returns import by_code, completed, desk, file_name, sound
from workbook_gen.desk.check import CheckedReturn, Desk, check_received
from workbook_gen.desk.child import Checker, Work
from workbook_gen.desk.receipt import exit_code
from workbook_gen.desk.received import Received, read_file
from workbook_gen.excel.container import MAXIMUM_BYTES
from workbook_gen.findings import State

CODE = "QSL"
MEGABYTE = 1 << 20


def sleep(_: Received, __: Desk) -> CheckedReturn:
    time.sleep(30)
    raise AssertionError


def devour(_: Received, __: Desk) -> CheckedReturn:
    held = [bytearray(50 * MEGABYTE) for _ in range(10)]
    raise AssertionError(len(held))


def stumble(_: Received, __: Desk) -> CheckedReturn:
    raise KeyError("a fault of ours")


def vanish(_: Received, __: Desk) -> CheckedReturn:
    os._exit(9)


def sink(_: Received, __: Desk) -> CheckedReturn:
    def deeper() -> CheckedReturn:
        return deeper()

    return deeper()


BREAKING: dict[str, tuple[Work, str, str]] = {
    "slow": (sleep, "STR-011", "within 0.5 seconds"),
    "greedy": (devour, "STR-012", "more memory"),
    "faulty": (stumble, "STR-012", "KeyError in test_child.py, line "),
    "gone": (vanish, "STR-012", "its process ended with code 9"),
    "endless": (sink, "STR-012", "RecursionError in test_child.py"),
}


def breaking(name: str, work: Work) -> Work:
    """The work that breaks on the file of that name, and checks every other."""
    return lambda file, at: work(file, at) if file.name == name else check_received(file, at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("bad.xlsx", file_name(CODE)):
        (tmp_path / name).write_bytes(completed(CODE))
    return tmp_path


@pytest.mark.parametrize("name", BREAKING)
def test_what_breaks_the_reader_is_a_finding_for_that_file_alone(folder: Path, name: str) -> None:
    work, code, words = BREAKING[name]
    before = os.getpid()
    seconds = 0.5 if work is sleep else 20
    with Checker(desk(), seconds=seconds, memory=200 * MEGABYTE, work=breaking("bad.xlsx", work)) as checker:
        broken = checker.check(folder / "bad.xlsx")
        checker.seconds = 20
        good = checker.check(folder / file_name(CODE))
    assert os.getpid() == before
    (found,) = broken.findings
    assert (found.code, broken.state, exit_code(broken, "fix")) == (code, State.REFUSED, 3)
    assert words in found.message
    assert found.fix
    assert broken.sha256 == read_file(folder / "bad.xlsx").sha256
    assert good == sound(CODE)


def test_one_child_reads_file_after_file(folder: Path) -> None:
    with Checker(desk(), work=named_by_process(check_received)) as checker:
        processes = {checker.check(folder / file_name(CODE)).file for _ in range(3)}
    assert len(processes) == 1
    assert processes != {str(os.getpid())}


def named_by_process(work: Work) -> Callable[[Received, Desk], CheckedReturn]:
    """The work, its answer named after the process that did it."""

    def answer(file: Received, at: Desk) -> CheckedReturn:
        checked = work(file, at)
        return CheckedReturn(str(os.getpid()), checked.sha256, checked.collection, None, ())

    return answer


def test_a_child_that_dies_between_two_files_is_replaced(folder: Path) -> None:
    with Checker(desk(), work=named_by_process(check_received)) as checker:
        first = int(checker.check(folder / "bad.xlsx").file)
        os.kill(first, 9)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        again = checker.check(folder / "bad.xlsx")
        third = checker.check(folder / "bad.xlsx")
    assert int(again.file) != first
    assert third.file == again.file


def test_no_child_is_left_behind(folder: Path) -> None:
    with Checker(desk(), work=named_by_process(check_received)) as checker:
        child = int(checker.check(folder / "bad.xlsx").file)
        assert Path(f"/proc/{child}").exists()
    assert not Path(f"/proc/{child}").exists()


def test_a_file_that_is_too_large_is_hashed_whole_and_kept_in_part(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(3 * MAXIMUM_BYTES)
    file = read_file(path)
    assert len(file.data) == MAXIMUM_BYTES + 1
    assert file.sha256 != read_file_of(tmp_path, file.data).sha256
    (found,) = by_code(check_received(file, desk()), "STR-008")
    assert f"{MAXIMUM_BYTES:,}" in found.message


def read_file_of(folder: Path, data: bytes) -> Received:
    """These bytes as a file of their own."""
    (folder / "part.xlsx").write_bytes(data)
    return read_file(folder / "part.xlsx")
