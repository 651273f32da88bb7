"""Shared wire format of the three providers: forms, Bearer headers, redirects, the list of clients."""

import hmac
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from starlette.requests import Request

from src.sandbox.config import OAuthClient, ProviderName
from src.sandbox.web import Answer, as_json, read_body

Pairs = list[tuple[str, str]]
MAX_FIELDS: Final = 100


def fields_of(text: str) -> dict[str, str]:
    """Return the fields of a urlencoded text; the last of several with the same name; none if it cannot be parsed."""
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace"))
    except ValueError:
        return {}


def query_fields(request: Request) -> dict[str, str]:
    """Return the fields of the query."""
    return fields_of(request.scope["query_string"].decode("latin-1"))


async def form_fields(request: Request) -> dict[str, str]:
    """Return the fields of a form; none for a body of another content type."""
    raw = await read_body(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return {}
    return fields_of(raw.decode("utf-8", "replace"))


async def all_fields(request: Request) -> dict[str, str]:
    """Return the fields of query and form; the form takes precedence."""
    form = await form_fields(request) if request.method == "POST" else {}
    return query_fields(request) | form


def bearer(request: Request) -> str:
    """Return the token of `Authorization: Bearer ...`, or an empty text."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def same(one: str, other: str) -> bool:
    """Return True if two secrets are equal."""
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode("utf-8", "surrogateescape"))


def client_of(clients: Iterable[OAuthClient], provider: ProviderName, client_id: str | None) -> OAuthClient | None:
    """Return the provider's client with this id, or None."""
    return next((one for one in clients if client_id and one.provider == provider and one.client_id == client_id), None)


def address(url: str, pairs: Pairs) -> str:
    """Return `url` with `pairs` appended to its query."""
    parts = urlsplit(url)
    query = urlencode(pairs, quote_via=quote, safe="")
    return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))


def error(status: int, code: str, description: str, **more: object) -> Answer:
    """Return the answer `{"error", "error_description"}` (RFC 6749 section 5.2)."""
    return as_json({"error": code, "error_description": description, **more}, status)


def bent(told: dict[str, Any], fault: str | None) -> dict[str, Any]:
    """Return a token answer changed by `fault`, if it is one that all providers have."""
    if fault == "missing_access_token":
        told.pop("access_token", None)
    elif fault == "extra_fields":
        told["something_new"] = {"added": ["later", 1, None]}
    return told
