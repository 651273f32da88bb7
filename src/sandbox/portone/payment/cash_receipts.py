"""Cash receipts that are issued manually. The payment id need not belong to a payment."""

import secrets
import sqlite3
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote

import orjson
from pydantic import AwareDatetime, Field, StrictBool

from src.sandbox.clock import from_rfc3339, in_seconds, now_ms, now_ns
from src.sandbox.config import SandboxConfig
from src.sandbox.ids import new_ulid
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.lists.search import DAY_MS, Page, checked
from src.sandbox.portone.payment import payments
from src.sandbox.portone.payment.model import PayMethod, Status, Wire
from src.sandbox.web import MAX_ID, Money, PositiveMoney, Text

Name = Annotated[Text, Field(min_length=1, max_length=200)]


class AmountInput(Wire):
    """The amount of the receipt, in won."""

    total: PositiveMoney
    tax_free: Money = 0
    vat: Money | None = None


class CustomerInput(Wire):
    """The person of the receipt. `identity_number` is not stored."""

    identity_number: Annotated[Text, Field(pattern=r"^[0-9-]{8,24}$")]
    identity_number_type: Literal["PHONE", "CARD", "BUSINESS"] | None = None
    name: Text | None = None
    email: Text | None = None
    phone_number: Text | None = None


class Issue(Wire):
    """Body of `POST /cash-receipts`."""

    payment_id: Annotated[Text, Field(min_length=1, max_length=MAX_ID)]
    channel_key: Name
    type: Literal["PERSONAL", "CORPORATE"]
    order_name: Name
    currency: Annotated[Text, Field(pattern=r"^[A-Z]{3}$")]
    amount: AmountInput
    customer: CustomerInput
    product_type: Literal["PHYSICAL", "DIGITAL"] | None = None
    paid_at: AwareDatetime | None = None
    store_id: Text | None = None


class Filter(Wire):
    """The fields that are simulated."""

    store_id: Text | None = None
    time_range_field: Literal["ISSUED_AT", "CANCELLED_AT"] = "ISSUED_AT"
    from_: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: AwareDatetime | None = None
    payment_id: Text | None = None
    statuses: Annotated[list[Literal["ISSUED", "CANCELLED", "ISSUE_FAILED"]], Field(max_length=3)] | None = None
    is_manual: StrictBool | None = None


class Sort(Wire):
    """Sort field and direction."""

    by: Literal["ISSUED_AT", "CANCELLED_AT"] = "ISSUED_AT"
    order: Literal["DESC", "ASC"] = "DESC"


class ListRequest(Wire):
    """The JSON in `requestBody`."""

    page: Page = Field(default_factory=Page)
    sort: Sort = Field(default_factory=Sort)
    filter: Filter = Field(default_factory=Filter)


_COLUMN: Final = {"ISSUED_AT": "issued_at", "CANCELLED_AT": "cancelled_at"}


def shown(db: sqlite3.Connection, payment_id: str) -> bytes:
    """Return the receipt of a payment id as JSON. Raises PortOneError CASH_RECEIPT_NOT_FOUND."""
    row = db.execute("SELECT doc FROM portone_cash_receipts WHERE payment_id = ?", (payment_id,)).fetchone()
    if row is None:
        raise PortOneError("CASH_RECEIPT_NOT_FOUND", "현금영수증이 존재하지 않습니다.")
    return bytes(row["doc"])


def issue(db: sqlite3.Connection, config: SandboxConfig, ask: Issue) -> dict[str, Any]:
    """Issue a receipt and return its summary. A paid payment with that id shows the receipt from now on."""
    if not config.knows_channel(ask.channel_key):
        raise PortOneError("CHANNEL_NOT_FOUND", "채널이 존재하지 않습니다.")
    amount = ask.amount
    vat = payments.vat_of(amount.total - min(amount.tax_free, amount.total)) if amount.vat is None else amount.vat
    if amount.tax_free + vat > amount.total:
        raise PortOneError("INVALID_REQUEST", "amount: taxFree and vat must not be above total")
    found = db.execute("SELECT status FROM portone_cash_receipts WHERE payment_id = ?", (ask.payment_id,)).fetchone()
    if found is not None and found["status"] == "ISSUED":
        raise PortOneError("CASH_RECEIPT_ALREADY_ISSUED", "현금영수증이 이미 발급되었습니다.")
    at = in_seconds(now_ns())
    doc = {
        "status": "ISSUED",
        "merchantId": payments.MERCHANT_ID,
        "storeId": config.store_id,
        "paymentId": ask.payment_id,
        "channel": payments.channel_of(ask.channel_key, PayMethod.TRANSFER).wire(),
        "amount": amount.total,
        "taxFreeAmount": amount.tax_free,
        "vatAmount": vat,
        "currency": ask.currency,
        "orderName": ask.order_name,
        "isManual": True,
        "type": ask.type,
        "pgReceiptId": f"pgreceipt-{new_ulid()}",
        "issueNumber": "".join(secrets.choice("0123456789") for _ in range(9)),
        "url": f"{config.base_url}/portone/receipts/{quote(ask.payment_id, safe='')}",
        "issuedAt": at,
        "statusUpdatedAt": at,
    }
    _keep(db, doc)
    return {name: doc[name] for name in ("issueNumber", "url", "pgReceiptId")}


def cancel(db: sqlite3.Connection, payment_id: str) -> dict[str, Any]:
    """Cancel the receipt and return `{cancelledAmount, cancelledAt}`."""
    doc: dict[str, Any] = orjson.loads(shown(db, payment_id))
    if doc["status"] != "ISSUED":
        raise PortOneError("CASH_RECEIPT_NOT_ISSUED", "현금영수증이 발급된 상태가 아닙니다.")
    at = in_seconds(now_ns())
    doc |= {"status": "CANCELLED", "cancelledAt": at, "statusUpdatedAt": at}
    _keep(db, doc)
    return {"cancelledAmount": doc["amount"], "cancelledAt": at}


def listed(db: sqlite3.Connection, ask: ListRequest) -> bytes:
    """`{"items": [...], "page": {number, size, totalCount}}`."""
    checked(ask.page)
    asked, column = ask.filter, _COLUMN[ask.filter.time_range_field]
    until = now_ms() if asked.until is None else round(asked.until.timestamp() * 1000)
    start = until - 90 * DAY_MS if asked.from_ is None else round(asked.from_.timestamp() * 1000)
    terms: list[str] = [f"{column} BETWEEN ? AND ?"]
    values: list[Any] = [start, until]
    more: tuple[tuple[str, Any], ...] = (("payment_id", asked.payment_id), ("is_manual", asked.is_manual))
    for name, value in more:
        if value is not None:
            terms.append(f"{name} = ?")
            values.append(value)
    if asked.statuses is not None:
        terms.append(f"status IN ({', '.join('?' for _ in asked.statuses)})")
        values += asked.statuses
    # The SQL contains only constants of this module; every value is bound.
    matching = f"FROM portone_cash_receipts WHERE {' AND '.join(terms)}"
    total = db.execute(f"SELECT count(*) {matching}", values).fetchone()[0]
    sort, page = ask.sort, ask.page
    rows = db.execute(
        f"SELECT doc {matching} ORDER BY {_COLUMN[sort.by]} {sort.order}, payment_id {sort.order} LIMIT ? OFFSET ?",
        [*values, page.size, page.number * page.size],
    ).fetchall()
    items = b",".join(bytes(row["doc"]) for row in rows)
    tail = b'],"page":{"number":%d,"size":%d,"totalCount":%d}}' % (page.number, page.size, total)
    return b'{"items":[' + items + tail


def _keep(db: sqlite3.Connection, doc: dict[str, Any]) -> None:
    cancelled_at = from_rfc3339(doc["cancelledAt"]) if "cancelledAt" in doc else None
    db.execute(
        "INSERT OR REPLACE INTO portone_cash_receipts VALUES (?, ?, ?, ?, ?, ?)",
        (
            doc["paymentId"],
            doc["status"],
            doc["isManual"],
            from_rfc3339(doc["issuedAt"]),
            cancelled_at,
            orjson.dumps(doc),
        ),
    )
    record = payments.load(db, doc["paymentId"])
    payment = record.payment
    if payment is None or payment.status not in (Status.PAID, Status.PARTIAL_CANCELLED):
        return
    names = ("status", "type", "pgReceiptId", "issueNumber", "taxFreeAmount", "currency", "url", "issuedAt")
    payment.cash_receipt = {name: doc[name] for name in names} | {"totalAmount": doc["amount"]}
    if "cancelledAt" in doc:
        payment.cash_receipt["cancelledAt"] = doc["cancelledAt"]
    payment.cash_receipt_issuance_status = "ISSUED"
    payments.touch(payment)
    payments.save(db, record)
