"""What a new order waits for, and what arrived.

Functions that write are called inside a unit of work, with the order's row locked or new.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from src.app.deposit.dtos.admin import TransferConfirm
from src.app.deposit.errors import DepositInFuture, NoTransferExpected
from src.app.deposit.models import BankAccount, Deposit, ManualTransfer
from src.app.deposit.services import accounts
from src.app.deposit.services.due import Terms, terms
from src.app.order.models import Order
from src.app.shipping.services.business_days.calendar import load_calendar
from src.common import clock
from src.common.records.audit import Actor
from src.core.database.statements import find, find_one, insert, new_row, save

OF_ORDER: Final = "order_id = %s"
SKEW: Final = timedelta(minutes=5)
"""Clocks of banks and browsers may be ahead by so much."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the buyer of an order is told before it is placed."""

    account: BankAccount
    depositor_name: str
    terms: Terms


async def wanted(
    offered: list[BankAccount], *, account_id: int | None, depositor_name: str, placed_at: datetime
) -> Wanted:
    """Return what the buyer is told. One statement. Raises BankAccountNotOffered."""
    return Wanted(
        account=accounts.chosen(offered, account_id),
        depositor_name=depositor_name,
        terms=terms(placed_at, await load_calendar()),
    )


async def expect(order: Order, told: Wanted) -> ManualTransfer:
    """Insert what this new order waits for. One statement."""
    row = new_row(
        ManualTransfer,
        order_id=order.id,
        bank=told.account.bank,
        number=told.account.number,
        holder=told.account.holder,
        depositor_name=told.depositor_name,
        amount=order.total,
        due_at=told.terms.due_at,
        created_at=order.created_at,
    )
    await insert(row)
    return row


async def of_locked(order: Order) -> tuple[ManualTransfer, list[Deposit]]:
    """Return what a locked order waits for and its deposits, the oldest first. Raises NoTransferExpected."""
    transfer = await find_one(ManualTransfer, OF_ORDER, (order.id,))
    if transfer is None:
        raise NoTransferExpected
    return transfer, await find(Deposit, f"{OF_ORDER} ORDER BY id", (order.id,))


async def renew(order: Order, *, until: datetime) -> bool:
    """Let a locked order that was revived wait for its transfer again: its present total, due at `until`. Returns False
    for an order that is paid another way."""
    transfer = await find_one(ManualTransfer, OF_ORDER, (order.id,))
    if transfer is None:
        return False
    transfer.amount, transfer.due_at = order.total, until
    await save(transfer, ("amount", "due_at"))
    return True


async def arrived(order: Order) -> int:
    """Return the won that arrived for a locked order. One statement."""
    return sum_of(await find(Deposit, f"{OF_ORDER} ORDER BY id", (order.id,)))


async def add(transfer: ManualTransfer, body: TransferConfirm, *, by: Actor, request_key: str) -> Deposit:
    """Insert a deposit. Raises DepositInFuture. A second one with this key for the order raises IntegrityError."""
    now = clock.now()
    if body.deposited_at is not None and body.deposited_at > now + SKEW:
        raise DepositInFuture
    row = new_row(
        Deposit,
        order_id=transfer.order_id,
        amount=body.amount,
        depositor=body.depositor or transfer.depositor_name,
        deposited_at=body.deposited_at or now,
        recorded_by=by.key[:40],
        request_key=request_key,
        created_at=now,
    )
    await insert(row)
    if transfer.separated_at is not None:  # the names were removed, and this one is to be removed again
        transfer.separated_at = None
        await save(transfer, ("separated_at",))
    return row


def sum_of(deposits: Sequence[Deposit]) -> int:
    """Return the won that arrived."""
    return sum(deposit.amount for deposit in deposits)
