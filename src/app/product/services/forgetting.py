"""Drop the cached public answers that a change of stock makes wrong."""

import re
from collections.abc import Hashable, Iterable
from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.app.product.services.search import id_sets
from src.common.http import public_cache
from src.common.http.public_invalidation import part_changed, shown_changed

PART: Final = "stock"
MOST: Final = 20  # products that one message names; above that, everything is dropped
SOLD_OUT: Final = "!"  # prefix of the ids: a size sold out or came back


def units_changed(product_ids: Iterable[int], *, turned: bool) -> None:
    """Make every worker drop its cached answers that name these products. Call it in the transaction.

    Pass `turned` if a size sold out or came back: lists and counts that filter by stock are then dropped too. For more
    than MOST products everything is dropped.
    """
    ids = sorted(set(product_ids))
    if len(ids) > MOST:
        shown_changed()
    elif ids:
        part_changed(PART, (SOLD_OUT if turned else "") + ",".join(map(str, ids)))


def forget_units(detail: str) -> None:
    """Drop this process's cached public answers about the products of a PART message. `detail` holds their ids, after
    SOLD_OUT if a size sold out or came back."""
    turned, ids = detail.startswith(SOLD_OUT), detail.removeprefix(SOLD_OUT).split(",")
    named = re.compile(rf'"id":(?:{"|".join(map(re.escape, ids))}),"product_code"'.encode())

    def is_about(key: Hashable, body: bytes) -> bool:
        return (turned and _asks_for_stock(key)) or named.search(body) is not None

    if turned:
        id_sets.forget_stock()
    public_cache.forget_answers(is_about)


def _asks_for_stock(key: Hashable) -> bool:
    if not isinstance(key, tuple):
        return False
    return key[0] == "related" or any(isinstance(part, ProductQuery) and part.in_stock for part in key)
