"""The id of the current request. Background work that it starts inherits the id."""

from src.core.observing.context import new_request_id, request_id, under

__all__ = ["new_request_id", "request_id", "under"]
