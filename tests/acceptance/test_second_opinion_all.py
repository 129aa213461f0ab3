"""What our scan reads of every workbook issued, every practice return and LibreOffice's copies is what openpyxl reads."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.acceptance.conftest import Half
from tests.cells_in_xml import cells_in_xml
from tests.second_opinion import compared

Record = Callable[[str, object], None]


def opinions(files: Mapping[str, Path]) -> Iterator[tuple[int, int]]:
    """How many cells and formulas of each file were compared, none of them different, none left out."""
    for name, path in files.items():
        data = path.read_bytes()
        found = compared(data)
        assert found.differences == (), name
        assert found.cells == cells_in_xml(data), name
        yield found.cells, found.formulas


def told(counts: list[tuple[int, int]]) -> str:
    cells, formulas = (sum(column) for column in zip(*counts, strict=True))
    return f"{cells:,} cells, {formulas:,} of them formulas, in {len(counts)} workbooks, 0 differences"


def test_what_we_write_is_read_as_openpyxl_reads_it(half: Half, record_property: Record) -> None:
    counts = list(opinions(half.files))
    record_property("openpyxl's opinion of what we write", told(counts))
    assert len(counts) >= 3 * 21
    assert min(formulas for _, formulas in counts) > 1_000


@pytest.mark.libreoffice
def test_what_libreoffice_saves_is_read_as_openpyxl_reads_it(half: Half, record_property: Record) -> None:
    counts = list(opinions(half.saved))
    record_property("openpyxl's opinion of what LibreOffice saves", told(counts))
    assert len(counts) == len(half.files)
    assert {name: path.read_bytes() == half.files[name].read_bytes() for name, path in half.saved.items()} == dict.fromkeys(
        half.files, False
    )
    assert min(formulas for _, formulas in counts) > 1_000
