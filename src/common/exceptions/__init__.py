"""One base for every error that a caller may see, and the families of it by HTTP status (docs/architecture.md#r14)."""

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
