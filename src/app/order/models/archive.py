"""Archive tables of closed orders: the columns of the live tables in tables of their own."""

from src.app.order.models.effect import OrderEffect, OrderShippingRow
from src.app.order.models.event import OrderEvent
from src.app.order.models.line import OrderLine
from src.app.order.models.line_change import LineChange
from src.app.order.models.order import Order
from src.app.order.models.revival import OrderRevival
from src.common.models.archive import archive_of

OrderArchive = archive_of(Order)
OrderLineArchive = archive_of(OrderLine)
LineChangeArchive = archive_of(LineChange)
OrderEventArchive = archive_of(OrderEvent)
OrderEffectArchive = archive_of(OrderEffect)
OrderRevivalArchive = archive_of(OrderRevival)
OrderShippingRowArchive = archive_of(OrderShippingRow)
