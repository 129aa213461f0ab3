"""Files checked side by side: in their order, each within its own limits, and never more of them in hand than that takes."""

import gc
import os
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.acceptance.test_child import named_by_process
from tests.desk.inbox import Inbox, small_or_real
from tests.garbage import left_by
from tests.returns import SEAL_KEY, collection, completed, desk, file_name, systems
from workbook_gen.cli import main
from workbook_gen.desk.check import LAYOUTS, CheckedReturn, Desk
from workbook_gen.desk.child import Checker
from workbook_gen.desk.receive import Reception
from workbook_gen.desk.received import Received
from workbook_gen.excel.identity import Identity

CODES = systems()[:3]


def answered(file: Received, _: Desk) -> CheckedReturn:
    """An answer at once, or as the bytes say: later, never, or with the end of the process."""
    match file.data.split():
        case [b"later", seconds]:
            time.sleep(float(seconds))
        case [b"end"]:
            os._exit(9)
        case [b"fault"]:
            raise KeyError(file.name)
    return CheckedReturn(file.name, file.sha256, "", None, ())


def files(*texts: str) -> Iterator[tuple[int, Received]]:
    """A file of each text, with its number."""
    return ((number, Received(str(number), "", text.encode())) for number, text in enumerate(texts))


def test_answers_come_in_the_order_of_the_files_whichever_is_first() -> None:
    with Checker(desk(), work=answered, jobs=3) as checker:
        found = list(checker.check_each(files("later 0.5", "", "", "later 0.2", "", "", "", "")))
    assert [(number, checked.file) for number, checked in found if checked] == [(number, str(number)) for number in range(8)]


def test_each_of_several_children_costs_only_its_own_file() -> None:
    with Checker(desk(), work=answered, seconds=0.6, jobs=2) as checker:
        found = checker.check_each(files("", "end", "", "later 30", "", "fault", "", ""))
        codes = {number: [one.code for one in checked.findings] for number, checked in found if checked}
    broken = {1: ["STR-012"], 3: ["STR-011"], 5: ["STR-012"]}
    assert codes == {number: broken.get(number, []) for number in range(8)}


def test_children_are_used_again_and_are_as_many_as_the_jobs() -> None:
    with Checker(desk(), work=named_by_process(answered), jobs=2) as checker:
        processes = {checked.file for _, checked in checker.check_each(files(*["later 0.02"] * 12)) if checked}
        assert len(processes) == 2
        assert {checker.check_received(Received("", "", b"")).file} <= processes
    assert not any(Path(f"/proc/{process}").exists() for process in processes)


def test_a_child_is_replaced_when_it_has_met_as_many_systems_as_a_desk_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_gen.desk.child.LAYOUTS", 3)
    met = [*["QYG", "QSL"] * 3, "QUE", "QYG", "", "", "QSL", "QSL"]
    stamped = [Identity(code or None, "1.0", None, ()) for code in met]

    def identified(file: Received, _: Desk) -> CheckedReturn:
        return CheckedReturn(str(os.getpid()), file.sha256, "", stamped[int(file.name)], ())

    with Checker(desk(), work=identified, jobs=1) as checker:
        given = ((None, Received(str(number), f"digest {number}", b"")) for number in range(len(met)))
        processes = [checked.file for _, checked in checker.check_each(given) if checked]
    assert [len(list(same)) for _, same in groupby(processes)] == [7, 3, 2]
    assert len(set(processes)) == 3


def collecting(file: Received, _: Desk) -> CheckedReturn:
    """Whether garbage is looked for, in place of the file's name."""
    return CheckedReturn(str(gc.isenabled()), file.sha256, "", None, ())


def test_a_child_looks_for_no_garbage() -> None:
    with Checker(desk(), work=collecting) as checker:
        assert checker.check_received(Received("", "", b"")).file == "False"
    assert gc.isenabled()


def test_a_file_can_be_asked_about_while_others_are_in_hand() -> None:
    with Checker(desk(), work=answered, jobs=1) as checker:
        found = []
        for number, checked in checker.check_each(files("", "later 0.1", "")):
            between = list(checker.check_each([("known", None), ("new", Received("new", "", b""))]))
            assert [(tag, one and one.file) for tag, one in between] == [("known", None), ("new", "new")]
            found.append((number, checked and checked.file))
        assert found == [(0, "0"), (1, "1"), (2, "2")]


def test_no_more_files_are_read_ahead_than_the_children_have_in_hand() -> None:
    read = []

    def noted() -> Iterator[tuple[int, Received]]:
        for number, file in files(*["later 0.3", *[""] * 99]):
            read.append(number)
            yield number, file

    with Checker(desk(), work=answered, jobs=2) as checker:
        for number, _ in checker.check_each(noted()):
            assert len(read) - number <= 9
    assert len(read) == 100


def test_what_is_raised_where_files_come_from_is_raised_in_its_turn() -> None:
    def failing() -> Iterator[tuple[int, Received]]:
        yield from files("later 0.2", "", "")
        raise FileNotFoundError("the fourth")

    with Checker(desk(), work=answered, jobs=2) as checker:
        found = checker.check_each(failing())
        assert [next(found)[0] for _ in range(3)] == [0, 1, 2]
        with pytest.raises(FileNotFoundError, match="the fourth"):
            next(found)


def test_nobody_is_left_at_work_when_the_answers_are_no_longer_wanted() -> None:
    with Checker(desk(), work=named_by_process(answered), jobs=2) as checker:
        found = checker.check_each(files("", "later 30", "", ""))
        next(found)
        started = time.monotonic()
        found.close()  # type: ignore[attr-defined]
        assert checker.check_received(Received("after", "", b"")).file
    assert time.monotonic() - started < 10


def test_where_there_is_no_file_nothing_is_known() -> None:
    with Checker(desk(), work=answered, jobs=2) as checker:
        found = dict(checker.check_each([("a", None), ("b", Received("b", "", b"")), ("c", None)]))
    assert [name for name, checked in found.items() if checked is None] == ["a", "c"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some returns, and the key that sealed them."""
    (tmp_path / "in").mkdir()
    for number, code in enumerate(CODES):
        (tmp_path / "in" / f"{number}_{file_name(code)}").write_bytes(completed(code, "deficit_unexplained"))
    (tmp_path / "in" / "3_cut.xlsx").write_bytes(completed(CODES[0])[:5_000])
    (tmp_path / collection().key).mkdir()
    (tmp_path / collection().key / "seal.key").write_text(SEAL_KEY.hex())
    return tmp_path


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_check_says_is_the_same_however_many_work(folder: Path, form: tuple[str, ...]) -> None:
    arguments = ["check", str(folder / "in"), "--workspace", str(folder), *form]
    said = [CliRunner().invoke(main, [*arguments, "--jobs", jobs]) for jobs in ("1", "2")]
    assert [one.exit_code for one in said] == [3, 3]
    assert said[0].stdout == said[1].stdout
    assert said[0].stdout.count("cut.xlsx") == 1


def test_files_are_entered_in_their_order_however_many_work(tmp_path: Path) -> None:
    texts = ("QYG fix 5", "QSL look 3", "no workbook", "QYG fix 5", "QYG clean 7", "QUE explained 1 words", "QSL look 3")
    entered = []
    for jobs in (1, 2, 3):
        (tmp_path / str(jobs)).mkdir()
        inbox = Inbox(tmp_path / str(jobs), tmp_path / f"{jobs}.sqlite")
        paths = [inbox.file(text, f"{number}.xlsx") for number, text in enumerate(texts)]
        with Checker(desk(), work=small_or_real, jobs=jobs) as checker:
            reception = Reception(inbox.workspace, inbox.register, checker, inbox.clock)
            tried = [one.given for one in reception.try_out_each(paths)]
            entered.append([(one.given, one.again, one.entry) for one in reception.receive_each(paths)])
        assert tried == [path.name for path in paths]
        assert inbox.ailments() == []
    assert entered[0] == entered[1] == entered[2]
    assert [again for _, again, _ in entered[0]] == [False, False, False, True, False, False, True]
    assert len({entry.event_hash for _, _, entry in entered[0]}) == 5


def test_a_layout_goes_at_once_when_its_desk_does() -> None:
    assert left_by(lambda: Desk(desk().collection, desk().national, None).issuable(CODES[0])) == 0


def test_a_desk_keeps_the_layouts_that_were_last_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(systems()) < LAYOUTS
    monkeypatch.setattr("workbook_gen.desk.check.LAYOUTS", 2)
    at = Desk(desk().collection, desk().national, None)
    first, second = CODES[0], CODES[1]
    made = {code: at.issuable(code) for code in (first, second)}
    assert at.issuable(first) is made[first]
    at.issuable(CODES[2])
    assert list(at.layouts) == [first, CODES[2]]
    assert at.issuable(first) is made[first]
    assert at.issuable(second) is not made[second]
