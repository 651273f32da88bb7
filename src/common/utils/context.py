"""What belongs to the request under way and is needed far from it: its id and its language."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
