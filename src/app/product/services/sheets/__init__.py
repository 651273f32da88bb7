"""Products as sheets: one row for each size. What is exported is imported again unchanged."""
