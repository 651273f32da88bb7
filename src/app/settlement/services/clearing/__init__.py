"""Whether orders clear: what was sold is what was paid, kept and given back (docs/promises.md#p13)."""
