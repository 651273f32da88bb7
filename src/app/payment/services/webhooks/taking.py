"""Find, take and finish messages of the webhook inbox without a transaction.

Each step is one statement that compares: of several workers that read the same messages, the database gives each one to
whose UPDATE still finds the lease token that was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from src.app.payment.services.webhooks.news import PAID
from src.app.shipping.services.tracking.receiving import SOURCE as SCANS
from src.common import clock
from src.common.models.inbox_message import InboxMessage
from src.common.models.work_item import WorkStatus
from src.common.work import late_writes, queue
from src.core.database import single_statement
from src.core.database.statements import change, fetch, marks

LEASE_SECONDS: Final = queue.LEASE_SECONDS

_DUE: Final = """
SELECT id, source, body, lease_token FROM inbox_message
WHERE work_status = 'PENDING' AND available_at <= %s AND source <> %s
AND (received_at <= %s OR topic <> %s)
ORDER BY available_at, id LIMIT %s"""
_AS_READ: Final = "work_status = 'PENDING' AND id IN ({}) AND lease_token IN ({}) AND available_at <= %s"


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is due, as it was read. Nobody has it yet."""

    id: int
    source: str
    body: str
    lease_token: str


async def find_due(*, limit: int, head_start: timedelta) -> list[Due]:
    """Return up to `limit` due messages, oldest first, but for scans of parcels. Nothing is locked.

    A payment that was told less than `head_start` ago is left out: the browser that comes back settles it meanwhile.
    """
    now = clock.now()
    return [Due(**row) for row in await fetch(_DUE, (now, SCANS, now - head_start, PAID, limit), is_fixed=True)]


async def finish(due: Sequence[Due]) -> None:
    """Mark messages that need no work done, those that nobody took since they were read."""
    if not due:
        return
    now = clock.now()
    text = "UPDATE inbox_message SET work_status = %s, attempts = attempts + 1, last_error = '', done_at = %s WHERE "
    where, values = _as_read(due)
    text, values = text + where, [WorkStatus.DONE.value, now, *values, now]
    await late_writes.write_or_keep(lambda: change(text, values))


async def take(due: Sequence[Due]) -> list[InboxMessage]:
    """Take these messages for LEASE_SECONDS (120), and count the attempt; return those that nobody took before.

    The new token proves what was taken, so the statement may be repeated after an answer that was lost.
    """
    if not due:
        return []
    now, token = clock.now(), queue.new_lease()
    where, values = _as_read(due)
    text = f"UPDATE inbox_message SET available_at = %s, lease_token = %s, attempts = attempts + 1 WHERE {where}"  # noqa: S608
    values = [now + timedelta(seconds=LEASE_SECONDS), token, *values, now]
    await single_statement(lambda: change(text, values), is_harmless=True)
    taken = f"SELECT * FROM inbox_message WHERE lease_token = %s AND id IN ({marks(len(due))})"  # noqa: S608
    rows = await fetch(taken, (token, *(one.id for one in due)))
    return [InboxMessage._init_from_db(**row) for row in rows]  # noqa: SLF001 - as Tortoise makes rows


def _as_read(due: Sequence[Due]) -> tuple[str, list[object]]:
    """Return the condition that these messages are as they were read, and its values but the last, the time."""
    tokens = sorted({one.lease_token for one in due})
    return _AS_READ.format(marks(len(due)), marks(len(tokens))), [*(one.id for one in due), *tokens]
