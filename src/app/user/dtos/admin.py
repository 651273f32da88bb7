"""Queries and bodies of the member back-office, and what it answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from src.app.user.models import UserStatus
from src.common.clock import KoreanTime, korean_day
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY, check_order
from src.common.dtos.fields import ClosedInput, Note, OptionalLine
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageQuery
from src.common.dtos.reasons import OptionalReason, Reason

MemoBody = Annotated[Note, StringConstraints(min_length=1), Field(examples=["배송 지연으로 두 번 문의함"])]
Grade = Literal["BASIC", "SILVER", "GOLD", "VIP"]

MemberSort = Literal["newest", "oldest", "recent_sign_in", "name"]
ORDERS: Final[Mapping[MemberSort, tuple[tuple[str, str], type]]] = {
    "newest": (("-created_at", "-id"), datetime),
    "oldest": (("created_at", "id"), datetime),
    "recent_sign_in": (("-last_sign_in_at", "-id"), datetime),
    "name": (("name", "id"), str),
}
"""The columns of each sort order, and the type of the first one."""

MASKED: dict[str, JsonValue] = {
    "id": 7,
    "login_id": "mi***",
    "name": "김*지",
    "email": "mi***@example.com",
    "phone": "010-****-5678",
    "is_masked": True,
    "grade": "BASIC",
    "status": "ACTIVE",
    "joined_at": "2026-01-02T09:30:00+09:00",
    "last_sign_in_at": "2026-11-20T08:12:00+09:00",
    "version": 1,
}


class MemberQuery(Cursored, PageQuery):
    """Members by text, grade, status and the Korean days on which they joined.

    `q` is looked for in name, login id, e-mail and telephone number; for staff who see masked data only the whole of
    one counts, so that nothing can be guessed letter by letter.
    """

    q: Annotated[OptionalLine, Field(max_length=100)] = ""
    grade: Grade | None = None
    status: UserStatus | None = None
    joined_from: Annotated[date | None, Field(ge=FIRST_DAY, le=LAST_DAY)] = None
    joined_to: Annotated[date | None, Field(ge=FIRST_DAY, le=LAST_DAY)] = None
    sort: MemberSort = "newest"
    masked: bool = False
    reason: OptionalReason = ""

    def keyset(self) -> Keyset:
        """The order asked for."""
        columns, kind = ORDERS[self.sort]
        return Keyset(f"members-{self.sort}", columns, (kind, int))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.joined_from, self.joined_to)
        return self

    @property
    def joined_since(self) -> datetime | None:
        """First moment of the range in UTC."""
        return korean_day(self.joined_from)[0] if self.joined_from else None

    @property
    def joined_until(self) -> datetime | None:
        """First moment after the range in UTC."""
        return korean_day(self.joined_to)[1] if self.joined_to else None


class MemberChange(ClosedInput):
    """Suspend a member, let one back in (``ACTIVE``), or set the grade. What is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "SUSPENDED", "reason": "결제 도용 의심 (상담 3821)"}]}
    )

    status: Literal["ACTIVE", "SUSPENDED"] | None = None
    grade: Grade | None = None
    reason: Reason

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.status is None and self.grade is None:
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 항목이 없습니다.", "en": "There is nothing to change."},
            )
        return self


class Unmasking(ClosedInput):
    """Why somebody's personal data has to be seen. It is kept with who saw it."""

    reason: Reason


class MemoCreate(ClosedInput):
    """A note about a member, for staff only."""

    body: MemoBody


class MemberRow(BaseModel):
    """A member in a list. Values are masked where `is_masked` says so; null is what the member does not have."""

    model_config = ConfigDict(json_schema_extra={"examples": [MASKED]})

    id: int
    login_id: str | None
    name: str
    email: str | None
    phone: str
    is_masked: bool
    grade: str
    status: UserStatus
    joined_at: KoreanTime
    last_sign_in_at: KoreanTime | None
    version: int


class ConsentRead(BaseModel):
    """Where one consent stands."""

    policy: str
    version: str
    agreed: bool
    decided_at: KoreanTime


class OrderFigures(BaseModel):
    """What the member ordered so far."""

    count: int
    last_ordered_at: KoreanTime | None


class MemoRead(BaseModel):
    """A note about a member."""

    id: int
    body: str
    author_id: int
    author_name: str
    created_at: KoreanTime


class MemberDetail(MemberRow):
    """A member with what is known of them. `email_verified_at`, `phone_verified_at`: when the present contact was proved
    to be the member's, null where it never was. `memos` are the newest ten; `withdraw_at` is when a withdrawal ends."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **MASKED,
                    "email_verified_at": "2026-01-02T09:30:00+09:00",
                    "phone_verified_at": None,
                    "withdraw_at": None,
                    "consents": [
                        {
                            "policy": "terms",
                            "version": "2026-01-01",
                            "agreed": True,
                            "decided_at": "2026-01-02T09:30:00+09:00",
                        }
                    ],
                    "memos": [],
                    "memo_count": 0,
                    "address_count": 1,
                    "session_count": 2,
                    "orders": {"count": 3, "last_ordered_at": "2026-11-20T13:00:00+09:00"},
                }
            ]
        }
    )

    email_verified_at: KoreanTime | None
    phone_verified_at: KoreanTime | None
    withdraw_at: KoreanTime | None
    consents: list[ConsentRead]
    memos: list[MemoRead]
    memo_count: int
    address_count: int
    session_count: int
    orders: OrderFigures


class PersonalData(BaseModel):
    """The clear values, answered once. The look is in the log."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 7,
                    "login_id": "minji.kim",
                    "name": "김민지",
                    "email": "minji@example.com",
                    "phone": "01012345678",
                }
            ]
        }
    )

    id: int
    login_id: str | None
    name: str
    email: str | None
    phone: str
