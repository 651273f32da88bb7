"""Headers in the document: required request headers, and the headers of responses."""

from typing import Any, Final

from src.common.openapi.endings import Ending
from src.common.openapi.schemas import Schema, without_null

ALWAYS: Final = ("X-Request-ID", "X-Process-Time")
WAITING: Final = frozenset({"429", "502", "503"})


def _text(description: str, example: str, **schema: Any) -> Schema:
    return {"description": description, "schema": {"type": "string", **schema}, "example": example}


HEADERS: Final[dict[str, Schema]] = {
    "X-Request-ID": _text("The request's own id where it sent one that may be used, else a new one.", "01KAG6Q6X9ZP4M"),
    "X-Process-Time": _text("Seconds that the answer took.", "0.004213", pattern=r"^[0-9]+\.[0-9]{6}$"),
    "X-New-Token": _text("The next access token, when the present one is near its end.", "eyJhbGciOiJIUzI1NiJ9.e30.x"),
    "X-Cart-Token": _text("A guest's cart: send it with every later request.", "hV2kq0c7Jm3xQ1yN8ZtR4w"),
    "Idempotency-Replayed": _text("`true`: the key had its effect before, and this is that effect.", "true"),
    "ETag": _text("What this answer is, for `If-None-Match` or `If-Match`.", '"3"'),
    "Cache-Control": _text("How long the answer may be kept.", "public, max-age=5"),
    "Set-Cookie": _text("An HttpOnly cookie for browsers, set or taken back.", "refresh_token=...; HttpOnly; Path=/"),
    "Content-Disposition": _text("The name to save the file under.", 'attachment; filename="products.csv"'),
    "Content-Security-Policy": _text("A file is shown without scripts.", "sandbox"),
    "Retry-After": {
        "description": "Seconds to wait before another try.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 2,
    },
    "WWW-Authenticate": _text("How to sign in.", "Bearer"),
    "Deprecation": _text("Since when the operation should not be used (RFC 9745).", "@1798761600", pattern="^@[0-9]+$"),
    "Sunset": _text("From when the operation may be gone (RFC 8594).", "Thu, 31 Dec 2026 15:00:00 GMT"),
    "Link": _text("What to use instead.", '</api/v2/orders>; rel="successor-version"'),
}
# Optional for FastAPI, so that a request without them gets our error and not a validation error.
NEEDED: Final[dict[str, Schema]] = {
    "Idempotency-Key": {
        "type": "string",
        "minLength": 16,
        "maxLength": 255,
        "pattern": r"^[\x21-\x7e][\x20-\x7e]{14,253}[\x21-\x7e]$",
        "examples": ["8f0c2d1e-2f5b-4f7c-9d55-6b0f5a4f8a11"],
    },
    "If-Match": {"type": "string", "pattern": r'^(W/)?"[1-9][0-9]{0,8}"$', "examples": ['"3"']},
}


def named(*names: str) -> dict[str, Schema]:
    """Return the ``headers`` object of a response, as references."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def ask(parameters: list[dict[str, Any]]) -> None:
    """Correct the parameters: mark headers of NEEDED as required, and remove null from all schemas."""
    for parameter in parameters:
        parameter["schema"] = without_null(parameter["schema"])
        if parameter["in"] == "header" and parameter["name"] in NEEDED:
            parameter["required"] = True
            parameter["schema"] = dict(NEEDED[parameter["name"]])
            parameter.pop("example", None)


def answer(answers: dict[str, Schema], *, on_success: list[str], ending: Ending | None) -> None:
    """Add the headers of an operation's responses."""
    last = {} if ending is None else {name: {**HEADERS[name], "example": value} for name, value in ending.headers()}
    for status, each in answers.items():
        names = list(ALWAYS)
        if status.startswith("2"):
            names += on_success
        if status == "401":
            names.append("WWW-Authenticate")
        if status in WAITING:
            names.append("Retry-After")
        each["headers"] = {**each.get("headers", {}), **named(*names), **last}
