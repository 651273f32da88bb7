"""What the buyer is told of a manual transfer."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from src.common.clock import KoreanTime
from src.common.dtos.money import Won

DEPOSIT_WANTED: Final[dict[str, JsonValue]] = {
    "bank": "SHINHAN",
    "number": "110-123-456789",
    "holder": "(주)믹골프",
    "depositor_name": "김민지",
    "amount": 92500,
    "due_at": "2026-11-24T23:59:59+09:00",
    "deposited": 0,
}


class DepositWanted(BaseModel):
    """Where to pay, as whom, how much in won, and until when. `deposited` is what arrived so far."""

    model_config = ConfigDict(json_schema_extra={"examples": [DEPOSIT_WANTED]})

    bank: str = Field(description="A code of PortOne's list of banks.")
    number: str
    holder: str
    depositor_name: str
    amount: Won
    due_at: KoreanTime
    deposited: Won


class AccountChoice(BaseModel):
    """An account of the shop that a buyer may choose."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{"id": 1, "bank": "SHINHAN", "number": "110-123-456789", "holder": "믹골프"}]},
    )

    id: int
    bank: str = Field(description="A code of PortOne's list of banks.")
    number: str
    holder: str
