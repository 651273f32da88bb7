"""Providers at the Protocol: one that says what it is told to say, and one that lets a test step in between."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from src.app.payment.models import Payment
from src.app.payment.services.provider.base import (
    CancelAsk,
    CancellationStatus,
    PaymentProvider,
    ProviderCancellation,
    ProviderPage,
    ProviderPayment,
    provider,
    use_provider,
)
from src.app.payment.services.provider.escrow import EscrowLogistics
from src.app.payment.services.provider.receipts import ProviderReceipt, ReceiptAsk
from src.core.configs import settings

START = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@contextmanager
def using(chosen: PaymentProvider) -> Iterator[None]:
    """The shop asks this provider inside the body."""
    before = provider()
    use_provider(chosen)
    try:
        yield
    finally:
        use_provider(before)


def snapshot(payment: Payment, status: str = "PAID", **changes: Any) -> ProviderPayment:
    """A right PAID snapshot of the payment but for `changes`."""
    seen = ProviderPayment(
        payment_id=payment.payment_id,
        status=status,
        store_id=settings().portone.store_id,
        currency="KRW",
        is_live=False,
        version="V2",
        total=payment.total_amount,
        paid=payment.total_amount,
        cancelled=0,
        status_changed_at=START,
        transaction_id="tx-1",
        pg_provider="TOSSPAYMENTS",
        receipt_url="https://receipt.example.com/1",
        paid_at=START,
    )
    return replace(seen, **changes)


@dataclass
class Told:
    """Answers what was put into it; an exception is raised. Cancels succeed unless `cancels` says otherwise."""

    payments: dict[str, ProviderPayment | Exception | None] = field(default_factory=dict)
    cancels: list[ProviderCancellation | Exception] = field(default_factory=list)
    listing: list[Exception] = field(default_factory=list)
    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def say(self, seen: ProviderPayment) -> None:
        self.payments[seen.payment_id] = seen

    async def get(self, payment_id: str) -> ProviderPayment | None:
        self.calls.append(("get", payment_id, {}))
        answer = self.payments.get(payment_id)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def changed(self, *, since: datetime, until: datetime, page: int, size: int) -> ProviderPage:
        """As PortOne does: both ends included, oldest change first; an exception in `listing` is raised."""
        self.calls.append(("changed", "", {"since": since, "until": until, "page": page, "size": size}))
        if self.listing:
            raise self.listing.pop(0)
        there = [seen for seen in self.payments.values() if isinstance(seen, ProviderPayment)]
        inside = [seen for seen in there if since <= seen.status_changed_at <= until]
        inside.sort(key=lambda seen: (seen.status_changed_at, seen.payment_id))
        part = inside[page * size : (page + 1) * size]
        return ProviderPage(payments=tuple(part), count=len(part))

    async def pre_register(self, payment_id: str, *, amount: int, tax_free: int = 0) -> None:
        self.calls.append(("pre_register", payment_id, {"amount": amount}))

    async def cancel(self, payment_id: str, asked: CancelAsk) -> ProviderCancellation:
        said, amount, reason = asdict(asked), asked.amount, asked.reason
        self.calls.append(("cancel", payment_id, said))
        answer = self.cancels.pop(0) if self.cancels else None
        if isinstance(answer, Exception):
            raise answer
        number = len(self.sent())
        done = ProviderCancellation(id=f"c-{number}", status=CancellationStatus.SUCCEEDED, amount=amount, reason=reason)
        return done if answer is None else replace(answer, reason=reason, amount=amount)

    async def confirm(self, payment_id: str, *, token: str, attempt: str, amount: int, tax_free: int, key: str) -> None:
        self.calls.append(("confirm", payment_id, {"token": token, "amount": amount, "key": key}))

    async def tell_escrow(self, payment_id: str, logistics: EscrowLogistics, *, is_change: bool, key: str) -> None:
        self.calls.append(("tell_escrow", payment_id, {}))

    async def complete_escrow(self, payment_id: str, *, key: str) -> None:
        self.calls.append(("complete_escrow", payment_id, {}))

    async def receipt(self, key: str) -> ProviderReceipt | None:
        return None

    async def issue_receipt(self, asked: ReceiptAsk) -> None:
        self.sent()

    async def cancel_receipt(self, key: str) -> None:
        self.sent()

    async def close_account(self, payment_id: str) -> None:
        self.calls.append(("close_account", payment_id, {}))

    def sent(self) -> list[dict[str, Any]]:
        """What was asked to be cancelled."""
        return [said for name, _, said in self.calls if name == "cancel"]


async def _nothing() -> None:
    return


@dataclass
class Between:
    """The real provider, with a step of the test before and after its cancels; remembers what was sent."""

    real: PaymentProvider
    before_cancel: Callable[[], Awaitable[object]] = _nothing
    after_get: Callable[[], Awaitable[object]] = _nothing
    after_cancel: Callable[[], Awaitable[object]] = _nothing
    asked: list[CancelAsk] = field(default_factory=list)

    async def get(self, payment_id: str) -> ProviderPayment | None:
        seen = await self.real.get(payment_id)
        await self.after_get()
        return seen

    async def changed(self, *, since: datetime, until: datetime, page: int, size: int) -> ProviderPage:
        return await self.real.changed(since=since, until=until, page=page, size=size)

    async def pre_register(self, payment_id: str, *, amount: int, tax_free: int = 0) -> None:
        await self.real.pre_register(payment_id, amount=amount, tax_free=tax_free)

    async def cancel(self, payment_id: str, asked: CancelAsk) -> ProviderCancellation:
        self.asked.append(asked)
        await self.before_cancel()
        answer = await self.real.cancel(payment_id, asked)
        await self.after_cancel()
        return answer

    @property
    def keys(self) -> list[str]:
        return [asked.key for asked in self.asked]

    @property
    def amounts(self) -> list[tuple[int, int]]:
        return [(asked.amount, asked.cancellable) for asked in self.asked]

    @property
    def reasons(self) -> list[str]:
        return [asked.reason for asked in self.asked]

    async def confirm(self, payment_id: str, *, token: str, attempt: str, amount: int, tax_free: int, key: str) -> None:
        await self.real.confirm(payment_id, token=token, attempt=attempt, amount=amount, tax_free=tax_free, key=key)

    async def close_account(self, payment_id: str) -> None:
        await self.real.close_account(payment_id)

    async def tell_escrow(self, payment_id: str, logistics: EscrowLogistics, *, is_change: bool, key: str) -> None:
        await self.real.tell_escrow(payment_id, logistics, is_change=is_change, key=key)

    async def complete_escrow(self, payment_id: str, *, key: str) -> None:
        await self.real.complete_escrow(payment_id, key=key)

    async def receipt(self, key: str) -> ProviderReceipt | None:
        return await self.real.receipt(key)

    async def issue_receipt(self, asked: ReceiptAsk) -> None:
        await self.real.issue_receipt(asked)

    async def cancel_receipt(self, key: str) -> None:
        await self.real.cancel_receipt(key)
