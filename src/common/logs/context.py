"""What belongs to the request under way and is needed far from it: its id, which work that it left behind takes on."""

from src.core.observing.context import new_request_id, request_id, under

__all__ = ["new_request_id", "request_id", "under"]
