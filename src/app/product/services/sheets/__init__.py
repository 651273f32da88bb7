"""Product sheets with one row per size. An exported sheet can be imported again without changes."""
