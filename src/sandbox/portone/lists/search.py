"""`GET /payments`: pages of payments for reconciliation (docs/vendors/portone.md#calls-that-are-made)."""

import sqlite3
from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, ConfigDict, Field, StrictBool, StrictInt
from pydantic.alias_generators import to_camel

from src.sandbox.clock import now_ms
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment.model import Wire
from src.sandbox.web import Text

DAY_MS: Final = 86_400_000
DEEPEST: Final = 60_000

StatusWord = Literal["READY", "PENDING", "VIRTUAL_ACCOUNT_ISSUED", "PAID", "FAILED", "PARTIAL_CANCELLED", "CANCELLED"]
MethodWord = Literal[
    "CARD", "TRANSFER", "VIRTUAL_ACCOUNT", "GIFT_CERTIFICATE", "MOBILE", "EASY_PAY", "CONVENIENCE_STORE", "CRYPTO"
]
TimeWord = Literal["REQUESTED_AT", "STATUS_CHANGED_AT"]


class Page(Wire):
    """A page; `number` is zero-based."""

    number: Annotated[StrictInt, Field(ge=0, le=DEEPEST)] = 0
    size: Annotated[StrictInt, Field(ge=1, le=1000)] = 10


class Filter(Wire):
    """The simulated fields. Another documented field is a 400, because ignoring it would return too many payments."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    store_id: Text | None = None
    timestamp_type: Literal["CREATED_AT", "STATUS_CHANGED_AT"] = "STATUS_CHANGED_AT"
    from_: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: AwareDatetime | None = None
    status: Annotated[list[StatusWord], Field(max_length=20)] | None = None
    methods: Annotated[list[MethodWord], Field(max_length=20)] | None = None
    is_test: StrictBool | None = None
    version: Literal["V1", "V2"] | None = None
    currency: Text | None = None
    sort_by: TimeWord = "REQUESTED_AT"
    sort_order: Literal["DESC", "ASC"] = "DESC"


class SearchRequest(Wire):
    """The JSON in the query parameter `requestBody`."""

    page: Page = Field(default_factory=Page)
    filter: Filter = Field(default_factory=Filter)


_ORDER: Final = {"REQUESTED_AT": "requested_at", "STATUS_CHANGED_AT": "changed_at"}
"""Columns to sort by. `changed_at` has milliseconds, so that changes within one second stay in their order."""
_WORD: Final = {"CREATED_AT": "REQUESTED_AT", "STATUS_CHANGED_AT": "STATUS_CHANGED_AT"}
_COLUMN: Final = {
    "CREATED_AT": "requested_at",
    "STATUS_CHANGED_AT": "status_changed_at",
}


def search(db: sqlite3.Connection, ask: SearchRequest) -> bytes:
    """Return `{"items": [...], "page": {number, size, totalCount}}`. Both ends of the time range are inclusive."""
    page = checked(ask.page)
    where, values = _conditions(ask.filter)
    # The SQL contains only constants of this module; every value is bound.
    matching = f"FROM portone_payments WHERE {where}"
    total = db.execute(f"SELECT count(*) {matching}", values).fetchone()[0]
    column, order = _ORDER[ask.filter.sort_by], ask.filter.sort_order
    rows = db.execute(
        f"SELECT doc {matching} ORDER BY {column} {order}, id {order} LIMIT ? OFFSET ?",
        [*values, page.size, page.number * page.size],
    ).fetchall()
    items = b",".join(bytes(row["doc"]) for row in rows)
    tail = b'],"page":{"number":%d,"size":%d,"totalCount":%d}}' % (page.number, page.size, total)
    return b'{"items":[' + items + tail


def checked(page: Page) -> Page:
    """Return the page. Raises PortOneError INVALID_REQUEST if it ends after item `DEEPEST`."""
    if (page.number + 1) * page.size > DEEPEST:
        raise PortOneError("INVALID_REQUEST", f"page: (number + 1) * size must be at most {DEEPEST}")
    return page


def _conditions(ask: Filter) -> tuple[str, list[Any]]:
    until = now_ms() if ask.until is None else round(ask.until.timestamp() * 1000)
    start = until - 90 * DAY_MS if ask.from_ is None else round(ask.from_.timestamp() * 1000)
    shown, exact = _COLUMN[ask.timestamp_type], _ORDER[_WORD[ask.timestamp_type]]
    # The end of the range is compared with the time as shown, in whole seconds: the exact time may be a little later.
    terms = [f"status IS NOT NULL AND {exact} >= ? AND {shown} <= ?"]
    values: list[Any] = [start, until]
    # The filter's PENDING is the payment's PAY_PENDING.
    status = None if ask.status is None else ["PAY_PENDING" if word == "PENDING" else word for word in ask.status]
    for name, words in (("status", status), ("pay_method", ask.methods)):
        if words is not None:
            terms.append(_one_of(name, words))
            values.extend(words)
    if ask.currency is not None:
        terms.append("currency = ?")
        values.append(ask.currency)
    if ask.is_test is False or ask.version == "V1":
        terms.append("0")
    return " AND ".join(terms), values


def _one_of(column: str, words: Iterable[str]) -> str:
    marks = ", ".join("?" for _ in words)
    return f"{column} IN ({marks})"
