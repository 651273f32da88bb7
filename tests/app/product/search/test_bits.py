"""Sets of ids as bits, alone and as the database sends them."""

import asyncio
import random
import time

import pytest
from httpx import AsyncClient

from src.app.product.models import Variant
from src.app.product.services.search import bitsets, id_sets
from src.common.http import public_cache
from tests.factories.catalogue import make_product, variants_of

LAST_ID = 2**31 - 1
SETS: tuple[set[int], ...] = (
    set(),
    {1},
    {63, 64, 127, 128, 4_095, 4_096, LAST_ID},
    set(random.Random(5).sample(range(1, 20_000), 3_000)),
    set(range(1, 9_000)),
)


@pytest.mark.parametrize("one", SETS, ids=len)
@pytest.mark.parametrize("other", SETS, ids=len)
def test_sets_of_bits_are_sets(one: set[int], other: set[int]) -> None:
    first, second = bitsets.of_ids(one), bitsets.of_ids(other)
    assert list(bitsets.ids(first)) == sorted(one)
    assert bitsets.count(first) == len(one)
    assert list(bitsets.ids(bitsets.both([first, second]))) == sorted(one & other)
    assert list(bitsets.ids(bitsets.either([first, second]))) == sorted(one | other)
    assert list(bitsets.ids(bitsets.without(first, second))) == sorted(one - other)
    assert bitsets.unpacked(bitsets.packed(first)) == first


def test_a_single_large_id_costs_one_block() -> None:
    assert len(bitsets.packed(bitsets.of_ids([LAST_ID]))) == bitsets.NUMBER_BYTES + bitsets.BLOCK_BYTES


async def test_the_database_sends_every_id_once_and_the_highest_bit_too(client: AsyncClient) -> None:
    wanted = [*range(60, 70), 127, 191, LAST_ID]
    rows = " UNION ALL ".join(f"SELECT {id_} AS id" for id_ in [*wanted, 63, 64, 64])
    assert list(bitsets.ids(await id_sets.selected(f"SELECT r.id AS id FROM ({rows}) r", ()))) == wanted


async def test_a_set_of_a_kind_holds_a_product_once_whatever_its_sizes(client: AsyncClient) -> None:
    first, second = await make_product(sizes=3, colors=2), await make_product(sizes=1)
    await Variant.filter(id=(await variants_of(second))[0].id).update(is_retired=True)
    sizes = {value: list(bitsets.ids(held)) for value, held in (await id_sets.every(id_sets.SIZE)).items()}
    assert sizes == {"S": [first.id], "M": [first.id], "L": [first.id]}
    assert await id_sets.named(id_sets.Named(id_sets.COLOR, ("없는 색",))) == bitsets.NOTHING


class Catalogue:
    """So many products; counts how often they were asked for."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.builds = 0

    async def __call__(self) -> bitsets.Bits:
        self.builds += 1
        return bitsets.of_ids(range(1, self.size + 1))

    async def count(self, *, since: float | None = None) -> int:
        return bitsets.count(await id_sets.remembered(id(self), self, since=since))

    async def number(self) -> int:
        return self.size


async def test_a_small_set_is_forgotten_with_a_change(client: AsyncClient) -> None:
    shop = Catalogue(id_sets.LARGE - 1)
    assert (await shop.count(), await shop.count(), shop.builds) == (4_999, 4_999, 1)
    shop.size -= 1
    public_cache.invalidate_all()
    assert (await shop.count(), shop.builds) == (4_998, 2)


async def test_a_large_set_outlives_a_change_for_the_answer_that_renews_it(client: AsyncClient) -> None:
    shop = Catalogue(id_sets.LARGE + 1)
    assert await shop.count() == 5_001
    shop.size -= 1
    public_cache.invalidate_all()
    assert await shop.count() == 5_001
    for _ in range(10):
        await asyncio.sleep(0)  # lets the renewal run
    assert (await shop.count(), shop.builds) == (5_000, 2)


async def test_staff_wait_for_what_was_changed(client: AsyncClient) -> None:
    large = Catalogue(id_sets.LARGE + 1)
    assert await large.count() == 5_001
    large.size -= 1
    public_cache.invalidate_all()
    now = time.monotonic()
    assert await large.count(since=now) == 5_000
    large.size += 7
    assert await large.count(since=now) == 5_000
    public_cache.invalidate_all()
    small = Catalogue(1)
    assert await id_sets.number("few", small.number, since=now) == 1
    small.size = 2
    assert await id_sets.number("few", small.number, since=time.monotonic()) == 2


async def test_the_job_leaves_nothing_to_be_asked_for(client: AsyncClient) -> None:
    product = await make_product(sizes=2)
    assert await id_sets.keep() == 0
    await product.filter(id=product.id).update(sale_status="STOPPED")
    assert list(bitsets.ids(await id_sets.named(id_sets.FOR_SALE))) == [product.id]
