"""Staff routes of fulfilment, by screen."""
