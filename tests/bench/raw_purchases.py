"""The limit of the purchases bench: the SQL that the smallest purchase needs, raw through asyncmy.

The rows are those of a purchase that the shop made, with new keys: claim; in one transaction stock, order, line, hold,
timeline and payment; webhook; in one transaction the payment's and the order's end, the sale, timeline and the event.
No application, no provider, no messages.
"""

import asyncio
import secrets
import time
from typing import Any

import asyncmy
import uvloop

from src.core.configs.groups import DatabaseSettings
from tests.bench.support import Load, sql

PAID = "SELECT id FROM orders WHERE status = 'PAID' ORDER BY id LIMIT 1"


class RawPurchases:
    """Copies of one purchase of this database, each of another variant's unit."""

    def __init__(self, url: str) -> None:
        address = DatabaseSettings(url=url, host="").mysql
        if address is None:
            raise SystemExit("the limit needs MySQL")
        self._address, self._database = address, address.database
        ((order,),) = sql(PAID, self._database)
        self._order = self._row(f"SELECT * FROM orders WHERE id = {order}")
        self._line = self._row(f"SELECT * FROM order_line WHERE order_id = {order}")
        self._fee = self._row(f"SELECT * FROM order_shipping_row WHERE order_id = {order} LIMIT 1")
        self._payment = self._row(f"SELECT * FROM payment WHERE order_id = {order}")
        self._claim = self._row(f"SELECT * FROM idempotency_key WHERE effect = '{self._order['order_no']}'")
        self._events = [
            self._row(f"SELECT * FROM order_event WHERE order_id = {order} ORDER BY id LIMIT {n},1") for n in (0, 1)
        ]
        self._hold, self._sale = (
            self._row(f"SELECT * FROM stock_ledger WHERE line_id = {self._line['id']} AND kind = '{kind}'")
            for kind in ("HOLD", "SALE")
        )
        self._outbox = self._row(
            f"SELECT * FROM outbox_event WHERE topic = 'order.paid' AND aggregate = 'order:{order}'"
        )
        self._inbox = self._row("SELECT * FROM inbox_message ORDER BY id LIMIT 1")
        self._variants = [row[0] for row in sql("SELECT id FROM variant WHERE stock > 100000", self._database)]

    def _row(self, query: str) -> dict[str, Any]:
        async def read() -> dict[str, Any]:
            connection = await self._connect()
            try:
                async with connection.cursor(asyncmy.cursors.DictCursor) as cursor:
                    await cursor.execute(query)
                    return dict(await cursor.fetchone() or {})
            finally:
                connection.close()

        return asyncio.run(read())

    async def _connect(self) -> Any:
        at = self._address
        return await asyncmy.connect(
            host=at.host,
            port=at.port,
            user=at.user,
            password=at.password,
            db=at.database,
            autocommit=True,
            charset="utf8mb4",
        )

    def load(self, *, seconds: float, connections: int) -> Load:
        """Buy for so long, so many at once."""
        return uvloop.run(self._load(seconds, connections))

    async def _load(self, seconds: float, connections: int) -> Load:
        done = 0
        began, cpu = time.perf_counter(), time.process_time()

        async def buyer(number: int) -> None:
            nonlocal done
            connection = await self._connect()
            async with connection.cursor() as cursor:
                while time.perf_counter() < began + seconds:
                    number += connections
                    await self._buy(connection, cursor, self._variants[number % len(self._variants)])
                    done += 1
            connection.close()

        await asyncio.gather(*(buyer(number) for number in range(connections)))
        return Load(done=done, seconds=time.perf_counter() - began, cpu=time.process_time() - cpu)

    async def _buy(self, connection: Any, cursor: Any, variant: int) -> None:
        key, number = secrets.token_hex(16), secrets.token_hex(8)
        claim = await _insert(
            cursor, "idempotency_key", self._claim, request_key=key, guest_intent=key, state="RUNNING", effect=""
        )
        await connection.begin()
        await cursor.execute("UPDATE variant SET stock = stock - 1 WHERE id = %s AND stock >= 1", (variant,))
        order = await _insert(cursor, "orders", self._order, order_no=number, status="PENDING", paid_at=None)
        if self._fee:  # none where the goods ship free
            await _insert(cursor, "order_shipping_row", self._fee, order_id=order)
        line = {"order_id": order, "line_no": f"{number}-1", "variant_id": variant, "status": "PENDING"}
        row = await _insert(cursor, "order_line", self._line, **line)
        of_line = {"line_id": row, "variant_id": variant, "source": f"line:{number}-1"}
        await _insert(cursor, "stock_ledger", self._hold, **of_line)
        await _insert(cursor, "order_event", self._events[0], order_id=order)
        payment = {"payment_id": key, "order_id": order, "status": "READY", "verdict": "NONE", "settles_order_id": None}
        paid = await _insert(cursor, "payment", self._payment, **payment)
        await cursor.execute("UPDATE idempotency_key SET state = 'DONE', effect = %s WHERE id = %s", (number, claim))
        await connection.commit()
        await _insert(cursor, "inbox_message", self._inbox, message_id=key)
        await connection.begin()
        await cursor.execute("SELECT * FROM orders WHERE id = %s FOR UPDATE", (order,))
        await cursor.execute("SELECT * FROM payment WHERE id = %s FOR UPDATE", (paid,))
        settled = "UPDATE payment SET status = 'PAID', verdict = 'SETTLED', settles_order_id = %s WHERE id = %s"
        await cursor.execute(settled, (order, paid))
        await cursor.execute("UPDATE orders SET status = 'PAID', paid_at = UTC_TIMESTAMP(6) WHERE id = %s", (order,))
        await cursor.execute("UPDATE order_line SET status = 'PAID' WHERE order_id = %s", (order,))
        await _insert(cursor, "stock_ledger", self._sale, **of_line)
        await _insert(cursor, "order_event", self._events[1], order_id=order)
        await _insert(cursor, "outbox_event", self._outbox, aggregate=f"order:{order}", work_status="DONE")
        await connection.commit()


async def _insert(cursor: Any, table: str, row: dict[str, Any], **own: Any) -> int:
    """Insert a copy of the row with values of its own; returns its id."""
    values = {name: value for name, value in {**row, **own}.items() if name != "id"}
    names = ", ".join(f"`{name}`" for name in values)
    places = ", ".join(["%s"] * len(values))
    await cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values.values()))
    return int(cursor.lastrowid)
