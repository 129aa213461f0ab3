"""Types and pastes into workbooks with LibreOffice, as a person does. Run by the Python that has `uno`.

Standard input holds `{"profile": folder, "books": [{"open": path, "save": path, "steps": [step, …]}, …]}`. A step is
`{"sheet", "cell", "text"}` to type or `{"sheet", "cell", "rows", "formats"}` to paste a block of foreign cells. Standard
output gets, for each book and step, what the step's cell holds at the end, as the input line shows it.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

GIVE_UP = 120
FILTER = "Calc MS Excel 2007 XML"
BRITISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>
</oor:items>
"""


def main() -> int:
    """Do the job on standard input."""
    job = json.load(sys.stdin)
    desktop, dispatcher, office = start(Path(job["profile"]))
    seen = [work(book, desktop, dispatcher) for book in job["books"]]
    with suppress(uno.getClass("com.sun.star.lang.DisposedException")):
        desktop.terminate()  # it may be gone before it can answer
    office.wait(GIVE_UP)
    json.dump(seen, sys.stdout)
    return 0


def start(profile: Path) -> tuple[Any, Any, "subprocess.Popen[bytes]"]:
    """One LibreOffice in British English with a profile of its own: its desktop, its dispatcher, its process."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(BRITISH, encoding="utf-8")
    pipe = f"typing{os.getpid()}"
    switches = ["--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"]
    command, unheard = ["soffice", f"-env:UserInstallation={profile.as_uri()}", *switches], subprocess.DEVNULL
    office = subprocess.Popen(command, stdout=unheard, stderr=unheard)
    services = connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    made = [services.createInstance(f"com.sun.star.frame.{name}") for name in ("Desktop", "DispatchHelper")]
    return made[0], made[1], office


def connected(address: str) -> Any:
    """The services of the LibreOffice at an address, once it answers."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    until = time.monotonic() + GIVE_UP
    while True:
        try:
            return resolver.resolve(address).ServiceManager
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def work(book: dict[str, Any], desktop: Any, dispatcher: Any) -> list[str]:
    """One workbook opened, filled in and saved under another name: what each step's cell holds at the end."""
    document = desktop.loadComponentFromURL(Path(book["open"]).as_uri(), "_blank", 0, ())
    if document is None:
        sys.exit(f"{book['open']} cannot be opened: is it open elsewhere?")
    window = Window(document, dispatcher)
    window.make_small()
    foreign = Window(desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True)), dispatcher)
    for step in book["steps"]:
        if "text" in step:
            window.type(step["sheet"], step["cell"], step["text"])
        else:
            copy(step["rows"], step["formats"], foreign)
            window.paste(step["sheet"], step["cell"])
    foreign.document.close(True)
    seen: list[str] = [window.sheet(step["sheet"]).getCellRangeByName(step["cell"]).Formula for step in book["steps"]]
    window.document.storeToURL(Path(book["save"]).as_uri(), properties(FilterName=FILTER))
    window.document.close(True)
    return seen


def copy(rows: list[list[str | float | None]], formats: list[str], window: "Window") -> None:
    """Copy a block out of another workbook: its own font, fill and number formats, and every cell locked."""
    sheet = window.controller.ActiveSheet
    block = sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1)
    block.CharFontName, block.CharHeight, block.CellBackColor = "Liberation Serif", 16, 0xFFC0CB
    places = [(row, column) for row in range(len(rows)) for column in range(len(rows[0]))]
    for number, (row, column) in enumerate(places):
        cell, value = sheet.getCellByPosition(column, row), rows[row][column]
        cell.NumberFormat = window.number_format(formats[number % len(formats)])
        if isinstance(value, float | int):
            cell.setValue(value)
        else:
            cell.setString(value or "")
    window.controller.select(block)
    window.do("Copy")


class Window:
    """A workbook in its window, used through the commands of the menus and the input line."""

    def __init__(self, document: Any, dispatcher: Any) -> None:
        self.document, self.dispatcher = document, dispatcher
        self.controller = document.CurrentController

    def make_small(self) -> None:
        """Without the sidebar and small, which is drawn quickly. What is typed into a hidden window is not entered."""
        self.do("Sidebar")
        self.controller.Frame.ContainerWindow.setPosSize(0, 0, 500, 300, 15)

    def sheet(self, name: str) -> Any:
        """A sheet by its name."""
        return self.document.Sheets.getByName(name)

    def number_format(self, code: str) -> int:
        """The number of a number format, made where it is not there."""
        formats, locale = self.document.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale", "en", "GB", "")
        known: int = formats.queryKey(code, locale, False)
        return known if known >= 0 else int(formats.addNew(code, locale))

    def do(self, command: str, **arguments: Any) -> None:
        """A command, done when this returns."""
        self.dispatcher.executeDispatch(self.controller.Frame, f".uno:{command}", "", 0, properties(**arguments))

    def go(self, sheet: str, address: str) -> None:
        """Select a cell, on its sheet."""
        if self.controller.ActiveSheet.Name != sheet:
            self.do("GoToCell", ToPoint=f"$'{sheet}'.A1")
        self.do("GoToCell", ToPoint=address)

    def type(self, sheet: str, address: str, text: str) -> None:
        """Type into a cell. Going down enters it, as Enter does: then, as for a person, protection and validation apply."""
        self.go(sheet, address)
        self.do("EnterString", StringName=text, DontCommit=True)
        self.do("GoDown")

    def paste(self, sheet: str, address: str) -> None:
        """Paste what was copied last, formats and all."""
        self.go(sheet, address)
        self.do("Paste")


def properties(**values: Any) -> tuple[Any, ...]:
    """Values as the arguments of a command."""
    made = [uno.createUnoStruct("com.sun.star.beans.PropertyValue") for _ in values]
    for one, (name, value) in zip(made, values.items(), strict=True):
        one.Name, one.Value = name, value
    return tuple(made)


if __name__ == "__main__":
    sys.exit(main())
