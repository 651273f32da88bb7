"""Compare the shop's payments with PortOne's in both directions, so that a lost webhook loses no money.

Keeps docs/promises.md#p3 and docs/promises.md#p4. `read_waiting` reads the payments of unpaid orders again.
`compare_changed` lists the recent changes at PortOne and settles each payment that differs from our row. The list is
only a hint: settling reads the payment again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final, TypeVar

from src.app.checkout.services.settling import settle
from src.app.order.models import UNPAID
from src.app.order.services import queries as orders
from src.app.order.services.locks import lock_order
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import FINAL, Payment, PaymentVerdict
from src.app.payment.services.discrepancies.record import note_other_total, note_unknown
from src.app.payment.services.mirroring import tells_news
from src.app.payment.services.provider.base import ProviderPayment, provider
from src.app.payment.services.queries import known, of_orders
from src.app.payment.services.rereads import schedule
from src.common import clock
from src.common.logs.setup import where
from src.common.records.cursors import move_to, place_of
from src.common.vendors import Unreachable, VendorError
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

T = TypeVar("T")

AT_ONCE: Final = 8
WAITING: Final = "reconcile:waiting"
QUIET: Final = timedelta(minutes=5)  # for a younger order the browser or the webhook is still expected
MOST_ORDERS: Final = 200
CHANGED: Final = "reconcile:changed"
FIRST_LOOK: Final = timedelta(days=1)
OVERLAP: Final = timedelta(minutes=15)  # clocks differ, and a list may show a change late
PAGE: Final = 100
MOST_PAGES: Final = 20
RETRY: Final = timedelta(minutes=10)


async def reconcile() -> int:
    """Compare in both directions; return how many payments differed. The job ``reconcile-payments``.

    Each direction handles a bounded number and stores its place, where the next run continues. A repeat is safe: every
    difference is settled under the order's lock. If PortOne cannot be reached, the next run continues.
    """
    return await read_waiting() + await compare_changed()


async def read_waiting() -> int:
    """Settle the payments of the next MOST_ORDERS (200) unpaid orders; return how many payments changed.

    Orders younger than QUIET (5 minutes) are skipped. After the last order the next run begins at the first.
    """
    place = await place_of(WAITING)
    ids = await orders.waiting(placed_until=clock.now() - QUIET, after_id=place.position, limit=MOST_ORDERS)
    held = await of_orders(ids)
    changed = 0
    for first in range(0, len(ids), AT_ONCE):
        piece = ids[first : first + AT_ONCE]
        payments = [payment for order_id in piece for payment in held.get(order_id, ())]
        outcomes = await _side_by_side(_settle, payments)
        changed += outcomes.count(True)
        await move_to(WAITING, position=piece[-1])
        if payments and outcomes.count(None) == len(payments):
            return changed  # no payment could be read: the next run continues with the following orders
    if len(ids) < MOST_ORDERS:
        await move_to(WAITING, position=0)
    return changed


async def compare_changed() -> int:
    """Compare the payments that changed at PortOne since the last run, oldest change first; return how many differed.

    At most MOST_PAGES (20) of PAGE (100). Each page begins at the time of the last change on the page before, not at a
    page number: a payment that changes during the run leaves its page, the others move up, and some would be skipped.
    """
    now = clock.now()
    place = await place_of(CHANGED)
    since = place.moment or now - FIRST_LOOK
    if not place.position:
        since -= OVERLAP  # the last run read the whole list
    number = differing = 0
    for _ in range(MOST_PAGES):
        try:
            page = await provider().changed(since=since, until=now, page=number, size=PAGE)
        except VendorError as error:
            _alarm(error, "the list of changed payments cannot be read")
            return differing
        differing += await _compare(page.payments)
        if page.count < PAGE:
            await move_to(CHANGED, moment=now)
            return differing
        last = max((payment.status_changed_at for payment in page.payments), default=since)
        number = number + 1 if last <= since else 0
        since = max(since, last)
        await move_to(CHANGED, moment=since, position=1)
    return differing


async def _compare(listed: Sequence[ProviderPayment]) -> int:
    ours = await known([seen.payment_id for seen in listed])
    differing = [(row, seen) for seen in listed if (row := ours.get(seen.payment_id)) and _differs(row, seen)]
    await _side_by_side(_settle, [row for row, _ in differing])
    for row, seen in differing:
        if seen.total != row.total_amount:
            await note_other_total(row, seen)
    unknown = [seen for seen in listed if seen.payment_id not in ours]
    return len(differing) + sum([await note_unknown(seen) for seen in unknown])


def _differs(row: Payment, seen: ProviderPayment) -> bool:
    is_judged = row.verdict != PaymentVerdict.NONE or row.status not in FINAL
    # A process may end after mirroring the changed total and before listing it; this finds it again.
    settled_over_other = row.verdict == PaymentVerdict.SETTLED and seen.total != row.total_amount
    return tells_news(row, seen) or settled_over_other or not is_judged


async def _settle(payment: Payment) -> bool | None:
    """Return whether settling changed the payment, or None if it failed.

    After a failure a payment of an order that is no longer unpaid is scheduled for ``reread-payments``.
    """
    try:
        settled = (await settle(payment.payment_id, told_by="reconcile")).payment
    except PaymentProviderUnavailable as error:
        if isinstance(error.__cause__, VendorError):
            _alarm(error.__cause__, f"payment {payment.payment_id} cannot be reconciled")
    except Exception as error:  # noqa: BLE001 - one payment that breaks must not keep the others waiting
        # It is read again later; `check_invariants` finds money without an order.
        logger.error("payment %s could not be reconciled: %s", payment.payment_id, where(error))
    else:
        return (settled.status, settled.verdict, settled.cancelled_amount) != (
            payment.status,
            payment.verdict,
            payment.cancelled_amount,
        )
    await unit_of_work(lambda: _read_again_later(payment))
    return None


async def _read_again_later(payment: Payment) -> None:
    order = await lock_order(payment.order_id)
    if order.status not in UNPAID:  # payments of unpaid orders are read by later runs and at expiry
        await schedule(payment.id, step=payment.reread_step, at=clock.now() + RETRY)


def _alarm(error: VendorError, what: str) -> None:
    """Log an outage as a warning; a refusal or a malformed answer needs a person and is CRITICAL."""
    if isinstance(error, Unreachable):
        logger.warning("%s: %s", what, error.reason)
    else:
        logger.critical("%s: %s: %s", what, type(error).__name__, error.reason)


async def _side_by_side(work: Callable[[Payment], Awaitable[T]], payments: Sequence[Payment]) -> list[T]:
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(payment: Payment) -> T:
        async with slots:
            return await work(payment)

    return await asyncio.gather(*(one(payment) for payment in payments))
