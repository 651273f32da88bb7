"""A member buys something, with nothing but the contract. Fails where anything is not as it says."""

import sys
import uuid

import httpx
from shop_client import AuthenticatedClient, Client
from shop_client.api.shop_cart import add_cart_item, clear_cart
from shop_client.api.shop_my_account import read_me
from shop_client.api.shop_orders import complete_payment, place_order, read_order
from shop_client.api.shop_products import list_products, read_product
from shop_client.api.shop_sign_in import sign_in
from shop_client.models.agreements import Agreements
from shop_client.models.bad_credentials_problem import BadCredentialsProblem
from shop_client.models.cart_read import CartRead
from shop_client.models.invalid_token_problem import InvalidTokenProblem
from shop_client.models.member_signed_in import MemberSignedIn
from shop_client.models.order_place import OrderPlace
from shop_client.models.order_placed import OrderPlaced
from shop_client.models.order_read import OrderRead
from shop_client.models.order_status import OrderStatus
from shop_client.models.orderer import Orderer
from shop_client.models.pay_method import PayMethod
from shop_client.models.payment_opened import PaymentOpened
from shop_client.models.payment_read import PaymentRead
from shop_client.models.price_changed_problem import PriceChangedProblem
from shop_client.models.product_page import ProductPage
from shop_client.models.product_read import ProductRead
from shop_client.models.shipping_to import ShippingTo
from shop_client.models.sign_in import SignIn
from shop_client.models.stock_short_problem import StockShortProblem
from shop_client.models.wanted_item import WantedItem

ORDERER = Orderer(name="김민지", phone="010-1234-5678", email="minji@example.com")
SHIPPING = ShippingTo(recipient="김민지", phone="010-1234-5678", zipcode="06236", address="서울 강남구 테헤란로 1")


def order(total: int) -> OrderPlace:
    """All that is in the cart."""
    return OrderPlace(
        from_cart=True,
        orderer=ORDERER,
        shipping=SHIPPING,
        pay_method=PayMethod.CARD,
        expected_total=total,
        agreements=Agreements(terms=True, privacy=True),
    )


def key() -> str:
    """A new Idempotency-Key."""
    return f"python-{uuid.uuid4()}"


def signed_in(shop: str) -> AuthenticatedClient:
    """The demo member. A wrong password is an error with a type of its own, and so is a wrong token."""
    guest = Client(base_url=shop)
    refused = sign_in.sync(client=guest, body=SignIn(login_id="demo", password="wrong"))
    assert isinstance(refused, BadCredentialsProblem), refused
    nobody = read_me.sync(client=AuthenticatedClient(base_url=shop, token="wrong"))
    assert isinstance(nobody, InvalidTokenProblem), nobody
    tokens = sign_in.sync(client=guest, body=SignIn(login_id="demo", password="Demo!2345"))
    assert isinstance(tokens, MemberSignedIn), tokens
    return AuthenticatedClient(base_url=shop, token=tokens.access_token)


def filled_cart(member: AuthenticatedClient) -> CartRead:
    """One piece of what is there; more than there is, is an error that tells how many are left."""
    listed = list_products.sync(client=member, in_stock=True)
    assert isinstance(listed, ProductPage), listed
    product = read_product.sync(listed.items[0].product_code, client=member)
    assert isinstance(product, ProductRead), product
    size = next(size for option in product.options for size in option.sizes if 1 < size.stock < 999)
    clear_cart.sync_detailed(client=member)
    short = add_cart_item.sync(client=member, body=WantedItem(variant_id=size.variant_id, quantity=size.stock + 1))
    assert isinstance(short, StockShortProblem), short
    assert short.left == size.stock
    cart = add_cart_item.sync(client=member, body=WantedItem(variant_id=size.variant_id, quantity=1))
    assert isinstance(cart, CartRead), cart
    return cart


def buy(shop: str) -> str:
    """The order's number and status."""
    member = signed_in(shop)
    cart = filled_cart(member)
    dearer = place_order.sync(client=member, body=order(cart.total + 1), idempotency_key=key())
    assert isinstance(dearer, PriceChangedProblem), dearer
    assert dearer.quote.total == cart.total

    placed = place_order.sync(client=member, body=order(cart.total), idempotency_key=key())
    assert isinstance(placed, OrderPlaced), placed
    payment = placed.payment
    assert isinstance(payment, PaymentOpened), payment
    # What the payment window does, by the sandbox.
    httpx.post(f"{shop}/sandbox/control/payments/{payment.payment_id}", json={"action": "pay"}).raise_for_status()
    completed = complete_payment.sync(payment.payment_id, client=member)
    assert isinstance(completed, PaymentRead), completed
    assert completed.order_status is OrderStatus.PAID

    seen = read_order.sync(placed.order_no, client=member)
    assert isinstance(seen, OrderRead), seen
    return f"{seen.order_no} is {seen.status}"


if __name__ == "__main__":
    print(f"python: {buy(sys.argv[1])}")
