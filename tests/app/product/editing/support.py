"""What the tests of the back-office's products share."""

from pathlib import Path
from typing import Any

import httpx

from src.app.category.models import Category
from src.app.product.dtos.examples import NOTICE_FIELDS
from src.core.configs import settings
from tests.app.auth.support import API

PRODUCTS = f"{API}/admin/products"
NOTICE: dict[str, Any] = {"kind": "bag", "fields": dict(NOTICE_FIELDS)}
BLACK: dict[str, Any] = {
    "color": "블랙",
    "color_code": "#1a1a1a",
    "images": [],
    "sizes": [{"size": "S", "stock": 3}, {"size": "M", "sku": "BAG-M", "stock": 0}],
}


def new(category: Category, **changes: Any) -> dict[str, Any]:
    """The body of a new product with one colour in two sizes."""
    body: dict[str, Any] = {
        "product_code": "BAG-1",
        "name": "투어 스탠드백",
        "origin_price": 100_000,
        "category_ids": [category.id],
        "options": [BLACK],
    }
    return {**body, **changes}


def store(*names: str) -> list[str]:
    """Pictures below the media folder; their paths."""
    paths = [f"tests/{name}" for name in names]
    for path in paths:
        file: Path = settings().server.state_dir / "media" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"picture")
    return paths


def at(headers: dict[str, str], version: int) -> dict[str, str]:
    """The headers of an edit of this version."""
    return {**headers, "If-Match": f'"{version}"'}


async def made(
    client: httpx.AsyncClient, headers: dict[str, str], category: Category, **changes: Any
) -> dict[str, Any]:
    """A product added over HTTP."""
    answer = await client.post(PRODUCTS, json=new(category, **changes), headers=headers)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def read(client: httpx.AsyncClient, headers: dict[str, str], product_id: int) -> dict[str, Any]:
    """The edit form."""
    answer = await client.get(f"{PRODUCTS}/{product_id}", headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body
