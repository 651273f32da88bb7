"""Restore null members in examples: FastAPI removes them, although the members are always in the response."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from src.common.openapi.schemas import Schema


def with_nulls(document: Schema) -> None:
    """Replace the examples of the named schemas by those of the models that they come from."""
    schemas = document["components"]["schemas"]
    for model in _models(BaseModel):
        extra = model.model_config.get("json_schema_extra")
        shown = schemas.get(model.__name__, {}).get("examples")
        if shown is not None and isinstance(extra, dict) and _without_none(extra.get("examples")) == shown:
            schemas[model.__name__]["examples"] = extra["examples"]


def _models(family: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in family.__subclasses__():
        yield model
        yield from _models(model)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_none(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_none(inner) for inner in value]
    return value
