"""Promise P1 under load: two gunicorn workers on MySQL sell what is there, and nothing else."""

import asyncio
from collections import Counter

from tests.concurrency.books import faults
from tests.concurrency.buyers import (
    code,
    connections_of,
    crowd,
    place,
    quoted_body,
    served_by,
    set_stock,
    some_variants,
    stock_of,
    tally,
)
from tests.concurrency.servers import Database
from tests.concurrency.support import API, Shop, needs_servers, within

pytestmark = needs_servers

Calm = tuple[Shop, Database]


@within(180)
async def test_two_hundred_buyers_of_a_hundred_units_make_a_hundred_orders(calm: Calm) -> None:
    """200 at once for 100 units: 100 orders, 100 refusals that say so, stock 0, the ledger balanced; both workers
    made orders, each answer traced to the process that owned its connection."""
    shop, database = calm
    (variant,) = await some_variants(database, 1)
    await set_stock(database, variant, 100)
    async with crowd(shop, 200) as (buyers, owners):
        client = buyers[0]
        body = await quoted_body(client, [(variant, 1)])
        answers = await asyncio.gather(*(place(buyer, body) for buyer in buyers))
        assert tally(answers) == {(201, ""): 100, (409, "STOCK_SHORT"): 100}
        made = served_by([one for one in answers if one.status_code == 201], owners | connections_of(shop))
        short = [answer.json() for answer in answers if answer.status_code == 409]
        product = await database.number(f"SELECT product_id FROM variant WHERE id = {variant}")
        shown = await client.get(f"{API}/products/{product}/stock")
    assert {(one["variant_id"], one["left"]) for one in short} == {(variant, 0)}
    assert sorted(made) == sorted(shop.workers())
    assert min(made.values()) >= 5
    assert {"variant_id": variant, "stock": 0} in shown.json()["items"]
    assert await stock_of(database, variant) == 0
    held = f"FROM stock_ledger WHERE variant_id = {variant} AND kind = 'HOLD'"
    assert await database.rows(f"SELECT COUNT(*), SUM(delta) {held}") == [(100, -100)]
    numbers = {answer.json()["order_no"] for answer in answers if answer.status_code == 201}
    assert len(numbers) == 100
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(180)
async def test_buyers_of_the_same_things_in_other_orders_do_not_deadlock(calm: Calm) -> None:
    """Baskets {A,B}, {B,A} and {A,B,C} at once: no deadlock reaches a buyer, and what is sold is exactly what was
    there: 50 of A and B whoever got them, of C as many as baskets with it."""
    shop, database = calm
    a, b, c = await some_variants(database, 3, skip=1)
    for variant, stock in ((a, 50), (b, 50), (c, 10)):
        await set_stock(database, variant, stock)
    async with crowd(shop, 90) as (buyers, _):
        baskets = [[(a, 1), (b, 1)], [(b, 1), (a, 1)], [(c, 1), (b, 1), (a, 1)]]
        bodies = [await quoted_body(buyers[0], basket) for basket in baskets]
        answers = await asyncio.gather(*(place(buyer, bodies[number % 3]) for number, buyer in enumerate(buyers)))
    assert tally(answers) == {(201, ""): 50, (409, "STOCK_SHORT"): 40}
    with_c = sum(len(answer.json()["lines"]) == 3 for answer in answers if answer.status_code == 201)
    assert with_c <= 10
    assert {answer.json()["variant_id"] for answer in answers if code(answer)} <= {a, b, c}
    assert [await stock_of(database, variant) for variant in (a, b, c)] == [0, 0, 10 - with_c]
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(180)
async def test_the_last_units_go_to_whoever_wants_no_more_than_are_left(calm: Calm) -> None:
    """60 buyers of 1, 2 or 3 units for 30: never more than 30, and nobody was refused what was still there."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=4)
    await set_stock(database, variant, 30)
    async with crowd(shop, 60) as (buyers, _):
        bodies = [await quoted_body(buyers[0], [(variant, quantity)]) for quantity in (1, 2, 3)]
        answers = await asyncio.gather(*(place(buyer, bodies[number % 3]) for number, buyer in enumerate(buyers)))
    assert {key for key in tally(answers) if key != (201, "")} == {(409, "STOCK_SHORT")}
    sold: Counter[int] = Counter()
    for answer in answers:
        if answer.status_code == 201:
            sold[answer.json()["lines"][0]["quantity"]] += 1
    left = await stock_of(database, variant)
    assert left == 30 - sum(quantity * count for quantity, count in sold.items())
    # Somebody who wanted one unit was refused only when none was left.
    assert left == 0 or sold[1] == 20
    assert await faults(database) == {}
