"""The workbooks that the report writes: the national one, and a PlanData file a system."""
