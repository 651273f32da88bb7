"""What the shop expects of PortOne, asked once of the sandbox over HTTP and once of answers written by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from src.app.payment.services.provider.base import CancelAsk, CancellationStatus
from src.app.payment.services.provider.portone import PortOne

ID = "01KAG6Q6X9ZP4M3C2B1A0ZYXWV"
TOTAL = 12_900
REASON = "중복 결제 자동 취소 01KAG6Q6X9ZP4M3C2B1A0ZYXWV"
KEY = "0123456789abcdef0123456789abcdef"
WHOLE = CancelAsk(amount=TOTAL, tax_free=0, vat=1_173, cancellable=TOTAL, reason=REASON, key=KEY)


class Stage(Protocol):
    """Brings PortOne into a state. Every state is of the payment `ID` over `TOTAL` won."""

    store_id: str
    portone: PortOne

    async def nothing(self) -> None:
        """The id was never heard of."""
        ...

    async def registered(self) -> None:
        """Pre-registered, and no window was opened."""
        ...

    async def paid(self) -> None: ...

    async def failed(self) -> None: ...

    async def pending(self) -> None: ...

    async def account_issued(self) -> None: ...

    async def partly_cancelled(self, amount: int) -> None:
        """In the console."""
        ...

    async def answers(self, operation: str, kind: str) -> None:
        """The next call of `operation` ends as the sandbox's fault `kind` does."""
        ...


@dataclass(frozen=True)
class Seen:
    """What matters of a payment, in our words."""

    status: str
    total: int
    paid: int
    cancelled: int
    cancellable: int
    by_account: bool
    cancellations: tuple[tuple[CancellationStatus | None, int], ...]


async def look(stage: Stage) -> Seen:
    """Get the payment and check what is the same in every state."""
    seen = await stage.portone.get(ID)
    assert seen is not None
    assert (seen.payment_id, seen.store_id, seen.currency, seen.version) == (ID, stage.store_id, "KRW", "V2")
    assert seen.is_live is False
    assert seen.status_changed_at.tzinfo is not None
    assert seen.status_changed_at > datetime(2025, 1, 1, tzinfo=UTC)
    assert seen.transaction_id
    return Seen(
        status=seen.status,
        total=seen.total,
        paid=seen.paid,
        cancelled=seen.cancelled,
        cancellable=seen.cancellable,
        by_account=seen.by_account,
        cancellations=tuple((entry.status, entry.amount) for entry in seen.cancellations),
    )
