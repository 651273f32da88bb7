"""Text in which there is nothing to see is empty text, in every field of every body and query."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

import src.app
from src.common.dtos.fields import ClosedInput

NOTHING_TO_SEE = (
    "\u3164",
    "\u115f\u1160",
    "\u200b\u200d",
    "\uffa0",
    "\u2800\u2800",
    "\u00a0\u3000",
    "\U000e0041",
    "\ufe0f",
)

# What is only compared with something that we made or have, and refused where it is not the same.
COMPARED = {"token", "guest_token", "login_id", "otp", "state", "code", "verification_id", "permissions"}
# Judged by a validator or a service over more than the field itself.
JUDGED = {"VerificationStart.target", "WebhookChange.url", "WebhookCreate.url"}


def inputs() -> Iterator[type[ClosedInput]]:
    """Every body and query of the app."""
    for module in pkgutil.walk_packages(src.app.__path__, "src.app."):
        if ".dtos." in module.name:
            importlib.import_module(module.name)
    waiting = [ClosedInput]
    seen: set[type[ClosedInput]] = set()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in seen and kind.__module__.startswith("src."):
                seen.add(kind)
                waiting.append(kind)
                yield kind


FIELDS = [
    pytest.param(field, id=f"{kind.__module__.removeprefix('src.app.')}.{kind.__name__}.{name}")
    for kind in sorted(inputs(), key=lambda kind: (kind.__module__, kind.__qualname__))
    for name, field in kind.model_fields.items()
    if name not in COMPARED and f"{kind.__name__}.{name}" not in JUDGED
]


def kept(value: Any) -> Iterator[str]:
    """Every text in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from kept(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from kept(one)


@pytest.mark.parametrize("field", FIELDS)
def test_invisible_text_is_kept_nowhere(field: Any) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[field.annotation, field])
    for text in NOTHING_TO_SEE:
        for value in (text, [text], {text: text}, {"name": text}):
            try:
                taken = adapter.validate_python(value)
            except (ValidationError, TypeError):
                continue
            assert not [one for one in kept(taken) if one.strip() and one != "name"], repr(text)


def test_the_bodies_are_found() -> None:
    assert len(FIELDS) > 300
