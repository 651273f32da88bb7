"""`AppError`: status, stable code and both languages are class attributes; extras are keyword arguments."""

from typing import Any, ClassVar


class AppError(Exception):
    """An answer of ``application/problem+json``.

    A subclass names ``status``, ``code`` (stable, UPPER_SNAKE), ``ko`` and ``en`` (shown to shoppers; may hold
    ``{extra}`` places). Keyword arguments become members of the problem beside the standard ones; `headers` are sent
    with it. Subclasses without a code are families and are never raised.

    Clients get the members typed: by the keywords of ``__init__`` (one that is None by default may be missing), and
    where a class has none of its own by the values in `sample`, which is also the documented example. `optional` names
    those that are not always there.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal Server Error"
    code: ClassVar[str] = ""
    ko: ClassVar[str] = ""
    en: ClassVar[str] = ""
    sample: ClassVar[dict[str, Any]] = {}
    optional: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *, headers: dict[str, str] | None = None, **extras: Any) -> None:
        super().__init__(self.code)
        self.extras = extras
        self.headers = headers or {}

    def detail(self, language: str) -> str:
        """Return the message in "ko" or "en"."""
        return (self.en if language == "en" else self.ko).format(**self.extras)


class BadRequest(AppError):
    status = 400
    title = "Bad Request"


class Unauthorized(AppError):
    status = 401
    title = "Unauthorized"


class Forbidden(AppError):
    status = 403
    title = "Forbidden"


class NotFound(AppError):
    status = 404
    title = "Not Found"


class Conflict(AppError):
    status = 409
    title = "Conflict"


class Unprocessable(AppError):
    status = 422
    title = "Unprocessable Content"


class TooMany(AppError):
    """429. Raise with ``retry_after`` (seconds): it is both a member and the ``Retry-After`` header."""

    status = 429
    title = "Too Many Requests"
    sample: ClassVar[dict[str, Any]] = {"retry_after": 30}

    def __init__(self, *, retry_after: int, **extras: Any) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)}, retry_after=retry_after, **extras)


class Unavailable(AppError):
    status = 503
    title = "Service Unavailable"


def catalogue() -> dict[str, type[AppError]]:
    """Return all error classes that have a code, by code. Raises ValueError if two classes have the same code."""
    found: dict[str, type[AppError]] = {}
    families = [AppError]
    while families:
        family = families.pop()
        families += family.__subclasses__()
        if not family.code:
            continue
        if family.code in found and found[family.code] is not family:
            raise ValueError(f"two errors with the code {family.code}")
        found[family.code] = family
    return found


def documents(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of a route that may answer with these errors; `common.openapi` documents them."""
    responses: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        responses.setdefault(error.status, {"errors": []})["errors"].append(error)
    return responses
