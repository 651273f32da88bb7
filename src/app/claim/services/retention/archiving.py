"""Tables of claims that move to the archive with their order. Their refunds keep the order live (`payment`)."""

from typing import Final

from src.app.claim.models import (
    SellerCancel,
    SellerCancelArchive,
    SellerCancelLine,
    SellerCancelLineArchive,
    SellerCancelRow,
    SellerCancelRowArchive,
)
from src.app.order.models import Order
from src.common.records.archiving import Part

PARTS: Final = (
    Part(live=SellerCancel, archive=SellerCancelArchive, parent=Order, column="order_id"),
    Part(live=SellerCancelLine, archive=SellerCancelLineArchive, parent=SellerCancel, column="cancel_id"),
    Part(live=SellerCancelRow, archive=SellerCancelRowArchive, parent=SellerCancelLine, column="cancel_line_id"),
)
