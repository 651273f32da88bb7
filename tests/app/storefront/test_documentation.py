"""The catalogue in the OpenAPI document."""

from typing import cast

import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.config import JsonDict

from src.app.banner.dtos.responses import BannerRead
from src.app.category.dtos.responses import CategoryRead
from src.app.product.dtos.responses import ProductCard, ProductPage, ProductRead, StockRead
from src.app.storefront.dtos.responses import HomeRead

READS = {
    "/api/v1/categories": set(),
    "/api/v1/products": {"category", "q", "color", "size_name", "min_price", "max_price", "in_stock", "facets", "sort"}
    | {"page", "size", "cursor"},
    "/api/v1/products/{ref}": {"ref"},
    "/api/v1/promotions/{code}/products": {"code"},
    "/api/v1/banners": {"type"},
    "/api/v1/home": set(),
}


@pytest.mark.parametrize(
    "model", [BannerRead, CategoryRead, HomeRead, ProductCard, ProductPage, ProductRead, StockRead]
)
def test_example_is_what_the_model_sends(model: type[BaseModel]) -> None:
    extra = model.model_config["json_schema_extra"]
    assert isinstance(extra, dict)
    (example,) = cast("list[JsonDict]", extra["examples"])
    sent = model.model_validate(example).model_dump(mode="json")
    assert sent == {
        **example,
        **({"next_cursor": None} if model is ProductPage else {}),
    }  # sent only where there is more


@pytest.mark.parametrize("path", READS)
def test_read_documents_its_parameters_and_answers(app: FastAPI, path: str) -> None:
    read = app.openapi()["paths"][path]["get"]
    assert {parameter["name"] for parameter in read.get("parameters", [])} == READS[path]
    assert {"200", "304", "422"} <= set(read["responses"])
    assert "$ref" in read["responses"]["200"]["content"]["application/json"]["schema"]
    assert "ETag" in read["responses"]["200"]["headers"]
