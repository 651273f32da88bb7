"""Archive tables of claims, which move with their order."""

from src.app.claim.models.seller_cancel import SellerCancel, SellerCancelLine, SellerCancelRow
from src.common.models.archive import archive_of

SellerCancelArchive = archive_of(SellerCancel)
SellerCancelLineArchive = archive_of(SellerCancelLine)
SellerCancelRowArchive = archive_of(SellerCancelRow)
