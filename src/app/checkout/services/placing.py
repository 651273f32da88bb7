"""Place an order: price it, hold the stock, open its payment, all in one transaction.

Keeps docs/promises.md#p1, docs/promises.md#p2 and docs/promises.md#p8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from tortoise.exceptions import IntegrityError

from src.app.cart.services.holders import stock_short
from src.app.cart.services.taking import read_for_order, was_merged
from src.app.checkout.dtos.events import OrderAwaitsDeposit
from src.app.checkout.dtos.requests import OrderPlace
from src.app.checkout.dtos.responses import OrderPlaced
from src.app.checkout.errors import PriceChanged
from src.app.checkout.services.hot_variants import Turn, note_short, ran_short
from src.app.checkout.services.settling import mark_paid
from src.app.checkout.services.transfers.offering import check_account, told_buyer
from src.app.checkout.services.unpaid_limits import check_unpaid
from src.app.checkout.services.views import placed_view
from src.app.deposit.models import ManualTransfer
from src.app.deposit.services import transfers
from src.app.deposit.services.queries import is_transfer, transfers_of
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.order.services.queries import is_taken, with_lines
from src.app.order.services.writing import hold_lines, open_order
from src.app.payment.models import Payment, PayMethod
from src.app.payment.services.attempts import Way, choose_way, open_payment, pre_register
from src.app.payment.services.queries import of_orders
from src.app.pricing.dtos.requests import WantedItem
from src.app.pricing.services.lines import Wanted
from src.app.pricing.services.quotes import Quote, quote
from src.app.product.errors import StockShort
from src.app.receipt.services import following as receipts
from src.app.user.services.proofs import check_may_order
from src.common import clock
from src.common.exceptions.base import AppError
from src.common.http import idempotency
from src.common.http.networks import network_of
from src.common.identity import Identity
from src.common.ids import new_order_no
from src.common.work.outbox import emit
from src.core.configs import settings
from src.core.database import unit_of_work
from src.core.database.statements import new_row


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """The buyer: identity, owner key of the cart in hand, network address, and language of the messages."""

    identity: Identity
    cart_owner: str | None
    address: str
    language: str = "ko"

    @property
    def scope(self) -> str:
        """Return the scope of the idempotency keys: the member, else the cart, else all guests without a cart."""
        return self.identity.key if self.identity.member_id else (self.cart_owner or "guest")

    @property
    def kin(self) -> idempotency.Kin:
        """Return the other scopes in which this buyer may have sent the same request.

        For a guest any guest's scope; for a member the scope of a guest's cart that was merged into the member's.
        """
        return idempotency.Kin(
            is_guest=self.identity.member_id is None,
            was_mine=lambda scope: was_merged(scope, into=self.cart_owner),
        )


async def place(body: OrderPlace, *, buyer: Buyer, request: idempotency.KeyedRequest) -> tuple[OrderPlaced, bool]:
    """Place the order once per idempotency key; return it and whether this is a replay.

    A guest who repeats the request without the cart, or as the member who merged it, gets the same order; a replay does
    not read the cart. Raises, in this order: VerificationRequired, CartEmpty, VariantNotForSale, OrderTooLarge,
    PayMethodNotOffered, BankAccountNotOffered, TaxFreeNotOffered, PayAmountTooSmall, TooManyUnpaidOrders, StockShort,
    PriceChanged; and CartStoreUnavailable for an order from a cart. Locks the variants' rows until the commit. After
    the commit the amount is pre-registered. An order for a manual transfer has no payment: it waits for a deposit at
    once, and OrderAwaitsDeposit is emitted.
    """
    turn = Turn()
    try:
        if body.items is not None:
            await turn.take(item.variant_id for item in body.items)
        await _refuse_early(body, buyer, request)
        return await idempotency.once(
            request,
            scope=buyer.scope,
            digest=idempotency.body_hash(body),
            effect=lambda claim: _place_or_tell(body, buyer, claim, turn),
            again=_replay,
            kin=buyer.kin,
        )
    finally:
        turn.release()


async def _refuse_early(body: OrderPlace, buyer: Buyer, request: idempotency.KeyedRequest) -> None:
    """Refuse an order of what has just run short by reads alone, without a claim that is written and deleted again.

    Raises as `place` does. The key is looked up last: a unit that was read as gone may be gone to this very request,
    sent before, whose claim was committed before its hold.
    """
    if not ran_short(None if body.items is None else [item.variant_id for item in body.items]):
        return
    try:
        await _priced(body, buyer)
    except AppError as refusal:
        digest = idempotency.body_hash(body)
        if not await idempotency.is_known(request, scope=buyer.scope, digest=digest):
            raise await _told(refusal, buyer) from refusal


async def _place_or_tell(body: OrderPlace, buyer: Buyer, claim: idempotency.Claim, turn: Turn) -> OrderPlaced:
    try:
        return await _place(body, buyer, claim, turn)
    except StockShort as short:
        raise await _told(short, buyer) from short


async def _told(refusal: AppError, buyer: Buyer) -> AppError:
    """Return the error for the buyer: StockShort names the buyer's own unpaid order that holds the missing units, if
    there is one."""
    if not isinstance(refusal, StockShort):
        return refusal
    variant_id, left = refusal.extras["variant_id"], refusal.extras["left"]
    note_short(variant_id)
    return await stock_short(buyer.cart_owner, variant_id=variant_id, left=left)


async def _place(body: OrderPlace, buyer: Buyer, claim: idempotency.Claim, turn: Turn) -> OrderPlaced:
    priced, way = await _priced(body, buyer)
    await turn.take(line.variant.variant_id for line in priced.lines)
    written = await _write(body, buyer, (priced, way), claim)
    turn.release()
    if written.payment is not None:
        await pre_register(written.payment)
    return placed_view(*written)


async def _priced(body: OrderPlace, buyer: Buyer) -> tuple[Quote, Way | None]:
    """Return what the order costs and its channel, None for 0 won and manual transfers. Reads only.

    Raises what `place` raises.
    """
    await check_may_order(buyer.identity)
    items = await _wanted(body, buyer)
    priced = await quote(items, zipcode=body.shipping.zipcode)
    way = await _way(body, priced)
    network = network_of(buyer.address)
    await check_unpaid(member_id=buyer.identity.member_id, cart=buyer.cart_owner, network=network)
    _check_stock(priced)
    if priced.total != body.expected_total:
        raise PriceChanged(quote=priced.as_read())
    return priced, way


async def _way(body: OrderPlace, priced: Quote) -> Way | None:
    if not priced.total:
        return None
    if body.pay_method == PayMethod.MANUAL_TRANSFER:
        await check_account(body)
        return None
    return await choose_way(body.pay_method, body.easy_pay_provider, total=priced.total, tax_free=priced.taxes.tax_free)


async def _wanted(body: OrderPlace, buyer: Buyer) -> Sequence[Wanted | WantedItem]:
    if body.items is not None:
        return body.items
    return await read_for_order(buyer.cart_owner, body.cart_variant_ids)


def _check_stock(priced: Quote) -> None:
    """Raise StockShort early, without a lock. The later hold decides."""
    for line in sorted(priced.lines, key=lambda line: line.variant.variant_id):
        if line.quantity > line.variant.stock:
            raise StockShort(variant_id=line.variant.variant_id, left=line.variant.stock)


class Written(NamedTuple):
    """An order and what pays it: a payment, a manual transfer, or neither where there is nothing to pay."""

    order: Order
    lines: list[OrderLine]
    payment: Payment | None
    transfer: ManualTransfer | None


async def _write(
    body: OrderPlace, buyer: Buyer, decided: tuple[Quote, Way | None], claim: idempotency.Claim
) -> Written:
    (priced, way), now = decided, clock.now()
    told = await told_buyer(body, total=priced.total, placed_at=now)
    for _ in range(3):
        order_no = new_order_no(now)

        async def write(order_no: str = order_no) -> Written:
            order = _order(body, buyer, priced, order_no=order_no, now=now)
            if told is not None:
                order.status, order.expires_at = OrderStatus.AWAITING_DEPOSIT, told.terms.held_until
            await open_order(order, actor=buyer.identity.key, shipping=priced.shipping, effects=priced.effects)
            if body.cash_receipt is not None and order.total:
                await receipts.ask(order, body.cash_receipt)
            payment = transfer = None
            if told is not None:
                transfer = await transfers.expect(order, told)
                await emit(OrderAwaitsDeposit(order_id=order.id))
            elif way is not None:
                payment = await open_payment(order.id, way, total=order.total, tax_free=order.tax_free_amount)
            await idempotency.finish(claim, effect=order.order_no)
            chosen = body.pay_method.value if order.total else ""
            lines = await hold_lines(order, priced.lines, pay_method=chosen)
            if not order.total:
                await mark_paid(order, actor="system", reason="결제할 금액 없음")
            return Written(order, lines, payment, transfer)

        try:
            return await unit_of_work(write)
        except IntegrityError:
            # An order-number collision (1 in 34 billion) is retried. Any other IntegrityError is a bug and re-raised.
            if not await is_taken(order_no):
                raise
    raise RuntimeError("no free order number in three tries")


def _order(body: OrderPlace, buyer: Buyer, priced: Quote, *, order_no: str, now: datetime) -> Order:
    orderer, to = body.orderer, body.shipping
    return new_row(
        Order,
        order_no=order_no,
        member_id=buyer.identity.member_id,
        status=OrderStatus.PENDING,
        language=buyer.language,
        orderer_name=orderer.name,
        orderer_phone=orderer.phone,
        orderer_phone_end=orderer.phone[-4:],
        orderer_email=orderer.email,
        client_address=buyer.address[:45],
        client_network=network_of(buyer.address),
        recipient=to.recipient,
        recipient_phone=to.phone,
        recipient_phone_end=to.phone[-4:],
        zipcode=to.zipcode,
        address=to.address,
        address_detail=to.address_detail,
        memo=to.memo,
        item_total=priced.item_total,
        discount_total=priced.discount_total,
        shipping_fee=priced.shipping_fee,
        shipping_version=priced.rule.version,
        points_used=priced.points_used,
        total=priced.total,
        tax_free_amount=priced.taxes.tax_free,
        vat_amount=priced.taxes.vat,
        cart_owner=(buyer.cart_owner or "") if body.items is None else "",
        cart_in_hand=buyer.cart_owner or "",
        expires_at=now + timedelta(seconds=settings().orders.hold_seconds),
        created_at=now,
        updated_at=now,
    )


async def _replay(order_no: str) -> OrderPlaced:
    """Return the first answer again from the rows, with the order's present status and hold."""
    order, lines = await with_lines(order_no)
    payments = (await of_orders([order.id])).get(order.id)
    told = await transfers_of([order.id] if is_transfer(lines) else [])
    return placed_view(order, lines, payments[0] if payments else None, told.get(order.id))
