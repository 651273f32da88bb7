"""The shop with a payment provider that does nothing, to measure orders without the vendor's answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from fastapi import FastAPI

from src.app.payment.services.provider.base import (
    CancelAsk,
    ProviderCancellation,
    ProviderPage,
    ProviderPayment,
    use_provider,
)
from src.app.payment.services.provider.escrow import EscrowLogistics
from src.app.payment.services.provider.receipts import ProviderReceipt, ReceiptAsk
from src.common.vendors import Unreachable
from src.main import app as shop


class Noop:
    """A `PaymentProvider` that knows no payment and pre-registers none."""

    async def get(self, payment_id: str) -> ProviderPayment | None:
        """See `PaymentProvider`."""
        return None

    async def changed(self, *, since: datetime, until: datetime, page: int, size: int) -> ProviderPage:
        """See `PaymentProvider`."""
        return ProviderPage(payments=(), count=0)

    async def pre_register(self, payment_id: str, *, amount: int, tax_free: int = 0) -> None:
        """See `PaymentProvider`."""

    async def cancel(self, payment_id: str, asked: CancelAsk) -> ProviderCancellation:
        """See `PaymentProvider`."""
        raise Unreachable("no provider in a bench")

    async def confirm(self, payment_id: str, *, token: str, attempt: str, amount: int, tax_free: int, key: str) -> None:
        """See `PaymentProvider`."""

    async def close_account(self, payment_id: str) -> None:
        """See `PaymentProvider`."""

    async def receipt(self, key: str) -> ProviderReceipt | None:
        """See `PaymentProvider`."""
        return None

    async def issue_receipt(self, asked: ReceiptAsk) -> None:
        """See `PaymentProvider`."""

    async def cancel_receipt(self, key: str) -> None:
        """See `PaymentProvider`."""

    async def tell_escrow(self, payment_id: str, logistics: EscrowLogistics, *, is_change: bool, key: str) -> None:
        """See `PaymentProvider`."""

    async def complete_escrow(self, payment_id: str, *, key: str) -> None:
        """See `PaymentProvider`."""


def without_provider(app: FastAPI) -> FastAPI:
    """Return the same app, whose lifespan replaces the provider after the start."""
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[Any]:
        async with opened(served) as state:
            use_provider(Noop())
            yield state

    app.router.lifespan_context = lifespan
    return app


app = without_provider(shop)
