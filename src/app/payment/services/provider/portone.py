"""PortOne V2 over HTTP (docs/vendors/portone.md#calls)."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import orjson

from src.app.payment.services.provider.base import CancelAsk, Payee, ProviderCancellation, ProviderPage, ProviderPayment
from src.app.payment.services.provider.escrow import EscrowLogistics, logistics_body
from src.app.payment.services.provider.portone_wire import read_cancellation, read_page, read_payment
from src.app.payment.services.provider.receipts import ProviderReceipt, ReceiptAsk
from src.app.payment.services.provider.receipts_wire import read_receipt, receipt_body
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.configs import Settings
from src.core.http import CONNECT_SECONDS, Answer, Limits, new_vendor_client
from src.core.observing.vendors import vendor_call

VENDOR = "portone"
OUTSTANDING = "IDEMPOTENCY_OUTSTANDING_REQUEST"
PG_REFUSED = "PG_PROVIDER"
NO_RECEIPT = frozenset({"CASH_RECEIPT_NOT_FOUND", "PAYMENT_NOT_FOUND"})
RETRYABLE = frozenset({408, 425, 429})


class PortOne:
    """A `PaymentProvider` with one pooled client. The API secret goes in the ``PortOne`` scheme; there is no login."""

    def __init__(self, chosen: Settings) -> None:
        portone = chosen.portone
        self._store_id = portone.store_id
        self._of_store = f"?storeId={quote_plus(portone.store_id)}"
        whole, short = portone.get_timeout_seconds, portone.pre_register_timeout_seconds
        self._get_limits = Limits(connect=CONNECT_SECONDS, read=whole, pool=whole)
        self._pre_register_limits = Limits(connect=short, read=short, pool=short)
        self._client = new_vendor_client(
            chosen.portone_url,
            headers={"Authorization": f"PortOne {portone.api_secret}"},
            read_seconds=portone.read_timeout_seconds,
        )

    async def close(self) -> None:
        """Close the pool."""
        await self._client.aclose()

    async def get(self, payment_id: str) -> ProviderPayment | None:
        """See `PaymentProvider`. Raises Nonsense for an answer about another payment id."""
        with vendor_call(VENDOR, "get"):
            try:
                body = await self._send("GET", _path(payment_id) + self._of_store, limits=self._get_limits)
            except Declined as declined:
                if declined.reason == "PAYMENT_NOT_FOUND":
                    return None
                raise
            payment = read_payment(body)
            if payment.payment_id != payment_id:
                raise Nonsense("an answer about another payment")
            return payment

    async def changed(self, *, since: datetime, until: datetime, page: int, size: int) -> ProviderPage:
        """See `PaymentProvider`. The request is a GET without a body; its JSON goes into the query parameter
        ``requestBody`` (docs/vendors/portone.md#calls)."""
        asked = {
            "page": {"number": page, "size": size},
            "filter": {
                "storeId": self._store_id,
                "timestampType": "STATUS_CHANGED_AT",
                "from": _moment(since),
                "until": _moment(until),
                "sortBy": "STATUS_CHANGED_AT",
                "sortOrder": "ASC",
            },
        }
        return read_page(await self._send("GET", f"/payments?requestBody={quote_plus(orjson.dumps(asked))}"))

    async def pre_register(self, payment_id: str, *, amount: int, tax_free: int = 0) -> None:
        """See `PaymentProvider`. Without tax-free goods nothing is said of them, as in the window."""
        with vendor_call(VENDOR, "pre-register"):
            asked = {"storeId": self._store_id, "totalAmount": amount, "currency": "KRW"}
            asked |= {"taxFreeAmount": tax_free} if tax_free else {}
            await self._send(
                "POST",
                f"{_path(payment_id)}/pre-register",
                content=orjson.dumps(asked),
                limits=self._pre_register_limits,
            )

    async def cancel(self, payment_id: str, asked: CancelAsk) -> ProviderCancellation:
        """See `PaymentProvider`. The double quotes around the key are part of the header
        (docs/vendors/portone.md#idempotency)."""
        body = {
            "storeId": self._store_id,
            "amount": asked.amount,
            "vatAmount": asked.vat,
            "currentCancellableAmount": asked.cancellable,
            "reason": asked.reason,
            "requester": "ADMIN",
            # Without it PortOne takes all of the amount as taxable.
            **({"taxFreeAmount": asked.tax_free} if asked.tax_free else {}),
            **({"refundAccount": _account(asked.payee)} if asked.payee else {}),
        }
        with vendor_call(VENDOR, "cancel"):
            headers, target = {"Idempotency-Key": f'"{asked.key}"'}, f"{_path(payment_id)}/cancel"
            return read_cancellation(await self._send("POST", target, content=orjson.dumps(body), headers=headers))

    async def confirm(self, payment_id: str, *, token: str, attempt: str, amount: int, tax_free: int, key: str) -> None:
        """See `PaymentProvider`."""
        asked = {
            "storeId": self._store_id,
            "paymentToken": token,
            "currency": "KRW",
            "totalAmount": amount,
            **({"taxFreeAmount": tax_free} if tax_free else {}),
            **({"txId": attempt} if attempt else {}),
        }
        with vendor_call(VENDOR, "confirm"):
            headers, target = {"Idempotency-Key": f'"{key}"'}, f"{_path(payment_id)}/confirm"
            await self._send("POST", target, content=orjson.dumps(asked), headers=headers)

    async def close_account(self, payment_id: str) -> None:
        """See `PaymentProvider`."""
        with vendor_call(VENDOR, "close-account"):
            await self._send("POST", f"{_path(payment_id)}/virtual-account/close{self._of_store}")

    async def tell_escrow(self, payment_id: str, logistics: EscrowLogistics, *, is_change: bool, key: str) -> None:
        """See `PaymentProvider`."""
        with vendor_call(VENDOR, "escrow"):
            await self._send(
                "PATCH" if is_change else "POST",
                f"{_path(payment_id)}/escrow/logistics",
                content=orjson.dumps(logistics_body(logistics, store_id=self._store_id)),
                headers={"Idempotency-Key": f'"{key}"'},
            )

    async def complete_escrow(self, payment_id: str, *, key: str) -> None:
        """See `PaymentProvider`."""
        with vendor_call(VENDOR, "complete-escrow"):
            content = orjson.dumps({"storeId": self._store_id, "fromStore": True})
            headers = {"Idempotency-Key": f'"{key}"'}
            await self._send("POST", f"{_path(payment_id)}/escrow/complete", content=content, headers=headers)

    async def receipt(self, key: str) -> ProviderReceipt | None:
        """See `PaymentProvider`."""
        with vendor_call(VENDOR, "receipt"):
            try:
                target = f"{_path(key)}/cash-receipt{self._of_store}"
                return read_receipt(await self._send("GET", target, limits=self._get_limits))
            except Declined as declined:
                if declined.reason in NO_RECEIPT:
                    return None
                raise

    async def issue_receipt(self, asked: ReceiptAsk) -> None:
        """See `PaymentProvider`."""
        with vendor_call(VENDOR, "issue-receipt"):
            headers = {"Idempotency-Key": f'"{asked.request_key}"'}
            content = orjson.dumps(receipt_body(asked, store_id=self._store_id))
            await self._send("POST", "/cash-receipts", content=content, headers=headers)

    async def cancel_receipt(self, key: str) -> None:
        """See `PaymentProvider`."""
        with vendor_call(VENDOR, "cancel-receipt"):
            await self._send("POST", f"{_path(key)}/cash-receipt/cancel{self._of_store}")

    async def _send(self, method: str, target: str, **options: Any) -> Any:
        try:
            answer = await self._client.request(method, target, **options)
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        if answer.status_code == httpx.codes.OK:
            return _json(answer)
        raise _error_of(answer)


def _account(payee: Payee) -> dict[str, str]:
    return {"bank": payee.bank, "number": payee.number, "holderName": payee.holder}


def _path(payment_id: str) -> str:
    return f"/payments/{quote(payment_id, safe='')}"


def _moment(moment: datetime) -> str:
    """Return the moment as RFC 3339 in UTC, cut to milliseconds, so that a range never begins later than asked."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(answer: Answer) -> Any:
    try:
        return answer.json()
    except ValueError as error:
        raise Nonsense("not JSON") from error


def _error_of(answer: Answer) -> Declined | Unreachable | Nonsense:
    """Return the error for an answer that is not 200 (docs/vendors/portone.md#errors).

    Declined is a 4xx with a type, or the PG's refusal (PG_PROVIDER). Unreachable is a call still running, 408, 425,
    429 or another 5xx. All else is Nonsense. Unreachable and Nonsense leave the outcome unknown.
    """
    try:
        body = answer.json()
        told = body.get("type") if isinstance(body, dict) else None
        word = told[:64] if isinstance(told, str) else ""
    except ValueError:
        word = ""
    status = answer.status_code
    if word == OUTSTANDING or status in RETRYABLE:
        return Unreachable(word or str(status))
    if word == PG_REFUSED:
        return Declined(word)
    if 400 <= status < 500 and word:
        return Declined(word)
    if status >= 500:
        return Unreachable(f"{status} {word}".strip())
    return Nonsense(f"HTTP {status}")
