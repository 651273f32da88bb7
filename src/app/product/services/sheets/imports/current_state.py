"""Load the present state of the products that some wishes concern, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from src.app.category.services import tree
from src.app.product.dtos.fields import name_key
from src.app.product.models import Product, ProductCategory, ProductImage, ProductOption, Variant
from src.app.product.services import locks
from src.app.product.services.editing.alike_names import color_of, meant, size_of
from src.app.product.services.sheets.records import ColorRow, ProductRow, SizeRow


@dataclass(slots=True)
class Present:
    """An existing product with everything that a sheet can contain."""

    product: Product
    category_ids: list[int] = field(default_factory=list)
    options: list[ProductOption] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    images: dict[int, list[str]] = field(default_factory=dict)
    alts: dict[int, dict[str, str]] = field(default_factory=dict)

    def colors(self, wish: ColorRow) -> list[ProductOption]:
        """Return the colours that the wish may refer to, retired or not: the alike ones that have a size with one of
        its SKUs, else those of `meant`. More than one row means that the wish is ambiguous."""
        skus = {size.sku for size in wish.sizes if size.sku}
        own = {row.option_id for row in self.variants if row.sku in skus}
        alike = [row for row in self.options if name_key(row.color) == name_key(wish.color)]
        return [row for row in alike if row.id in own] or meant(alike, wish.color, by=color_of)

    def sizes(self, option_id: int, wish: SizeRow) -> list[Variant]:
        """Do the same as `colors` for the sizes of a colour: the alike size with the SKU, else those of `meant`."""
        alike = [
            row for row in self.variants if row.option_id == option_id and name_key(row.size) == name_key(wish.size)
        ]
        return [row for row in alike if row.sku == wish.sku] or meant(alike, wish.size, by=size_of)


@dataclass(slots=True)
class Shop:
    """The state that a batch of wishes is compared with. `categories` maps slugs and slug paths to ids, `paths` ids to
    slug paths. `words` maps codes and slugs in use to product ids, `skus` SKUs in use to variant ids."""

    products: dict[str, Present]
    categories: dict[str, int]
    paths: dict[int, str]
    words: dict[str, set[int]]
    skus: dict[str, int]


async def categories() -> tuple[dict[str, int], dict[int, str]]:
    """Return category ids by slug and by slug path, and slug paths by category id. One query."""
    nodes = {node.id: node for node in await tree.load()}
    by_name: dict[str, int] = {}
    paths: dict[int, str] = {}
    for node in nodes.values():
        slugs, at = [node.slug], node
        while at.parent_id is not None and len(slugs) < len(nodes):
            at = nodes[at.parent_id]
            slugs.append(at.slug)
        paths[node.id] = "/".join(reversed(slugs))
        by_name |= {node.slug: node.id, paths[node.id]: node.id}
    return by_name, paths


async def shop_for(wishes: Sequence[ProductRow], *, lock: bool = False) -> Shop:
    """Load the state that these wishes concern. With `lock`, lock the products and then their sizes, each by id, in the
    open transaction."""
    by_name, paths = await categories()
    codes = [wish.code for wish in wishes]
    ids = sorted(row["id"] for row in await Product.filter(product_code__in=codes).values("id"))
    products = await present_products(ids, lock=lock)
    slugs = [slug for wish in wishes if (slug := wish.given.get("slug"))]
    asked = [size.sku for wish in wishes for size in wish.sizes if size.sku]
    return Shop(products, by_name, paths, await taken_words([*codes, *slugs]), await taken_skus(asked))


async def taken_words(words: Sequence[str]) -> dict[str, set[int]]:
    """Return the words that are a product's code or slug, with the ids of the products. Two queries."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    if words:
        wanted = sorted(set(words))
        for id_, code in await Product.filter(product_code__in=wanted).values_list("id", "product_code"):
            found[code].add(id_)
        for id_, slug in await Product.filter(slug__in=wanted).values_list("id", "slug"):
            found[slug].add(id_)
    return found


async def taken_skus(skus: Sequence[str]) -> dict[str, int]:
    """Return the SKUs in use, with the ids of their sizes. One query."""
    return dict(await Variant.filter(sku__in=sorted(set(skus))).values_list("sku", "id")) if skus else {}


async def present_products(ids: Sequence[int], *, lock: bool) -> dict[str, Present]:
    """Load these products by code, with everything that a sheet can contain. Five queries."""
    if not ids:
        return {}
    rows = await locks.lock_products(ids) if lock else {row.id: row for row in await Product.filter(id__in=list(ids))}
    found = {id_: Present(row) for id_, row in rows.items()}
    variants = Variant.filter(product_id__in=list(ids)).order_by("id")
    for variant in await (variants.select_for_update() if lock else variants):
        found[variant.product_id].variants.append(variant)
    for option in await ProductOption.filter(product_id__in=list(ids)).order_by("position", "id"):
        found[option.product_id].options.append(option)
    links = ProductCategory.filter(product_id__in=list(ids)).order_by("position", "id")
    for product_id, category_id in await links.values_list("product_id", "category_id"):
        found[product_id].category_ids.append(category_id)
    colors = [option.id for one in found.values() for option in one.options]
    images: defaultdict[int, list[str]] = defaultdict(list)
    alts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    pictures = ProductImage.filter(option_id__in=colors or [0]).order_by("position", "id")
    for option_id, path, alt in await pictures.values_list("option_id", "path", "alt"):
        images[option_id].append(path)
        alts[option_id][path] = alt
    for one in found.values():
        one.images = {option.id: images[option.id] for option in one.options}
        one.alts = {option.id: alts[option.id] for option in one.options}
    return {one.product.product_code: one for one in found.values()}
