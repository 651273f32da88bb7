"""배송지 변경 by the buyer."""

from src.app.checkout.dtos.orders import OrderRead
from src.app.checkout.dtos.shipping import ShippingChange
from src.app.checkout.services.views import shown
from src.app.order.services.changes.addresses import change_shipping
from src.app.order.services.queries import readable
from src.common.identity import Identity


async def change(order_no: str, body: ShippingChange, *, by: Identity, guest_token: str | None) -> OrderRead:
    """Change where an order of mine goes; return it. Raises OrderNotFound, and what `change_shipping` raises. The same
    body again changes nothing."""
    order = await readable(order_no, by=by, guest_token=guest_token)
    changed, _ = await change_shipping(order.id, body.columns(), actor=by.key)
    return await shown(changed)
