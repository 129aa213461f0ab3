"""The brief as a browser prints it and as LibreOffice Impress shows it: two pages, every word in its own block."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.report.briefed import LARGEST, at_its_worst
from workbook_gen.report.brief.facts import BriefFacts
from workbook_gen.report.brief.pages import as_html
from workbook_gen.report.brief.place import ACROSS_ALL, BOTTOM, HEIGHT, SIDE, TITLE_TOP, WIDTH, Placed, placed
from workbook_gen.report.brief.slides import as_slides

POINT = 25.4 / 72
Word = tuple[str, float, float]
"""A word of a page and where its middle stands, in millimetres."""


@pytest.fixture(scope="module")
def worst(tmp_path_factory: pytest.TempPathFactory) -> BriefFacts:
    """The fullest brief of the largest system, under the longest name."""
    return at_its_worst(tmp_path_factory.mktemp("worst"), LARGEST)


def words_of(pdf: Path) -> list[list[Word]]:
    """The words of each page of a PDF, which are A4 on their side."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, timeout=60)
    text = re.sub(rb' xmlns="[^"]+"|<!DOCTYPE[^>]*>', b"", done.stdout).replace(b"\x0c", b"")
    pages = ElementTree.fromstring(text).iter("page")
    found = []
    for page in pages:
        for side, length in (("width", WIDTH), ("height", HEIGHT)):
            assert abs(float(page.get(side, 0)) * POINT - length) < 0.3
        found.append([_word(one) for one in page.iter("word")])
    return found


def _word(one: ElementTree.Element) -> Word:
    left, top, right, bottom = (float(one.get(side, 0)) * POINT for side in ("xMin", "yMin", "xMax", "yMax"))
    return one.text or "", (left + right) / 2, (top + bottom) / 2


def letters(texts: list[str]) -> Counter[str]:
    """The letters of some texts: however a program breaks words, these are the same."""
    return Counter("".join("".join(text.split()) for text in texts))


def texts_of(one: Placed) -> list[str]:
    """Every text of a block."""
    block = one.block
    headings = [column.heading for column in block.columns] if block.lines else []
    return [block.title, block.remark, *headings, *(cell for line in block.lines for cell in line.cells)]


def each_word_in_its_block(pdf: Path, facts: BriefFacts) -> None:
    """Nothing runs over: between the top and the bottom of each block stand its own letters and no others."""
    found = placed(facts)
    pages = words_of(pdf)
    assert len(pages) == len(found.pages) == 2
    for blocks, words in zip(found.pages, pages, strict=True):
        for one in blocks:
            inside = [
                text for text, x, y in words if one.left <= x <= one.left + SIDE and one.top - 0.5 <= y <= one.bottom + 0.5
            ]
            assert letters(inside) == letters(texts_of(one)), one.block.title
        own = sum(sum(letters(texts_of(one)).values()) for one in blocks)
        below = [text for text, _, y in words if y > BOTTOM]
        above = [text for text, _, y in words if y < blocks[0].top - 0.5]
        assert own + sum(letters([*below, *above]).values()) == sum(letters([text for text, *_ in words]).values())
        assert letters(above) == letters([found.name, found.subtitle])
        assert all(TITLE_TOP - 1 <= y <= HEIGHT - 3 and 10 <= x <= 11 + ACROSS_ALL for _, x, y in words)


@pytest.mark.poppler
@pytest.mark.chromium
def test_a_browser_prints_two_pages_and_nothing_runs_over(worst: BriefFacts, tmp_path: Path) -> None:
    (tmp_path / "brief.html").write_bytes(as_html(placed(worst)))
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'user'}"]
    pdf = tmp_path / "brief.pdf"
    command = ["chromium", *options, f"--print-to-pdf={pdf}", (tmp_path / "brief.html").as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    each_word_in_its_block(pdf, worst)


@pytest.mark.poppler
@pytest.mark.libreoffice
def test_impress_opens_two_slides_and_nothing_runs_over(worst: BriefFacts, tmp_path: Path) -> None:
    (tmp_path / "brief.pptx").write_bytes(as_slides(placed(worst)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "brief.pptx")]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    each_word_in_its_block(tmp_path / "brief.pdf", worst)
