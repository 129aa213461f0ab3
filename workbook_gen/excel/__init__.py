"""How a return looks in a file: writing the workbook, and reading it back without trusting it."""
