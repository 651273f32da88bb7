"""The filters and orders of product lists, as SQL and as id sets, and the two ways to read a page.

Every filter is an SQL condition on one product, and has id sets that contain at least every product that passes. A page
is read in one of two ways: walk the index of the order and check each product until the page is full (fast if many
match), or sort the ids in the intersection of the sets (fast if few match). `plans.Plan.page` chooses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from src.app.category.services.tree import Node, subtree
from src.app.product.dtos.requests import ProductQuery, Sort
from src.app.product.models import DisplayStatus, SaleStatus
from src.app.product.services.search import id_sets
from src.app.product.services.search import text as search_text
from src.app.product.services.search.id_sets import Named
from src.core.database.statements import dialect, fetch, marks

# Ties are broken by id, so that every product is on exactly one page. The id has the direction of the order, so that an
# index can be walked. The indexes are defined in `models.product`.
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
MOST_GRAMS: Final = 4  # grams of a word that are looked up: enough to narrow the candidates, and each is a query
ESCAPED: Final = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its values."""

    text: str
    values: tuple[object, ...] = ()


EVERYTHING: Final = Sql("1 = 1")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter, as an SQL condition and as id sets.

    `check` is the condition on the product `p`. Each of `sets` (a cached set, or a SELECT of ``id``) contains at least
    every product that passes; `without` contains none of them. If `whole` is None, the intersection of `sets` minus
    `without` is exactly the products that pass; otherwise `whole` is the SELECT of exactly those.
    """

    check: Sql
    sets: tuple[Named | Sql, ...]
    whole: Sql | None = None
    without: Named | None = None


Word = tuple[tuple[str, ...], ...]
"""The alternatives for one word of a question, folded: a product matches if all words of one alternative occur."""


@dataclass(slots=True)
class Matching:
    """The filters of a query, all of which must hold. `is_empty` is true if nothing can match."""

    filters: list[Filter] = field(default_factory=list)
    is_empty: bool = False


def by_order(checks: Sequence[Sql], columns: str, *, index: str, rest: str = "") -> Sql:
    """Build the statement that walks an index of the product table and checks each product."""
    where, values = _all(checks)
    return Sql(
        in_dialect(f"SELECT {columns} FROM product p FORCE INDEX ({index}) WHERE {where} {rest}"),  # noqa: S608
        values,
    )


def by_ids(
    checks: Sequence[Sql], columns: str, *, ids: Iterable[int], order: str, rest: str, after: Sql = EVERYTHING
) -> Sql:
    """Build the statement that sorts the products of these ids that pass `after`, cuts the page, and then drops
    products that no longer pass the checks."""
    where, values = _all(checks)
    page = (
        f"SELECT p.id AS id FROM product p FORCE INDEX ({NARROW}) "  # noqa: S608
        f"WHERE p.id IN ({_numbers(ids)}) AND {after.text} ORDER BY {order} {rest}"
    )
    text = (
        f"SELECT {columns} FROM ({page}) b STRAIGHT_JOIN product p FORCE INDEX ({NARROW}) "  # noqa: S608
        f"ON p.id = b.id WHERE {where} ORDER BY {order}"
    )
    return Sql(in_dialect(text), (*after.values, *values))


def passing(checks: Sequence[Sql], *, ids: Iterable[int]) -> Sql:
    """Build the statement for the products of these ids for which the checks hold."""
    where, values = _all(checks)
    text = f"SELECT p.id FROM product p FORCE INDEX ({NARROW}) WHERE p.id IN ({_numbers(ids)}) AND {where}"  # noqa: S608
    return Sql(in_dialect(text), values)


BUYABLE: Final = Sql(
    "(SELECT 1 FROM variant v WHERE v.product_id = p.id AND v.is_retired = FALSE AND v.stock > 0 LIMIT 1) IS NOT NULL"
)


def matching(query: ProductQuery, nodes: Sequence[Node], words: Sequence[Word] | None = None) -> Matching:
    """Build the filters of a shop query: products for sale that pass all of its filters.

    `nodes` is the category tree (unused without ``category``). An unknown category slug or a question without a letter
    matches nothing. `words` holds the folded words of the question with their alternatives; None means its own words
    alone.
    """
    for_sale = (SaleStatus.ON_SALE, DisplayStatus.SHOWN)
    shown = Sql("p.sale_status = %s AND p.display_status = %s", for_sale)
    found = Matching([Filter(shown, (id_sets.FOR_SALE,))])
    _categories(found, query, nodes)
    _variants(found, query)
    if query.min_price is not None or query.max_price is not None:
        bounds = (query.min_price or 0, 2**31 - 1 if query.max_price is None else query.max_price)
        where = "sale_status = %s AND display_status = %s AND price BETWEEN %s AND %s"
        named = Sql(f"SELECT id FROM product WHERE {where}", (*for_sale, *bounds))  # noqa: S608 - our own words
        found.filters.append(Filter(Sql("p.price BETWEEN %s AND %s", bounds), (named,)))
    if query.q:
        asked = [((word,),) for word in search_text.words_of(query.q)] if words is None else words
        found.is_empty = found.is_empty or not asked
        found.filters += [_word(word[0][0]) if word == ((word[0][0],),) else _one_of(word) for word in asked]
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
    within_categories(found, ids)


def within_categories(found: Matching, ids: Sequence[int]) -> None:
    """Add the filter for products in one of these categories."""
    inside = f"category_id IN ({marks(len(ids))})"
    check = _has(f"product_category c WHERE c.product_id = p.id AND c.{inside}", *ids)
    found.filters.append(Filter(check, (Named(id_sets.CATEGORY, tuple(map(str, ids))),)))


def _variants(found: Matching, query: ProductQuery) -> None:
    """Add the filter for colour, size and stock. One variant must have all of them, for example a black M in stock.
    Retired variants never match."""
    color, size, in_stock = query.color, query.size_name, query.in_stock
    sets = []
    if color is not None:
        sets.append(Named(id_sets.COLOR, (color,)))
    if size is not None:
        sets.append(Named(id_sets.SIZE, (size,)))
    if in_stock:
        sets.append(Named(id_sets.IN_STOCK))
    if not sets:
        return
    stock = " AND v.stock > 0" if in_stock else ""
    if color is not None and (size is not None or in_stock):
        of_size, values = ("", [color]) if size is None else (" AND v.size = %s", [color, size])
        tables = "product_option o JOIN variant v ON v.option_id = o.id"
        where = f"o.color = %s{of_size}{stock} AND o.is_retired = FALSE AND v.is_retired = FALSE"
        check = _has(f"{tables} WHERE o.product_id = p.id AND {where}", *values)
        whole = Sql(f"SELECT o.product_id AS id FROM {tables} WHERE {where}", tuple(values))  # noqa: S608 - our own words
    elif color is not None:
        check = _has("product_option o WHERE o.product_id = p.id AND o.color = %s AND o.is_retired = FALSE", color)
        whole = None
    else:
        of_size, values = ("", []) if size is None else (" AND v.size = %s", [size])
        where = f"v.is_retired = FALSE{of_size}{stock}"
        check = _has(f"variant v WHERE v.product_id = p.id AND {where}", *values) if size is not None else BUYABLE
        sized = Sql(f"SELECT v.product_id AS id FROM variant v WHERE {where}", tuple(values))  # noqa: S608 - our own words
        whole = sized if len(sets) > 1 else None
    found.filters.append(Filter(check, tuple(sets), whole))


def _word(word: str) -> Filter:
    """The filter that the word occurs in the product's text. The sets of its grams hold only candidates, unless the
    word is a single gram: a pair of letters, or three consonants."""
    is_initials = search_text.is_initials(word)
    grams = search_text.grams_of_word(word)
    like, pattern = _like(word)
    if len(word) == PAIR:
        check = _has("product_gram g WHERE g.id = p.id + %s", search_text.range_of(grams[0])[0])
    else:
        check = _has(f"product_search s WHERE s.product_id = p.id AND {like}", pattern)
    if not grams:
        return Filter(check, (led_to(word),), _texts((word,)) if is_initials else None)
    ranges = [search_text.range_of(gram) for gram in grams[:MOST_GRAMS]]
    # Decided by length, not by the number of grams: 가가가 has one gram that occurs twice.
    is_gram = len(word) == (TRIPLE if is_initials and len(word) > PAIR else PAIR)
    return Filter(check, tuple(map(_postings, ranges)), None if is_gram else _texts((word,)))


def _one_of(alternatives: Word) -> Filter:
    """The filter that all words of at least one alternative occur in the product's text."""
    likes, patterns = [], []
    for words in alternatives:
        pairs = [_like(word) for word in words]
        likes.append(" AND ".join(like for like, _ in pairs))
        patterns += [pattern for _, pattern in pairs]
    check = _has(f"product_search s WHERE s.product_id = p.id AND ({' OR '.join(likes)})", *patterns)
    sets = _union([led_to(max(words, key=len)) for words in alternatives])
    return Filter(check, (sets,), _union([_texts(words) for words in alternatives]))


def led_to(word: str) -> Sql:
    """A SELECT of at least every product whose text contains the word: by its first gram, or by its single letter."""
    grams = search_text.grams_of_word(word)
    if grams:
        return _postings(search_text.range_of(grams[0]))
    letters = "SELECT id & %s AS id FROM product_gram WHERE id BETWEEN %s AND %s"
    return Sql(letters, (search_text.LARGEST_PRODUCT_ID, *search_text.range_of_letter(word)))


def _postings(limits: tuple[int, int]) -> Sql:
    return Sql("SELECT id - %s AS id FROM product_gram WHERE id BETWEEN %s AND %s", (limits[0], *limits))


def _texts(words: Sequence[str]) -> Sql:
    """A SELECT of exactly the products whose text contains all of these words."""
    pairs = [_like(word) for word in words]
    likes, patterns = " AND ".join(like for like, _ in pairs), tuple(pattern for _, pattern in pairs)
    grams = search_text.grams_of_word(max(words, key=len))
    if not grams:
        return Sql(f"SELECT s.product_id AS id FROM product_search s WHERE {likes}", patterns)  # noqa: S608 - our own words
    low, high = search_text.range_of(grams[0])
    texts = "product_gram g STRAIGHT_JOIN product_search s ON s.product_id = g.id - %s"
    where = f"g.id BETWEEN %s AND %s AND {likes}"
    return Sql(in_dialect(f"SELECT s.product_id AS id FROM {texts} WHERE {where}"), (low, low, high, *patterns))  # noqa: S608


def _like(word: str) -> tuple[str, str]:
    """Return the condition that a text `s` contains the word, and its pattern."""
    text = "initials" if search_text.is_initials(word) else "words"
    return f"s.{text} LIKE %s ESCAPE '!'", f"%{word.translate(ESCAPED)}%"


def _union(parts: Sequence[Sql]) -> Sql:
    return Sql(" UNION ALL ".join(part.text for part in parts), tuple(value for part in parts for value in part.values))


def _has(rest: str, *values: object) -> Sql:
    """The condition that such a row exists. EXISTS is avoided: MySQL and MariaDB may turn it into a join that starts
    with the wrong table."""
    return Sql(f"(SELECT 1 FROM {rest} LIMIT 1) IS NOT NULL", values)  # noqa: S608 - our own words


def _all(checks: Sequence[Sql]) -> tuple[str, tuple[object, ...]]:
    return " AND ".join(check.text for check in checks), tuple(value for check in checks for value in check.values)


def _numbers(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def in_dialect(text: str) -> str:
    """Return the statement for the current database: SQLite gets it without MySQL's index and join hints."""
    if dialect() != "sqlite":
        return text
    plain = text.replace("STRAIGHT_JOIN", "CROSS JOIN")
    while (start := plain.find("FORCE INDEX (")) >= 0:
        plain = plain[:start] + plain[plain.index(")", start) + 1 :]
    return plain
