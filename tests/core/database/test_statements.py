"""The fixed INSERTs write what Tortoise itself would write, and refuse what does not fit."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise.exceptions import OperationalError

from src.app.order.models import Order, OrderEvent, OrderStatus
from src.common.models.idempotency_key import IdempotencyKey
from src.core.database.statements import insert, insert_all, new_row
from tests.conftest import REAL

pytestmark = pytest.mark.usefixtures("empty")

AT = datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC)
KEY: dict[str, Any] = {
    "endpoint": "POST /x",
    "request_key": "k" * 20,
    "body_hash": "0" * 64,
    "lease_token": "t",
    "lease_until": AT,
    "created_at": AT,
}


async def test_a_row_is_written_as_tortoise_would() -> None:
    ours = new_row(IdempotencyKey, scope="ours", **KEY)
    await insert(ours)
    theirs = await IdempotencyKey.create(scope="theirs", **KEY)
    assert ours.id
    assert ours.id < theirs.id
    columns = [name for name in IdempotencyKey._meta.fields_db_projection if name not in ("id", "scope")]
    rows = await IdempotencyKey.filter(scope__in=["ours", "theirs"]).values(*columns)
    assert rows[0] == rows[1]
    assert rows[0]["created_at"] == AT


async def test_a_saved_row_can_be_changed_like_any_other() -> None:
    row = new_row(IdempotencyKey, scope="later", **KEY)
    await insert(row)
    row.effect = "done"
    await row.save(update_fields=["effect"])
    assert (await IdempotencyKey.get(id=row.id)).effect == "done"


async def test_several_rows_keep_their_order() -> None:
    await insert_all([new_row(IdempotencyKey, scope=f"many{number}", **KEY) for number in range(3)])
    rows = await IdempotencyKey.filter(scope__startswith="many").order_by("id")
    assert [row.scope for row in rows] == ["many0", "many1", "many2"]


async def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        new_row(Order, order_no="x", colour="red")


async def test_defaults_are_the_models() -> None:
    row = new_row(OrderEvent, order_id=1, to_status=OrderStatus.PAID.value)
    assert (row.line_no, row.reason, row.id) == ("", "", None)


async def test_a_missing_value_is_refused_by_the_database() -> None:
    with pytest.raises(Exception, match=r"(?i)null|required"):
        await insert(new_row(IdempotencyKey, scope="incomplete"))


@pytest.mark.skipif(not REAL, reason="SQLite does not look at lengths")
async def test_a_value_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(OperationalError, match="too long"):
        await insert(new_row(IdempotencyKey, scope="s" * 81, **KEY))
