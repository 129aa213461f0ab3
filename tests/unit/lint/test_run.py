"""Every line over every workbook: what one offends against, what that says of the line, and what cannot pass by absence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.returns import SEAL_KEY, desk, file_name
from tests.shipped import collection, issuable, national
from tests.unit.lint.breaking import exhibit_of, matched, replaced, with_book, with_member
from workbook_gen.desk.check import check_file
from workbook_gen.findings import WORDS, Outcome, Severity
from workbook_gen.lint.book import Book, Unopened, plain
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.exhibits import Collector, Listed, listed_by_its_seal, make_exhibit
from workbook_gen.lint.run import CHECKLIST, Inspection, NothingToLint, inspect, inspections, verdicts
from workbook_gen.lint.verdict import Said, Verdict

ENGINE = (2, 24)
"""The lines that need a second engine."""


def lint(exhibits: Iterable[Exhibit]) -> tuple[Verdict, ...]:
    """What the workbooks say of every line."""
    return verdicts(map(inspect, exhibits))


def test_the_checklist_has_43_lines_each_with_a_title_and_a_check_of_its_own() -> None:
    assert [line.number for line in CHECKLIST] == list(range(1, 44))
    assert len({line.title for line in CHECKLIST}) == len({line.check for line in CHECKLIST}) == 43
    assert max(len(line.title) for line in CHECKLIST) <= 100
    assert all(getattr(line.check, "__name__", "").startswith(f"line_{line.number:02}_") for line in CHECKLIST)


def test_a_sound_workbook_passes_every_line_but_those_that_need_another_engine(exhibit: Exhibit, large: Exhibit) -> None:
    found = lint([exhibit, large])
    assert {one.number: one.offences for one in found if one.said is Said.FAIL} == {}
    assert tuple(one.number for one in found if one.said is Said.NOT_TESTED) == ENGINE
    assert all("LibreOffice" in why for one in found if one.said is Said.NOT_TESTED for why in one.offences)


def test_no_workbook_is_an_error() -> None:
    with pytest.raises(NothingToLint, match="no workbook"):
        lint([])


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_workbook_offends_against_one_line_and_is_tested_in_no_other(exhibit: Exhibit, data: bytes) -> None:
    found = {one.number: one for one in lint([with_book(exhibit, Book(data))])}
    assert found[2].said is Said.FAIL
    assert found[2].offences[0].startswith("QSL_h2_2023_24_v1.0.xlsx: The file does not open as a workbook: ")
    assert {one.said for number, one in found.items() if number != 2} == {Said.NOT_TESTED}
    assert found[1].offences == ("the file does not open",)


def spoilt(exhibit: Exhibit) -> Iterator[Exhibit]:
    """Files that are packages, but no sound ones."""
    yield replaced(exhibit, "xl/workbook.xml", "</workbook>", "")
    yield matched(exhibit, "xl/styles.xml", "<cellXfs", "<cellXf")
    yield with_book(exhibit, Book(exhibit.book.data[: len(exhibit.book.data) // 2]))
    yield replaced(exhibit, "[Content_Types].xml", "/xl/workbook.xml", "/xl/notebook.xml")
    yield with_member(exhibit, "xl/sharedStrings.xml", b"<sst")
    yield replaced(exhibit, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/gone.xml")
    yield matched(exhibit, "xl/workbook.xml", "(?s)^", '<!DOCTYPE workbook [<!ENTITY a "b">]>')


@pytest.mark.parametrize("number", range(7))
def test_a_damaged_file_is_said_to_be_one(exhibit: Exhibit, number: int) -> None:
    damaged = list(spoilt(exhibit))[number]
    with pytest.raises(Unopened):
        damaged.book.open()
    assert inspect(damaged).offences.keys() == {2}


def inspection(file: str, offences: tuple[str, ...] = (), *, untested: bool = False) -> Inspection:
    return Inspection(file, {5: offences}, {5: "no engine"} if untested else {})


@pytest.mark.parametrize(
    ("inspected", "said", "offences"),
    [
        ([inspection("a"), inspection("b")], Said.PASS, ()),
        ([inspection("a", ("X A1 is",)), inspection("b")], Said.FAIL, ("a: X A1 is",)),
        ([inspection("a", ("one", "two")), inspection("b", ("three",))], Said.FAIL, ("a: one", "a: two", "b: three")),
        ([inspection("a", untested=True), inspection("b")], Said.PASS, ()),
        ([inspection("a", untested=True), inspection("b", untested=True)], Said.NOT_TESTED, ("no engine",)),
        ([inspection("a", ("X A1 is",), untested=True), inspection("b", untested=True)], Said.FAIL, ("a: X A1 is",)),
    ],
)
def test_a_line_is_what_its_workbooks_make_it(inspected: list[Inspection], said: Said, offences: tuple[str, ...]) -> None:
    (found,) = [one for one in verdicts(inspected) if one.number == 5]
    assert (found.said, found.offences) == (said, offences)


def test_what_a_line_found_before_it_could_not_go_on_is_told(exhibit: Exhibit) -> None:
    found = inspect(with_member(exhibit, "xl/more.bin", b"more"))
    assert found.offences[2] == ("[Content_Types].xml does not say what xl/more.bin is",)
    assert 2 in found.untested


@pytest.mark.parametrize("jobs", [1, 2])
def test_listed_files_are_inspected_in_order_in_one_process_or_in_several(tmp_path: Path, jobs: int) -> None:
    listed = []
    for code in ("QYG", "QSL"):
        path = tmp_path / file_name(code)
        path.write_bytes(exhibit_of(code).book.data if code == "QSL" else b"spoilt")
        listed.append(Listed(path, code, 1))
    collector = Collector(collection(), national(), SEAL_KEY)
    spoilt_one, sound = inspections(collector, listed, {}, jobs)
    assert (spoilt_one.file, sound.file) == (file_name("QYG"), file_name("QSL"))
    assert spoilt_one.offences.keys() == {2}
    assert sound.offences[2] == ("LibreOffice did not open the file and save it",)
    assert sound.offences[3] == ()


def test_without_the_key_the_second_issue_is_not_tested(tmp_path: Path) -> None:
    path = tmp_path / file_name("QSL")
    path.write_bytes(exhibit_of("QSL").book.data)
    (found,) = inspections(Collector(collection(), national(), None), [Listed(path, "QSL", 1)], None, 1)
    assert set(found.untested) == {2, 3, 24}


def test_another_issue_number_gives_other_bytes(tmp_path: Path) -> None:
    path = tmp_path / file_name("QSL")
    path.write_bytes(exhibit_of("QSL").book.data)
    collector = Collector(collection(), national(), SEAL_KEY)
    assert collector.exhibit(Listed(path, "QSL", 1)).again == path.read_bytes()
    assert collector.exhibit(Listed(path, "QSL", 2)).again != path.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "organisation"),
    [
        ("anything.xlsx", exhibit_of("QSL").book.data, "QSL"),
        ("QYG_h2_2023_24_v1.0.xlsx", exhibit_of("QSL").book.data, "QSL"),
        ("qyg_h2_2023_24_v1.0.xlsx", b"spoilt", "QYG"),
        ("anything.xlsx", b"spoilt", None),
    ],
)
def test_a_file_is_whose_seal_it_bears_or_else_whose_name(
    tmp_path: Path, name: str, data: bytes, organisation: str | None
) -> None:
    (tmp_path / name).write_bytes(data)
    found = listed_by_its_seal(tmp_path / name, check_file(tmp_path / name, desk()), national())
    assert (found.organisation if found else None) == organisation


def test_an_exhibit_holds_what_definition_and_national_data_say(exhibit: Exhibit) -> None:
    one = issuable("QSL")
    assert set(exhibit.values) == {key for key, cell in one.layout.form.cells.items() if cell.role != "not_applicable"}
    assert {key: exhibit.values[key] for key in one.prefill} == one.prefill
    assert [result.instance for result in exhibit.results] == list(one.layout.instances)
    assert len(exhibit.answered) == len(exhibit.results)
    words = {*WORDS.values(), *(severity.capitalize() for severity in Severity)}
    assert set(exhibit.answered) <= words - {WORDS[Outcome.TO_DO], WORDS[Outcome.NOT_TESTED]}
    assert exhibit.recalculated is None
    assert exhibit.found.keys() == exhibit.form.cells.keys()


def test_an_exhibit_is_made_of_the_bytes_given() -> None:
    made = make_exhibit("file.xlsx", b"bytes", issuable("QSL"), national(), None)
    assert (made.file, made.book.data, made.again) == ("file.xlsx", b"bytes", None)


@pytest.mark.parametrize(("value", "read"), [("", None), (None, None), (3, 3.0), (True, True), ("a", "a")])
def test_a_value_is_read_in_one_form(value: object, read: object) -> None:
    assert plain(value) == read
    assert type(plain(value)) is type(read)


def test_a_part_that_is_no_text_is_a_member_but_no_part(exhibit: Exhibit) -> None:
    book = with_member(exhibit, "xl/media/image1.png", b"\x89\xff").book
    assert "xl/media/image1.png" in {member.filename for member in book.members}
    assert "xl/media/image1.png" not in book.parts
    changed = book.changed({"xl/styles.xml": book.parts["xl/styles.xml"]})
    assert [member.filename for member in changed.members] == [member.filename for member in book.members]


def test_an_array_formula_is_read_as_its_text(exhibit: Exhibit) -> None:
    spoilt_one = matched(exhibit, exhibit.book.part_of("Agency"), r"<f>SUM\(", '<f t="array" ref="C21">SUM(')
    assert [seen.formula for seen in spoilt_one.book.cells.values() if seen.formula] == [
        seen.formula for seen in exhibit.book.cells.values() if seen.formula
    ]


def test_the_values_of_another_exhibit_are_its_own(exhibit: Exhibit, large: Exhibit) -> None:
    assert exhibit.values.keys() != large.values.keys()
    assert replace(exhibit, file="other").found == exhibit.found
