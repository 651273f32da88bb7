"""Stock: holds, releases and the ledger below them (docs/promises.md#p1)."""

import asyncio

import pytest
from tortoise.exceptions import IntegrityError

from src.app.product.errors import StockShort
from src.app.product.models import StockKind, StockLedger, Variant
from src.app.product.services.stock.ledger import LedgerEntry, hold, ledger_gaps, release, write_ledger
from src.core.database import unit_of_work
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_product, make_variant, variants_of

pytestmark = pytest.mark.usefixtures("empty")


def held(variant_id: int, quantity: int, line: str) -> LedgerEntry:
    return LedgerEntry(variant_id=variant_id, kind=StockKind.HOLD, source=f"line:{line}", delta=-quantity, line_id=7)


def released(variant_id: int, quantity: int, line: str) -> LedgerEntry:
    return LedgerEntry(variant_id=variant_id, kind=StockKind.RELEASE, source=f"line:{line}", delta=quantity, line_id=7)


async def take(variant_id: int, quantity: int, line: str) -> None:
    """Hold and write it down, as an order does."""

    async def order() -> None:
        await hold([(variant_id, quantity)])
        await write_ledger([held(variant_id, quantity, line)])

    await unit_of_work(order)


async def stock_of(variant_id: int) -> int:
    return (await Variant.get(id=variant_id)).stock


async def test_hold_takes_units_and_its_row_balances_them() -> None:
    variant = await make_variant(stock=5)
    await take(variant.id, 3, "a")
    assert await stock_of(variant.id) == 2
    assert await ledger_gaps() == []
    row = await StockLedger.get(variant_id=variant.id, kind=StockKind.HOLD)
    assert (row.source, row.delta, row.line_id) == ("line:a", -3, 7)


async def test_hold_of_the_last_unit_leaves_zero() -> None:
    variant = await make_variant(stock=1)
    await take(variant.id, 1, "a")
    assert await stock_of(variant.id) == 0


async def test_too_large_hold_names_what_is_left_and_takes_nothing() -> None:
    product = await make_product(colors=1, sizes=2, stock=5)
    first, second = await variants_of(product)
    await Variant.filter(id=second.id).update(stock=2)
    with pytest.raises(StockShort) as short:
        await unit_of_work(lambda: hold([(second.id, 3), (first.id, 1)]))
    assert short.value.extras == {"variant_id": second.id, "left": 2}
    assert short.value.detail("ko") == "재고가 부족합니다. (남은 수량: 2개)"
    assert [await stock_of(first.id), await stock_of(second.id)] == [5, 2]


async def test_hold_of_an_unknown_variant_has_nothing_left() -> None:
    with pytest.raises(StockShort) as short:
        await unit_of_work(lambda: hold([(404, 1)]))
    assert short.value.extras == {"variant_id": 404, "left": 0}


@pytest.mark.parametrize("quantity", [0, -1])
async def test_hold_of_less_than_one_unit_is_a_mistake(quantity: int) -> None:
    variant = await make_variant(stock=5)
    with pytest.raises(ValueError, match="at least one unit"):
        await unit_of_work(lambda: hold([(variant.id, quantity)]))
    assert await stock_of(variant.id) == 5


async def test_crowd_gets_exactly_what_is_there() -> None:
    variant = await make_variant(stock=20)
    outcomes = await asyncio.gather(*(take(variant.id, 1, str(n)) for n in range(50)), return_exceptions=True)
    assert [outcome for outcome in outcomes if outcome is not None and not isinstance(outcome, StockShort)] == []
    assert sum(outcome is None for outcome in outcomes) == 20
    assert await stock_of(variant.id) == 0
    assert await ledger_gaps() == []


async def test_crowd_taking_the_same_pair_in_both_orders_does_not_deadlock() -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=100))

    async def take_pair(number: int) -> None:
        pair = [(first.id, 1), (second.id, 2)]

        async def order() -> None:
            await hold(pair if number % 2 else pair[::-1])
            await write_ledger([held(first.id, 1, str(number)), held(second.id, 2, str(number))])

        await unit_of_work(order)

    await asyncio.gather(*(take_pair(number) for number in range(20)))
    assert [await stock_of(first.id), await stock_of(second.id)] == [80, 60]
    assert await ledger_gaps() == []


async def test_counters_move_in_variant_order_before_any_ledger_row() -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=9))

    async def order() -> None:
        await hold([(second.id, 1), (first.id, 1)])
        await release([released(second.id, 1, "b"), released(first.id, 1, "a")])

    with captured_sql() as statements:
        await unit_of_work(order)
    words = [statement.split()[0] for statement in statements]
    assert words == ["UPDATE", "UPDATE", "UPDATE", "UPDATE", "INSERT", "SELECT"]
    assert all("stock >= " in statement for statement in statements[:2])


async def test_release_gives_back_once() -> None:
    variant = await make_variant(stock=5)
    await take(variant.id, 3, "a")
    await unit_of_work(lambda: release([released(variant.id, 3, "a")]))
    assert await stock_of(variant.id) == 5
    with pytest.raises(IntegrityError):
        await unit_of_work(lambda: release([released(variant.id, 3, "a")]))
    assert await stock_of(variant.id) == 5
    assert await StockLedger.filter(kind=StockKind.RELEASE).count() == 1
    assert await ledger_gaps() == []


async def test_concurrent_releases_of_one_line_give_back_once() -> None:
    variant = await make_variant(stock=5)
    await take(variant.id, 3, "a")
    again = [unit_of_work(lambda: release([released(variant.id, 3, "a")])) for _ in range(8)]
    outcomes = await asyncio.gather(*again, return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 7
    assert await stock_of(variant.id) == 5
    assert await ledger_gaps() == []


async def test_release_of_one_variant_by_two_lines_counts_both() -> None:
    variant = await make_variant(stock=5)
    await take(variant.id, 2, "a")
    await take(variant.id, 1, "b")
    await unit_of_work(lambda: release([released(variant.id, 2, "a"), released(variant.id, 1, "b")]))
    assert await stock_of(variant.id) == 5
    assert await ledger_gaps() == []


@pytest.mark.parametrize(("kind", "delta"), [(StockKind.HOLD, 1), (StockKind.RELEASE, 0), (StockKind.RELEASE, -1)])
async def test_release_of_anything_else_is_a_mistake(kind: StockKind, delta: int) -> None:
    variant = await make_variant(stock=5)
    entry = LedgerEntry(variant_id=variant.id, kind=kind, source="line:a", delta=delta)
    with pytest.raises(ValueError, match="gives at least one unit back"):
        await unit_of_work(lambda: release([entry]))
    assert await stock_of(variant.id) == 5


async def test_release_of_a_deleted_variant_writes_its_ledger_row_only() -> None:
    await unit_of_work(lambda: release([released(404, 1, "a")]))
    assert await StockLedger.all().values_list("variant_id", "delta") == [(404, 1)]
    assert await ledger_gaps() == []


async def test_nothing_moves_outside_a_unit_of_work() -> None:
    variant = await make_variant(stock=5)
    for attempt in (hold([(variant.id, 1)]), release([released(variant.id, 1, "a")]), write_ledger([])):
        with pytest.raises(RuntimeError, match="unit of work"):
            await attempt
    assert await stock_of(variant.id) == 5


async def test_gap_shows_the_variant_its_stock_and_its_sum() -> None:
    good, wrong = await make_variant(stock=5), await make_variant(stock=5)
    bare = await make_variant(stock=4)
    await Variant.filter(id=wrong.id).update(stock=7)
    await StockLedger.filter(variant_id=bare.id).delete()
    with captured_sql() as statements:
        assert await ledger_gaps() == [(wrong.id, 7, 5), (bare.id, 4, 0)]
    assert len(statements) == 1
    assert good.id not in {gap[0] for gap in await ledger_gaps()}
