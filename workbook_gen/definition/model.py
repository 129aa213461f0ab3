"""What a return is: the frozen facts that a collection's text is loaded into.

Nothing here opens a file or knows a spreadsheet. `load` builds these models, `form` expands them for one system.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from workbook_gen.definition.base import Model, Tree
from workbook_gen.definition.sources import National, Publication

ORGANISATIONS = "organisations"
RECORDS = "records"
EXPLANATION = "explanation"

Role = Literal["prefill", "input", "total", "not_applicable"]
Kind = Literal["prefill", "input", "total"]
Type = Literal["number", "text", "choice", "date", "yesno"]
Sign = Literal["+", "-", "+/-"]

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*$")]
Words = Annotated[str, Field(pattern=r"\S")]
SheetTitle = Annotated[str, Field(max_length=31, pattern=r"^[^\[\]:*?/\\']([^\[\]:*?/\\]*[^\[\]:*?/\\'])?$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Organisation(Model):
    """An integrated care board or a provider, as at the collection's date."""

    code: str
    name: str
    kind: Literal["icb", "provider"]
    sector: str = ""
    icb_code: str
    region_code: str
    region_name: str


class System(Model):
    """An ICB with its providers, by name: what one workbook is for."""

    icb: Organisation
    providers: tuple[Organisation, ...] = ()

    @property
    def code(self) -> str:
        """The ICB's code, which names the system."""
        return self.icb.code

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The ICB, then its providers."""
        return (self.icb, *self.providers)


class Column(Model):
    """A column of a table. A repeated one is already unrolled: `group` and `month` say where it came from."""

    key: Identifier
    code: Code
    label: Words
    kind: Kind
    type: Type = "number"
    unit: str
    dp: int = Field(ge=0, le=2)
    sign: Sign = "+"
    minimum: Finite | None = None
    maximum: Finite | None = None
    length: int = 2000
    options: tuple[str, ...] | Literal["organisations"] = ()
    optional: bool = False
    source: str | None = None
    source_column: str | None = None
    formula: Tree | None = None
    group: str | None = None
    month: str | None = None

    @property
    def numeric(self) -> bool:
        """Whether a number belongs here; a date is one."""
        return self.type in ("number", "date")


class Line(Model):
    """A line of a table; one with a formula is a total line."""

    key: str
    sub_code: Annotated[str, Field(pattern=r"^[A-Za-z]\w*$")]
    label: str
    section: str | None = None
    sign: Sign | None = None
    unit: str | None = None
    direction: int = 1
    not_applicable: tuple[str, ...] = ()
    formula: Tree | None = None
    organisation: Organisation | None = None
    record: bool = False


class PlanData(Model):
    """A measure of the PlanData sheet, and the columns its figures come from (`table.column`, by default its own table's)."""

    ref: str
    id: str
    name: str
    type: str
    divide: Literal[1, 100, 1440] = 1
    actual: str | None = None
    plan: str | None = None
    restated: str | None = None
    cells: dict[str, str] = Field(default_factory=dict)


class Table(Model):
    """A block of lines and columns with codes. Lines are fixed, organisations (narrowed by `where`) or blank records."""

    key: Identifier
    code: Code
    title: str
    note: str = ""
    empty: str = "No organisation of this system belongs in this table."
    lines: tuple[Line, ...] | Literal["organisations"] | int
    where: Tree | None = None
    total: str | None = None
    columns: tuple[Column, ...]
    plan_data: tuple[PlanData, ...] = ()


class Series(Model):
    """A chart's series: a line's cells over a group of columns (or over one, repeated), or a column's over the lines."""

    table: str
    line: str
    column: str
    label: str = ""
    invisible: bool = False
    colour: Literal["", "gain", "loss", "level", "reference", "plan", "actual"] = ""


class Chart(Model):
    """A chart on a sheet, drawn from tables that stand on it."""

    kind: Literal["line", "column", "waterfall"]
    title: str
    x: str = ""
    y: str
    alt: str
    series: tuple[Series, ...]


class Parameter(Model):
    """A threshold: one named cell on its sheet."""

    key: Identifier
    value: Finite
    unit: str
    sheet: str
    label: str


class Rule(Model):
    """A check, and how it is said. `for_each` makes one instance a line, a month, a table, or a line and month.

    `follows` names rules that this one cannot but fail with: while one of them fails, that is said and this is not.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d{3}$")]
    table: str | None = None
    title: str
    severity: Literal["fix", "look", "note"]
    check: Tree
    for_each: tuple[Literal["line", "month", "table"], ...] = ()
    lines: tuple[str, ...] = ()
    section: str | None = None
    months: tuple[str, ...] = ()
    explain: Tree | None = None
    at: Tree | None = None
    found: Tree | None = None
    expected: Tree | None = None
    message: tuple[str | Tree, ...]
    fix: tuple[str | Tree, ...]
    basis: str
    headline: str | None = None
    follows: tuple[str, ...] = ()
    completeness: bool = False
    trial: bool = False


class Sheet(Model):
    """One of the return's own sheets."""

    key: Identifier
    title: SheetTitle
    purpose: str
    units: str
    sentence: str
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    charts: tuple[Chart, ...] = ()


class Headline(Model):
    """One of the few questions that the Cover answers; a rule names it."""

    key: Identifier
    label: str


class Change(Model):
    """A line of the change log."""

    version: str
    date: date
    text: str


class Rename(Model):
    """What a version calls otherwise: a table (`agency`), a line (`agency.nursing`), a column (`agency[fot]`).

    The name before is that in the version before, whole; so is the name of today.
    """

    version: str
    source: str = Field(alias="from")
    to: str

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class GuidanceSection(Model):
    """A heading of the Guidance sheet and its paragraphs."""

    title: str
    text: tuple[str, ...]


class Guidance(Model):
    """What Cover and Guidance say in words."""

    summary: str
    first: tuple[str, ...]
    sections: tuple[GuidanceSection, ...] = Field(default=(), alias="section")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class PlanDataSettings(Model):
    """What PlanData calls the months: the centre's number of each, as text."""

    dimension_ids: dict[str, str] = Field(default_factory=dict)


class Collection(Model):
    """A national exercise, defined once: what every part of the system works from."""

    key: Identifier
    title: str
    version: str
    issued: date
    deadline: date
    team: str
    return_to: str
    year_start: date
    actual_to: str
    months: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    parameters: tuple[Parameter, ...]
    headlines: tuple[Headline, ...]
    changes: tuple[Change, ...]
    renames: tuple[Rename, ...] = ()
    guidance: Guidance
    rules: tuple[Rule, ...]
    national: National
    publications: tuple[Publication, ...] = ()
    plan_data: PlanDataSettings = PlanDataSettings()
