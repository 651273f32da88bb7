"""What a signature cannot say, told beside it: errors and headers that a dependency or a route adds to its answers.
Read by `common.openapi.document`; a request pays nothing for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from src.common.exceptions.base import AppError

C = TypeVar("C", bound=Callable[..., Any])

_TOLD: Final = "__told__"


@dataclass(frozen=True, slots=True)
class Told:
    """`errors` may be answered; `headers` are on answers that went well; `shows` names the security schemes that a
    caller must satisfy beside the policy."""

    errors: tuple[type[AppError], ...] = ()
    headers: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


def tells(*errors: type[AppError], headers: tuple[str, ...] = (), shows: tuple[str, ...] = ()) -> Callable[[C], C]:
    """Mark a dependency or an endpoint: every route that uses it may answer with these."""

    def mark(call: C) -> C:
        setattr(call, _TOLD, Told(errors, headers, shows))
        return call

    return mark


def told_by(call: Any) -> Told:
    """What a dependency or an endpoint was marked with."""
    found: Told = getattr(call, _TOLD, Told())
    return found


def told_within(endpoint: Callable[..., Any]) -> Iterator[Told]:
    """What an endpoint was marked with, and the functions that it calls by their plain name."""
    yield told_by(endpoint)
    code = getattr(endpoint, "__code__", None)
    for name in () if code is None else code.co_names:
        yield told_by(endpoint.__globals__.get(name))


def files(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """The ``responses=`` of a route that answers with a file of one of these types."""
    text: dict[str, Any] = {"type": "string"}
    content = {
        kind: {"schema": text if kind.startswith("text/") else {**text, "format": "binary"}} for kind in media_types
    }
    return {200: {"description": "The file.", "content": content}}
