"""Planning return workbooks: one definition makes the workbook, its reader, its checks and its guidance."""
