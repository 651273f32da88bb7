"""Bodies of the staff routes for the shop's bank accounts and for deposits."""

from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from src.app.deposit.dtos.responses import DEPOSIT_WANTED, DepositWanted
from src.common.banks import BANKS
from src.common.clock import KoreanTime
from src.common.dtos.content import Moment
from src.common.dtos.fields import ClosedInput, Line, PersonName, RowId
from src.common.dtos.money import Won

ACCOUNT: Final[dict[str, JsonValue]] = {
    "id": 1,
    "bank": "SHINHAN",
    "number": "110-123-456789",
    "holder": "(주)믹골프",
    "is_active": True,
}
DEPOSIT: Final[dict[str, JsonValue]] = {
    "id": 12,
    "amount": 92500,
    "depositor": "김민지",
    "is_other_name": False,
    "deposited_at": "2026-11-20T14:02:00+09:00",
    "recorded_by": "staff:2",
    "recorded_at": "2026-11-20T15:00:00+09:00",
}


def _known_bank(value: Any) -> Any:
    if isinstance(value, str) and value not in BANKS:
        raise PydanticCustomError("bank", "no bank", {"ko": "알 수 없는 은행입니다.", "en": "This bank is not known."})
    return value


Bank = Annotated[
    str,
    BeforeValidator(_known_bank),
    Field(max_length=40, examples=["SHINHAN"], description="A code of PortOne's list of banks."),
]
AccountNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[0-9]+(-[0-9]+)*$", min_length=6, max_length=40),
    Field(examples=["110-123-456789"]),
]
Paid = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]


class BankAccountWrite(ClosedInput):
    """An account of the shop. Without an id it is a new one. Its place in the list is its place on screens."""

    model_config = ConfigDict(json_schema_extra={"examples": [ACCOUNT]})

    id: RowId | None = None
    bank: Bank
    number: AccountNumber
    holder: Annotated[Line, Field(max_length=50)]
    is_active: Annotated[bool, Field(strict=True)]


class BankAccountsWrite(ClosedInput):
    """All accounts in the order to show. One that is left out is removed; orders keep the account they were told."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [ACCOUNT]}]})

    items: Annotated[list[BankAccountWrite], Field(max_length=20)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        numbers = {(one.bank, one.number.replace("-", "")) for one in self.items}
        ids = [one.id for one in self.items if one.id is not None]
        if len(numbers) < len(self.items) or len(set(ids)) < len(ids):
            raise PydanticCustomError(
                "repeated_account",
                "an account is there twice",
                {"ko": "같은 계좌가 두 번 들어 있습니다.", "en": "An account is named twice."},
            )
        return self


class BankAccountRead(BaseModel):
    """An account of the shop."""

    model_config = ConfigDict(json_schema_extra={"examples": [ACCOUNT]})

    id: int
    bank: str
    number: str
    holder: str
    is_active: bool


class BankAccountsRead(BaseModel):
    """All accounts in the order to show, and when the list was changed; null where it never was."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [ACCOUNT], "updated_at": "2026-11-20T09:00:00+09:00", "version": 2}]}
    )

    items: list[BankAccountRead]
    updated_at: KoreanTime | None
    version: int


class TransferConfirm(ClosedInput):
    """A deposit that was found on the account.

    `expected_deposited` is what staff saw as deposited so far, in won, 0 before the first deposit: if a colleague
    recorded one meanwhile, this one is refused, so that nobody records one transfer twice. Without `depositor` it is
    the announced name, without `deposited_at` now.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"amount": 92500, "depositor": "김민지", "expected_deposited": 0}]}
    )

    amount: Paid
    expected_deposited: Won
    depositor: PersonName | None = None
    deposited_at: Moment | None = None


class DepositRead(BaseModel):
    """A deposit as staff recorded it. `is_other_name`: its depositor is not the announced one."""

    model_config = ConfigDict(json_schema_extra={"examples": [DEPOSIT]})

    id: int
    amount: Won
    depositor: str
    is_other_name: bool
    deposited_at: KoreanTime
    recorded_by: str
    recorded_at: KoreanTime


class TransferOfDesk(DepositWanted):
    """What an order waits or waited for, and every deposit."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**DEPOSIT_WANTED, "deposits": [DEPOSIT]}]})

    deposits: list[DepositRead]
