"""Settings of cash receipts. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group


class ReceiptSettings(Group):
    """From how many won of cash on a receipt is issued though nobody asked for one (자진발급); 0: never.

    The default is the duty of shops in consumer trades (소득세법 제162조의3, 시행령 제210조의3).
    """

    self_issued_from: int = Field(100_000, alias="CASH_RECEIPT_SELF_ISSUED_FROM", ge=0, le=1_000_000_000)
