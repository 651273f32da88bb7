"""Where closed orders are kept: the columns of the live tables, by themselves."""

from src.app.order.models.event import OrderEvent
from src.app.order.models.line import OrderLine
from src.app.order.models.order import Order
from src.common.models.archive import archive_of

OrderArchive = archive_of(Order)
OrderLineArchive = archive_of(OrderLine)
OrderEventArchive = archive_of(OrderEvent)
