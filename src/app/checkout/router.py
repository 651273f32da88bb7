"""Routes of ordering and paying."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from src.app.auth.errors import MessageNotSent, VerificationCodeWrong, VerificationExpired
from src.app.cart.errors import CartEmpty
from src.app.cart.services.owners import CartCookie, CartHeader, CartToken, cart_token_of, owner_of
from src.app.checkout.dtos.options import CheckoutOptions, OptionsQuery
from src.app.checkout.dtos.orders import MyOrders, OrderFound, OrderRead
from src.app.checkout.dtos.requests import (
    OrderCancel,
    OrderListQuery,
    OrderLookup,
    OrderPlace,
    PaymentConfirm,
    PaymentOpen,
    TakeOver,
    TakeOverCodeAsk,
)
from src.app.checkout.dtos.responses import OrderPlaced, PaymentRead, TakeOverCodeSent
from src.app.checkout.dtos.window import PaymentOpened
from src.app.checkout.errors import (
    OrderAlreadyPaid,
    OrderHasExpired,
    OrderIsAwaitingDeposit,
    PaymentInProgress,
    PriceChanged,
    TakeOverChannelUnavailable,
    TakeOverProofNeeded,
    TooManyPaymentTries,
    TooManyUnpaidOrders,
)
from src.app.checkout.routes import admin, shipping
from src.app.checkout.services import cancelling, completing, paying_again, placing, reading
from src.app.checkout.services.approval import confirming
from src.app.checkout.services.guests import taking_over
from src.app.checkout.services.paying.options import options
from src.app.checkout.services.placing import Buyer
from src.app.deposit.errors import BankAccountNotOffered
from src.app.order.dtos.paths import GuestToken, OrderNo
from src.app.order.errors import OrderNotFound
from src.app.payment.errors import (
    PayAmountTooSmall,
    PaymentMismatch,
    PaymentNotConfirmed,
    PaymentNotFound,
    PaymentNotPaid,
    PaymentProviderUnavailable,
    PayMethodNotOffered,
    TaxFreeNotOffered,
)
from src.app.pricing.errors import OrderTooLarge, VariantNotForSale
from src.app.product.errors import StockShort
from src.app.user.errors import VerificationRequired
from src.common.exceptions import documents
from src.common.exceptions.general import (
    CartStoreUnavailable,
    IdempotencyInProgress,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    TooManyAttempts,
)
from src.common.handlers.problems import language_of
from src.common.http.idempotency import KeyedRequest, KeyHeader, RequestKey, keyed_request
from src.common.http.routing import new_router, take_routes
from src.common.identity import ClientAddress, Guest, Member, Shopper, client_address

router = new_router(tags=["shop: orders"])
admin_router = admin.router

KEYED = (IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress)
PaymentId = Annotated[str, Path(max_length=64, examples=["01KAG6Q6X9ZP4M3C2B1A0ZYXWV"])]


@dataclass(frozen=True, slots=True)
class GuestTokens:
    """The tokens that a guest may send: of the cart and of an order."""

    cart: str | None
    guest: str | None


async def _tokens(cart: CartToken, guest: GuestToken = None) -> GuestTokens:
    return GuestTokens(cart=cart, guest=guest)


Tokens = Annotated[GuestTokens, Depends(_tokens)]
NOTHING_SAID = OrderCancel()
NO_PROOF = TakeOver()


@dataclass(frozen=True, slots=True)
class Purchase:
    """Values of an order request besides the body: idempotency key, cart token, network address and language."""

    key: KeyedRequest
    cart: str | None
    address: str
    language: str


async def _purchase(
    request: Request, idempotency_key: KeyHeader = None, x_cart_token: CartHeader = None, cart_token: CartCookie = None
) -> Purchase:
    # One dependency instead of three: FastAPI spends 0.05 ms on each dependency at every request.
    return Purchase(
        key=await keyed_request(request, idempotency_key),
        cart=await cart_token_of(x_cart_token, cart_token),
        address=await client_address(request),
        language=language_of(request.scope),
    )


def _mark(response: Response, *, replayed: bool) -> None:
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"


@router.get(
    "/checkout/options",
    operation_id="readCheckoutOptions",
    responses=documents(VariantNotForSale, OrderTooLarge, CartStoreUnavailable),
)
async def read_checkout_options(
    query: Annotated[OptionsQuery, Query()], by: Shopper, tokens: Tokens
) -> CheckoutOptions:
    """What an order form shows: what it costs, the ways to pay it, fees, and the day by which it is sent."""
    return await options(query, cart=owner_of(by, tokens.cart))


@router.post(
    "/orders",
    operation_id="placeOrder",
    status_code=201,
    responses=documents(
        *KEYED,
        VerificationRequired,
        VariantNotForSale,
        CartEmpty,
        PayMethodNotOffered,
        BankAccountNotOffered,
        TaxFreeNotOffered,
        PayAmountTooSmall,
        OrderTooLarge,
        TooManyUnpaidOrders,
        StockShort,
        PriceChanged,
        CartStoreUnavailable,
    ),
)
async def place_order(
    body: OrderPlace, by: Shopper, purchase: Annotated[Purchase, Depends(_purchase)], response: Response
) -> OrderPlaced:
    """Place an order: prices are the server's, the stock is held until `expires_at`, the payment is opened.
    For a manual transfer (무통장입금) `payment` is null and `deposit` says where to pay.

    A member who came by a social login proves first what `verification_required` of GET /me names.
    """
    cart = owner_of(by, purchase.cart)
    buyer = Buyer(identity=by, cart_owner=cart, address=purchase.address, language=purchase.language)
    placed, replayed = await placing.place(body, buyer=buyer, request=purchase.key)
    _mark(response, replayed=replayed)
    return placed


@router.post(
    "/orders/{order_no}/payments",
    operation_id="payOrderAgain",
    status_code=201,
    responses=documents(
        *KEYED,
        OrderNotFound,
        PayMethodNotOffered,
        TaxFreeNotOffered,
        PayAmountTooSmall,
        OrderHasExpired,
        OrderAlreadyPaid,
        OrderIsAwaitingDeposit,
        TooManyPaymentTries,
    ),
)
async def pay_order_again(
    order_no: OrderNo, body: PaymentOpen, by: Shopper, tokens: Tokens, key: RequestKey, response: Response
) -> PaymentOpened:
    """Another try to pay an order that is still PENDING, at most five."""
    buyer = Buyer(identity=by, cart_owner=owner_of(by, tokens.cart), address="")
    opened, replayed = await paying_again.pay_again(order_no, body, buyer=buyer, guest_token=tokens.guest, request=key)
    _mark(response, replayed=replayed)
    return opened


@router.post(
    "/orders/{order_no}/cancel",
    operation_id="cancelOrder",
    responses=documents(
        *KEYED, OrderNotFound, OrderAlreadyPaid, OrderHasExpired, PaymentInProgress, PaymentProviderUnavailable
    ),
)
async def cancel_order(
    order_no: OrderNo,
    by: Shopper,
    tokens: Tokens,
    key: RequestKey,
    response: Response,
    body: OrderCancel = NOTHING_SAID,
) -> OrderRead:
    """Give up an order that is not paid: its stock can be ordered again at once, the cart stays as it is.

    PortOne is asked about each payment first: what was paid settles the order (`ORDER_ALREADY_PAID`), an open virtual
    account is closed. `PAYMENT_IN_PROGRESS`: try again when the payment is over. An order that is cancelled already is
    answered as it is.
    """
    buyer = Buyer(identity=by, cart_owner=owner_of(by, tokens.cart), address="")
    cancelled, replayed = await cancelling.cancel(order_no, body, buyer=buyer, guest_token=tokens.guest, request=key)
    _mark(response, replayed=replayed)
    return cancelled


@router.post(
    "/payments/{payment_id}/complete",
    operation_id="completePayment",
    responses=documents(
        PaymentNotFound, PaymentNotPaid, PaymentMismatch, OrderHasExpired, OrderAlreadyPaid, PaymentProviderUnavailable
    ),
)
async def complete_payment(payment_id: PaymentId, _: Guest) -> PaymentRead:
    """The browser came back from the payment window: the server asks PortOne and settles the order."""
    return await completing.complete(payment_id)


@router.post(
    "/payments/{payment_id}/confirm",
    operation_id="confirmPayment",
    responses=documents(
        *(PaymentNotFound, PaymentNotConfirmed, PaymentNotPaid, PaymentMismatch),
        *(OrderHasExpired, OrderAlreadyPaid, PaymentProviderUnavailable),
    ),
)
async def confirm_payment(payment_id: PaymentId, body: PaymentConfirm, _: Guest) -> PaymentRead:
    """The browser came back from a window with `needs_confirm`: the server approves the payment and settles the order.

    A repeat is safe. `PAYMENT_PROVIDER_UNAVAILABLE`: nobody knows whether it was approved; send it again.
    """
    return await confirming.confirm(payment_id, body)


@router.get("/payments/{payment_id}", operation_id="readPayment", responses=documents(PaymentNotFound))
async def read_payment(payment_id: PaymentId, _: Guest) -> PaymentRead:
    """Where a payment stands, for polling. The payment id alone opens it; the answer holds nothing personal."""
    return await reading.payment_now(payment_id)


@router.get("/orders", operation_id="listOrders")
async def list_orders(query: Annotated[OrderListQuery, Query()], by: Member) -> MyOrders:
    """My orders, newest first. On the first page `guest_orders` names orders of the last 90 days that I may have placed
    as a guest: those under a telephone number or an e-mail address that I proved.
    """
    return await reading.my_orders(query, by=by)


@router.post("/orders/lookup", operation_id="lookOrderUp", responses=documents(OrderNotFound, TooManyAttempts))
async def look_order_up(body: OrderLookup, _: Guest, address: ClientAddress) -> OrderFound:
    """A guest's order by its number and the orderer's telephone number."""
    return await reading.look_up(body, address=address)


@router.get("/orders/{order_no}", operation_id="readOrder", responses=documents(OrderNotFound))
async def read_order(order_no: OrderNo, by: Shopper, guest_token: GuestToken = None) -> OrderRead:
    """One order of mine with everything that belongs to it. A guest sends ``X-Guest-Token``."""
    return await reading.my_order(order_no, by=by, guest_token=guest_token)


@router.post(
    "/orders/{order_no}/take-over/code",
    operation_id="sendTakeOverCode",
    status_code=202,
    responses=documents(OrderNotFound, TakeOverChannelUnavailable, TooManyAttempts, MessageNotSent),
)
async def send_take_over_code(
    order_no: OrderNo, body: TakeOverCodeAsk, by: Member, request: Request, address: ClientAddress
) -> TakeOverCodeSent:
    """Have a code sent to the telephone or e-mail address of an order that I placed as a guest."""
    return await taking_over.send_code(order_no, body, by=by, address=address, language=language_of(request.scope))


@router.post(
    "/orders/{order_no}/take-over",
    operation_id="takeOrderOver",
    responses=documents(
        OrderNotFound, TakeOverProofNeeded, VerificationCodeWrong, VerificationExpired, TooManyAttempts
    ),
)
async def take_order_over(
    order_no: OrderNo, by: Member, body: TakeOver = NO_PROOF, guest_token: GuestToken = None
) -> OrderRead:
    """Make an order that I placed as a guest mine, by its guest token or by a code that went to its own telephone or
    e-mail address. From then on it is among my orders, and guest tokens open it no more.
    """
    return await taking_over.take_over(order_no, body, by=by, guest_token=guest_token)


take_routes(router, shipping.router)
