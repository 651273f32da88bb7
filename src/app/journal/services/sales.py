"""What an order sold, written when it becomes PAID: SALE, SHIPPING, DISCOUNT, COUPON and the points spent.

One INSERT reads the rows of the order itself, so that a purchase pays one statement for its journal.
"""

from collections.abc import Sequence
from typing import Final

from src.app.journal.services.journal import ROW, TABLE, Entry, check_sign, names, once, values_of
from src.app.order.models import Order
from src.common import clock
from src.core.database import in_unit_of_work
from src.core.database.statements import change, dialect, marks

# Korean days have no summer time: nine hours ahead of UTC, all year.
DAY: Final = {"mysql": "DATE(DATE_ADD(o.paid_at, INTERVAL 9 HOUR))", "sqlite": "date(o.paid_at, '+9 hours')"}
CAUSE: Final = {"mysql": "CONCAT('{}:', {})", "sqlite": "'{}:' || {}"}
SHIPPING_TAX: Final = "COALESCE((SELECT MIN(r.tax_type) FROM order_shipping_row r WHERE r.order_id = o.id), 'TAXABLE')"
COUPONS: Final = (
    "COALESCE((SELECT SUM(e.amount) FROM order_effect e WHERE e.line_no = l.line_no AND e.kind = 'COUPON'), 0)"
)
OF_LINES: Final = (
    "SELECT o.id, l.line_no, '{kind}', {amount}, l.tax_type, NULL, {cause}, o.paid_at, {day}"
    " FROM orders o JOIN order_line l ON l.order_id = o.id WHERE {which} AND {amount} <> 0"
)
OF_ORDER: Final = (
    "SELECT o.id, '', '{kind}', {amount}, {tax}, NULL, {cause}, o.paid_at, {day}"
    " FROM orders o WHERE {which} AND {amount} <> 0"
)


async def write_sale(order: Order, *, money: Sequence[Entry] = ()) -> None:
    """Append what a locked order sold, and the entries of the money that paid it, by one INSERT. Call inside the unit
    of work that made the order PAID.

    A repeat writes nothing, as `journal.write`. SALE is the line's total after the product's own discount; DISCOUNT and
    COUPON are what lies on the line beyond it. Shipping is one row of the whole fee.
    """
    if not in_unit_of_work():
        raise RuntimeError("the journal is written in the transaction that moves the won")
    parts = ["sale"]
    parts += ["shipping"] if order.shipping_fee else []
    parts += ["discount", "coupon"] if order.discount_total else []
    parts += ["points"] if order.points_used else []
    await _insert(parts, [order.id], money=[entry for entry in money if entry.amount])


async def append_sales(order_ids: Sequence[int]) -> int:
    """Append what these locked live orders sold; return the number of new rows. Unpaid orders are skipped. For orders
    that were paid before there was a journal."""
    return await _insert([*PARTS], order_ids) if order_ids else 0


PARTS: Final = {
    "sale": (OF_LINES, "SALE", "l.line_total", ""),
    "shipping": (OF_ORDER, "SHIPPING", "o.shipping_fee", SHIPPING_TAX),
    "discount": (OF_LINES, "DISCOUNT", f"({COUPONS} - l.discount_share)", ""),
    "coupon": (OF_LINES, "COUPON", f"(0 - {COUPONS})", ""),
    "points": (OF_ORDER, "POINTS_SPENT", "o.points_used", "'NONE'"),
}


async def _insert(parts: Sequence[str], ids: Sequence[int], *, money: Sequence[Entry] = ()) -> int:
    for entry in money:
        check_sign(entry)
    now = clock.now()
    texts = [_select(part, len(ids)) for part in parts]
    texts += [f"SELECT {ROW[1:-1]}"] * len(money)
    # Without `WHERE true` SQLite could not tell ON CONFLICT from the ON of a join.
    moved = f"SELECT * FROM ({' UNION ALL '.join(texts)}) AS moved WHERE true"  # noqa: S608 - our own words
    text = f"INSERT INTO {TABLE} ({names()}) {moved}{once()}"
    values = [*ids] * len(parts) + [value for entry in money for value in values_of(entry, now)]
    return await change(text, values, is_fixed=len(ids) == 1 and len(money) <= 1)


def _select(part: str, count: int) -> str:
    template, kind, amount, tax = PARTS[part]
    words = dialect()
    return template.format(
        kind=kind,
        amount=amount,
        tax=tax,
        cause=CAUSE[words].format(part, "o.id" if template is OF_ORDER else "l.id"),
        day=DAY[words],
        which=f"o.id IN ({marks(count)}) AND o.paid_at IS NOT NULL",
    )
