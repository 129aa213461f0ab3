"""A small collection from the text of its one sheet, and the forms that systems make of it."""

from collections.abc import Mapping
from pathlib import Path

from workbook_gen.definition.expand import make_form
from workbook_gen.definition.form import Form
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection, Organisation, System

HEAD = """
key = "small"
title = "Small"
version = "1.0"
issued = 2023-11-08
deadline = 2023-11-22
team = "Team"
return_to = "nowhere"
year_start = 2023-04-01
actual_to = "oct"
months = ["nov", "dec", "jan"]
sheets = ["only"]
national = { organisations = "national/organisations.csv", items = "national/items.csv" }

[parameter]
share = { value = 3.7, unit = "%", sheet = "only", label = "A share" }
ceiling = { value = 500, unit = "£000", sheet = "only", label = "A ceiling" }

[[change]]
version = "1.0"
date = 2023-11-08
text = "First."
"""

SHEET = 'title = "Only"\npurpose = "Why."\nunits = "£000"\nsentence = "£000."\n'
LINES = "sub_code,key,label,section,sign,unit,direction,not_applicable,formula\n"
GUIDANCE = 'summary = "Short."\nfirst = ["Begin."]\n'


def small_collection(folder: Path, sheet: str, lines: Mapping[str, str] | None = None, head: str = "") -> Collection:
    """The collection of a sheet's text, tables and rules; `lines` are the files of lines by table, without their header.

    What `head` holds is added to collection.toml.
    """
    for name in ("sheets", "lines"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "collection.toml").write_text(HEAD + head, encoding="utf-8")
    (folder / "guidance.toml").write_text(GUIDANCE, encoding="utf-8")
    (folder / "sheets" / "only.toml").write_text(SHEET + sheet, encoding="utf-8")
    for table, rows in (lines or {}).items():
        (folder / "lines" / f"{table}.csv").write_text(LINES + rows, encoding="utf-8")
    return load_collection(folder)


def system_of(*sectors: str) -> System:
    """A system with a provider of each sector, in order: RX1, RX2, …"""
    board = Organisation(code="QX1", name="Board", kind="icb", icb_code="QX1", region_code="Y1", region_name="Region")
    providers = tuple(
        board.model_copy(update={"code": f"RX{n}", "name": f"Trust {n}", "kind": "provider", "sector": sector})
        for n, sector in enumerate(sectors, 1)
    )
    return System(icb=board, providers=providers)


def small_form(folder: Path, sheet: str, lines: Mapping[str, str] | None = None, *sectors: str) -> Form:
    """The form of a small collection for a system with providers of these sectors."""
    return make_form(small_collection(folder, sheet, lines), system_of(*sectors))
