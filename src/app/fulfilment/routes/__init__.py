"""Routes of fulfilment."""
