"""Claims: what was cancelled, why, and what goes back for it."""

from src.app.claim.models.archive import SellerCancelArchive, SellerCancelLineArchive, SellerCancelRowArchive
from src.app.claim.models.seller_cancel import SellerCancel, SellerCancelLine, SellerCancelRow

__all__ = [
    "SellerCancel",
    "SellerCancelArchive",
    "SellerCancelLine",
    "SellerCancelLineArchive",
    "SellerCancelRow",
    "SellerCancelRowArchive",
]
