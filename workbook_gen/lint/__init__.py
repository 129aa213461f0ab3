"""An issued workbook against the checklist of a good one: by openpyxl and part by part, apart from the writer's own tables."""
