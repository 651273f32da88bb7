"""Which rows count."""

from datetime import UTC, datetime

import httpx

from src.app.shipping.models import ShippingRule, ShippingSurcharge
from src.app.shipping.services.fees import DEFAULT_RULE, DEFAULT_SURCHARGES, Rule, Surcharge, Tariff
from src.app.shipping.services.queries import load_tariff
from src.core.database import unit_of_work

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)


async def test_shop_without_rows_charges_the_defaults(client: httpx.AsyncClient) -> None:
    assert await load_tariff() == Tariff(DEFAULT_RULE, DEFAULT_SURCHARGES)


async def test_newest_rule_counts_whatever_the_order_of_the_rows(client: httpx.AsyncClient) -> None:
    await ShippingRule.create(base_fee=4_000, free_from=70_000, created_at=LATER)
    await ShippingRule.create(base_fee=3_000, free_from=50_000, created_at=FIRST)

    assert await load_tariff() == Tariff(Rule(base_fee=4_000, free_from=70_000))


async def test_of_two_rules_of_one_moment_the_later_row_counts(client: httpx.AsyncClient) -> None:
    await ShippingRule.create(base_fee=3_000, free_from=50_000, created_at=FIRST)
    await ShippingRule.create(base_fee=4_000, free_from=70_000, created_at=FIRST)

    assert (await load_tariff()).rule == Rule(base_fee=4_000, free_from=70_000)


async def test_surcharge_rows_without_a_rule_row_keep_the_default_rule(client: httpx.AsyncClient) -> None:
    await ShippingSurcharge.create(name="제주", zipcode_from="63000", zipcode_to="63644", fee=4_000)

    assert await load_tariff() == Tariff(DEFAULT_RULE, (Surcharge("제주", "63000", "63644", 4_000),))


async def test_tariff_inside_a_transaction_sees_its_own_rows(client: httpx.AsyncClient) -> None:
    async def change_and_read() -> Tariff:
        await ShippingRule.create(base_fee=1_000, free_from=10_000, created_at=FIRST)
        return await load_tariff()

    assert (await unit_of_work(change_and_read)).rule == Rule(base_fee=1_000, free_from=10_000)
