"""Fill an empty order book by SQL for the order desk: lines of one year in every state, with their parcels.

The database must have the shop's schema and products, and no orders. Every order has two or three lines. What is old is
confirmed, cancelled, returned or expired, what is young is unpaid, paid, prepared, shipped or delivered; orders older
than the shop archives lie in the archive. Only what the desk reads is filled: no ledger, no journal, no events.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from src.app.fulfilment.models import Shipment, ShipmentArchive, ShipmentLine, ShipmentLineArchive
from src.app.order.models import Order, OrderArchive, OrderLine, OrderLineArchive
from src.core.database.models import Model
from tests.bench.growth_data import NUMBERS, PLACES, helpers, insert

YEAR: Final = timedelta(days=365)
ARCHIVED_AFTER: Final = 180
PER_ORDER: Final = 2.5


def hashed(what: str, of: str, most: int) -> str:
    """Return an expression that is 0 to `most` - 1, the same for the same kind and number."""
    return f"MOD(CRC32(CONCAT('%(seed)s{what}', {of})), {most})"


def picked(number: str, words: str) -> str:
    """Return an expression that is one letter of `words`."""
    return f"SUBSTRING('{words}', 1 + {number}, 1)"


# The rows of orders are numbered by b.n; those of lines too, and their order is this one.
OF_LINE: Final = "(FLOOR((b.n - 1) / 2.5) + 1)"
PLACE: Final = f"(b.n - CEIL(({OF_LINE} - 1) * 2.5))"


def placed(number: str) -> str:
    """Return when an order was placed."""
    return f"TIMESTAMPADD(SECOND, FLOOR({number} * %(step)s), '%(begin)s')"


def age(number: str) -> str:
    """Return the age of an order in days."""
    return f"((%(orders)s - {number}) * %(step)s / 86400)"


def status(number: str) -> str:
    """Return the status of an order and of its lines: by age, and by chance for the old ones."""
    chance = hashed("s", number, 100)
    return (
        f"CASE WHEN {age(number)} < 1 AND {chance} < 20 THEN IF({chance} < 10, 'PENDING', 'AWAITING_DEPOSIT')"
        f" WHEN {chance} < 8 THEN 'EXPIRED' WHEN {age(number)} < 3 THEN IF({chance} < 60, 'PAID', 'PREPARING')"
        f" WHEN {chance} < 11 THEN 'CANCELLED' WHEN {age(number)} < 6 THEN 'SHIPPING'"
        f" WHEN {chance} < 13 THEN 'RETURNED' WHEN {age(number)} < 14 THEN 'DELIVERED' ELSE 'CONFIRMED' END"
    )


def when(number: str, statuses: str, value: str, other: str = "NULL") -> str:
    """Return `value` for orders in one of these statuses, else `other`."""
    return f"IF({status(number)} IN ({statuses}), {value}, {other})"


SENT: Final = "'SHIPPING', 'DELIVERED', 'CONFIRMED', 'RETURNED'"
ARRIVED: Final = "'DELIVERED', 'CONFIRMED', 'RETURNED'"
TAKEN: Final = f"'PREPARING', {SENT}"
PAID: Final = f"'PAID', 'CANCELLED', {TAKEN}"
UNPAID_ENDED: Final = "'EXPIRED', 'CANCELLED', 'RETURNED'"


def number_of(order: str) -> str:
    """Return the number of an order."""
    return f"CONCAT(DATE_FORMAT({placed(order)}, '%%Y%%m%%d'), '-', LPAD(HEX({order}), 8, '0'))"


def name_of(order: str, kind: str) -> str:
    """Return one of 24,000 names."""
    family = picked(hashed(kind + "f", order, 20), "김이박최정강조윤장임한오서신권황안송류홍")
    first = picked(hashed(kind + "g", order, 30), "민서지현수영은하준도예시우연성재유진혜다승태경나주미소정윤상")
    second = picked(
        hashed(kind + "h", order, 40),
        "민서지현수영은하준도예시우연성재유진혜다승태경나주미소정윤상호아희원빈율찬솔담봄",
    )
    return f"CONCAT({family}, {first}, {second})"


def phone_of(order: str, kind: str) -> str:
    """Return a mobile number."""
    return f"CONCAT('010', LPAD({hashed(kind, order, 100_000_000)}, 8, '0'))"


ORDERS: Final = {
    "id": "b.n",
    "order_no": number_of("b.n"),
    "status": status("b.n"),
    "member_id": f"IF(MOD(b.n, 3), NULL, 1 + {hashed('i', 'b.n', 100_000)})",
    "orderer_name": name_of("b.n", "b"),
    "orderer_phone": phone_of("b.n", "p"),
    "orderer_phone_end": f"RIGHT({phone_of('b.n', 'p')}, 4)",
    "orderer_email": f"CONCAT('u', {hashed('m', 'b.n', 400_000)}, '@example.com')",
    "recipient": name_of("b.n", "r"),
    "recipient_phone": phone_of("b.n", "q"),
    "recipient_phone_end": f"RIGHT({phone_of('b.n', 'q')}, 4)",
    "zipcode": "'06236'",
    "address": "'서울 강남구 테헤란로 1'",
    "item_total": "v.price",
    "shipping_fee": "0",
    "total": "v.price",
    "created_at": placed("b.n"),
    "updated_at": placed("b.n"),
    "expires_at": f"TIMESTAMPADD(DAY, 3, {placed('b.n')})",
    "paid_at": when("b.n", PAID, f"TIMESTAMPADD(MINUTE, 2, {placed('b.n')})"),
    "ended_at": when("b.n", UNPAID_ENDED, f"TIMESTAMPADD(DAY, 3, {placed('b.n')})"),
}
METHOD: Final = hashed("w", OF_LINE, 100)
ATTRIBUTE: Final = hashed("d", "b.n", 100)
IS_LATE: Final = f"{hashed('l', 'b.n', 100)} < 1"
LINES: Final = {
    "id": "b.n",
    "order_id": OF_LINE,
    "line_no": f"CONCAT({number_of(OF_LINE)}, '-', LPAD({PLACE}, 2, '0'))",
    "variant_id": "v.variant_id",
    "product_id": "v.product_id",
    "product_code": "v.product_code",
    "sku": "v.sku",
    "name": "v.name",
    "color": "v.color",
    "size": "v.size",
    "image_path": "v.image_path",
    "origin_price": "v.price",
    "unit_price": "v.price",
    "quantity": "1",
    "line_total": "v.price",
    "status": status(OF_LINE),
    "procurement_status": when(OF_LINE, TAKEN, "'CONFIRMED'", "'NONE'"),
    "shipping_status": when(OF_LINE, ARRIVED, "'DELIVERED'", when(OF_LINE, "'SHIPPING'", "'SHIPPING'", "'NONE'")),
    "cancelled": when(OF_LINE, "'CANCELLED'", "1", "0"),
    "shipped": when(OF_LINE, SENT, "1", "0"),
    "delivered": when(OF_LINE, ARRIVED, "1", "0"),
    "returned": when(OF_LINE, "'RETURNED'", "1", "0"),
    "delivery_attribute": f"CASE WHEN {ATTRIBUTE} < 6 THEN 'TODAY' WHEN {ATTRIBUTE} < 9 THEN 'HOPE'"
    f" WHEN {ATTRIBUTE} < 10 THEN 'RESERVED' ELSE 'NORMAL' END",
    "pay_method": f"CASE WHEN {METHOD} < 60 THEN 'CARD' WHEN {METHOD} < 85 THEN 'EASY_PAY' WHEN {METHOD} < 90 THEN"
    f" 'TRANSFER' WHEN {METHOD} < 95 THEN 'VIRTUAL_ACCOUNT' WHEN {METHOD} < 98 THEN 'MOBILE' ELSE 'MANUAL_TRANSFER' END",
    "ordered_at": placed(OF_LINE),
    "paid_at": when(OF_LINE, PAID, f"TIMESTAMPADD(MINUTE, 2, {placed(OF_LINE)})"),
    "ship_by": when(OF_LINE, PAID, f"DATE(TIMESTAMPADD(DAY, 3, {placed(OF_LINE)}))"),
    "delayed_until": f"IF({IS_LATE}, {when(OF_LINE, TAKEN, f'DATE(TIMESTAMPADD(DAY, 9, {placed(OF_LINE)}))')}, NULL)",
    "delay_reason": f"IF({IS_LATE}, {when(OF_LINE, TAKEN, repr('ETC'))}, NULL)",
    "acknowledged_at": when(OF_LINE, TAKEN, f"TIMESTAMPADD(HOUR, 20, {placed(OF_LINE)})"),
    "shipped_at": when(OF_LINE, SENT, f"TIMESTAMPADD(HOUR, 60, {placed(OF_LINE)})"),
    "delivered_at": when(OF_LINE, ARRIVED, f"TIMESTAMPADD(HOUR, 100, {placed(OF_LINE)})"),
    "confirmed_at": when(OF_LINE, "'CONFIRMED'", f"TIMESTAMPADD(HOUR, 300, {placed(OF_LINE)})"),
}
SHIPMENTS: Final = {
    "id": "b.n",
    "order_id": "b.n",
    "number": "CONCAT('S', LPAD(b.n, 17, '0'))",
    "courier": "'CJ'",
    "tracking_no": "LPAD(b.n, 12, '6')",
    "state": when("b.n", ARRIVED, "'DELIVERED'", "'IN_TRANSIT'"),
    "sent_by": "'staff:1'",
    "created_at": f"TIMESTAMPADD(HOUR, 60, {placed('b.n')})",
    "updated_at": f"TIMESTAMPADD(HOUR, 100, {placed('b.n')})",
    "scanned_at": f"TIMESTAMPADD(HOUR, 70, {placed('b.n')})",
    "delivered_at": when("b.n", ARRIVED, f"TIMESTAMPADD(HOUR, 100, {placed('b.n')})"),
    "delivered_by": when("b.n", ARRIVED, "'SCAN'"),
}
PARTS: Final = {"id": "b.n", "shipment_id": OF_LINE, "order_line_id": "b.n", "units": "1"}
FILLED: Final[tuple[tuple[type[Model], type[Model], dict[str, str], str], ...]] = (
    (Order, OrderArchive, ORDERS, "b.n"),
    (OrderLine, OrderLineArchive, LINES, OF_LINE),
    (Shipment, ShipmentArchive, SHIPMENTS, "b.n"),
    (ShipmentLine, ShipmentLineArchive, PARTS, OF_LINE),
)


def statements(lines: int, *, variants: int, now: datetime, seed: int = 7) -> Iterator[str]:
    """Yield the statements that fill the book with so many lines, the last of which was ordered an hour before `now`.
    The first two make helping tables, which the last two drop."""
    orders = int(lines / PER_ORDER)
    words = {
        "seed": seed,
        "variants": variants,
        "orders": orders,
        "step": f"{YEAR.total_seconds() / orders:.6f}",
        "begin": f"{now - YEAR - timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
    }
    yield from helpers(lines, variants)
    yield "SET SESSION unique_checks = 0, foreign_key_checks = 0"
    for live, archive, values, order in FILLED:
        is_sent = f"{status(order)} IN ({SENT})" if live in (Shipment, ShipmentLine) else "1"
        is_one = f"b.n <= {lines if order == OF_LINE else orders} AND {is_sent}"
        is_old = f"({age(order)} > {ARCHIVED_AFTER} AND {status(order)} IN ('CONFIRMED', {UNPAID_ENDED}))"
        yield insert(live, values, f"{is_one} AND NOT {is_old}") % words
        yield insert(archive, values, f"{is_one} AND {is_old}") % words
    yield "SET SESSION unique_checks = 1, foreign_key_checks = 1"
    yield f"DROP TABLE {NUMBERS}"
    yield f"DROP TABLE {PLACES}"
