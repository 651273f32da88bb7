"""What the payment provider takes and pays out."""

from src.app.settlement.models.entry import SettlementEntry
from src.app.settlement.models.fee import CycleStart, FeeTable, PaymentFee

__all__ = ["CycleStart", "FeeTable", "PaymentFee", "SettlementEntry"]
