"""The HTML report in a browser, from disk and offline: nothing asked for, nothing amiss, by keyboard, large, on paper."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import find_program
from tests.report.page import page_of, page_of_round
from tests.report.round import Round
from tests.report.test_page import SCRIPT, query
from tests.returns import answers, file_name, issuable, systems
from workbook_gen.report.consolidate import Consolidation

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

VIEWS = ("overview", "systems", "region-Y62", "system-QSL", "system-QYG", "rules", "status")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def file(picture: Consolidation, whole: Round, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the page on disk: every system's clean return, and queries of one of them."""
    path = tmp_path_factory.mktemp("page") / "national.html"
    path.write_bytes(page_of(picture, {"QSL": [query(explanation=SCRIPT), query(remark="Thank you.", decided_by="Kim Lee")]}))
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_program("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page in the browser, offline, and everything that it asked for or complained of."""

    def __init__(self, browser: Browser, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            offline=True,
            java_script_enabled=scripts,
        )
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def go(self, address: str) -> Page:
        """The page at an address."""
        self.page.goto(address)
        return self.page


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page at the width of a desk."""
    made = Watched(browser)
    yield made
    made.context.close()


def title(page: Page) -> str:
    """The heading of the view that is shown; there has to be one."""
    shown: list[str] = page.eval_on_selector_all(
        "[data-view] > h2", "all => all.filter(one => one.checkVisibility()).map(one => one.textContent)"
    )
    assert len(shown) == 1
    return shown[0]


def test_every_view_opens_from_disk_without_a_request_or_a_word_on_the_console(watched: Watched, file: str) -> None:
    page = watched.go(file)
    views = page.eval_on_selector_all("[data-view]", "views => views.map(view => view.id)")
    assert len(views) > 42
    seen = set()
    for view in views:
        page.evaluate("name => { location.hash = name }", view)
        page.wait_for_function("name => !document.getElementById(name).hidden", arg=view)
        seen.add(title(page))
    assert len(seen) == len(views)
    assert watched.asked == [file]
    assert watched.said == []


def test_a_script_in_an_explanation_is_read_and_not_run(watched: Watched, file: str) -> None:
    page = watched.go(f"{file}#system-QSL")
    assert page.get_by_text(SCRIPT).first.is_visible()
    assert watched.said == []


def test_a_script_that_got_in_would_not_run(watched: Watched, file: str) -> None:
    path = Path(file.removeprefix("file://"))
    harmed = path.with_name("harmed.html")
    harmed.write_bytes(path.read_bytes().replace(b"</main>", b"<script>document.title = 'run'</script></main>"))
    page = watched.go(harmed.as_uri())
    assert page.title() != "run"
    assert any("Content Security Policy" in said for said in watched.said)


def test_without_scripts_every_view_is_shown(browser: Browser, file: str) -> None:
    plain = Watched(browser, scripts=False)
    page = plain.go(file)
    assert page.locator("[data-view]:visible").count() == page.locator("[data-view]").count() > 42
    plain.context.close()


def figures(page: Page, column: int) -> list[str]:
    """A column of the list of systems, top to bottom."""
    return page.locator(f"#systems-table tbody tr:visible > :nth-child({column})").all_inner_texts()


def test_the_list_of_systems_is_sorted_by_any_column_both_ways(watched: Watched, file: str) -> None:
    page = watched.go(f"{file}#systems")
    headings = page.locator("#systems-table thead th")
    for column in (1, 2, 9, 11):
        heading = headings.nth(column - 1)
        for way in ("ascending", "descending"):
            heading.get_by_role("button").click()
            assert heading.get_attribute("aria-sort") == way
            found = figures(page, column)
            assert len(found) == len(systems())
            ordered = sorted(found, key=number if column > 3 else str.lower, reverse=way == "descending")
            assert found == ordered
            assert len(set(found)) > 1
            assert page.locator("#systems [role=status]").inner_text().endswith(f"{way}.")
        assert page.locator("#systems-table [aria-sort]").count() == 1


def number(words: str) -> float:
    """A figure as shown."""
    return float(words.replace(",", "").replace("%", "").replace("(", "-").replace(")", ""))


def test_the_list_of_systems_is_filtered(watched: Watched, file: str) -> None:
    page = watched.go(f"{file}#systems")
    page.get_by_label("Show only systems").fill("north west")
    assert 0 < len(figures(page, 1)) < 10
    assert page.get_by_text(f"{len(figures(page, 1))} of {len(systems())} systems shown.").is_visible()


def test_from_england_to_a_region_to_a_system_and_back_by_keyboard_alone(watched: Watched, file: str) -> None:
    page = watched.go(file)
    press_to(page, "Skip to the content")
    press_to(page, "South West")
    page.keyboard.press("Enter")
    assert arrived(page, "South West") == "South West"
    press_to(page, "Somerset")
    page.keyboard.press("Enter")
    assert arrived(page, "NHS Somerset") == "NHS Somerset Integrated Care Board (QSL)"
    press_to(page, "AGY-001")
    page.keyboard.press("Enter")
    assert arrived(page, "Rule book").startswith("AGY-001")
    page.go_back()
    assert arrived(page, "NHS Somerset").startswith("NHS Somerset")
    page.go_back()
    assert arrived(page, "South West") == "South West"


def arrived(page: Page, words: str) -> str:
    """What has the focus, once the view whose heading begins with these words is shown and the window says so."""
    page.wait_for_function("words => document.title.startsWith(words)", arg=words)
    assert title(page).startswith(words)
    found: str = page.evaluate("document.activeElement.textContent")
    return found


def press_to(page: Page, words: str) -> None:
    """Press Tab until the element with these words has the focus, which has to be seen; a page that holds it back fails."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == words:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    raise AssertionError(f"Tab does not reach {words}.")


def test_a_table_behind_a_chart_is_opened_and_a_column_sorted_by_keyboard(watched: Watched, file: str) -> None:
    page = watched.go(f"{file}#region-Y58")
    summary = page.locator("#region-Y58-chart-bridge summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#region-Y58-chart-bridge-table").is_visible()
    page.locator("#region-Y58-systems thead button").nth(1).focus()
    page.keyboard.press("Space")
    assert page.locator("#region-Y58-systems [aria-sort=ascending]").count() == 1


@pytest.mark.parametrize("width", [640, 390, 320])
def test_large_or_on_a_phone_nothing_is_cut_off(width: int, browser: Browser, file: str) -> None:
    """640 is a desk at 200%, 320 at 400%."""
    narrow = Watched(browser, width=width)
    for view in VIEWS:
        page = narrow.go(f"{file}#{view}")
        page.reload()
        assert page.evaluate("document.documentElement.scrollWidth") == width, view
    narrow.context.close()


@pytest.mark.poppler
def test_on_paper_a_systems_page_has_its_charts_and_their_tables(watched: Watched, file: str, tmp_path: Path) -> None:
    page = watched.go(f"{file}#system-QSL")
    path = tmp_path / "QSL.pdf"
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "NHS Somerset Integrated Care Board" in words
    assert "Change, or position" in words
    assert "Show only systems" not in words
    assert "NHS Devon" not in words
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(view: str, dark: bool, browser: Browser, file: str) -> None:
    watched = Watched(browser, dark=dark)
    page = watched.go(f"{file}#{view}")
    page.reload()
    for summary in page.locator("details:visible > summary").all():
        summary.click()
    found = violations_of(page)
    told = [(one["id"], one["help"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 20
    watched.context.close()


def violations_of(page: Page) -> dict[str, Any]:
    """What axe says of the view that is shown; the others are taken away first, which makes it five times as quick."""
    page.evaluate("for (const one of document.querySelectorAll('[data-view][hidden]')) one.remove()")
    found: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}}).response
    return found


def test_axe_bites(browser: Browser, file: str, tmp_path: Path) -> None:
    path = tmp_path / "harmed.html"
    shutil.copy(file.removeprefix("file://"), path)
    path.write_bytes(
        path.read_bytes().replace(b'<html lang="en-GB">', b"<html>").replace(b"--quiet: #4c6272", b"--quiet: #cccccc")
    )
    watched = Watched(browser)
    found = violations_of(watched.go(path.as_uri()))
    assert {"html-has-lang", "color-contrast"} <= {one["id"] for one in found["violations"]}
    watched.context.close()


def test_with_two_returns_in_it_axe_finds_no_violation_either(small: Round, browser: Browser, tmp_path: Path) -> None:
    small.receive(issuable("QSL"), answers("QSL"), file_name("QSL"))
    small.refuse("QUE")
    path = tmp_path / "two.html"
    path.write_bytes(page_of_round(small, small.consolidated()))
    watched = Watched(browser)
    for view in ("overview", "systems", "system-QE1", "system-QUE", "rules"):
        page = watched.go(f"{path.as_uri()}#{view}")
        page.reload()
        assert [one["id"] for one in violations_of(page)["violations"]] == [], view
    assert watched.said == []
    watched.context.close()
