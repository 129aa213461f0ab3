"""The structural codes: what can be wrong with a file that comes back, and how it is said."""

from workbook_gen.entry import FRESH, REPAIR, RESAVE, RESTORE, SIMPLER, fix, note, refusal

PACKAGE = (
    refusal(
        "STR-001",
        "Not an Excel workbook",
        "The file is {found}, not an Excel workbook.",
        "Return the workbook we issued. " + RESAVE,
    ),
    refusal(
        "STR-002",
        "Opens only with a password",
        "The file is encrypted and opens only with a password, so nothing in it was read.",
        "In Excel: File > Info > Protect Workbook > Encrypt with Password, empty the box, save, and return it again.",
    ),
    refusal("STR-003", "Old Excel format", "The file is an Excel 97-2003 workbook (.xls), not an .xlsx.", RESAVE),
    refusal("STR-004", "Binary Excel format", "The file is an Excel binary workbook (.xlsb), not an .xlsx.", RESAVE),
    refusal("STR-005", "OpenDocument format", "The file is an OpenDocument spreadsheet (.ods), not an .xlsx.", RESAVE),
    refusal("STR-006", "Macros or a template", "The file is {found}; a return is a plain workbook.", RESAVE),
    refusal("STR-007", "Damaged file", "The file is cut short or damaged: {found}.", REPAIR),
    refusal(
        "STR-008",
        "Too large",
        "The file holds {found}; we read at most {expected}.",
        "Remove added pictures, sheets and rows. If there are none: " + FRESH,
    ),
    refusal("STR-009", "Parts twice or oddly named", "Inside the file, {found}, which Excel never writes.", RESAVE),
    refusal("STR-010", "Declares entities", "Inside the file, {found} declares a document type or entity.", RESAVE),
    refusal("STR-011", "Took too long", "The file was not read through within {found}.", SIMPLER),
    refusal("STR-012", "Reading stopped", "The file stopped the reader: {found}. Nothing in it was read.", SIMPLER),
    refusal(
        "STR-013",
        "Excel's lock file",
        "The file is the mark that Excel leaves beside a workbook that is open; it holds no figures.",
        "Return the workbook of the same name without ~$ in front.",
    ),
    note(
        "STR-019",
        "Strict workbook",
        "The file is a Strict Open XML Spreadsheet; we read it like an ordinary workbook.",
        "Nothing to do; next time choose File > Save As > Excel Workbook (*.xlsx).",
    ),
)

IDENTITY = (
    refusal(
        "STR-101",
        "Not our workbook",
        "The file carries neither our seal nor the codes of {expected}.",
        "Return the workbook that we issued to you, with your figures in its yellow cells.",
    ),
    refusal("STR-102", "Seal broken", "The seal says {found}, but does not match the file that carries it.", FRESH),
    refusal(
        "STR-103",
        "Another collection",
        "The file belongs to {found}; this is {expected}.",
        "Return the workbook of {expected}.",
    ),
    refusal(
        "STR-104",
        "Older version",
        "The file is version {found}; the current version is {expected}.",
        "Ask us to carry your inputs into version {expected} (workbook-gen migrate), check it and return it.",
    ),
    refusal(
        "STR-105",
        "Newer version",
        "The file is version {found}; the definition here is version {expected}.",
        "Update the definition here to version {found}, then check the file again.",
    ),
    fix(
        "STR-106",
        "File name of another organisation",
        "The file's name says {found}, the seal inside says {expected}; it was read as {expected}.",
        "Return your own organisation's file, or begin its name with {expected}.",
    ),
    note(
        "STR-107",
        "Seal not verified",
        "The seal was not verified, because its key is not on this computer.",
        "Nothing to do; the central team verifies it on receipt.",
    ),
    note(
        "STR-108",
        "Prefilled figures not compared",
        "Prefilled figures were not compared: the national tables here differ from those the file was issued with.",
        "Nothing to do; the central team compares them on receipt.",
    ),
    refusal(
        "STR-109",
        "Unknown organisation",
        "The file is for {found}, an organisation that is not in {expected}.",
        "Return the workbook that we issued to your own organisation.",
    ),
    note(
        "STR-110",
        "No seal",
        "The file carries no seal; we recognised it by its codes as {found}.",
        "Nothing to do; next time work in the file that we issued, not in a copy of its sheets.",
    ),
)

STRUCTURE = (
    note("STR-201", "Sheet renamed", "Sheet '{found}' was issued as '{expected}'; we found it by its codes."),
    fix("STR-202", "Sheet missing", "Sheet '{expected}' is missing, and with it {found}.", RESTORE),
    note(
        "STR-203",
        "Sheet added",
        "Sheet '{found}' is no part of the return; it stays in the file you sent and is not carried further.",
    ),
    note("STR-204", "Sheets in another order", "The sheets stand in another order than issued: {found}."),
    fix("STR-205", "Line missing", "{where}: line {label} is missing, so its cells were not read.", RESTORE),
    fix("STR-206", "Column missing", "{where}: column {label} is missing, so its cells were not read.", RESTORE),
    fix("STR-207", "Table missing", "{where}: table {label} is missing, so none of its cells was read.", RESTORE),
    fix(
        "STR-208",
        "Code stands twice",
        "{where}: code {found} stands here and also in {expected}; neither was read.",
        "Delete the copy, so that each code stands once.",
    ),
    note("STR-209", "Protection removed", "{where}: the sheet came back unprotected; we compared its locked cells."),
    note("STR-210", "Sheet hidden", "{where}: the sheet came back hidden; we read it all the same."),
    note("STR-211", "Rows or columns hidden", "{where}: {found} came back hidden; we read them all the same."),
    note(
        "STR-212",
        "Rows or columns inserted",
        "{where}: {found} inserted since we issued the sheet; we found every cell by its codes.",
    ),
    note(
        "STR-213",
        "Moved to another place",
        "{where}: {found} in another order or place than issued; we found every cell by its codes.",
    ),
    note(
        "STR-214",
        "Our own sheet missing",
        "Sheet '{expected}' is missing; it holds no figures to fill in, and nothing is lost with it.",
    ),
    note("STR-215", "Cells merged", "{where}: cells were merged; each keeps only what stands in its first cell."),
    note(
        "STR-216",
        "Rows or columns gone",
        "{where}: {found} of the sheet as issued can no longer be found; no code of a line or column stood in them.",
    ),
)

INTEGRITY = (
    note(
        "STR-301",
        "Prefilled figure changed",
        "{where}: {found} stands where we issued {expected}; the checks use the figure issued.",
        "Nothing to do; we see the change. If the figure issued is wrong, tell us why.",
    ),
    note(
        "STR-302",
        "Total overwritten",
        "{where}: {found} stands in place of a formula; we use the total recomputed, {expected}.",
        "Nothing to do; to change a total, change the inputs that it adds.",
    ),
    note("STR-303", "Label changed", "{where}: the label reads '{found}'; it was issued as '{expected}'."),
    note(
        "STR-304",
        "Not recalculated before saving",
        "{where}: shows {found} where its formula gives {expected}, which we use.",
        "Nothing to do; next time, in Excel: Formulas > Calculate Now, then save.",
    ),
    note(
        "STR-305",
        "Link to another file",
        "The file reads {found}, which we do not have; we use what it held when the file was saved.",
        "Nothing to do; next time paste values: Home > Paste > Paste Values.",
    ),
    note(
        "STR-306",
        "Comments",
        "{where}: comments in the margin of cells: {count}. The first reads '{found}'. None is carried further.",
        "Nothing to do; if it bears on a figure, say so in a box for an explanation.",
    ),
    note(
        "STR-307",
        "Formula changed",
        "{where}: formulas changed: {count}. The first reads {found}; it was issued as {expected}.",
        "Nothing to do; we work out every formula again from your inputs.",
    ),
    note(
        "STR-308",
        "Unexpected content",
        "{where}: cells filled where nothing was issued: {count}. The first reads '{found}'. None is carried further.",
        "Nothing to do; if it bears on a figure, say so in a box for an explanation.",
    ),
    note(
        "STR-309",
        "Formula overwritten",
        "{where}: formulas overwritten: {count}. The first holds {found}; it was issued as {expected}.",
        "Nothing to do; we work out every formula again from your inputs.",
    ),
    note("STR-310", "Cell emptied", "{where}: cells emptied: {count}. The first was issued as {expected}."),
    note(
        "STR-311",
        "Name changed",
        "The name {label} stands for {found}; it was issued as {expected}.",
        "Nothing to do; we use every threshold and list as issued.",
    ),
)

VALUES = (
    fix(
        "STR-401",
        "Text where a number belongs",
        "{where}: a number belongs here; we read '{found}' as text.",
        "Type the number in figures alone, without words or letters.",
    ),
    note(
        "STR-402",
        "Number read from a text",
        "{where}: we read the text '{found}' as the number {expected}.",
        "Nothing to do if it is right; if not, type the number in figures alone.",
    ),
    fix(
        "STR-403",
        "Excel error",
        "{where}: holds the Excel error {found}, so there is no value to read.",
        "Type the value in the cell, in place of the error.",
    ),
    note(
        "STR-404",
        "Formula in an input",
        "{where}: holds the formula {found}; we use its value, {expected}.",
        "Nothing to do; next time paste values: Home > Paste > Paste Values.",
    ),
    note(
        "STR-405",
        "Looks empty, holds a space",
        "{where}: looks empty but holds a space; we read it as blank.",
        "Nothing to do if it is blank; if not, type the answer: 0 is one.",
    ),
    fix(
        "STR-406",
        "Not in the list",
        "{where}: we read '{found}', which is not in the list: {expected}.",
        "Choose an answer from the list in the cell.",
    ),
    fix(
        "STR-407",
        "Text too long",
        "{where}: the text has {found} characters; there is room for {expected}.",
        "Shorten the text to {expected} characters.",
    ),
    fix(
        "STR-408",
        "Not a date",
        "{where}: a date belongs here; we read '{found}'.",
        "Type the date as day/month/year.",
    ),
    note(
        "STR-409",
        "Percentage typed as a fraction?",
        "{where}: we read {found}%; was {expected}% meant?",
        "Type {expected} if you meant {expected}%; if not, there is nothing to do.",
    ),
    note(
        "STR-410",
        "Date read from a text",
        "{where}: we read the text '{found}' as the date {expected}.",
        "Nothing to do if that is right; if not, type the date as day/month/year.",
    ),
    fix(
        "STR-411",
        "Formula without a value",
        "{where}: holds the formula {found} but no value, and we cannot work it out.",
        "Type the value in the cell, in place of the formula.",
    ),
)

ENTRIES = {entry.code: entry for group in (PACKAGE, IDENTITY, STRUCTURE, INTEGRITY, VALUES) for entry in group}
"""Every entry by its code."""
