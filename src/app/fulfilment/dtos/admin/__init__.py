"""Bodies of the staff routes of fulfilment."""
