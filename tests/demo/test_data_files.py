"""The demo shop's files become records, and a mistake in one is told with its place."""

from typing import Any

import pytest

from src.demo.catalogue import PRODUCTS, DemoColor, Discount, Picture
from src.demo.catalogue.loader import products_of
from src.demo.catalogue.records import DemoCategory
from src.demo.data_files import DATA, UnfitDemoData, read, records

BLACK = DemoColor(name="블랙", code="#1F2023")
SHARED = {"colors": {"black": BLACK}, "sizes": {"inches": ["9인치"]}, "guides": {"care": ["## 관리", "- 닦기"]}}
ROW = {
    "product_code": "01201110",
    "slug": "bag",
    "name": "백",
    "picture": "caddie_bag",
    "categories": ["caddie-bags"],
    "origin_price": 1000,
    "discount": {"percent": 20},
    "colors": ["black"],
    "sizes": "inches",
    "stock": "deep",
    "popularity": 1,
    "released_days_ago": 2,
    "description": "가방",
    "detail": ["## 하나", "둘"],
    "guides": ["care"],
}


def loaded(**changed: Any) -> Any:
    return products_of([ROW, ROW | changed], SHARED, source="bags.json")[1]


def test_names_of_colours_sizes_and_guides_become_what_they_stand_for() -> None:
    product = loaded()

    assert (product.colors, product.sizes, product.picture) == ((BLACK,), ("9인치",), Picture.CADDIE_BAG)
    assert (product.discount, product.price) == (Discount(option="percent", value=20), 800)
    assert product.detail == "## 하나\n둘\n\n## 관리\n- 닦기"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"origin_price": "1000"}, "bags.json, DemoProduct 2: origin_price: '1000' is no int"),
        ({"origin_price": True}, "bags.json, DemoProduct 2: origin_price: True is no int"),
        ({"picture": "sofa"}, "bags.json, DemoProduct 2: picture: 'sofa' is not a valid Picture"),
        ({"categories": [1]}, "bags.json, DemoProduct 2: categories: 1 is no str"),
        ({"colour": "red"}, "bags.json, DemoProduct 2: there is no field 'colour'"),
        ({"discount": {"won": 5}}, "bags.json, Discount 1: option: 'won' is no"),
        ({"colors": ["red"]}, "shared.json has no 'red' among its colors"),
        ({"sizes": "feet"}, "shared.json has no 'feet' among its sizes"),
        ({"guides": ["wash"]}, "shared.json has no 'wash' among its guides"),
    ],
)
def test_a_mistake_is_refused_and_says_where_it_is(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(UnfitDemoData) as refused:
        loaded(**changed)

    assert str(refused.value).startswith(told)


def test_a_field_without_a_value_is_refused() -> None:
    with pytest.raises(UnfitDemoData, match=r"tree\.json, DemoCategory 1: .*missing.*'name'"):
        records(DemoCategory, [{"slug": "a", "parent": None, "position": 1, "depth": 1}], source="tree.json")


def test_every_file_under_products_is_in_the_shop() -> None:
    listed = [row["product_code"] for path in (DATA / "products").iterdir() for row in read(f"products/{path.name}")]

    assert sorted(listed) == sorted(product.product_code for product in PRODUCTS)
    assert len(listed) >= 58
