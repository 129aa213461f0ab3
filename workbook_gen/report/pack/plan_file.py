"""A PlanData file: the sheet that a system returns, as values, under the name and in the format that analysts collect.

They list files that end in .xlsm, read the sheet PlanData as text under 26 names of their own without its first row, and keep
the rows whose ICSCode is the file's name. The file holds no macro: it only says that it might.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

from xlsxwriter import Workbook

from workbook_gen.definition.layout import PLAN_DATA
from workbook_gen.definition.model import Collection
from workbook_gen.excel.plan_data import HEADINGS
from workbook_gen.excel.style import DATE_FORMAT

ENDING = ".xlsm"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_TYPES = "[Content_Types].xml"


def plan_file(rows: Sequence[tuple[object, ...]], collection: Collection) -> bytes:
    """The file with these rows under the 26 headings. Same rows, same bytes."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    workbook.set_properties({"author": collection.team, "created": datetime.combine(collection.issued, time())})
    sheet = workbook.add_worksheet(PLAN_DATA)
    heading = workbook.add_format({"bold": True})
    date = workbook.add_format({"num_format": DATE_FORMAT})
    for column, name in enumerate(HEADINGS):
        sheet.write_string(0, column, name, heading)
    for position, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(position, column, value, date if HEADINGS[column] == "DimDateStart" else None)
            elif value:
                sheet.write_string(position, column, str(value))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADINGS) - 1, 16)
    workbook.close()
    return _as_macro_enabled(stream.getvalue())


def _as_macro_enabled(data: bytes) -> bytes:
    """The same package, declared as the kind that its ending says: Excel opens no .xlsm that says it is an .xlsx."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            part = before.read(member)
            after.writestr(member, part.replace(_PLAIN, _MACRO) if member.filename == _TYPES else part)
    return stream.getvalue()
