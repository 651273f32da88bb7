"""Maintain the derived data that lists and search read: a product's reduction, its folded texts and their grams."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from src.app.category.services import tree
from src.app.product.models import Product, ProductCategory, ProductOption, ProductSearch
from src.app.product.services.prices import reduction_sql
from src.app.product.services.search import text
from src.common.http.public_invalidation import shown_changed
from src.core.database import unit_of_work
from src.core.database.statements import change, dialect, fetch, marks

BATCH: Final = 200
POSTINGS_AT_ONCE: Final = 2_000
LONGEST_INITIALS: Final = 1_000

LOCK: Final = "SELECT id FROM product WHERE id IN (%s) ORDER BY id FOR UPDATE"
REDUCE: Final = "UPDATE product SET reduction = {} WHERE id IN (%s)"
MISSING: Final = """
SELECT p.id FROM product p LEFT JOIN product_search s ON s.product_id = p.id
WHERE s.product_id IS NULL ORDER BY p.id LIMIT %s
"""
OUTDATED: Final = "SELECT product_id AS id FROM product_search WHERE form < %s ORDER BY form, product_id LIMIT %s"
FORM: Final = 1  # version of the texts: increment it when the same rows give other texts. 1: names of all ancestors


async def reindex(product_ids: Iterable[int]) -> None:
    """Update the index of these products from their rows.

    Call it after the writes, in the transaction of every change of a product's name, code, brand, colours or
    categories. Prices written by ``services.prices`` include the reduction; this function corrects older rows.

    Locks the product rows in id order. Only differences are written, so a repeat changes nothing, and two simultaneous
    calls end with the state of the rows. Unknown ids are ignored.
    """
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), BATCH):
        await _reindex(ids[start : start + BATCH])


async def reindex_categories(category_ids: Iterable[int]) -> int:
    """Index again the products of these categories and of all categories below, after a category was renamed or moved.

    Call it after that commit, preferably in the background: each batch is a short transaction. A repeat changes
    nothing. Returns the number of products.
    """
    asked = set(category_ids)
    if not asked:
        return 0
    nodes = await tree.load()
    wanted = sorted(id_ for root in asked for id_ in tree.subtree(nodes, root))
    links = ProductCategory.filter(category_id__in=wanted).order_by("product_id").distinct()
    ids = [int(str(id_)) for id_ in await links.values_list("product_id", flat=True)]
    for start in range(0, len(ids), BATCH):
        await unit_of_work(partial(reindex, ids[start : start + BATCH]))
    shown_changed()
    return len(ids)


async def index_missing(limit: int = BATCH) -> int:
    """Index at most `limit` products that have no index row, or one of an earlier FORM, in one transaction.

    This covers databases of an earlier release and product rows that were not written by the back-office. Returns the
    number of products.
    """

    async def work() -> int:
        ids = [row["id"] for row in await fetch(MISSING, (limit,)) or await fetch(OUTDATED, (FORM, limit))]
        await reindex(ids)
        if ids:
            shown_changed()
        return len(ids)

    return await unit_of_work(work)


async def index_all_missing() -> int:
    """Run `index_missing` until nothing is missing, one transaction per batch. Returns the number of products."""
    total = 0
    while done := await index_missing():
        total += done
    return total


async def reindex_all() -> int:
    """Index every product again, in a short transaction per batch, so that locks are held only briefly.

    Restores lost grams. A run that is interrupted keeps its finished batches. Returns the number of products.
    """
    total, last = 0, 0
    while ids := await _after(last):
        await unit_of_work(partial(reindex, ids))
        total, last = total + len(ids), ids[-1]
    return total


async def _after(product_id: int) -> list[int]:
    return [
        row["id"]
        for row in await fetch("SELECT id FROM product WHERE id > %s ORDER BY id LIMIT %s", (product_id, BATCH))
    ]


async def _reindex(ids: Sequence[int]) -> None:
    lock = LOCK if dialect() != "sqlite" else LOCK.replace("FOR UPDATE", "")
    present = [row["id"] for row in await fetch(lock.replace("%s", marks(len(ids))), ids)]
    if not present:
        return
    await change(REDUCE.replace("{}", reduction_sql("price")).replace("%s", marks(len(present))), present)
    before = {row.product_id: row for row in await ProductSearch.filter(product_id__in=present)}
    after = await _texts_of(present)
    gone: set[int] = set()
    wanted: set[int] = set()
    for product_id, (words, initials) in after.items():
        now = {text.posting(gram, product_id) for gram in text.grams_of(words, initials)}
        wanted |= now
        if row := before.get(product_id):
            old = text.grams_of(row.words, row.initials)
            gone |= {text.posting(gram, product_id) for gram in old} - now
    await _drop(gone)
    await _add(wanted)
    changed = {id_: texts for id_, texts in after.items() if not _is(before.get(id_), texts)}
    await ProductSearch.filter(product_id__in=list(changed)).delete()
    await ProductSearch.bulk_create(
        [
            ProductSearch(product_id=id_, words=words, initials=initials, form=FORM)
            for id_, (words, initials) in changed.items()
        ]
    )


def _is(row: ProductSearch | None, texts: tuple[str, str]) -> bool:
    return row is not None and (row.words, row.initials, row.form) == (*texts, FORM)


async def _texts_of(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the words and initials of these products. The names of their categories and of all ancestors are included,
    retired colours are not. Four queries."""
    colors: defaultdict[int, list[str]] = defaultdict(list)
    for product_id, color in (
        await ProductOption.filter(product_id__in=ids, is_retired=False)
        .order_by("position", "id")
        .values_list("product_id", "color")
    ):
        colors[product_id].append(color)
    categories: defaultdict[int, list[str]] = defaultdict(list)
    names = tree.names_up(await tree.load())
    links = ProductCategory.filter(product_id__in=ids).order_by("position", "id")
    for product_id, category_id in await links.values_list("product_id", "category_id"):
        categories[product_id] += names.get(category_id, ())
    texts = {}
    rows = await Product.filter(id__in=ids).order_by("id").values_list("id", "name", "product_code", "brand")
    for id_, name, code, brand in rows:
        words = text.document([name, code, brand, *colors[id_], *categories[id_]])
        initials = text.initials_of(text.document([name, *categories[id_]]))[:LONGEST_INITIALS]
        texts[id_] = words, initials
    return texts


async def _add(postings: set[int]) -> None:
    """Insert the postings that are missing. INSERT IGNORE is avoided: the driver warns of every duplicate. The lock on
    the product keeps other transactions from inserting them between the SELECT and the INSERT."""
    for some in _parts(postings):
        there = await fetch(f"SELECT id FROM product_gram WHERE id IN ({','.join(map(str, some))})")  # noqa: S608
        missing = sorted(set(some) - {row["id"] for row in there})
        if missing:
            await change(f"INSERT INTO product_gram (id) VALUES {','.join(f'({id_})' for id_ in missing)}")  # noqa: S608


async def _drop(postings: set[int]) -> None:
    for some in _parts(postings):
        await change(f"DELETE FROM product_gram WHERE id IN ({','.join(map(str, some))})")  # noqa: S608 - numbers


def _parts(postings: set[int]) -> Iterable[list[int]]:
    ordered = sorted(postings)
    return (ordered[start : start + POSTINGS_AT_ONCE] for start in range(0, len(ordered), POSTINGS_AT_ONCE))
