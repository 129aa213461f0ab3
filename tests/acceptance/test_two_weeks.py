"""The central team's fortnight from issue to sign-off: 42 systems, 60 files, two versions; every count asserted."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.fortnight import CODES, FIRST, FRESH, LATE, WAIVED, Fortnight, first_try, fortnight, name_of, on
from tests.returns import answers, completed
from tests.versioned import REMOVED

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("two weeks")]

Row = dict[str, Any]
DEFICIT = "BAL-001"


@dataclass
class Story:
    """What was said on each day."""

    round: Fortnight
    receipts: dict[int, list[Row]] = field(default_factory=dict)
    status: dict[int, dict[str, Row]] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)

    def queries(self, *codes: str, state: str = "") -> list[Row]:
        """The queries of organisations, in a state."""
        asked = [part for code in codes for part in ("--org", code)]
        found: list[Row] = self.round.said("queries", *asked, *(("--state", state) if state else ()))["queries"]
        return found

    def accept(self, *codes: str) -> int:
        """Accept everything that these organisations say; how many queries that is."""
        count = 0
        for code in codes:
            numbers = [str(one["number"]) for one in self.queries(code) if one["state"] in ("open", "answered", "pressed")]
            count += len(numbers)
            if numbers:
                self.round.run("accept", code, *numbers, "--by", "Kim Lee", "--remark", "Agreed at the session.")
        return count


def stored(data: bytes) -> bytes:
    """The same workbook in a zip that is packed otherwise, as another program saves it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as after:
        for info in before.infolist():
            after.writestr(info.filename, before.read(info))
    return stream.getvalue()


def first_week(story: Story) -> None:
    """1.0 is issued; eight first tries, a copy, a picture and an empty file; a waiver, and its figures change."""
    one = story.round
    one.run("issue", "--quiet")
    one.at = on(14)
    for code in FIRST:
        one.put("14", name_of(code, "1.0"), first_try(code))
    one.put("14", name_of(CODES[0], "1.0").replace(".xlsx", " (1).xlsx"), first_try(CODES[0]))
    one.put("14", "picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64))
    one.put("14", "empty.xlsx", b"")
    story.receipts[14] = one.receive("14", 3)
    story.status[14] = one.status()
    one.at = on(15)
    story.said["accepted"] = story.accept(*list(FIRST)[:3])
    given = one.said("waive", DEFICIT, "--org", WAIVED, "--reason", "Under dispute", "--until", "2023-12-01", "--by", "Kim Lee")
    story.said["waiver"] = given["waivers"]
    story.said["waived"] = one.status()[WAIVED]
    one.put("15", name_of(WAIVED, "1.0"), completed(WAIVED, FIRST[WAIVED], 2))
    one.put("15", name_of(CODES[1], "1.0"), stored(first_try(CODES[1])))
    story.receipts[15] = one.receive("15", 0)
    story.said["diff"] = one.said("diff", "1", "2", "--org", WAIVED)
    story.status[15] = one.status()


def second_week(story: Story) -> None:
    """1.1 is issued; five returns of 1.0 are carried over; feedback is edited in LibreOffice; all is accepted and signed."""
    one = story.round
    one.at = on(16)
    one.raise_version()
    one.at = on(17)
    late = [one.put("17", name_of(code, "1.0"), first_try(code)) for code in LATE]
    story.receipts[17] = one.receive("17", 4)
    story.said["migrated"] = one.said("migrate", *late, code=1)["migrated"]
    story.said["feedback"] = one.said("feedback", "--by", "Kim Lee")["feedback"]
    story.status[17] = one.status()
    one.at = on(20)
    one.edit("20", [Path(row["to"]) for row in story.said["migrated"]], "Late, reply")
    for code in FRESH:
        one.put("20", name_of(code, "1.1"), one.complete(code))
    story.receipts[20] = one.receive("20", 0)
    one.at = on(21)
    one.edit("21", [Path(row["file"]) for row in story.said["feedback"]], "Reply")
    story.receipts[21] = one.receive("21", 0)
    story.status[21] = one.status()
    story.said["open"] = story.queries()
    one.at = on(23)
    story.said["not yet"] = one.said("sign-off", CODES[0], WAIVED, "--by", "Lee Kim", code=2)
    story.said["accepted at last"] = story.accept(*CODES)
    story.said["signed"] = one.said("sign-off", *CODES[1:], "--by", "Lee Kim")["sign_offs"]
    story.status[23] = one.status()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The whole fortnight."""
    with fortnight(tmp_path_factory.mktemp("fortnight")) as one:
        found = Story(one)
        first_week(found)
        second_week(found)
        yield found


def states(rows: dict[str, Row]) -> dict[str, int]:
    """How many organisations are in each state."""
    return dict(Counter(row["state"] for row in rows.values()))


def test_sixty_files_are_59_submissions(story: Story) -> None:
    assert {day: len(receipts) for day, receipts in story.receipts.items()} == {14: 11, 15: 2, 17: 5, 20: 34, 21: 8}
    received = [one for receipts in story.receipts.values() for one in receipts]
    assert len(received) == 60
    assert [one["given"] for one in received if one["again"]] == [name_of(CODES[0], "1.0")]
    assert len({one["sha256"] for one in received}) == 59
    assert Counter(one["state"] for one in received) == {"clean": 23, "explained": 21, "look": 8, "refused": 7, "fix": 1}
    assert [one["organisation"] for one in received if one["remark"] == "identical"] == [CODES[1]]
    numbers = Counter(str(one["organisation"]) for one in received if not one["again"])
    twice = dict.fromkeys((*FIRST, *LATE), 2)
    assert numbers == {**twice, **dict.fromkeys(FRESH, 1), CODES[1]: 3, WAIVED: 3, "None": 2}
    assert [one["findings"][0]["code"] for one in story.receipts[17]] == ["STR-104"] * len(LATE)


def test_status_on_each_day(story: Story) -> None:
    early = {"not_received": 34, "clean": 2, "explained": 2, "look": 3, "fix": 1}
    assert states(story.status[14]) == states(story.status[15]) == early
    assert states(story.status[17]) == {**early, "not_received": 29, "refused": 5}
    assert states(story.status[21]) == {"clean": 19, "explained": 19, "look": 4}
    assert states(story.status[23]) == {"signed_off": 42}
    for code, row in story.status[17].items():
        assert row["version"] == ("1.0" if code in (*FIRST, *LATE) else None)
        assert row["refused_since"] == 0
    final = story.status[23]
    assert {row["version"] for row in final.values()} == {"1.1"}
    assert {row["signed_off_by"] for row in final.values()} == {"Lee Kim"}
    assert {row["late"] for row in final.values()} == {False}
    assert {row["days"] for row in final.values()} == {2, 3}
    assert {code: row["submission"] for code, row in final.items()} == {
        **dict.fromkeys(FRESH, 1),
        **dict.fromkeys((*FIRST, *LATE), 2),
        CODES[1]: 3,
        WAIVED: 3,
    }
    assert all(row["queries_to_answer"] == row["queries_to_decide"] == [] for row in final.values())


def test_the_waiver_holds_while_its_figures_do(story: Story) -> None:
    (given,) = story.said["waiver"]
    before, waived, after = story.status[14][WAIVED], story.said["waived"], story.status[15][WAIVED]
    assert (given["code"], given["number"], given["found"]) == (DEFICIT, 1, "-15,192")
    assert [row["headlines"]["balanced"] for row in (before, waived, after)] == ["fail", "waived", "fail"]
    assert [row["counts"]["look"] for row in (before, waived, after)] == [5, 4, 5]
    assert [row["counts"]["waived"] for row in (before, waived, after)] == [0, 1, 0]
    (receipt,) = (one for one in story.receipts[15] if one["organisation"] == WAIVED)
    assert receipt["waivers_lapsed"] == [{"number": 1, "rule": DEFICIT}]
    listed = story.round.said("waive")["waivers"]
    assert [(one["state"], one["in_force"]) for one in listed] == [("lapsed", False)]


def test_the_difference_between_two_submissions(story: Story) -> None:
    said = story.said["diff"]
    first, second = answers(WAIVED, FIRST[WAIVED]), answers(WAIVED, FIRST[WAIVED], 2)
    changed = {key for key in first if first[key] != second[key]}
    assert {(one["table"], one["line"], one["column"]) for one in said["inputs"]} == {
        (key.table, key.line, key.column) for key in changed
    }
    (total,) = (one for one in said["totals"] if (one["table"], one["line"], one["column"]) == ("position", "total", "fot"))
    assert (total["before"], total["after"]) == ("-15,192", "-15,226")
    assert said["prefilled"] == said["comments"] == said["rules"] == []
    assert (said["before"]["number"], said["after"]["number"], said["before"]["turned_since"]) == (1, 2, 0)


def test_what_was_of_version_1_0_is_carried_into_1_1(story: Story) -> None:
    rows = {row["organisation"]: row for row in story.said["migrated"]}
    assert sorted(rows) == sorted(LATE)
    for code in LATE:
        filled = sum(value is not None for value in answers(code).values())
        assert (len(rows[code]["carried"]), len(rows[code]["not_carried"])) == (filled - 1, 1)
        assert (rows[code]["from_version"], rows[code]["version"], rows[code]["blank"]) == ("1.0", "1.1", 7)
    for row in story.said["feedback"]:
        assert [left["key"] for left in row["not_carried"]] == [f"assurance.{REMOVED}[answer]"]


def test_feedback_lists_what_is_asked_and_its_replies_come_back(story: Story) -> None:
    rows = {row["organisation"]: row for row in story.said["feedback"]}
    assert sorted(rows) == sorted(FIRST)
    assert {code: row["submission"] for code, row in rows.items() if row["submission"] == 2} == {CODES[1]: 2, WAIVED: 2}
    listed = {(code, number): f"Reply {number}" for code, row in rows.items() for number in row["queries"]}
    assert len(listed) == 38
    assert {(one["organisation"], one["number"]): one["reply"] for one in story.said["open"] if one["reply"]} == listed
    assert Counter(one["state"] for one in story.said["open"]) == {"answered": 61, "open": 1}


def test_what_is_not_answered_cannot_be_signed(story: Story) -> None:
    said = story.said["not yet"]
    assert [one["organisation"] for one in said["sign_offs"]] == [CODES[0]]
    assert said["refused"] == [f"{WAIVED} cannot be signed off: the centre has to accept or press queries 1, 2, 3, 4, 5."]
    assert (story.said["accepted"], story.said["accepted at last"], len(story.said["signed"])) == (2, 62, 41)


def test_the_log_tells_the_fortnight_and_is_whole(story: Story) -> None:
    events = story.round.events()
    assert Counter(event.kind for event in events) == {
        "issued": 84,
        "received": 59,
        "feedback": 8,
        "query open": 31,
        "query answered": 73,
        "query accepted": 64,
        "waiver given": 1,
        "waiver lapsed": 1,
        "sign-off signed": 42,
    }
    assert [event.sequence for event in events] == list(range(1, 364))
    assert [event.kind for event in events[:42]] == ["issued"] * 42
    assert {event.recorded_at[:10] for event in events if event.kind == "issued"} == {"2023-11-08", "2023-11-16"}
    assert {event.recorded_by for event in events if event.kind == "sign-off signed"} == {"Lee Kim"}
    story.round.run("doctor", "--audit")
