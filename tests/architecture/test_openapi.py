"""OpenAPI says what the contract says: words for every operation, an example for every body and every error."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from src.common.exceptions.base import AppError, catalogue
from src.core.configs import Settings
from src.main import create_app
from tests.architecture.sources import SRC

# Not in any route's list: what refuses a row of a tracking sheet stands in the task's result and files.
INTERNAL = {"CELL_UNREADABLE", "METHOD_UNKNOWN", "UNITS_INVALID"}
INTERNAL |= {f"STATEMENT_{what}" for what in ("AMOUNT_INVALID", "DAY_INVALID", "PAYMENT_MISSING", "ROW_TWICE")}


@pytest.fixture(scope="module")
def document(shop_settings: Settings) -> dict[str, Any]:
    return create_app(shop_settings, with_runner=False).openapi()


def known() -> dict[str, type[AppError]]:
    """The whole catalogue, whatever has been imported before."""
    for file in sorted((SRC / "app").glob("*/errors.py")):
        importlib.import_module(f"src.app.{file.parent.name}.errors")
    return catalogue()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def has_example(document: dict[str, Any], media: dict[str, Any]) -> bool:
    """Whether a body shows an example: its own, its schema's, or one on each of the schema's required fields."""
    schema = media.get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if any(key in found for found in (media, schema) for key in ("example", "examples")):
        return True
    required = [schema.get("properties", {}).get(name, {}) for name in schema.get("required", ())]
    return bool(required) and all(
        "examples" in field or has_example(document, {"schema": _inner(field)}) for field in required
    )


def _inner(field: dict[str, Any]) -> dict[str, Any]:
    inner: dict[str, Any] = field.get("items", field)
    return inner


def test_every_operation_is_explained(document: dict[str, Any]) -> None:
    silent = [name for name, operation in operations(document) if not operation.get("description", "").strip()]
    assert silent == []
    assert all(operation["summary"] for _, operation in operations(document))


def test_every_body_has_an_example(document: dict[str, Any]) -> None:
    bare = [
        name
        for name, operation in operations(document)
        for kind, media in operation.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json" and not has_example(document, media)
    ]
    assert bare == []


def test_every_documented_refusal_is_a_problem(document: dict[str, Any]) -> None:
    others = [
        f"{name} {status}"
        for name, operation in operations(document)
        for status, answer in operation["responses"].items()
        if status.startswith("4") and list(answer["content"]) != ["application/problem+json"]
    ]
    assert others == []


def test_every_error_of_a_domain_is_documented_somewhere(document: dict[str, Any]) -> None:
    shown = {
        code
        for _, operation in operations(document)
        for answer in operation["responses"].values()
        for media in answer.get("content", {}).values()
        for code in media.get("examples", {})
    }
    of_domains = {code for code, error in known().items() if error.__module__.startswith("src.app.")}
    assert of_domains - shown == INTERNAL


def test_codes_are_unique_upper_snake_and_speak_both_languages() -> None:
    for code, error in known().items():
        assert code == code.upper(), code
        assert code.replace("_", "").isalnum(), code
        assert 400 <= error.status < 600, code
        assert error.ko, code
        assert error.en, code


def test_two_errors_with_one_code_are_seen() -> None:
    taken = next(iter(known()))

    class Twin(AppError):
        code = taken

    try:
        with pytest.raises(ValueError, match=taken):
            catalogue()
    finally:
        Twin.code = ""
