"""LibreOffice as an engine of the tests: workbooks recalculated, whatever values they were written with, and read back."""

from collections.abc import Sequence
from pathlib import Path

from tests.engines.answers import EngineError
from workbook_gen.definition.values import CellError
from workbook_gen.lint.engine import recalculated_values, save_recalculated
from workbook_gen.lint.verdict import NotTested

Cells = dict[tuple[str, int, int], float | bool | str | CellError]
"""The values of a workbook by sheet, row and column, counted from 0; empty cells are left out."""


def recalculate_with_libreoffice(paths: Sequence[Path], out: Path) -> list[Path]:
    """Every workbook opened, recalculated and saved into `out` by one LibreOffice with a profile of its own, in order.

    The file names differ, and `out` is not where the files are. Raises `EngineError` where a file does not come out.
    """
    if not paths:
        raise EngineError("LibreOffice wants one file or more.")
    try:
        made, said = save_recalculated(paths, out)
    except (NotTested, ValueError) as error:
        raise EngineError(f"LibreOffice wants one file or more, and another folder. {error}") from error
    missing = [path.name for path in made if not path.exists()]
    if missing:
        raise EngineError(f"LibreOffice did not save {', '.join(missing)}: {said}")
    return made


def libreoffice_values(path: Path) -> Cells:
    """The values that a saved workbook holds; a date is a serial day, an empty text is empty."""
    return {(sheet, row - 1, column - 1): value for (sheet, row, column), value in recalculated_values(path).items()}
