"""A statement that would leave less than nothing is refused by the database, in the same way on both pairs."""

from typing import Any

import pytest
from tortoise.exceptions import OperationalError

from src.app.search.models import SearchTerm
from src.common import clock
from src.common.models import OutboxEvent
from tests.factories.catalogue import make_variant

pytestmark = [pytest.mark.usefixtures("empty"), pytest.mark.fault("S11")]


async def rows() -> list[tuple[Any, str]]:
    """A row of three tables, and the column that must not fall below nothing."""
    now = clock.now()
    event = await OutboxEvent.create(topic="x", aggregate="x", payload={}, available_at=now, created_at=now)
    term = await SearchTerm.create(day=now.date(), term="x", searches=1)
    variant = await make_variant(stock=3)
    return [(event, "attempts"), (term, "searches"), (variant, "stock")]


async def test_less_than_nothing_is_refused_and_what_was_there_stays() -> None:
    for row, column in await rows():
        before = getattr(row, column)
        with pytest.raises(OperationalError, match=f"ck_{row._meta.db_table}_{column}") as told:
            await type(row).filter(pk=row.pk).update(**{column: -1})
        assert type(told.value).__name__ == "CheckViolated"  # not the error of a duplicate, which has its own answers
        assert (await type(row).get(pk=row.pk)).__dict__[column] == before
        await type(row).filter(pk=row.pk).update(**{column: 0})
