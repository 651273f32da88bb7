"""Read the data of messages: once, when the deliveries of an event are created (decision 0019)."""

from dataclasses import dataclass, replace
from typing import Any

from src.app.claim.services import queries as cancels
from src.app.fulfilment.errors import ShipmentNotFound
from src.app.fulfilment.services.shipments import queries as shipments
from src.app.order.models import Order, OrderLine
from src.app.order.services import queries as orders
from src.app.outbound.dtos.payloads import (
    CancelData,
    CancelledLineData,
    CustomerData,
    LineData,
    OrderData,
    PartData,
    PaymentData,
    ProductData,
    ProductEventData,
    RefundData,
    ShipmentData,
    TrialData,
    VariantData,
)
from src.app.payment.models import Payment
from src.app.payment.services import queries as payments
from src.app.payment.services.refunds import queries as refunds
from src.app.product.services.editing import form
from src.app.user.services.locks import keep_from_leaving


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The data of a message. `data` goes to every webhook, its personal part null; `personal` is that part.

    `personal` is None if it was not asked for, does not exist or was erased.
    """

    data: dict[str, Any]
    personal: dict[str, Any] | None = None
    member_id: int | None = None


async def trial(_payload: dict[str, Any], _personal: bool) -> Snapshot:
    """Return the fixed data of a test message."""
    return Snapshot(TrialData().model_dump(mode="json"))


async def order(payload: dict[str, Any], personal: bool) -> Snapshot:
    """Return the order of the event with its lines and payments, and with the customer if `personal` is true.

    With `personal` it locks the member's row: a member who leaves later has the personal part of the delivery erased,
    and for a member who has already left there is no personal part. Raises OrderNotFound.
    """
    found = await orders.by_id(payload["order_id"])
    customer = None
    if personal and (found.member_id is None or await keep_from_leaving(found.member_id)):
        found = await orders.by_id(found.id)
        customer = _customer(found)
    lines = (await orders.lines_of([found.id]))[found.id]
    tries = (await payments.of_orders([found.id])).get(found.id, [])
    data = {"order": _order(found, lines, tries).model_dump(mode="json"), "customer": None}
    return Snapshot(data, customer, found.member_id)


async def refund(payload: dict[str, Any], personal: bool) -> Snapshot:
    """Return the refund and its order, locking as `order` does. Raises OrderNotFound."""
    found, payment = await refunds.by_id(payload["refund_id"])
    snapshot = await order({"order_id": payment.order_id}, personal)
    refunded = RefundData(payment_id=payment.payment_id, amount=found.amount, reason=found.reason)
    return replace(snapshot, data={**snapshot.data, "refund": refunded.model_dump(mode="json")})


async def lines(payload: dict[str, Any], personal: bool) -> Snapshot:
    """Return lines of an order by their ids, and the order, locking as `order` does. Raises OrderNotFound."""
    snapshot = await order(payload, personal)
    found = (await orders.lines_of([payload["order_id"]]))[payload["order_id"]]
    named = [line.line_no for line in found if line.id in payload["line_ids"]]
    return replace(snapshot, data={**snapshot.data, "line_nos": named, "until": payload.get("until")})


async def shipment(payload: dict[str, Any], personal: bool) -> Snapshot:
    """Return the shipment and its order, locking as `order` does. Raises OrderNotFound, and ShipmentNotFound where it
    went with its order, whose period of retention is over."""
    snapshot = await order(payload, personal)
    shipment_id = payload["shipment_id"]
    found = (await shipments.by_ids([shipment_id])).get(shipment_id)
    if found is None:
        raise ShipmentNotFound
    numbers = {line.id: line.line_no for line in (await orders.lines_of([found.order_id]))[found.order_id]}
    parts = (await shipments.parts_of([found.id])).get(found.id, [])
    same = {name: getattr(found, name) for name in ShipmentData.model_fields if name not in ("lines", "sent_at")}
    inside = [PartData(line_no=numbers[part.order_line_id], units=part.units) for part in parts]
    told = ShipmentData(**same, sent_at=found.created_at, lines=inside)
    return replace(snapshot, data={**snapshot.data, "shipment": told.model_dump(mode="json")})


async def cancel(payload: dict[str, Any], personal: bool) -> Snapshot:
    """Return what the seller cancelled and its order, locking as `order` does. Raises OrderNotFound."""
    snapshot = await order(payload, personal)
    found = (await cancels.by_ids([payload["cancel_id"]]))[payload["cancel_id"]]
    numbers = {line.id: line.line_no for line in (await orders.lines_of([payload["order_id"]]))[payload["order_id"]]}
    lines = [
        CancelledLineData(line_no=numbers[line.order_line_id], units=line.units, reason=line.reason, refund=line.refund)
        for line in found.lines
    ]
    told = CancelData(refund=found.cancel.refund, lines=lines)
    return replace(snapshot, data={**snapshot.data, "cancel": told.model_dump(mode="json")})


async def product(payload: dict[str, Any], _personal: bool) -> Snapshot:
    """Return the product of the event with its variants, retired ones included. Raises ProductNotFound."""
    found = await form.one(payload["product_id"])
    sold = [(option.color, size) for option in found.options for size in option.sizes]
    variants = [VariantData(sku=size.sku, color=color, size=size.size, is_retired=False) for color, size in sold]
    variants += [VariantData(sku=gone.sku, color=gone.color, size=gone.size, is_retired=True) for gone in found.retired]
    same = {name: getattr(found, name) for name in ProductData.model_fields if name != "variants"}
    data = ProductEventData(product=ProductData(**same, variants=variants))
    return Snapshot(data.model_dump(mode="json"))


def _order(found: Order, lines: list[OrderLine], tries: list[Payment]) -> OrderData:
    return OrderData(
        order_no=found.order_no,
        status=found.status,
        created_at=found.created_at,
        paid_at=found.paid_at,
        ended_at=found.ended_at,
        item_total=found.item_total,
        discount_total=found.discount_total,
        shipping_fee=found.shipping_fee,
        points_used=found.points_used,
        total=found.total,
        lines=[LineData(**{name: getattr(line, name) for name in LineData.model_fields}) for line in lines],
        payments=[PaymentData(**{name: getattr(row, name) for name in PaymentData.model_fields}) for row in tries],
    )


def _customer(found: Order) -> dict[str, Any] | None:
    """Return the customer, or None if the order's personal values were moved to the legal record."""
    if not found.orderer_name:
        return None
    same = ("recipient", "recipient_phone", "zipcode", "address", "address_detail", "memo")
    customer = CustomerData(
        name=found.orderer_name,
        phone=found.orderer_phone,
        email=found.orderer_email,
        **{name: getattr(found, name) for name in same},
    )
    return customer.model_dump()
