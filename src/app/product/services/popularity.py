"""Store the popularity figures that higher domains count, for the order ``popular``."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Final

from src.app.product.models import Product
from src.common.http.public_invalidation import shown_changed
from src.core.database import unit_of_work

BATCH: Final = 500


async def set_popularity(counts: Mapping[int, int]) -> int:
    """Write these figures by product id. Returns how many changed. Other products keep their figures.

    Runs in short transactions of BATCH products, locked in id order. The product's version does not change, because
    this is no edit by staff.
    """
    ids = sorted(counts)
    return sum([await unit_of_work(partial(_write, ids[at : at + BATCH], counts)) for at in range(0, len(ids), BATCH)])


async def _write(ids: list[int], counts: Mapping[int, int]) -> int:
    there = await Product.filter(id__in=ids).order_by("id").select_for_update().only("id", "popularity")
    changed: dict[int, list[int]] = defaultdict(list)
    for product in there:
        if product.popularity != counts[product.id]:
            changed[counts[product.id]].append(product.id)
    for popularity, of_it in changed.items():
        await Product.filter(id__in=of_it).update(popularity=popularity)
    if changed:
        shown_changed()
    return sum(map(len, changed.values()))
