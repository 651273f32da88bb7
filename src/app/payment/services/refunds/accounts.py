"""The bank account that refunds of an order go to: given by the shopper, accepted, and taken by the next send.

An account takes part in a send only while it is ACCEPTED. The number leaves the database for the provider alone.
"""

from collections.abc import Sequence
from typing import Final

from src.app.deposit.services.queries import deposits_of, transfers_of
from src.app.order.errors import OrderNotFound
from src.app.order.models import Order
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_number, readable
from src.app.payment.dtos.events import RefundAccountChanged
from src.app.payment.dtos.refund_accounts import RefundAccountGive, RefundAccountRead, RefundAccountShown
from src.app.payment.errors import RefundAccountFixed, RefundAccountNotFound, RefundAccountNotNeeded
from src.app.payment.models import (
    UNDER_WAY,
    Discrepancy,
    DiscrepancyKind,
    PaidWith,
    Payment,
    PaymentStatus,
    Refund,
    RefundAccount,
    RefundAccountArchive,
    RefundAccountState,
    RefundMeans,
    RefundStatus,
)
from src.app.payment.services.locks import lock_payments
from src.app.payment.services.provider.base import Payee
from src.app.payment.services.queries import of_orders, refunds_of
from src.app.payment.services.refunds.requesting import JOB
from src.common import clock
from src.common.crypto import keyed_hash, keyed_hashes, seal, unseal
from src.common.identity import Identity
from src.common.models.work_item import WorkStatus
from src.common.records import masking
from src.common.records.archiving import rows_of
from src.common.work import wakeup
from src.common.work.outbox import emit
from src.core.database import unit_of_work

PURPOSE: Final = "refund-account"
BY_ACCOUNT: Final = (PaidWith.VIRTUAL_ACCOUNT, PaidWith.MANUAL_TRANSFER, PaidWith.MOBILE)
"""What cannot always go back the way it came: deposits, and a telephone bill of a former month."""


async def give(order_no: str, body: RefundAccountGive, *, by: Identity, guest_token: str | None) -> RefundAccountShown:
    """Store the account for the refunds of an order; return what is shown of it. Locks order and payments.

    A holder who is neither the orderer, the recipient nor the depositor is left to staff. Refunds that waited for an
    account are sent. The same account again changes nothing. Emits RefundAccountChanged. Raises OrderNotFound,
    RefundAccountNotNeeded, and RefundAccountFixed while a refund is under way.
    """
    order = await readable(order_no, by=by, guest_token=guest_token)

    async def write() -> None:
        locked = await lock_order(order.id)
        payments = await lock_payments(locked.id)
        refunds = await _refunds(payments)
        if not _is_wanted(payments, refunds):
            raise RefundAccountNotNeeded
        if any(refund.status in UNDER_WAY for refund in refunds):
            raise RefundAccountFixed
        if _is_same(await newest(locked.id), body):
            return
        row = await _insert(locked, body, by=by)
        if row.state == RefundAccountState.ACCEPTED:
            await release_waiting(refunds, by=by.key)
        await emit(RefundAccountChanged(order_id=locked.id, account_id=row.id))

    await unit_of_work(write)
    return await _shown(order)


async def read(order_no: str, *, by: Identity, guest_token: str | None) -> RefundAccountShown:
    """Return whether a refund account is wanted, and what is shown of the one given. Raises OrderNotFound."""
    return await _shown(await readable(order_no, by=by, guest_token=guest_token))


async def newest(order_id: int) -> RefundAccount | None:
    """Return the account that counts for an order, live or archived."""
    rows = (await rows_of(RefundAccount, RefundAccountArchive, "order_id", [order_id])).get(order_id, [])
    return max(rows, key=lambda row: row.id, default=None)


async def by_ids(row_ids: Sequence[int]) -> dict[int, RefundAccount]:
    """Return these accounts by id, live or archived; absent ones are left out."""
    found = await rows_of(RefundAccount, RefundAccountArchive, "id", row_ids)
    return {row_id: row for row_id, (row,) in found.items()}


async def payee_of(order_id: int) -> Payee | None:
    """Return the accepted account in the clear, for the provider, or None."""
    row = await newest(order_id)
    if row is None or row.state != RefundAccountState.ACCEPTED or not row.number_sealed:
        return None
    return Payee(bank=row.bank, number=unseal(row.number_sealed), holder=row.holder)


async def release_waiting(refunds: Sequence[Refund], *, by: str) -> None:
    """Have the refunds sent that waited for an account. Call with their payments locked.

    A sender that found no account a moment ago may still be about to end the row's work, so its lease ends here.
    """
    waiting = [
        each for each in refunds if each.status == RefundStatus.NEEDS_ACCOUNT and each.means == RefundMeans.PROVIDER
    ]
    if not waiting:
        return
    now = clock.now()
    await Refund.filter(id__in=[refund.id for refund in waiting]).update(
        status=RefundStatus.REQUESTED,
        work_status=WorkStatus.PENDING,
        available_at=now,
        done_at=None,
        lease_token="",
    )
    listed = Discrepancy.filter(
        kind=DiscrepancyKind.NEEDS_ACCOUNT, reference__in=[refund.refund_no for refund in waiting], resolved_at=None
    )
    await listed.update(resolved_at=now, resolved_by=by[:40], resolution="환불 계좌 등록")
    wakeup.wake(JOB)


async def same_elsewhere(row: RefundAccount) -> list[int]:
    """Return the ids of up to 20 other orders with the same account, the newest first."""
    hashes = [row.number_hash]
    if row.number_sealed:
        hashes += keyed_hashes(PURPOSE, f"{row.bank} {unseal(row.number_sealed)}")
    found: set[int] = set()
    for table in (RefundAccount, RefundAccountArchive):
        rows = table.filter(number_hash__in=hashes).exclude(order_id=row.order_id).exclude(number_hash="")
        found |= {order_id for (order_id,) in await rows.order_by("-id").limit(40).values_list("order_id")}
    return sorted(found, reverse=True)[:20]


async def of_number(order_no: str) -> tuple[Order, RefundAccount]:
    """Return an order and its account, for staff. Raises OrderNotFound and RefundAccountNotFound."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    row = await newest(order.id)
    if row is None:
        raise RefundAccountNotFound
    return order, row


def masked(row: RefundAccount) -> RefundAccountRead:
    """Return the account as it is shown: the number's last four digits, the holder masked."""
    return RefundAccountRead(
        bank=row.bank,
        number=f"****{row.number_end}",
        holder=masking.name(row.holder),
        state=row.state,
        created_at=row.created_at,
    )


async def _shown(order: Order) -> RefundAccountShown:
    payments = (await of_orders([order.id])).get(order.id, [])
    row = await newest(order.id)
    return RefundAccountShown(
        is_wanted=_is_wanted(payments, await _refunds(payments)), account=masked(row) if row else None
    )


async def _refunds(payments: Sequence[Payment]) -> list[Refund]:
    return [refund for found in (await refunds_of(payments)).values() for refund in found]


def _is_wanted(payments: Sequence[Payment], refunds: Sequence[Refund]) -> bool:
    paid = (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED)
    return any(refund.status == RefundStatus.NEEDS_ACCOUNT for refund in refunds) or any(
        payment.status in paid and (payment.paid_with or payment.pay_method) in BY_ACCOUNT for payment in payments
    )


def _is_same(row: RefundAccount | None, body: RefundAccountGive) -> bool:
    if row is None or (row.bank, row.holder) != (body.bank, body.holder):
        return False
    return row.number_hash in keyed_hashes(PURPOSE, f"{body.bank} {body.number}")


async def _insert(order: Order, body: RefundAccountGive, *, by: Identity) -> RefundAccount:
    known = {_plain(name) for name in (order.orderer_name, order.recipient, *await _depositors(order.id))}
    return await RefundAccount.create(
        order_id=order.id,
        bank=body.bank,
        number_sealed=seal(body.number),
        number_hash=keyed_hash(PURPOSE, f"{body.bank} {body.number}"),
        number_end=body.number[-4:],
        holder=body.holder,
        state=RefundAccountState.ACCEPTED if _plain(body.holder) in known - {""} else RefundAccountState.REVIEW,
        given_by=by.key,
        created_at=clock.now(),
    )


async def _depositors(order_id: int) -> list[str]:
    """Return in whose name a manual transfer was announced and made."""
    told, made = await transfers_of([order_id]), await deposits_of([order_id])
    return [row.depositor_name for row in told.values()] + [row.depositor for rows in made.values() for row in rows]


def _plain(name: str) -> str:
    """Return the name without blanks and case: banks and people write them differently."""
    return "".join(name.split()).casefold()
