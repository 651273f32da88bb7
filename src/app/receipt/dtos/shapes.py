"""What is asked and told of a cash receipt."""

import re
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, JsonValue, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from src.app.receipt.models import ReceiptKind, ReceiptSource, ReceiptStatus
from src.app.shop.dtos.admin import is_business_number
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput
from src.common.dtos.money import Won

PHONE: Final = re.compile(r"01[0-9]{8,9}")
CARD: Final = re.compile(r"[0-9]{13,19}")
RECEIPT: Final[dict[str, JsonValue]] = {
    "status": "ISSUED",
    "kind": "PERSONAL",
    "source": "ASKED",
    "number": "010******78",
    "amount": 92500,
    "issue_number": "123456789",
    "url": "https://receipt.example.com/cash/1",
    "issued_at": "2026-11-20T13:05:00+09:00",
}


class CashReceiptAsk(ClosedInput):
    """A cash receipt (현금영수증) that is wanted.

    PERSONAL (소득공제): a mobile number or the number of a cash-receipt card. CORPORATE (지출증빙): a business number or
    the number of a card for expenses.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "PERSONAL", "number": "010-1234-5678"}]})

    kind: ReceiptKind
    number: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9 -]+$", max_length=30)]

    @property
    def digits(self) -> str:
        """Return the number without blanks and hyphens."""
        return re.sub(r"[^0-9]", "", self.number)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        own = is_business_number(self.digits) if self.kind == ReceiptKind.CORPORATE else PHONE.fullmatch(self.digits)
        if not own and not CARD.fullmatch(self.digits):
            raise PydanticCustomError(
                "cash_receipt_number",
                "no number of a cash receipt",
                {
                    "ko": "휴대폰 번호(소득공제), 사업자등록번호(지출증빙) 또는 현금영수증 카드 번호를 입력해 주세요.",
                    "en": "Give a mobile number (PERSONAL), a business number (CORPORATE) or a cash-receipt card.",
                },
            )
        return self


class CashReceiptRead(BaseModel):
    """The cash receipt of an order. `number` is masked, empty where nobody asked for it (SELF, 자진발급): such a receipt
    may be claimed with a number of one's own. `amount` is what it is issued for now, in won."""

    model_config = ConfigDict(json_schema_extra={"examples": [RECEIPT]})

    status: ReceiptStatus
    kind: ReceiptKind
    source: ReceiptSource
    number: str
    amount: Won
    issue_number: str | None
    url: str | None
    issued_at: KoreanTime | None
