"""Orders that are paid by a transfer into one of the shop's own accounts."""
