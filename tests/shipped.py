"""The collection that is shipped, its national figures and what is made of them, each once a process."""

from functools import lru_cache
from pathlib import Path

from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection
from workbook_gen.desk.assemble import Issuable
from workbook_gen.national.data import NationalData, load_national

FOLDER = Path(__file__).parents[1] / "templates" / "h2_2023_24"


@lru_cache(maxsize=1)
def collection() -> Collection:
    """The definition of the H2 2023/24 return."""
    return load_collection(FOLDER)


@lru_cache(maxsize=1)
def national() -> NationalData:
    """Its national figures."""
    return load_national(collection(), FOLDER, None)


@lru_cache(maxsize=4)
def issuable(code: str) -> Issuable:
    """One system's return before anything is filled in."""
    return Issuable(collection(), national(), national().system(code))
