"""Schedule of payments to be read again. Taking one moves `next_reread_at` on by the lease, so a crash loses none."""

from datetime import datetime, timedelta
from functools import partial

from src.app.payment.models import Payment
from src.common import clock
from src.common.work import late_writes
from src.core.database import proven_by, unit_of_work

LEASE = timedelta(minutes=2)


async def take_due(*, limit: int) -> list[Payment]:
    """Take up to `limit` due payments, oldest first, for LEASE (two minutes).

    Locks the rows for the short transaction only, and skips rows that another worker has locked.
    """
    await late_writes.write_what_waits()
    now = clock.now()
    due = Payment.filter(next_reread_at__lte=now).order_by("next_reread_at", "id").limit(limit)
    if not await due.values_list("id"):
        return []

    async def take() -> list[Payment]:
        rows = await due.select_for_update(skip_locked=True)
        if rows:
            proven_by(partial(_is_taken, rows[0].id, now + LEASE))
            for row in rows:
                row.next_reread_at = now + LEASE
        await Payment.filter(id__in=[row.id for row in rows]).update(next_reread_at=now + LEASE)
        return rows

    return await unit_of_work(take)


async def give_back(payment: Payment) -> None:
    """Make a payment taken here due at once; without a database the write is kept until it is back."""
    mine = Payment.filter(id=payment.id, next_reread_at=payment.next_reread_at)
    await late_writes.write_or_keep(lambda: mine.update(next_reread_at=clock.now()))


async def _is_taken(row_id: int, until: datetime) -> bool:
    """Return whether this take was committed: no other take sets the same microsecond."""
    return bool(await Payment.filter(id=row_id, next_reread_at=until).select_for_update().values_list("id"))


async def schedule(row_id: int, *, step: int, at: datetime | None) -> None:
    """Store the payment's re-read step and its next re-read; `at` None means no more."""
    await Payment.filter(id=row_id).update(reread_step=step, next_reread_at=at)
