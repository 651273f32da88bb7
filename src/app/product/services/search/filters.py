"""Which products a list shows, as SQL and as sets: filters, order, and the two ways to walk to them.

Every filter is a condition of one product in SQL, and leads to sets that hold at least every product that passes. A
list either walks the index of its order and checks each product until the page is full, or takes the ids that all the
sets hold and sorts them. The first is right where many match, the second where few do; `services.plans` knows.
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
MOST_GRAMS: Final = 4  # of a word: they lead near enough, and each is a query
ESCAPED: Final = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its values."""

    text: str
    values: tuple[object, ...] = ()


EVERYTHING: Final = Sql("1 = 1")


@dataclass(frozen=True, slots=True)
class Filter:
    """`check` must hold for the product `p`. Each of `sets` (of those in memory, or of a SELECT of ``id``) holds at
    least every product that passes, and `without` none: unless there is `whole`, a SELECT of those that pass, all of
    them together decide."""

    check: Sql
    sets: tuple[Named | Sql, ...]
    whole: Sql | None = None
    without: Named | None = None


Word = tuple[tuple[str, ...], ...]
"""What a word of a question stands for: one of these must be there, with all of its words. Folded."""


@dataclass(slots=True)
class Matching:
    """What a query asks for: all of `filters` must hold. `is_empty`: nothing can match."""

    filters: list[Filter] = field(default_factory=list)
    is_empty: bool = False


def by_order(checks: Sequence[Sql], columns: str, *, index: str, rest: str = "") -> Sql:
    """Walk an index of the product table."""
    where, values = _all(checks)
    return Sql(
        in_dialect(f"SELECT {columns} FROM product p FORCE INDEX ({index}) WHERE {where} {rest}"),  # noqa: S608
        values,
    )


def by_ids(
    checks: Sequence[Sql], columns: str, *, ids: Iterable[int], order: str, rest: str, after: Sql = EVERYTHING
) -> Sql:
    """Sort those of these products that `after` leaves, and of the page take those that still pass."""
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
    """Those of these products for which the checks hold."""
    where, values = _all(checks)
    text = f"SELECT p.id FROM product p FORCE INDEX ({NARROW}) WHERE p.id IN ({_numbers(ids)}) AND {where}"  # noqa: S608
    return Sql(in_dialect(text), values)


BUYABLE: Final = Sql(
    "(SELECT 1 FROM variant v WHERE v.product_id = p.id AND v.is_retired = FALSE AND v.stock > 0 LIMIT 1) IS NOT NULL"
)


def matching(query: ProductQuery, nodes: Sequence[Node], words: Sequence[Word] | None = None) -> Matching:
    """Products for sale that pass every filter. `nodes` is the category tree (unused without ``category``); an unknown
    slug matches nothing, nor does a question without a letter. `words` is what the question asks for, as folded, where
    it is more than its own words."""
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
    """In one of these categories."""
    inside = f"category_id IN ({marks(len(ids))})"
    check = _has(f"product_category c WHERE c.product_id = p.id AND c.{inside}", *ids)
    found.filters.append(Filter(check, (Named(id_sets.CATEGORY, tuple(map(str, ids))),)))


def _variants(found: Matching, query: ProductQuery) -> None:
    """Colour, size and stock are asked of one and the same variant: a black M that can be bought. Retired ones are
    nowhere."""
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
    """The word occurs in the product's text. Its grams only lead to the candidates, unless it is a single gram: a pair
    of letters, or three consonants."""
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
    # Not by the number of grams: 가가가 has one pair, twice.
    is_gram = len(word) == (TRIPLE if is_initials and len(word) > PAIR else PAIR)
    return Filter(check, tuple(map(_postings, ranges)), None if is_gram else _texts((word,)))


def _one_of(alternatives: Word) -> Filter:
    """All words of one of the alternatives occur in the product's text."""
    likes, patterns = [], []
    for words in alternatives:
        pairs = [_like(word) for word in words]
        likes.append(" AND ".join(like for like, _ in pairs))
        patterns += [pattern for _, pattern in pairs]
    check = _has(f"product_search s WHERE s.product_id = p.id AND ({' OR '.join(likes)})", *patterns)
    sets = _union([led_to(max(words, key=len)) for words in alternatives])
    return Filter(check, (sets,), _union([_texts(words) for words in alternatives]))


def led_to(word: str) -> Sql:
    """A set that holds every product whose text holds the word: those of its first gram, or of its letter."""
    grams = search_text.grams_of_word(word)
    if grams:
        return _postings(search_text.range_of(grams[0]))
    letters = "SELECT id & %s AS id FROM product_gram WHERE id BETWEEN %s AND %s"
    return Sql(letters, (search_text.LARGEST_PRODUCT_ID, *search_text.range_of_letter(word)))


def _postings(limits: tuple[int, int]) -> Sql:
    return Sql("SELECT id - %s AS id FROM product_gram WHERE id BETWEEN %s AND %s", (limits[0], *limits))


def _texts(words: Sequence[str]) -> Sql:
    """Exactly the products whose text holds all of these words."""
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
    """The condition that a text `s` holds the word, and its pattern."""
    text = "initials" if search_text.is_initials(word) else "words"
    return f"s.{text} LIKE %s ESCAPE '!'", f"%{word.translate(ESCAPED)}%"


def _union(parts: Sequence[Sql]) -> Sql:
    return Sql(" UNION ALL ".join(part.text for part in parts), tuple(value for part in parts for value in part.values))


def _has(rest: str, *values: object) -> Sql:
    """There is such a row. Not by EXISTS, which both servers may turn into a join that begins at the wrong end."""
    return Sql(f"(SELECT 1 FROM {rest} LIMIT 1) IS NOT NULL", values)  # noqa: S608 - our own words


def _all(checks: Sequence[Sql]) -> tuple[str, tuple[object, ...]]:
    return " AND ".join(check.text for check in checks), tuple(value for check in checks for value in check.values)


def _numbers(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def in_dialect(text: str) -> str:
    """The statement without MySQL's words for how to walk, where they are not understood."""
    if dialect() != "sqlite":
        return text
    plain = text.replace("STRAIGHT_JOIN", "CROSS JOIN")
    while (start := plain.find("FORCE INDEX (")) >= 0:
        plain = plain[:start] + plain[plain.index(")", start) + 1 :]
    return plain
