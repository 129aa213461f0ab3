"""What is true of the values: totals recomputed and rules evaluated in Python."""
