"""Bodies of the shopper's routes about refund accounts."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue
from pydantic_core import PydanticCustomError

from src.app.payment.models import RefundAccountState
from src.common.banks import BANKS
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, PersonName

ACCOUNT: Final[dict[str, JsonValue]] = {
    "bank": "KOOKMIN",
    "number": "****5678",
    "holder": "김*지",
    "state": "ACCEPTED",
    "created_at": "2026-11-20T13:00:00+09:00",
}


def _bank(value: str) -> str:
    if value not in BANKS:
        raise PydanticCustomError("bank", "not a bank", {"ko": "은행을 선택해 주세요.", "en": "Please choose a bank."})
    return value


def _digits(value: object) -> object:
    """Take the blanks and dashes out that people write into account numbers."""
    return re.sub(r"[\s-]", "", value) if isinstance(value, str) else value


class RefundAccountGive(ClosedInput):
    """Where money should go back to. The number is stored encrypted and shown masked."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"bank": "KOOKMIN", "number": "123-4567-1234-5678", "holder": "김민지"}]}
    )

    bank: Annotated[
        str, Field(max_length=40, description="PortOne's word: KOOKMIN, SHINHAN, KAKAO, ..."), AfterValidator(_bank)
    ]
    number: Annotated[str, BeforeValidator(_digits), Field(pattern=r"^[0-9]{8,20}$", max_length=40)]
    holder: PersonName


class RefundAccountRead(BaseModel):
    """An account, masked. In REVIEW the holder is nobody of the order, so staff decide first."""

    model_config = ConfigDict(json_schema_extra={"examples": [ACCOUNT]})

    bank: str
    number: str
    holder: str
    state: RefundAccountState
    created_at: KoreanTime


class RefundAccountShown(BaseModel):
    """`is_wanted`: a refund of this order waits for an account, or may need one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_wanted": True, "account": ACCOUNT}]})

    is_wanted: bool
    account: RefundAccountRead | None
