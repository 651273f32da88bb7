"""PortOne's V2 wire format (REST 1.16). Unknown fields are ignored and unknown words accepted: PortOne may add both
(docs/vendors/portone.md#calls)."""

import logging
from datetime import datetime
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from src.app.payment.models import PaidWith
from src.app.payment.services.provider.base import (
    CancellationStatus,
    IssuedAccount,
    ProviderCancellation,
    ProviderDispute,
    ProviderPage,
    ProviderPayment,
)
from src.common.vendors import Nonsense

logger = logging.getLogger(__name__)

VIRTUAL_ACCOUNT = "PaymentMethodVirtualAccount"
PAID_WITH: Final = {
    "PaymentMethodCard": PaidWith.CARD,
    "PaymentMethodEasyPay": PaidWith.EASY_PAY,
    "PaymentMethodTransfer": PaidWith.TRANSFER,
    "PaymentMethodMobile": PaidWith.MOBILE,
    VIRTUAL_ACCOUNT: PaidWith.VIRTUAL_ACCOUNT,
    "PaymentMethodGiftCertificate": PaidWith.GIFT_CERTIFICATE,
    "PaymentMethodConvenienceStore": PaidWith.CONVENIENCE_STORE,
    "PaymentMethodCrypto": PaidWith.CRYPTO,
}


class Wire(BaseModel):
    """Base of the wire models: camelCase aliases, unknown fields ignored, null equals absent (`_read`)."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


W = TypeVar("W", bound=Wire)


class WireAmount(Wire):
    total: int
    discount: int = 0
    paid: int = 0
    cancelled: int = 0
    tax_free: int = Field(0, alias="taxFree")
    cancelled_tax_free: int = Field(0, alias="cancelledTaxFree")
    vat: int | None = None


class WireChannel(Wire):
    type: str = ""
    pg_provider: str = Field("", alias="pgProvider")


class WireMethod(Wire):
    type: str = ""
    bank: str | None = None
    account_number: str | None = Field(None, alias="accountNumber")
    remittee_name: str | None = Field(None, alias="remitteeName")
    issued_at: datetime | None = Field(None, alias="issuedAt")
    expired_at: datetime | None = Field(None, alias="expiredAt")


class WireFailure(Wire):
    reason: str | None = None
    pg_code: str | None = Field(None, alias="pgCode")


class WireDispute(Wire):
    status: str = ""
    pg_dispute_id: str = Field("", alias="pgDisputeId")
    reason: str = ""
    created_at: datetime | None = Field(None, alias="createdAt")
    resolved_at: datetime | None = Field(None, alias="resolvedAt")

    def ours(self, payment_id: str) -> ProviderDispute:
        """Convert to our type. Without an id of the PG, payment id and time of creation (Unix seconds) form the id."""
        moment = 0 if self.created_at is None else round(self.created_at.timestamp())
        return ProviderDispute(
            id=self.pg_dispute_id or f"{payment_id}:{moment}",
            status=self.status,
            reason=self.reason,
            created_at=self.created_at,
            resolved_at=self.resolved_at,
        )


class WireCancellation(Wire):
    status: str
    id: str
    total_amount: int = Field(alias="totalAmount")
    vat_amount: int = Field(0, alias="vatAmount")
    reason: str = ""

    def ours(self) -> ProviderCancellation:
        """Convert to our type."""
        known = CancellationStatus.__members__.get(self.status)
        return ProviderCancellation(
            id=self.id, status=known, amount=self.total_amount, reason=self.reason, vat=self.vat_amount
        )


class WireEscrow(Wire):
    status: str = ""


class WirePayment(Wire):
    escrow: WireEscrow | None = None
    status: str
    id: str
    store_id: str = Field(alias="storeId")
    currency: str
    version: str = ""
    amount: WireAmount
    status_changed_at: datetime = Field(alias="statusChangedAt")
    updated_at: datetime | None = Field(None, alias="updatedAt")
    transaction_id: str = Field("", alias="transactionId")
    channel: WireChannel | None = None
    method: WireMethod | None = None
    pg_tx_id: str | None = Field(None, alias="pgTxId")
    receipt_url: str | None = Field(None, alias="receiptUrl")
    paid_at: datetime | None = Field(None, alias="paidAt")
    failure: WireFailure | None = None
    cancellations: list[WireCancellation] = Field(default_factory=list)
    disputes: list[WireDispute] = Field(default_factory=list)

    def ours(self) -> ProviderPayment:
        """Convert to our type."""
        channel, failure = self.channel or NO_CHANNEL, self.failure or NO_FAILURE
        by_account = self.method is not None and self.method.type == VIRTUAL_ACCOUNT
        return ProviderPayment(
            payment_id=self.id,
            status=self.status,
            store_id=self.store_id,
            currency=self.currency,
            is_live=channel.type == "LIVE",
            version=self.version,
            total=self.amount.total,
            paid=self.amount.paid,
            cancelled=self.amount.cancelled,
            status_changed_at=self.status_changed_at,
            transaction_id=self.transaction_id,
            pg_provider=channel.pg_provider,
            pg_tx_id=self.pg_tx_id or "",
            receipt_url=self.receipt_url or "",
            failure=failure.reason or failure.pg_code or "",
            paid_at=self.paid_at,
            by_account=by_account,
            account=self._account() if by_account else None,
            cancellations=tuple(cancellation.ours() for cancellation in self.cancellations),
            discount=self.amount.discount,
            updated_at=self.updated_at,
            paid_with=self._paid_with(),
            disputes=tuple(dispute.ours(self.id) for dispute in self.disputes),
            tax_free=self.amount.tax_free,
            cancelled_tax_free=self.amount.cancelled_tax_free,
            vat=self.amount.vat,
            escrow=self.escrow.status if self.escrow else None,
        )

    def _paid_with(self) -> PaidWith | None:
        if self.method is None or not self.method.type:
            return None
        return PAID_WITH.get(self.method.type, PaidWith.OTHER)

    def _account(self) -> IssuedAccount | None:
        method = self.method
        if method is None or not method.account_number:
            return None
        return IssuedAccount(
            bank=method.bank or "",
            number=method.account_number,
            holder=method.remittee_name or "",
            due_at=method.expired_at,
            issued_at=method.issued_at,
        )


NO_CHANNEL: Final = WireChannel.model_validate({})
NO_FAILURE: Final = WireFailure.model_validate({})


def _read(model: type[W], body: Any) -> W:
    """Read the model. Where a field is null that may only be absent, nulls are left out: null equals absent."""
    try:
        return model.model_validate(body)
    except ValidationError:
        return model.model_validate(_without_nulls(body))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(entry) for name, entry in value.items() if entry is not None}
    return [_without_nulls(entry) for entry in value] if isinstance(value, list) else value


def read_payment(body: Any) -> ProviderPayment:
    """Read a payment from PortOne's JSON. Raises Nonsense if fields are missing or malformed."""
    try:
        return _read(WirePayment, body).ours()
    except ValidationError as error:
        raise Nonsense(f"payment: {error.error_count()} fields") from error


def read_page(body: Any) -> ProviderPage:
    """Read a page of payments. An unreadable payment is left out and logged as CRITICAL.

    Raises Nonsense if the body has no list.
    """
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list):
        raise Nonsense("payments: no items")
    found = []
    for item in items:
        try:
            found.append(read_payment(item))
        except Nonsense as nonsense:
            logger.critical("a listed payment is not understood: %s", nonsense.reason)
    return ProviderPage(payments=tuple(found), count=len(items))


def read_cancellation(body: Any) -> ProviderCancellation:
    """Read the cancellation from the answer to a cancel. Raises Nonsense if there is none."""
    try:
        return _read(WireCancellation, body["cancellation"]).ours()
    except (ValidationError, KeyError, TypeError) as error:
        raise Nonsense("cancel: no cancellation in the answer") from error
