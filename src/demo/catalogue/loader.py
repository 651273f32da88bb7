"""Build the demo catalogue's records from its files. Products refer to colours, sizes and guides of ``shared.json`` by
name."""

from collections.abc import Iterator
from typing import Any, Final

from src.demo.catalogue.records import DemoBanner, DemoCategory, DemoColor, DemoProduct, DemoPromotion, Discount
from src.demo.data_files import DATA, UnfitDemoData, read, records

_SHARED: Final = "shared.json"
_SHOWCASE: Final = "showcase.json"


class Catalogue:
    """The records of all files, read once. Raises UnfitDemoData for a file that does not match its records."""

    def __init__(self) -> None:
        shared, showcase = read(_SHARED), read(_SHOWCASE)
        self.colors = records(DemoColor, list(shared["colors"].values()), source=_SHARED)
        shared["colors"] = dict(zip(shared["colors"], self.colors, strict=True))
        self.categories = records(DemoCategory, list(_nodes(read("categories.json"))), source="categories.json")
        products = [
            product
            for path in sorted((DATA / "products").glob("*.json"))
            for product in products_of(read(f"products/{path.name}"), shared, source=path.name)
        ]
        # Oldest first: rows are inserted in this order, so newer products get higher ids, as in a real shop.
        self.products = tuple(sorted(products, key=lambda product: -product.released_days_ago))
        self.promotions = records(DemoPromotion, showcase["promotions"], source=_SHOWCASE)
        self.banners = records(DemoBanner, [_banner(row, shared) for row in showcase["banners"]], source=_SHOWCASE)


def products_of(rows: list[dict[str, Any]], shared: dict[str, Any], *, source: str) -> tuple[DemoProduct, ...]:
    """Return the products of one file. Names of colours, sizes and guides are looked up in `shared`."""
    return records(DemoProduct, [_product(row, shared, source) for row in rows], source=source)


def _product(row: dict[str, Any], shared: dict[str, Any], source: str) -> dict[str, Any]:
    guides = [_named(shared, "guides", name) for name in row.get("guides", [])]
    made = {key: value for key, value in row.items() if key != "guides"}
    made["detail"] = "\n\n".join("\n".join(lines) for lines in [row["detail"], *guides])
    made["colors"] = [_named(shared, "colors", name) for name in row["colors"]]
    if isinstance(row["sizes"], str):
        made["sizes"] = _named(shared, "sizes", row["sizes"])
    if "discount" in row:
        ((option, value),) = row["discount"].items()
        (made["discount"],) = records(Discount, [{"option": option, "value": value}], source=source)
    return made


def _banner(row: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    color = _named(shared, "colors", row["color"])
    return {key: value for key, value in row.items() if key != "color"} | {"color_code": color.code}


def _nodes(tree: list[dict[str, Any]], parent: str | None = None, depth: int = 1) -> Iterator[dict[str, Any]]:
    for position, node in enumerate(tree, start=1):
        own = {key: value for key, value in node.items() if key != "children"}
        yield own | {"parent": parent, "position": position, "depth": depth}
        yield from _nodes(node.get("children", []), node["slug"], depth + 1)


def _named(shared: dict[str, Any], kind: str, name: str) -> Any:
    if name not in shared[kind]:
        raise UnfitDemoData(f"{_SHARED} has no {name!r} among its {kind}")
    return shared[kind][name]
