"""Which products a list shows, as SQL: filters, order, and the two ways to walk to them.

Every filter is a `Check` of one product, and most can also name their products (`Source`). A list either walks the
index of its order and checks each product until the page is full, or takes the products of one source, checks and
sorts them. The first is right where many match, the second where few do; `services.plans` knows how many match.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from src.app.category.services.tree import Node, subtree
from src.app.product.dtos.requests import ProductQuery, Sort
from src.app.product.models import DisplayStatus, SaleStatus
from src.app.product.services import search_text
from src.core.database.statements import dialect, fetch, marks

FOR_SALE: Final = {"sale_status": SaleStatus.ON_SALE, "display_status": DisplayStatus.SHOWN}

# Ties are broken by id, so that no product is on two pages or on none: in the direction of the order, because then an
# index can be walked. The index of each order stands in `models.product`.
ORDERS: Final[dict[Sort, tuple[str, str]]] = {
    "newest": ("product_newest", "p.released_at DESC, p.id DESC"),
    "price_asc": ("product_price", "p.price, p.id"),
    "price_desc": ("product_price", "p.price DESC, p.id DESC"),
    "popular": ("product_popular", "p.popularity DESC, p.id DESC"),
    "discount": ("product_discount", "p.reduction DESC, p.id DESC"),
    "rating": ("product_rating", "p.rating DESC, p.review_count DESC, p.id DESC"),
}
NARROW: Final = "product_narrow"
PAIR, TRIPLE = 2, 3
ESCAPED: Final = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its values. A source that selects no other products than a check lets pass `proves` it."""

    text: str
    values: tuple[object, ...] = ()
    proves: "Sql | None" = None


@dataclass(slots=True)
class Matching:
    """What a query asks for. `checks` are conditions on the product `p`, all of which must hold; each of `sources`
    selects, as ``id``, at least every product that passes. `is_empty`: nothing can match."""

    checks: list[Sql] = field(default_factory=list)
    sources: list[Sql] = field(default_factory=list)
    is_empty: bool = False

    def by_order(self, columns: str, *, index: str, rest: str = "") -> Sql:
        """Walk an index of the product table."""
        where = " AND ".join(check.text for check in self.checks)
        return Sql(
            _dialect(f"SELECT {columns} FROM product p FORCE INDEX ({index}) WHERE {where} {rest}"),  # noqa: S608
            tuple(value for check in self.checks for value in check.values),
        )

    def by_source(self, columns: str, *, source: Sql, rest: str = "") -> Sql:
        """Take the products of one source, each looked up in the narrow index."""
        checks = [check for check in self.checks if check != source.proves]
        where = " AND ".join(check.text for check in checks)
        text = (
            f"SELECT {columns} FROM ({source.text}) b STRAIGHT_JOIN product p FORCE INDEX ({NARROW}) "  # noqa: S608
            f"ON p.id = b.id WHERE {where} {rest}"
        )
        return Sql(_dialect(text), (*source.values, *(value for check in checks for value in check.values)))


def matching(query: ProductQuery, nodes: Sequence[Node]) -> Matching:
    """Products for sale that pass every filter. `nodes` is the category tree (unused without ``category``); an unknown
    slug matches nothing."""
    found = Matching([Sql("p.sale_status = %s AND p.display_status = %s", (SaleStatus.ON_SALE, DisplayStatus.SHOWN))])
    _categories(found, query, nodes)
    _variants(found, query)
    if query.min_price is not None:
        found.checks.append(Sql("p.price >= %s", (query.min_price,)))
    if query.max_price is not None:
        found.checks.append(Sql("p.price <= %s", (query.max_price,)))
    if query.min_price is not None or query.max_price is not None:
        low, high = query.min_price or 0, 2**31 - 1 if query.max_price is None else query.max_price
        for_sale = (SaleStatus.ON_SALE, DisplayStatus.SHOWN, low, high)
        found.sources.append(
            Sql(
                "SELECT id FROM product WHERE sale_status = %s AND display_status = %s AND price BETWEEN %s AND %s",
                for_sale,
            )
        )
    for word in dict.fromkeys(map(search_text.folded, (query.q or "").split())):
        if word:
            _word(found, word)
    return found


async def rows_of(statement: Sql) -> list[dict[str, Any]]:
    """The rows of a statement."""
    return await fetch(statement.text, statement.values)


def _categories(found: Matching, query: ProductQuery, nodes: Sequence[Node]) -> None:
    if query.category is None:
        return
    ids = [id_ for node in nodes if node.slug == query.category for id_ in sorted(subtree(nodes, node.id))]
    if not ids:
        found.is_empty = True
        return
    inside = f"category_id IN ({marks(len(ids))})"
    check = _has(f"product_category c WHERE c.product_id = p.id AND c.{inside}", *ids)
    found.checks.append(check)
    members = f"SELECT DISTINCT product_id AS id FROM product_category WHERE {inside}"  # noqa: S608 - our own words
    found.sources.append(Sql(members, tuple(ids), proves=check))


def _variants(found: Matching, query: ProductQuery) -> None:
    """Colour, size and stock are asked of one and the same variant: a black M that can be bought. Retired ones are
    nowhere."""
    color, size = query.color, query.size_name
    stock = " AND v.stock > 0" if query.in_stock else ""
    if color is not None and (size is not None or stock):
        of_size, values = ("", (color,)) if size is None else (" AND v.size = %s", (color, size))
        wanted = f"o.color = %s{of_size}{stock} AND o.is_retired = FALSE AND v.is_retired = FALSE"
        both = "product_option o JOIN variant v ON v.option_id = o.id"
        check = _has(f"{both} WHERE o.product_id = p.id AND {wanted}", *values)
        source = Sql(f"SELECT DISTINCT o.product_id AS id FROM {both} WHERE {wanted}", values, proves=check)  # noqa: S608
    elif color is not None:
        check = _has("product_option o WHERE o.product_id = p.id AND o.color = %s AND o.is_retired = FALSE", color)
        colors = "SELECT product_id AS id FROM product_option WHERE color = %s AND is_retired = FALSE"
        source = Sql(colors, (color,), proves=check)
    elif size is not None:
        check = _has(f"variant v WHERE v.product_id = p.id AND v.size = %s AND v.is_retired = FALSE{stock}", size)
        sizes = "SELECT DISTINCT product_id AS id FROM variant WHERE size = %s AND is_retired = FALSE"
        source = Sql(sizes, (size,), proves=None if stock else check)
    elif stock:
        found.checks.append(_has(f"variant v WHERE v.product_id = p.id AND v.is_retired = FALSE{stock}"))
        return
    else:
        return
    found.checks.append(check)
    found.sources.append(source)


def _word(found: Matching, word: str) -> None:
    """The word occurs in the product's text. Its grams only lead to the candidates, unless it is a single gram: a pair
    of letters, or three consonants."""
    is_initials = search_text.is_initials(word)
    grams = search_text.grams_of_word(word)
    if len(word) == PAIR:
        check = _has("product_gram g WHERE g.id = p.id + %s", search_text.range_of(grams[0])[0])
    else:
        text, pattern = "initials" if is_initials else "words", f"%{word.translate(ESCAPED)}%"
        check = _has(f"product_search s WHERE s.product_id = p.id AND s.{text} LIKE %s ESCAPE '!'", pattern)
    found.checks.append(check)
    # Not by the number of grams: 가가가 has one pair, twice.
    proves = check if len(word) == (TRIPLE if is_initials and len(word) > PAIR else PAIR) else None
    for gram in grams:
        low, high = search_text.range_of(gram)
        postings = "SELECT id - %s AS id FROM product_gram WHERE id BETWEEN %s AND %s"
        found.sources.append(Sql(postings, (low, low, high), proves))
    if not grams:
        low, high = search_text.range_of_letter(word)
        letters = "SELECT DISTINCT id & %s AS id FROM product_gram WHERE id BETWEEN %s AND %s"
        values = (search_text.LARGEST_PRODUCT_ID, low, high)
        found.sources.append(Sql(letters, values, None if is_initials else check))


def _has(rest: str, *values: object) -> Sql:
    """There is such a row. Not by EXISTS, which both servers may turn into a join that begins at the wrong end."""
    return Sql(f"(SELECT 1 FROM {rest} LIMIT 1) IS NOT NULL", values)  # noqa: S608 - our own words


def _dialect(text: str) -> str:
    if dialect() != "sqlite":
        return text
    plain = text.replace("STRAIGHT_JOIN", "CROSS JOIN")
    while (start := plain.find("FORCE INDEX (")) >= 0:
        plain = plain[:start] + plain[plain.index(")", start) + 1 :]
    return plain
