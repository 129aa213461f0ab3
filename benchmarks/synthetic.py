"""A collection as large as you like: every shipped system many times over, under codes of its own.

`python -m benchmarks.synthetic 10000 FOLDER` writes the definition with national tables of that many systems, or a few more,
to a folder that is not there yet; `--collection FOLDER` then uses it.
"""

import re
import shutil
import sys
from collections.abc import Hashable, Mapping
from itertools import product
from math import ceil
from pathlib import Path
from string import ascii_uppercase, digits

import pandas as pd

SHIPPED = Path("templates/h2_2023_24")
_CODES = ("org_code", "icb_code")
_TOTAL = re.compile(r"^(total\s*=\s*)(\d+)$", re.MULTILINE)


def synthetic(systems: int, folder: Path, shipped: Path = SHIPPED) -> int:
    """Write a collection of at least so many systems; how many they are. Raises `FileExistsError`."""
    organisations = _read(shipped / "national" / "organisations.csv")
    copies = ceil(systems / int((organisations["kind"] == "icb").sum()))
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("national"))
    definition = folder / "collection.toml"
    text = definition.read_text(encoding="utf-8")
    definition.write_text(_TOTAL.sub(lambda found: f"{found[1]}{int(found[2]) * copies}", text), encoding="utf-8")
    tables = {path.stem: _read(path) for path in sorted((shipped / "national").glob("*.csv"))}
    items = tables.pop("items")
    items["england_total"] = [_total(row, tables, copies) for row in items.to_dict("records")]
    endings = ["", *(f"{one}{other}" for one, other in product(digits + ascii_uppercase, repeat=2))][:copies]
    (folder / "national").mkdir()
    items.to_csv(folder / "national" / "items.csv", index=False)
    for name, table in tables.items():
        every = pd.concat([_renamed(table, ending) for ending in endings])
        every.to_csv(folder / "national" / f"{name}.csv", index=False)
    return copies * int((organisations["kind"] == "icb").sum())


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _renamed(table: pd.DataFrame, ending: str) -> pd.DataFrame:
    return table.assign(**{name: table[name] + ending for name in _CODES if name in table})


def _total(item: Mapping[Hashable, str], tables: dict[str, pd.DataFrame], copies: int) -> str:
    """The total of an item that has one: the sum of its figures, as often as there are copies."""
    if not item["england_total"]:
        return ""
    figures = tables[item["table"]][item["column"]]
    return f"{sum(float(one) for one in figures if one) * copies:.4f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    print(f"{synthetic(int(sys.argv[1]), Path(sys.argv[2])):,} systems in {sys.argv[2]}")
