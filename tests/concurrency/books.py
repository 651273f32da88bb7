"""Invariants of the idle shop's data as SQL. Each statement returns the rows that violate one, so none may return a
row."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.concurrency.servers import Database
from tests.concurrency.support import until

WRONG = {
    "stock is the sum of its ledger": """
        SELECT v.id, v.stock, COALESCE(SUM(l.delta), 0) AS told FROM variant v
        LEFT JOIN stock_ledger l ON l.variant_id = v.id GROUP BY v.id, v.stock HAVING v.stock <> told""",
    "stock is not below 0": "SELECT id, stock FROM variant WHERE stock < 0",
    "a line has one HOLD; one SALE when paid; one RELEASE when ended; nothing else": """
        SELECT n.line_no, o.status, n.quantity, GROUP_CONCAT(l.kind, l.delta) FROM order_line n
        JOIN orders o ON o.id = n.order_id LEFT JOIN stock_ledger l ON l.line_id = n.id
        GROUP BY n.id, n.line_no, n.quantity, o.status
        HAVING COUNT(l.id) <> IF(o.status IN ('PENDING', 'AWAITING_DEPOSIT'), 1, 2)
        OR SUM(l.kind = 'HOLD' AND l.delta = -n.quantity) <> 1
        OR SUM(l.kind = 'SALE' AND l.delta = 0) <> (o.status = 'PAID')
        OR SUM(l.kind = 'RELEASE' AND l.delta = n.quantity) <> (o.status IN ('EXPIRED', 'CANCELLED'))""",
    "a line's ledger rows are of its variant": """
        SELECT l.id FROM stock_ledger l LEFT JOIN order_line n ON n.id = l.line_id
        WHERE l.kind NOT IN ('OPENING', 'ADJUST')
        AND (n.id IS NULL OR n.variant_id <> l.variant_id OR l.source <> CONCAT('line:', n.line_no))""",
    "an order has lines": """
        SELECT o.order_no FROM orders o LEFT JOIN order_line n ON n.order_id = o.id WHERE n.id IS NULL""",
    "lines stand where their order stands": """
        SELECT n.line_no FROM order_line n JOIN orders o ON o.id = n.order_id WHERE n.status <> o.status""",
    "an order's sums are its lines'": """
        SELECT o.order_no FROM orders o JOIN order_line n ON n.order_id = o.id
        GROUP BY o.id, o.order_no, o.item_total, o.total, o.discount_total, o.shipping_fee, o.points_used
        HAVING SUM(n.line_total) <> o.item_total
        OR o.total <> o.item_total - o.discount_total + o.shipping_fee - o.points_used""",
    "the timeline begins once, ends once, and ends where the order stands": """
        SELECT o.order_no, o.status, GROUP_CONCAT(e.from_status, '>', e.to_status) FROM orders o
        LEFT JOIN order_event e ON e.order_id = o.id GROUP BY o.id, o.order_no, o.status
        HAVING SUM(e.from_status = '' AND e.to_status = 'PENDING') <> 1
        OR SUM(e.to_status IN ('PAID', 'EXPIRED', 'CANCELLED')) <> (o.status IN ('PAID', 'EXPIRED', 'CANCELLED'))
        OR SUM(e.to_status = 'PENDING') - SUM(e.from_status = 'PENDING') <> (o.status = 'PENDING')
        OR SUM(e.to_status = 'AWAITING_DEPOSIT') - SUM(e.from_status = 'AWAITING_DEPOSIT')
        <> (o.status = 'AWAITING_DEPOSIT')
        OR SUM(e.to_status = o.status) = 0""",
    "a paid order is settled by exactly one payment, of its total; others by none": """
        SELECT o.order_no, o.status, GROUP_CONCAT(p.verdict) FROM orders o
        LEFT JOIN payment p ON p.order_id = o.id GROUP BY o.id, o.order_no, o.status, o.total
        HAVING COALESCE(SUM(p.verdict = 'SETTLED'), 0) <> (o.status = 'PAID')
        OR COALESCE(SUM(p.settles_order_id = o.id AND p.status = 'PAID' AND p.total_amount = o.total), 0)
        <> (o.status = 'PAID')""",
    "an order has a payment": """
        SELECT o.order_no FROM orders o LEFT JOIN payment p ON p.order_id = o.id WHERE p.id IS NULL""",
    "a paid order told so once, others never": """
        SELECT o.order_no, o.status, COUNT(e.id) AS told FROM orders o
        LEFT JOIN outbox_event e ON e.topic = 'order.paid' AND e.aggregate = CONCAT('order:', o.id)
        GROUP BY o.id, o.order_no, o.status HAVING told <> (o.status = 'PAID')""",
    "a payment that did not count has one refund, others none": """
        SELECT p.payment_id, p.verdict, COUNT(r.id) AS refunds FROM payment p
        LEFT JOIN refund r ON r.payment_id = p.id GROUP BY p.id, p.payment_id, p.verdict
        HAVING refunds <> (p.verdict IN ('LATE', 'DUPLICATE', 'MISMATCH'))""",
    "an order belongs to exactly one key": """
        SELECT o.order_no, COUNT(k.id) AS made_by FROM orders o
        LEFT JOIN idempotency_key k ON k.endpoint = 'POST /api/v1/orders' AND k.effect = o.order_no
        AND k.state = 'DONE' GROUP BY o.id, o.order_no HAVING made_by <> 1""",
    "a key that is done has its order": """
        SELECT k.request_key FROM idempotency_key k LEFT JOIN orders o ON o.order_no = k.effect
        WHERE k.endpoint = 'POST /api/v1/orders' AND k.state = 'DONE' AND o.id IS NULL""",
    "nothing was set aside": """
        SELECT 'inbox', id FROM inbox_message WHERE work_status = 'DEAD'
        UNION SELECT 'outbox', id FROM outbox_event WHERE work_status = 'DEAD'
        UNION SELECT 'refund', id FROM refund WHERE work_status = 'DEAD'""",
    "nothing needs a person": "SELECT kind, reference, detail FROM discrepancy",
}
WAITING = """
    SELECT 'inbox', id, attempts, available_at, last_error FROM inbox_message WHERE work_status = 'PENDING'
    UNION SELECT topic, id, attempts, available_at, last_error FROM outbox_event WHERE work_status = 'PENDING'
    UNION SELECT 'refund', id, attempts, available_at, last_error FROM refund WHERE work_status = 'PENDING'"""


async def faults(database: Database, *, but: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Return the first five rows of every statement in `WRONG`, except those in `but`, that found a violation."""
    found = {name: (await database.rows(statement))[:5] for name, statement in WRONG.items() if name not in but}
    return {name: rows for name, rows in found.items() if rows}


async def all_worked_off(database: Database, *, seconds: float = 60.0) -> None:
    """Wait until inbox, outbox and refunds have no pending row. Fails with the pending rows after `seconds`."""

    async def is_empty() -> bool:
        return not await database.rows(WAITING)

    await until(is_empty, seconds=seconds)
    left = await database.rows(WAITING)
    assert not left, left


async def all_ended(database: Database, *, seconds: float = 90.0) -> bool:
    """Return True if every order is PAID or EXPIRED within `seconds`."""

    async def is_so() -> bool:
        return await database.number("SELECT COUNT(*) FROM orders WHERE status NOT IN ('PAID', 'EXPIRED')") == 0

    return await until(is_so, seconds=seconds, every=0.2)


@dataclass(frozen=True, kw_only=True)
class Money:
    """A payment as the provider and the shop have it, with its order. Amounts are in won."""

    payment_id: str
    order_status: str
    verdict: str
    ours: str
    asked: int
    refund: str
    theirs: str
    paid: int
    cancelled: int
    cancels: tuple[int, ...]

    @property
    def problem(self) -> str:
        """The violation, or an empty text if there is none."""
        if self.paid == 0:
            return "settled without money" if self.verdict else ""
        if sum(self.cancels) != self.cancelled or len(self.cancels) > 1:
            return "refunded more than once"
        if self.verdict == "SETTLED":
            is_right = self.order_status == "PAID" and self.paid == self.asked and self.cancelled == 0
        else:
            is_right = self.cancelled == self.paid and self.refund == "SUCCEEDED"
        return "" if is_right and self.ours == self.theirs else "money and order differ"


async def money(database: Database, client: httpx.AsyncClient) -> list[Money]:
    """Return all payments of the shop, paid or not."""
    rows = await database.rows(
        "SELECT p.payment_id, o.status, p.verdict, p.status, p.total_amount, COALESCE(r.status, '')"
        " FROM payment p JOIN orders o ON o.id = p.order_id LEFT JOIN refund r ON r.payment_id = p.id ORDER BY p.id"
    )
    found = []
    for first in range(0, len(rows), 20):
        found += await asyncio.gather(*(_money(client, row) for row in rows[first : first + 20]))
    return found


async def _money(client: httpx.AsyncClient, row: tuple[Any, ...]) -> Money:
    number, order_status, verdict, ours, asked, refund = row
    answer = await client.get(f"/sandbox/control/payments/{number}")
    assert answer.status_code in (200, 404), answer.text
    never_opened: dict[str, Any] = {"status": "", "amount": {"paid": 0, "cancelled": 0}}
    shown = answer.json() if answer.status_code == 200 else never_opened
    done = [one["totalAmount"] for one in shown.get("cancellations", []) if one["status"] == "SUCCEEDED"]
    return Money(
        payment_id=number,
        order_status=order_status,
        verdict=verdict,
        ours=ours,
        asked=asked,
        refund=refund,
        theirs=shown["status"],
        paid=shown["amount"]["paid"] if "paidAt" in shown else 0,  # `paid` is set before anything is paid
        cancelled=shown["amount"]["cancelled"],
        cancels=tuple(done),
    )


async def money_is_right(database: Database, client: httpx.AsyncClient, *, seconds: float = 60.0) -> list[Money]:
    """Wait until money and orders agree, and return all payments. Fails with the differences after `seconds`."""
    found: list[Money] = []

    async def agrees() -> bool:
        nonlocal found
        found = await money(database, client)
        return not any(one.problem for one in found)

    await until(agrees, seconds=seconds, every=0.5)
    wrong = [(one.problem, one) for one in found if one.problem]
    assert not wrong, wrong
    return found
