"""What staff change of an order before it is sent: address and options, and an expired one that they bring back."""

from src.app.checkout.services.staff import reviving
from src.app.desk.dtos.admin.changes import OptionChange, OrderRevive, StaffShippingChange
from src.app.desk.dtos.admin.orders import OrderDetail
from src.app.desk.services import orders
from src.app.order.errors import OrderNotFound
from src.app.order.models import Order
from src.app.order.services.changes.addresses import change_shipping as move
from src.app.order.services.changes.options import change_option as choose
from src.app.order.services.queries import by_number
from src.common.dtos.reasons import Looking
from src.common.records import audit
from src.common.records.audit import Actor

MASKED = Looking(masked=True)


async def change_option(order_no: str, line_no: str, body: OptionChange, *, by: Actor) -> OrderDetail:
    """Give the line another variant; return its order, masked. Raises what `changes.options.change_option` raises."""
    await choose(order_no, line_no, body.variant_id, reason=body.reason, by=by)
    return await orders.one(order_no, MASKED, by=by)


async def change_shipping(order_no: str, body: StaffShippingChange, *, by: Actor) -> OrderDetail:
    """Change where the order goes; return it, masked. The audit row names the fields and zipcodes, no other value.
    Raises what `changes.addresses.change_shipping` raises."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    zipcode = order.zipcode

    async def noted(moved: Order, changed: list[str]) -> None:
        is_zip = "zipcode" in changed
        await audit.record(
            "order.shipping_changed",
            by=by,
            target=("order", order_no),
            before={"zipcode": zipcode} if is_zip else {},
            after={"fields": changed, **({"zipcode": moved.zipcode} if is_zip else {})},
            reason=body.reason,
        )

    await move(order.id, body.columns(), actor=by.key, noted=noted)
    return await orders.one(order_no, MASKED, by=by)


async def revive(order_no: str, body: OrderRevive, *, by: Actor) -> OrderDetail:
    """Bring an expired order back; return it, masked. Raises what `staff.reviving.revive` raises."""
    await reviving.revive(order_no, without=body.without, hours=body.hours, reason=body.reason, by=by)
    return await orders.one(order_no, MASKED, by=by)
