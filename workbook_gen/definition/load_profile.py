"""[[profile]] of picture.toml to a `Profile`: its expressions taken apart by point and month, and tried on a specimen form.

A profile has either `step` blocks, which make a waterfall, or `series` blocks over the months of the collection: the `value`
of a series has the month at hand as `month`, its `first` stands before the months under the label that the profile gives.
"""

import re
from collections.abc import Sequence

from workbook_gen.definition.bind import Scope
from workbook_gen.definition.build import Place, build, tree
from workbook_gen.definition.calendar import month_name
from workbook_gen.definition.errors import ExpressionError
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Node
from workbook_gen.definition.picture import PictureColumn, Profile, bound_figure
from workbook_gen.definition.shape import Data, blocks, label, text

_MONTH = re.compile(r"\bmonth\b")


def profile_of(data: Data, place: Place, form: Form) -> Profile:
    """The profile of a block. Raises `DefinitionError`."""
    place = place.within(f"profile {label(data)}")
    steps, series = blocks(data, "step", place), blocks(data, "series", place)
    if bool(steps) is bool(series):
        raise place.error("series", "a profile has either [[profile.series]] over the months, or [[profile.step]].")
    own = {name: value for name, value in data.items() if name not in ("step", "series", "first")}
    shape = _waterfall(steps, place, form) if steps else _over_months(series, text(data, "first", place), place, form)
    return build(Profile, {"dp": 0, **own, **shape}, place)


def _waterfall(steps: Sequence[Data], place: Place, form: Form) -> Data:
    levels = [bool(step.get("level", False)) for step in steps]
    if not levels[0]:
        raise place.error("step", "the first step is a level: give it level = true.")
    labels = [_known(step, ("label", "value", "level"), place.within(f"step {number}")) for number, step in enumerate(steps, 1)]
    columns = [
        _column(number, name, step.get("value"), place.within(f"step {number}"), form)
        for number, (name, step) in enumerate(zip(labels, steps, strict=True), 1)
    ]
    return {"points": labels, "series": ["Change"], "columns": columns, "levels": levels}


def _over_months(series: Sequence[Data], first: str, place: Place, form: Form) -> Data:
    months = form.collection.months
    names, columns = [], []
    for number, one in enumerate(series, 1):
        here = place.within(f"series {number}")
        names.append(_known(one, ("label", "value", "first"), here))
        if bool(first) is not ("first" in one):
            raise here.error("first", "what stands before the months has a label at the profile and a value in every series.")
        written = [one.get("first"), *([one.get("value")] * len(months))] if first else [one.get("value")] * len(months)
        for point, (expression, month) in enumerate(zip(written, ["", *months] if first else months, strict=True), 1):
            at_hand = _MONTH.sub(month, expression) if month and isinstance(expression, str) else expression
            columns.append(_column(number * 100 + point, names[-1], at_hand, here, form))
    points = [*([first] if first else []), *(month_name(month) for month in months)]
    return {"points": points, "series": names, "columns": columns}


def _known(data: Data, fields: tuple[str, ...], place: Place) -> str:
    """The label of a part, which has no other fields than these."""
    for name in data:
        if name not in fields:
            raise place.error(name, f"there is no such field; a part has {', '.join(fields)}.")
    return text(data, "label", place)


def _column(number: int, name: str, expression: object, place: Place, form: Form) -> PictureColumn:
    value = figure_at({"value": expression}, "value", place, form)
    if value is None:
        raise place.error("value", "this field is missing.")
    return build(PictureColumn, {"key": f"c{number}", "label": name, "unit": "", "value": value}, place)


def figure_at(data: Data, name: str, place: Place, form: Form) -> Node | None:
    """The expression under a name, tried on the specimen; None where there is none. Raises `DefinitionError`."""
    found = tree(data.get(name), place, name)
    try:
        if found is not None:
            bound_figure(found, Scope(form, ""))
    except ExpressionError as error:
        raise place.error(name, str(error)) from error
    return found
