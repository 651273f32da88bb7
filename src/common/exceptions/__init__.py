"""The base class of all errors that a caller may see, and its subclasses by HTTP status (docs/architecture.md#r14)."""

from src.common.exceptions.base import (
    AppError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    TooMany,
    Unauthorized,
    Unavailable,
    Unprocessable,
    catalogue,
    documents,
)

__all__ = [
    "AppError",
    "BadRequest",
    "Conflict",
    "Forbidden",
    "NotFound",
    "TooMany",
    "Unauthorized",
    "Unavailable",
    "Unprocessable",
    "catalogue",
    "documents",
]
