"""Bodies of fulfilment."""
