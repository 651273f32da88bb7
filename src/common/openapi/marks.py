"""Marks on dependencies and endpoints for facts that their signatures do not show: errors, response headers, security
schemes. Only `common.openapi.document` reads them; requests are not slower."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from src.common.exceptions.base import AppError

C = TypeVar("C", bound=Callable[..., Any])

_TOLD: Final = "__told__"


@dataclass(frozen=True, slots=True)
class Told:
    """`errors` are possible responses; `headers` are on successful responses; `shows` names the security schemes that a
    caller must satisfy in addition to the policy."""

    errors: tuple[type[AppError], ...] = ()
    headers: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


def tells(*errors: type[AppError], headers: tuple[str, ...] = (), shows: tuple[str, ...] = ()) -> Callable[[C], C]:
    """Mark a dependency or an endpoint: the marks apply to every route that uses it."""

    def mark(call: C) -> C:
        setattr(call, _TOLD, Told(errors, headers, shows))
        return call

    return mark


def told_by(call: Any) -> Told:
    """Return the marks of a dependency or an endpoint."""
    found: Told = getattr(call, _TOLD, Told())
    return found


def told_within(endpoint: Callable[..., Any]) -> Iterator[Told]:
    """Yield the marks of an endpoint and of the module-level functions that it calls by name."""
    yield told_by(endpoint)
    code = getattr(endpoint, "__code__", None)
    for name in () if code is None else code.co_names:
        yield told_by(endpoint.__globals__.get(name))


def files(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of a route that answers with a file of one of these types."""
    text: dict[str, Any] = {"type": "string"}
    content = {
        kind: {"schema": text if kind.startswith("text/") else {**text, "format": "binary"}} for kind in media_types
    }
    return {200: {"description": "The file.", "content": content}}
