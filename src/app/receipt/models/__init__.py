"""Cash receipts."""

from src.app.receipt.models.cash_receipt import CashReceipt, ReceiptKind, ReceiptSource, ReceiptStatus
from src.common.models.archive import archive_of

CashReceiptArchive = archive_of(CashReceipt)

__all__ = ["CashReceipt", "CashReceiptArchive", "ReceiptKind", "ReceiptSource", "ReceiptStatus"]
