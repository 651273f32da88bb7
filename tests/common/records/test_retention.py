"""Periods and their ends, the report, and what happens twice, at once, and after a crash in the middle."""

import asyncio
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.order.models import Order, OrderArchive, OrderLegalRecord, OrderSeparation, OrderStatus
from src.app.order.services import archiving, personal_data
from src.app.order.services.retention import periods
from src.app.order.services.retention.anonymising import PERSONAL
from src.app.product.models import Variant
from src.common import clock
from src.common.models import Anonymisation, LegalRecord
from src.common.models.invariant_breach import InvariantBreach
from src.common.records import anonymising, former_tables, retention
from src.common.records import personal_data as domains
from src.common.records.retention import began_by, classes, enforce, kept_until, preview
from src.core.configs import settings, use
from src.worker.jobs.run import run_job
from tests.app.product.captured import captured_sql
from tests.architecture.sources import ROOT
from tests.factories.catalogue import make_variant
from tests.factories.orders import later, make_order

YEARS = 5 * 366


@contextmanager
def enforced() -> Iterator[None]:
    """``RETENTION=on`` inside the body."""
    with use(replace(settings(), jobs=settings().jobs.model_copy(update={"retention": "on"}))):
        yield


@pytest.fixture
async def variant(client: httpx.AsyncClient) -> Variant:
    return await make_variant(stock=100)


async def ended(
    variant: Variant, status: OrderStatus = OrderStatus.CONFIRMED, *, member_id: int | None = None
) -> Order:
    """An order that ended now."""
    order = await make_order(variant, status=status, member_id=member_id)
    await Order.filter(id=order.id).update(ended_at=order.created_at)
    return order


async def told() -> list[bool]:
    """Of each order, whether it tells of a person."""
    return [any(row[column] for column in PERSONAL) for row in await Order.all().order_by("id").values()]


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("advertisement", datetime(2026, 8, 31, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)),
        ("dispute", datetime(2026, 11, 20, 5, tzinfo=UTC), datetime(2029, 11, 20, 5, tzinfo=UTC)),
        ("contract", datetime(2028, 2, 29, tzinfo=UTC), datetime(2033, 3, 1, tzinfo=UTC)),
        ("payment", datetime(2026, 12, 31, tzinfo=UTC), datetime(2031, 12, 31, tzinfo=UTC)),
        ("unneeded", datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_period_ends_after_whole_months_or_days(name: str, since: datetime, until: datetime) -> None:
    assert kept_until(since, name) == until
    assert began_by(until, name) >= since


@pytest.mark.parametrize("name", [name for name, kept in classes().items() if kept.months or kept.days])
def test_nothing_is_due_early(name: str) -> None:
    for day in range(0, 1500, 3):
        now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day)
        assert kept_until(began_by(now, name), name) <= now
        assert kept_until(began_by(now, name) + timedelta(days=4), name) > now


def test_a_class_without_a_fixed_period_has_no_end() -> None:
    with pytest.raises(ValueError, match="membership"):
        kept_until(clock.now(), "membership")


def test_the_page_has_the_table_of_classes() -> None:
    page = (ROOT / "docs/retention.md").read_text()
    read = tomllib.loads((ROOT / "src/common/records/retention_classes.toml").read_text())
    for name, row in read.items():
        assert f"| `{name}`: {row['ko']} · {row['en']} | {row['until_ko']} · {row['until_en']} |" in page
        assert f"| {row['law_ko']} · {row['law_en']} |" in page


async def test_a_report_changes_nothing_and_counts_what_would_go(variant: Variant) -> None:
    for member_id in (None, 7):
        await ended(variant, member_id=member_id)

    with later(days=YEARS):
        found = {(due.rule.retention, due.rule.table): due.rows for due in await preview(periods.RULES)}
        assert found["contract", "orders"] == 2
        assert await run_job("enforce-retention") == 0

    assert await told() == [True, True]


async def test_a_guests_and_an_active_members_orders_are_emptied_on_time(variant: Variant) -> None:
    for member_id in (None, 7):
        await ended(variant, member_id=member_id)
    await make_order(variant, status=OrderStatus.SHIPPING)

    with enforced(), later(days=5 * 365):
        assert await enforce(periods.RULES) == 0
    with enforced(), later(days=YEARS):
        assert [await enforce(periods.RULES), await enforce(periods.RULES)] == [2, 0]

    assert await told() == [False, False, True]


async def test_two_at_once_empty_each_order_once(variant: Variant) -> None:
    for _ in range(5):
        await ended(variant)

    with enforced(), later(days=YEARS):
        assert sum(await asyncio.gather(*(enforce(periods.RULES) for _ in range(4)))) == 5

    assert await told() == [False] * 5


async def test_what_a_crash_left_is_erased_by_the_next_run(variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        await ended(variant)
    whole, calls = periods._empty, 0

    async def dies(*args: object) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError("killed")
        return await whole(*args)  # type: ignore[arg-type]

    with enforced(), later(days=YEARS):
        monkeypatch.setattr(periods, "_empty", dies)
        await enforce(periods.RULES[:1])
        assert await told() == [False, True, True]
        monkeypatch.setattr(periods, "_empty", whole)
        assert await enforce(periods.RULES[:1]) == 2


async def test_an_archived_order_is_emptied_where_it_lies(variant: Variant) -> None:
    await ended(variant)
    with later(days=200):
        assert await archiving.archive_closed() == 1

    with enforced(), later(days=YEARS):
        assert await enforce(periods.RULES) == 1

    assert await told() == []
    (row,) = await OrderArchive.all().values()
    assert [row[column] for column in PERSONAL] == [""] * len(PERSONAL)
    assert row["total"] == 10_000


async def test_an_unpaid_order_goes_after_thirty_days_unless_money_moved(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpaid, paid = [await ended(variant, OrderStatus.EXPIRED) for _ in range(2)]

    async def moved(ids: object) -> set[int]:
        return {paid.id}

    monkeypatch.setitem(periods._paid, "payment", moved)
    with enforced(), later(days=29):
        assert await enforce(periods.RULES) == 0
    with enforced(), later(days=31):
        assert await enforce(periods.RULES) == 1

    assert await Order.filter(orderer_name="").values_list("id", flat=True) == [unpaid.id]


async def test_rows_of_the_release_before_are_carried_over_once(variant: Variant) -> None:
    order = await ended(variant, member_id=7)
    now = clock.now()
    await OrderSeparation.create(member_id=7, requested_at=now - timedelta(hours=2))
    await OrderLegalRecord.create(
        order_no="20200101-AAAAAAAA", payload={"memo": "old"}, keep_until=now + timedelta(1), created_at=now
    )

    assert sum(await asyncio.gather(former_tables.carry_over(), former_tables.carry_over())) >= 2
    assert await former_tables.carry_over() == 0
    assert await run_job("separate-orders") == 1

    assert await told() == [False]
    assert sorted([row.reference for row in await LegalRecord.all()]) == sorted(["20200101-AAAAAAAA", order.order_no])
    assert (await Anonymisation.get(domain="order", member_id=7)).done_at is not None
    with later(days=2):
        assert await run_job("purge-payment-records") == 1
    assert not await OrderLegalRecord.exists()
    assert [row.reference for row in await LegalRecord.all()] == [order.order_no]


async def test_a_domain_that_fails_keeps_no_other(variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    await ended(variant, member_id=7)

    class Broken:
        RULES = ()

        async def export(self, member_id: int) -> dict[str, object]:
            return {}

        async def erase(self, member_id: int) -> int:
            raise RuntimeError("away")

    monkeypatch.setattr(domains, "_domains", {"broken": Broken(), "order": personal_data})
    with pytest.raises(RuntimeError, match="away"):
        await domains.erase_member(7)

    assert await told() == [False]


async def test_two_requests_at_once_are_one(variant: Variant) -> None:
    await ended(variant, member_id=7)

    assert sum(await asyncio.gather(*(personal_data.erase(7) for _ in range(4)))) == 1

    assert await Anonymisation.all().count() == await LegalRecord.all().count() == 1
    with later(hours=2):
        assert await anonymising.anonymise_due() == 0
    assert (await Anonymisation.get()).done_at is not None


async def test_batches_look_at_one_window_of_ids_after_the_other(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "WINDOW", 4)
    seen = {"promise": "P1", "detail": "", "first_seen_at": clock.now(), "last_seen_at": clock.now()}
    rows = [InvariantBreach(reference=f"x:{number}", **seen) for number in range(10)]
    await InvariantBreach.bulk_create(rows)
    ids = [row_id for (row_id,) in await InvariantBreach.all().order_by("id").values_list("id")]
    await InvariantBreach.filter(id__in=[ids[1], ids[4], ids[9]]).update(detail="due")

    with captured_sql() as statements:
        found = [batch async for batch in retention.batches(InvariantBreach.filter(detail="due"))]

    assert found == [[ids[1]], [ids[4]], [ids[9]]]
    windows = [statement for statement in statements if "detail" in statement]
    assert [statement.count("`id`<=") + statement.count('"id"<=') for statement in windows] == [1, 1, 1, 1, 0, 0]
