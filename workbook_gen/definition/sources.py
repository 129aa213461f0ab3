"""Where the centre's figures come from, as facts: the national tables, their controls, and the published workbooks.

`model.Collection` holds these, so nothing here imports `model`.
"""

import re
from typing import Annotated, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from workbook_gen.definition.base import Model

TableName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Path = Annotated[str, Field(pattern=r"^[\w-][\w./-]*\.csv$")]
PLACEHOLDERS = frozenset({"{found}", "{expected}"})


class Source(Model):
    """A fact about sources; its repeated blocks are named in the singular in TOML (`[[national.control]]`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Control(Source):
    """A reconciliation that this collection imposes on a column of a national table.

    Either the column's `total`, exactly; or its `mean` to `dp` decimals, each organisation weighing as the sum of its
    figures in the table `weight`. `message` says what is meant; `{found}` and `{expected}` in it become the figures.
    """

    table: TableName
    column: TableName
    total: float | None = None
    mean: float | None = None
    weight: TableName | None = None
    dp: int = Field(default=0, ge=0, le=2)
    message: str

    @field_validator("message")
    @classmethod
    def _known_placeholders(cls, message: str) -> str:
        strange = set(re.findall(r"\{[^}]*\}", message)) - PLACEHOLDERS
        if strange:
            raise ValueError(f"{', '.join(sorted(strange))} is not known here; write {{found}} or {{expected}}")
        return message

    @model_validator(mode="after")
    def _one_control(self) -> Self:
        if (self.total is None) == (self.mean is None):
            raise ValueError("a control has either a total or a mean")
        if (self.mean is None) != (self.weight is None):
            raise ValueError("a mean has a weight, and only a mean has one")
        return self


class National(Source):
    """The national tables of a collection: paths in the collection, coverage of tables that no sheet uses, controls."""

    organisations: Path
    items: Path
    tables: dict[TableName, str] = Field(default_factory=dict)
    controls: tuple[Control, ...] = Field(default=(), alias="control")


class PublicationSheet(Source):
    """A sheet of a published workbook. Rows count from 1; in headings a line break or a run of blanks is one blank.

    `code` is the heading of the column that holds the organisation code; a row is an organisation's where that code
    matches `rows` entirely, so that subtotals drop out. `columns` gives, for each column of the national table, its
    heading here. A figure is multiplied by `factor` and rounded half away from zero to `dp` decimals.
    """

    name: str
    header_row: int = Field(ge=1)
    first_row: int = Field(ge=2)
    code: str
    rows: str
    factor: float = Field(default=1, gt=0)
    dp: int = Field(default=0, ge=0, le=2)
    columns: dict[TableName, str] = Field(min_length=1)

    @field_validator("rows")
    @classmethod
    def _pattern(cls, rows: str) -> str:
        try:
            re.compile(rows)
        except re.error as error:
            raise ValueError(f"'{rows}' is not a pattern: {error}") from error
        return rows

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.first_row <= self.header_row:
            raise ValueError("first_row stands below header_row")
        return self


class Publication(Source):
    """A workbook that the centre publishes, and the national table that it fills for the organisations of `where`."""

    table: TableName
    title: str
    where: str
    sheets: tuple[PublicationSheet, ...] = Field(alias="sheet", min_length=1)

    @property
    def columns(self) -> tuple[str, ...]:
        """The national table's columns that the workbook gives, in order."""
        return tuple(column for sheet in self.sheets for column in sheet.columns)

    @model_validator(mode="after")
    def _each_column_once(self) -> Self:
        twice = sorted({column for column in self.columns if self.columns.count(column) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} comes from more than one sheet")
        return self
