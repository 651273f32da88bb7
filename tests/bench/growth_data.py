"""Fill an empty order book by SQL: orders of one year with all that belongs to them. The same seed gives the same rows.

The database must have the shop's schema and products, and no orders. The rows are consistent: every check of the
promises passes, and stock stays what its ledger says. Of N orders the first CLOSED expired a year ago and may be
archived, the last OVERDUE are unpaid and past their hold, all others are paid. Their events, webhooks and messages are
there for the last month, their keys for the last two days, as the jobs that delete old ones would leave them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from src.app.notification.models import Message
from src.app.order.models import Order, OrderEvent, OrderLine
from src.app.payment.models import Payment
from src.app.product.models import StockLedger
from src.common.models import IdempotencyKey, InboxMessage, OutboxEvent
from src.core.database.models import Model

CLOSED: Final = 500
OVERDUE: Final = 200
YEAR: Final = timedelta(days=365)
NUMBERS: Final = "bench_number"
PLACES: Final = "bench_variant"
# The sold variant, its price and the fee of an order of one unit.
SOLD: Final = f"{NUMBERS} b JOIN {PLACES} v ON v.place = MOD(CRC32(CONCAT(%(seed)s, 'v', b.n)), %(variants)s)"
FEE: Final = "IF(v.price < 100000, 2500, 0)"
PLACED: Final = "TIMESTAMPADD(SECOND, FLOOR(b.n * %(step)s), '%(begin)s')"
PAID: Final = f"TIMESTAMPADD(SECOND, 90, {PLACED})"
NO: Final = f"CONCAT(DATE_FORMAT({PLACED}, '%%Y%%m%%d'), '-', LPAD(HEX(b.n), 8, '0'))"
ENDED: Final = f"TIMESTAMPADD(SECOND, 1800, {PLACED})"
IS_CLOSED: Final = "b.n <= %(closed)s"
IS_OPEN: Final = "b.n > %(paid)s"


def by_state(closed: str, is_open: str, paid: str) -> str:
    """Return an expression with another value for closed, open and paid orders."""
    return f"CASE WHEN {IS_CLOSED} THEN {closed} WHEN {IS_OPEN} THEN {is_open} ELSE {paid} END"


STATUS: Final = by_state("'EXPIRED'", "'PENDING'", "'PAID'")
CHANGED: Final = by_state(ENDED, PLACED, PAID)
PHONE: Final = "CONCAT('010', LPAD(MOD(CRC32(CONCAT(%(seed)s, 'p', b.n)), 100000000), 8, '0'))"
MAIL: Final = "CONCAT('u', MOD(CRC32(CONCAT(%(seed)s, 'm', b.n)), 400000), '@example.com')"

ORDERS: Final = {
    "id": "b.n", "order_no": NO, "status": STATUS, "language": "'ko'", "orderer_name": "'김민지'", "orderer_phone": PHONE,
    "member_id": "IF(MOD(b.n, 3), NULL, 1000000000 + MOD(CRC32(CONCAT(%(seed)s, 'i', b.n)), 100000))",
    "orderer_email": MAIL, "client_network": "CONCAT('10.', MOD(b.n, 250), '.', MOD(b.n, 239), '.1')",
    "recipient": "'김민지'", "recipient_phone": PHONE, "zipcode": "'06236'", "address": "'서울 강남구 테헤란로 1'",
    "item_total": "v.price", "shipping_fee": FEE, "total": f"v.price + {FEE}", "created_at": PLACED, "updated_at": CHANGED,
    "expires_at": ENDED, "paid_at": by_state("NULL", "NULL", PAID), "ended_at": by_state(ENDED, "NULL", "NULL"),
}  # fmt: skip
LINES: Final = {
    "id": "b.n", "order_id": "b.n", "line_no": f"CONCAT({NO}, '-01')", "variant_id": "v.variant_id",
    "product_id": "v.product_id", "product_code": "v.product_code", "sku": "v.sku", "name": "v.name", "color": "v.color",
    "size": "v.size", "image_path": "v.image_path", "origin_price": "v.price", "unit_price": "v.price", "quantity": "1",
    "line_total": "v.price", "status": STATUS, "ordered_at": PLACED, "paid_at": by_state("NULL", "NULL", PAID),
}  # fmt: skip
PAYMENT_ID: Final = "CONCAT('01BENCH', LPAD(b.n, 19, '0'))"
PAYMENTS: Final = {
    "id": "b.n", "order_id": "b.n", "payment_id": PAYMENT_ID, "pay_method": "'CARD'", "total_amount": f"v.price + {FEE}",
    "status": by_state("'READY'", "'READY'", "'PAID'"), "verdict": by_state("''", "''", "'SETTLED'"),
    "paid_with": by_state("NULL", "NULL", "'CARD'"), "settles_order_id": by_state("NULL", "NULL", "b.n"),
    "status_changed_at": by_state("NULL", "NULL", PAID), "paid_at": by_state("NULL", "NULL", PAID),
    "charged_amount": by_state("NULL", "NULL", f"v.price + {FEE}"), "paid_amount": by_state("0", "0", f"v.price + {FEE}"),
    "transaction_id": f"CONCAT('tx-', {PAYMENT_ID})", "created_at": PLACED, "updated_at": CHANGED,
}  # fmt: skip
PLACING: Final = {
    "order_id": "b.n", "to_status": "'PENDING'", "actor": "'guest'", "created_at": PLACED,
}  # fmt: skip
ENDING: Final = {
    "order_id": "b.n", "from_status": "'PENDING'", "to_status": STATUS, "actor": "'system'", "created_at": CHANGED,
}  # fmt: skip
LEDGER: Final = {"variant_id": "v.variant_id", "source": f"CONCAT('line:', {NO}, '-01')", "line_id": "b.n"}
HOLDS: Final = {**LEDGER, "kind": "'HOLD'", "delta": "-1", "created_at": PLACED}
MOVES: Final = {
    **LEDGER, "kind": f"IF({IS_CLOSED}, 'RELEASE', 'SALE')", "delta": f"IF({IS_CLOSED}, 1, 0)", "created_at": CHANGED,
}  # fmt: skip
DONE: Final = {"work_status": "'DONE'", "available_at": PAID, "done_at": PAID, "attempts": "1"}
EVENTS: Final = {
    **DONE, "topic": "'order.paid'", "aggregate": "CONCAT('order:', b.n)", "payload": "CONCAT('{\"order_id\": ', b.n, '}')",
    "created_at": PAID,
}  # fmt: skip
WEBHOOKS: Final = {
    **DONE, "source": "'portone'", "message_id": "CONCAT('bench-', b.n)", "topic": "'Transaction.Paid'", "body": "'{}'",
    "received_at": PAID,
}  # fmt: skip
MESSAGES: Final = {
    **DONE, "number": "CONCAT('BENCH', LPAD(b.n, 21, '0'))", "event_key": "CONCAT('order.paid:', b.n)",
    "template": "'order_paid'", "way": "'mail'", "channel": "'mail'", "language": "'ko'", "status": "'SENT'",
    "order_no": NO, "recipient_hash": f"SHA2({MAIL}, 256)", "sent_at": PAID, "created_at": PAID,
    "forget_at": f"TIMESTAMPADD(DAY, 90, {PAID})",
}  # fmt: skip
KEYS: Final = {
    "scope": "'guest'", "endpoint": "'POST /api/v1/orders'", "request_key": "CONCAT('bench-key-', b.n)",
    "body_hash": "SHA2(b.n, 256)", "guest_intent": "SHA2(CONCAT('i', b.n), 256)", "state": "'DONE'", "effect": NO,
    "lease_token": "'bench'", "lease_until": PLACED, "created_at": PLACED,
}  # fmt: skip
FILLED: Final[tuple[tuple[type[Model], dict[str, str], str], ...]] = (
    (Order, ORDERS, "1"),
    (OrderLine, LINES, "1"),
    (OrderEvent, PLACING, "1"),
    (OrderEvent, ENDING, f"NOT {IS_OPEN}"),
    (Payment, PAYMENTS, "1"),
    (StockLedger, HOLDS, "1"),
    (StockLedger, MOVES, f"NOT {IS_OPEN}"),
    (OutboxEvent, EVENTS, f"NOT {IS_OPEN} AND b.n > %(month)s"),
    (InboxMessage, WEBHOOKS, f"NOT {IS_OPEN} AND b.n > %(month)s"),
    (Message, MESSAGES, f"NOT {IS_OPEN} AND b.n > %(month)s"),
    (IdempotencyKey, KEYS, "b.n > %(days)s"),
)


def statements(count: int, *, variants: int, now: datetime, seed: int = 7) -> Iterator[str]:
    """Yield the statements that fill the books with `count` orders, the last of which was placed an hour before `now`.
    `variants` is how many of the first variants are sold. The order matters; the first two make helping tables, which
    the last two drop."""
    step = YEAR.total_seconds() / count
    words = {
        "seed": seed,
        "variants": variants,
        "step": f"{step:.6f}",
        "begin": f"{now - YEAR - timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
        "closed": min(CLOSED, count // 4),
        "paid": count - min(OVERDUE, count // 4),
        "month": int(count - 30 * 86_400 / step),
        "days": int(count - 2 * 86_400 / step),
    }
    yield from helpers(count, variants)
    yield "SET SESSION unique_checks = 0, foreign_key_checks = 0"
    for model, values, condition in FILLED:
        yield insert(model, values, condition) % words
    yield (
        "INSERT INTO stock_ledger (variant_id, kind, source, delta, created_at)"
        " SELECT variant_id, 'ADJUST', 'adjust:fill', SUM(status <> 'EXPIRED'), UTC_TIMESTAMP(6)"
        " FROM order_line GROUP BY variant_id HAVING SUM(status <> 'EXPIRED') > 0"
    )
    yield "SET SESSION unique_checks = 1, foreign_key_checks = 1"
    yield f"DROP TABLE {NUMBERS}"
    yield f"DROP TABLE {PLACES}"


def helpers(count: int, variants: int) -> Iterator[str]:
    """Yield the statements that make the tables NUMBERS, 1 to `count`, and PLACES, the first `variants` variants."""
    yield f"CREATE TABLE {NUMBERS} (n INT NOT NULL PRIMARY KEY)"
    yield f"INSERT INTO {NUMBERS} VALUES (1)"
    size = 1
    while size < count:
        yield f"INSERT INTO {NUMBERS} SELECT n + {size} FROM {NUMBERS} WHERE n + {size} <= {count}"
        size *= 2
    yield (
        f"CREATE TABLE {PLACES} (place INT NOT NULL PRIMARY KEY AUTO_INCREMENT) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
        " SELECT v.id AS variant_id, p.id AS product_id, p.product_code, v.sku, p.name, o.color, v.size, p.price,"
        " COALESCE((SELECT MIN(i.path) FROM product_image i WHERE i.option_id = o.id), '') AS image_path"
        " FROM variant v JOIN product_option o ON o.id = v.option_id JOIN product p ON p.id = v.product_id"
        f" WHERE p.sale_status = 'ON_SALE' AND p.display_status = 'SHOWN' ORDER BY v.id LIMIT {variants}"
    )
    yield f"UPDATE {PLACES} SET place = place - 1 ORDER BY place"


def insert(model: type[Model], values: dict[str, str], condition: str) -> str:
    """Return the statement that fills a table: one row for each number of NUMBERS for which the condition holds, with
    these values by column in SQL and the defaults of the model."""
    meta = model._meta
    columns = {meta.fields_db_projection[name]: meta.fields_map[name] for name in meta.fields_db_projection}
    chosen = {
        name: values[name] if name in values else _default(field)
        for name, field in columns.items()
        if name in values or not field.generated
    }
    names = ", ".join(f"`{name}`" for name in chosen)
    return f"INSERT INTO `{meta.db_table}` ({names}) SELECT {', '.join(chosen.values())} FROM {SOLD} WHERE {condition} ORDER BY b.n"


def _default(field: Any) -> str:
    """Return the column's default in SQL. Raises ValueError for a column that must be given."""
    if isinstance(field.default, bool | int):
        return str(int(field.default))
    if isinstance(field.default, str):
        return f"'{field.default}'"
    if field.null:
        return "NULL"
    raise ValueError(f"{field.model_field_name} needs a value")
