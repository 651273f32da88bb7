"""Files of the whole catalogue for other services: written to disk once, then sent as they are."""
