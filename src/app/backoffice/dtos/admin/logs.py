"""Queries of the logs, and what they answer."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime
from src.common.dtos.day_range import DayRange
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageNumber, PageSize

Actor = Annotated[str, Field(max_length=40, examples=["staff:1"])]
PLACE: dict[str, Any] = {
    "actor": "staff:1",
    "actor_name": "박운영",
    "address": "203.0.113.7",
    "user_agent": "Mozilla/5.0",
    "request_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
    "created_at": "2026-11-20T10:12:00+09:00",
}


class AccessQuery(Cursored, DayRange):
    """Looks at personal data: by whom (``staff:1``), at whom, on which Korean days. The newest first."""

    page: PageNumber = 1
    size: PageSize = 20
    actor: Actor | None = None
    target_type: Annotated[str | None, Field(max_length=32)] = None
    target_id: Annotated[str | None, Field(max_length=120)] = None

    def keyset(self) -> Keyset:
        """By number, the newest first."""
        return Keyset("accesses")


class AuditQuery(AccessQuery):
    """Changes, sign-ins and refused attempts: by whom, what, on what, on which Korean days. The newest first."""

    action: Annotated[str | None, Field(max_length=64)] = None

    def keyset(self) -> Keyset:
        """By number, the newest first."""
        return Keyset("audit")


class Logged(BaseModel):
    """Who did something, and from where. `actor_name` is the staff member's of today."""

    id: int
    actor: str
    actor_name: str | None
    target_type: str
    target_id: str
    reason: str
    address: str
    user_agent: str
    request_id: str
    created_at: KoreanTime


class AuditRead(Logged):
    """One change, one sign-in, or one refused attempt (``access.denied``). Both sides hold what the action changed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 91,
                    **PLACE,
                    "action": "member.changed",
                    "target_type": "member",
                    "target_id": "7",
                    "before": {"status": "ACTIVE"},
                    "after": {"status": "SUSPENDED"},
                    "reason": "결제 도용 의심 (상담 3821)",
                }
            ]
        }
    )

    action: str
    before: dict[str, Any]
    after: dict[str, Any]


class AccessRead(Logged):
    """One person's data, shown unmasked. `items` says which."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 12,
                    **PLACE,
                    "purpose": "member.unmask",
                    "target_type": "member",
                    "target_id": "7",
                    "items": ["login_id", "name", "email", "phone"],
                    "reason": "배송지 확인 전화",
                }
            ]
        }
    )

    purpose: str
    items: list[str]
