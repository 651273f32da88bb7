"""The payment provider as a Protocol in our words. Only `portone.py` and `portone_wire.py` know PortOne's format."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from src.app.payment.models import PaidWith
from src.app.payment.services.provider.escrow import EscrowLogistics
from src.app.payment.services.provider.receipts import ProviderReceipt, ReceiptAsk


class CancellationStatus(StrEnum):
    SUCCEEDED = "SUCCEEDED"
    REQUESTED = "REQUESTED"
    FAILED = "FAILED"


@dataclass(frozen=True, kw_only=True)
class ProviderCancellation:
    """One cancellation as the provider shows it. `amount` is in won and contains `vat`; `status` is None for an unknown
    word."""

    id: str
    status: CancellationStatus | None
    amount: int
    reason: str
    vat: int = 0


@dataclass(frozen=True, kw_only=True)
class IssuedAccount:
    """A virtual account for a deposit. `due_at` and `issued_at` are None if the provider did not tell them."""

    bank: str
    number: str
    holder: str
    due_at: datetime | None
    issued_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ProviderDispute:
    """A dispute that the payer opened at the card company or wallet. `status` is the provider's word."""

    id: str
    status: str
    reason: str
    created_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProviderPayment:
    """A payment as the provider shows it now. Amounts are won; `total` is the requested price.

    `escrow` is the provider's word for where an escrow stands, None for a payment without one.
    `vat` is the VAT in `total`, None where the provider does not tell it.
    `status` is the provider's word, which may be missing in `PaymentStatus`. `paid` may be set before anything was
    paid. `status_changed_at` may be in whole seconds; `updated_at` orders changes within one second.
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
    tax_free: int = 0
    cancelled_tax_free: int = 0
    vat: int | None = None
    escrow: str | None = None

    @property
    def cancellable_vat(self) -> int | None:
        """Return the VAT that may still be cancelled, None if it is not known."""
        if self.vat is None:
            return None
        gone = (each.vat for each in self.cancellations if each.status != CancellationStatus.FAILED)
        return max(0, self.vat - sum(gone))

    @property
    def cancellable_tax_free(self) -> int:
        """Return the won without VAT that may still be cancelled."""
        return max(0, self.tax_free - self.cancelled_tax_free)

    @property
    def cancellable(self) -> int:
        """Return the won that may still be cancelled."""
        return max(0, self.total - self.cancelled)


@dataclass(frozen=True, kw_only=True)
class ProviderPage:
    """A page of payments, oldest change first. `count` includes entries that could not be read and are left out."""

    payments: tuple[ProviderPayment, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """The bank account that money goes back to. `bank` is the provider's word. Never logged."""

    bank: str
    number: str = field(repr=False)
    holder: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAsk:
    """A cancel of `amount` won, of which `tax_free` contain no VAT and the rest contains `vat`.

    The same `key` never cancels twice; `cancellable` is what was left before. The provider stores `reason`.
    What was deposited goes to `payee`.
    """

    amount: int
    tax_free: int
    vat: int
    cancellable: int
    reason: str
    key: str
    payee: Payee | None = None


class PaymentProvider(Protocol):
    """The calls that the shop makes. Every method raises Declined, Unreachable or Nonsense."""

    async def get(self, payment_id: str) -> ProviderPayment | None:
        """Return the payment, or None if the provider does not know it: then nothing was paid."""
        ...

    async def changed(self, *, since: datetime, until: datetime, page: int, size: int) -> ProviderPage:
        """Return payments of our store whose status changed within [since, until], oldest first. `page` begins at 0."""
        ...

    async def pre_register(self, payment_id: str, *, amount: int, tax_free: int = 0) -> None:
        """Fix the amount (won), and its part without VAT, before the window opens. One try with a short timeout."""
        ...

    async def cancel(self, payment_id: str, asked: CancelAsk) -> ProviderCancellation:
        """Cancel won of the payment, if exactly `asked.cancellable` won are left."""
        ...

    async def confirm(self, payment_id: str, *, token: str, attempt: str, amount: int, tax_free: int, key: str) -> None:
        """Approve a payment that the shopper authorised in the window of a channel with manual approval (수동 승인).

        `token` came from the window, `attempt` too if it told it, else empty. The provider compares `amount` (won) and
        its part without VAT with what was authorised. The same `key` never approves twice."""
        ...

    async def close_account(self, payment_id: str) -> None:
        """Close an issued virtual account that nothing was paid into."""
        ...

    async def tell_escrow(self, payment_id: str, logistics: EscrowLogistics, *, is_change: bool, key: str) -> None:
        """Tell where the goods of an escrow payment are; `is_change`: other logistics are there already."""
        ...

    async def complete_escrow(self, payment_id: str, *, key: str) -> None:
        """Confirm the purchase of an escrow payment."""
        ...

    async def receipt(self, key: str) -> ProviderReceipt | None:
        """Return the cash receipt with this id, or None if there never was one."""
        ...

    async def issue_receipt(self, asked: ReceiptAsk) -> None:
        """Issue a cash receipt. Only a read tells its number."""
        ...

    async def cancel_receipt(self, key: str) -> None:
        """Cancel the whole cash receipt with this id."""
        ...


_provider: PaymentProvider | None = None


def use_provider(chosen: PaymentProvider | None) -> None:
    """Set the provider of this process. Called by the app's lifespan, by tests and by benchmarks."""
    global _provider  # noqa: PLW0603 - the one place that keeps it
    _provider = chosen


def provider() -> PaymentProvider:
    """Return the provider in use. Raises RuntimeError if none was set."""
    if _provider is None:
        raise RuntimeError("no payment provider: the lifespan of the app opens it")
    return _provider
