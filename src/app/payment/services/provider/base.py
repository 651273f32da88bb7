"""A payment provider in our words. PortOne's adapter is in `portone.py`; nothing else knows how PortOne speaks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from src.app.payment.models import PaidWith


class CancellationStatus(StrEnum):
    SUCCEEDED = "SUCCEEDED"
    REQUESTED = "REQUESTED"
    FAILED = "FAILED"


@dataclass(frozen=True, kw_only=True)
class ProviderCancellation:
    """One cancellation as the provider shows it. `status` None is a word that we do not know."""

    id: str
    status: CancellationStatus | None
    amount: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class IssuedAccount:
    """A virtual account to pay into. `due_at` None: no end was told; `issued_at` None: no beginning."""

    bank: str
    number: str
    holder: str
    due_at: datetime | None
    issued_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ProviderDispute:
    """Who paid says to the card company or wallet that something is wrong. `status` is the provider's word."""

    id: str
    status: str
    reason: str
    created_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProviderPayment:
    """A payment as the provider shows it now. Amounts in won; `total` is the requested price.

    `status` is the provider's word, as in `PaymentStatus`, or one that we do not know. `paid` may be told before
    anything was paid, `status_changed_at` in whole seconds; `updated_at` tells apart what changed within one.
    """

    payment_id: str
    status: str
    store_id: str
    currency: str
    is_live: bool
    version: str
    total: int
    paid: int
    cancelled: int
    status_changed_at: datetime
    transaction_id: str = ""
    pg_provider: str = ""
    pg_tx_id: str = ""
    receipt_url: str = ""
    failure: str = ""
    paid_at: datetime | None = None
    by_account: bool = False
    account: IssuedAccount | None = None
    cancellations: tuple[ProviderCancellation, ...] = ()
    discount: int = 0
    updated_at: datetime | None = None
    paid_with: PaidWith | None = None
    disputes: tuple[ProviderDispute, ...] = ()

    @property
    def cancellable(self) -> int:
        """Won that may still be cancelled."""
        return max(0, self.total - self.cancelled)


@dataclass(frozen=True, kw_only=True)
class ProviderPage:
    """A page of a list, oldest change first. `count` includes those that could not be understood, which are left
    out."""

    payments: tuple[ProviderPayment, ...]
    count: int


class PaymentProvider(Protocol):
    """What the shop asks of a provider. Every method raises Declined, Unreachable or Nonsense."""

    async def get(self, payment_id: str) -> ProviderPayment | None:
        """The payment, or None where the provider does not know it: nothing was paid."""
        ...

    async def changed(self, *, since: datetime, until: datetime, page: int, size: int) -> ProviderPage:
        """Payments of our store whose status changed within [since, until], oldest change first. `page` begins at 0."""
        ...

    async def pre_register(self, payment_id: str, *, amount: int) -> None:
        """Fix the amount (won) before the window opens. One try of a few seconds."""
        ...

    async def cancel(
        self, payment_id: str, *, amount: int, cancellable: int, reason: str, key: str
    ) -> ProviderCancellation:
        """Cancel `amount` won, provided that `cancellable` won are left. The same key never cancels twice."""
        ...

    async def close_account(self, payment_id: str) -> None:
        """Close an issued virtual account that nothing was paid into."""
        ...


_provider: PaymentProvider | None = None


def use_provider(chosen: PaymentProvider | None) -> None:
    """Take this provider for the process; the lifespan calls it (tests and benchmarks too)."""
    global _provider  # noqa: PLW0603 - the one place that keeps it
    _provider = chosen


def provider() -> PaymentProvider:
    """The provider in use. Raises RuntimeError before one is."""
    if _provider is None:
        raise RuntimeError("no payment provider: the lifespan of the app opens it")
    return _provider
