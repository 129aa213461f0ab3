"""Sound exhibits, and copies of them with one thing wrong."""

import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

from openpyxl import Workbook, load_workbook

from tests.returns import SEAL_KEY, file_name
from tests.shipped import issuable, national
from workbook_gen.desk.issue import written_again
from workbook_gen.lint.book import Book
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.exhibits import make_exhibit


@cache
def exhibit_of(code: str) -> Exhibit:
    """A system's workbook as issued, without a second engine."""
    one = issuable(code)
    data = written_again(one, 1, SEAL_KEY)
    return make_exhibit(file_name(code), data, one, national(), data)


def with_book(exhibit: Exhibit, book: Book) -> Exhibit:
    """The same exhibit with another workbook."""
    return replace(exhibit, book=book)


def replaced(exhibit: Exhibit, part: str, old: str, new: str) -> Exhibit:
    """One text of a part replaced, the first time it stands there."""
    return with_book(exhibit, exhibit.book.replaced(part, old, new))


def on_sheet(exhibit: Exhibit, sheet: str, old: str, new: str) -> Exhibit:
    """One text of a sheet's part replaced, the first time it stands there."""
    return replaced(exhibit, exhibit.book.part_of(sheet), old, new)


def matched(exhibit: Exhibit, part: str, pattern: str, new: str) -> Exhibit:
    """The first match of a pattern in a part replaced; there is one."""
    text, count = re.subn(pattern, new, exhibit.book.parts[part], count=1)
    assert count == 1, f"{pattern} matches nothing in {part}"
    return with_book(exhibit, exhibit.book.changed({part: text}))


def with_member(exhibit: Exhibit, name: str, data: bytes) -> Exhibit:
    """One more member in the package, as it is."""
    stream = BytesIO(exhibit.book.data)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")  # that a name stands twice is what is wanted of some
        archive.writestr(zipfile.ZipInfo(name), data)
    return with_book(exhibit, Book(stream.getvalue()))


def inserted(exhibit: Exhibit, part: str, before: str, markup: str) -> Exhibit:
    """Markup put before a text of a part."""
    return replaced(exhibit, part, before, markup + before)


def edited(exhibit: Exhibit, change: Callable[[Workbook], None]) -> Exhibit:
    """The workbook changed and saved by openpyxl, which keeps formulas but not their values."""
    workbook = load_workbook(BytesIO(exhibit.book.data))
    change(workbook)
    stream = BytesIO()
    workbook.save(stream)
    return with_book(exhibit, Book(stream.getvalue()))


def offences(check: Check, exhibit: Exhibit) -> list[str]:
    """What a line of the checklist finds."""
    return list(check(exhibit))
