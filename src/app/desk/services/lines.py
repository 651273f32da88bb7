"""The list of order lines and its counts. Personal data is masked unless the caller may read it; every unmasked read is
committed to the access log before it is answered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from src.app.deposit.models import ManualTransfer
from src.app.deposit.services.queries import is_transfer, transfers_of
from src.app.desk.dtos.admin.lines import (
    AccountRead,
    DelayRead,
    LineCounts,
    LineFilter,
    LinePage,
    LineQuery,
    LineRow,
    SearchType,
    TransferRead,
)
from src.app.fulfilment.services.shipments.queries import lines_numbered
from src.app.order.models import UNPAID, Order, OrderLine, OrderStatus
from src.app.order.services.changes.papers import is_stale
from src.app.order.services.lines import search
from src.app.order.services.lines.actions import allowed_actions
from src.app.order.services.lines.search import LAST_FOUR, DateKind, Found, Key, Wanted
from src.app.payment.models import Payment
from src.app.payment.services.queries import of_orders
from src.app.payment.services.virtual_accounts import open_account
from src.app.shipping.services.couriers.book import plain_number
from src.app.user.services.queries import account_by_login_id
from src.common import clock
from src.common.clock import KST
from src.common.dtos.phones import normal_phone
from src.common.records import audit, masking
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS
from src.core.database import unit_of_work

SHOWN: Final = "orderer_name,orderer_phone,recipient"
"""What a row of the list shows, for the access log."""
AXES: Final = (
    ("order_status", "status"),
    ("procurement_status", "procurement_status"),
    ("shipping_status", "shipping_status"),
    ("claim_status", "claim_status"),
    ("delivery_attribute", "delivery_attribute"),
    ("pay_method", "pay_method"),
)
KEYS: Final = {
    SearchType.RECIPIENT_NAME: Key.RECIPIENT_NAME,
    SearchType.BUYER_NAME: Key.BUYER_NAME,
    SearchType.ORDER_NO: Key.ORDER_NO,
    SearchType.LINE_NO: Key.LINE_NO,
    SearchType.PRODUCT_CODE: Key.PRODUCT_CODE,
}
PHONES: Final = {
    SearchType.BUYER_PHONE: (Key.BUYER_PHONE, Key.BUYER_PHONE_END),
    SearchType.RECIPIENT_PHONE: (Key.RECIPIENT_PHONE, Key.RECIPIENT_PHONE_END),
}
"""The column of a whole number, and that of its last four digits."""
NAMES: Final = (SearchType.RECIPIENT_NAME, SearchType.BUYER_NAME)
STAGES: Final = (*UNPAID, OrderStatus.PAID, OrderStatus.PREPARING, OrderStatus.SHIPPING, OrderStatus.DELIVERED)


async def find(asked: LineQuery, *, by: Actor) -> LinePage:
    """Return a page of lines, live and archived."""
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    wanted = await wanted_of(asked, is_clear=is_clear)
    if wanted is None:
        return LinePage(items=[], total=0, total_is_exact=True, page=asked.page, size=asked.size)
    found, total, is_exact = await search.find(wanted, offset=(asked.page - 1) * asked.size, limit=asked.size)
    if is_clear:
        await note_look("order_line.list", [each.order.id for each in found], by=by, reason=asked.reason)
    accounts = await _accounts([each.order for each in found])
    transfers = await transfers_of(sorted({each.order.id for each in found if waits_for_transfer(each)}))
    return LinePage(
        items=[
            row_of(each, is_clear=is_clear, account=accounts.get(each.order.id), transfer=transfers.get(each.order.id))
            for each in found
        ],
        total=total,
        total_is_exact=is_exact,
        page=asked.page,
        size=asked.size,
    )


async def wanted_of(asked: LineFilter, *, is_clear: bool) -> Wanted | None:
    """Return the search that these filters mean, None if nothing can match."""
    key = await _key(asked)
    if key is not None and not key[1]:
        return None
    return replace(_wanted(asked), key=key, is_prefix=is_clear and asked.search_type in NAMES)


async def counts() -> LineCounts:
    """Return how many live lines stand at each stage; of the late ones 10,000 at most. Two statements."""
    counted = await search.count_by_status(STAGES)
    late, _ = await search.count(Wanted(late_on=_today(), with_archive=False))
    return LineCounts(**{status.value.lower(): counted[status] for status in STAGES}, late=late)


async def _accounts(orders: Sequence[Order]) -> dict[int, Payment]:
    """Return the payment whose account each of these orders waits for, by order id. One statement if any waits."""
    waiting = {order.id: order for order in orders if order.status == OrderStatus.AWAITING_DEPOSIT}
    if not waiting:
        return {}
    payments = await of_orders(sorted(waiting))
    found = {order_id: open_account(order, payments.get(order_id, [])) for order_id, order in waiting.items()}
    return {order_id: payment for order_id, payment in found.items() if payment is not None}


def waits_for_transfer(found: Found) -> bool:
    """Return whether the line's order waits for a manual transfer."""
    return found.order.status == OrderStatus.AWAITING_DEPOSIT and is_transfer([found.line])


def row_of(
    found: Found, *, is_clear: bool, account: Payment | None = None, transfer: ManualTransfer | None = None
) -> LineRow:
    """Return the line as a row of the list. `account` is the payment whose account its order waits for, `transfer` the
    manual transfer."""
    line, order = found.line, found.order
    due_at = transfer.due_at if transfer else account.account_due_at if account else None
    return LineRow(
        **_copied(line),
        order_no=order.order_no,
        ordered_at=order.created_at,
        pay_until=order.expires_at if line.status in UNPAID else None,
        deposit_due_at=due_at,
        virtual_account=_account(account, is_clear=is_clear) if account else None,
        manual_transfer=_transfer(transfer, is_clear=is_clear) if transfer else None,
        delay=delay_of(line),
        option=option_of(line),
        buyer_name=order.orderer_name if is_clear else masking.name(order.orderer_name),
        buyer_phone=order.orderer_phone if is_clear else masking.phone(order.orderer_phone),
        recipient_name=order.recipient if is_clear else masking.name(order.recipient),
        member_id=order.member_id,
        printed_at=order.printed_at,
        is_print_stale=is_stale(order),
        is_masked=not is_clear,
        allowed_actions=allowed_actions(line),
    )


def _account(payment: Payment, *, is_clear: bool) -> AccountRead:
    holder = payment.account_holder
    return AccountRead(
        bank=payment.account_bank,
        number=payment.account_number,
        holder=holder if is_clear else masking.name(holder),
    )


def _transfer(transfer: ManualTransfer, *, is_clear: bool) -> TransferRead:
    name = transfer.depositor_name
    return TransferRead(
        bank=transfer.bank,
        number=transfer.number,
        holder=transfer.holder,
        depositor_name=name if is_clear else masking.name(name),
    )


def delay_of(line: OrderLine) -> DelayRead | None:
    """Return the delay that stands, if one does."""
    if line.delayed_until is None or line.delay_reason is None:
        return None
    return DelayRead(reason=line.delay_reason, detail=line.delay_text, expected_ship_on=line.delayed_until)


def option_of(line: OrderLine) -> str:
    """Return colour and size as they were bought, for people."""
    return " / ".join(part for part in (line.color, line.size) if part)


async def note_look(purpose: str, order_ids: Sequence[int], *, by: Actor, reason: str, items: str = SHOWN) -> None:
    """Commit that these personal values of the orders are shown, one row an order."""
    ids = sorted(set(order_ids))
    if not ids:
        return

    async def write() -> None:
        await audit.accessed(purpose, by=by, target_type="order", ids=ids, items=items, reason=reason)

    await unit_of_work(write)


COPIED: Final = tuple(
    name
    for name in LineRow.model_fields
    if name in OrderLine._meta.fields_map and name not in ("ordered_at", "line_id")  # noqa: SLF001 - its column names
)


def _copied(line: OrderLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in COPIED}


def _wanted(asked: LineFilter) -> Wanted:
    since, until = asked.starts_at, asked.ends_at
    if since is None and until is None and asked.search_type is None:
        since = search.default_since()
    return Wanted(
        kind=DateKind[asked.date_type.name],
        dates=(since, until),
        among={column: [one.value for one in given] for name, column in AXES if (given := getattr(asked, name))},
        is_delayed=asked.delayed,
        late_on=_today() if asked.late else None,
        is_ascending=asked.sort == "oldest",
        with_archive=search.reaches_archive(since),
    )


async def _key(asked: LineFilter) -> tuple[Key, list[Any]] | None:
    """Return the column that `q` is looked for in and its values, none if nothing can be equal to it."""
    if asked.search_type is None:
        return None
    if asked.search_type == SearchType.BUYER_ID:
        account = await account_by_login_id(asked.q)
        return Key.MEMBER_ID, [account.id] if account else []
    if asked.search_type in PHONES:
        digits = normal_phone(asked.q)
        return PHONES[asked.search_type][len(digits) == LAST_FOUR], [digits]
    if asked.search_type == SearchType.TRACKING_NO:
        return Key.LINE_ID, await lines_numbered(plain_number(asked.q))
    return KEYS[asked.search_type], [asked.q]


def _today() -> Any:
    return clock.now().astimezone(KST).date()
