"""The proof: after a withdrawal no personal value is anywhere but in the legal records."""

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
from tortoise import Tortoise

from src.app.auth.services import sessions
from src.app.order.models import Order, OrderLegalRecord, OrderStatus
from src.app.order.services.separating import separate_personal
from src.app.user.models import User, UserStatus
from src.app.user.services.withdrawing import finish_due
from src.common.models import OutboxEvent
from src.core.redis import redis
from tests.app.user.conftest import sign_in
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import later, order_of, place
from tests.factories.people import make_member

# Every value is a word of its own, so that each is found wherever it is, also inside JSON.
MARKS = {
    "login_id": "marklogin",
    "name": "마크네임Markname",
    "email": "markmail@example.com",
    "phone": "01098761234",
    "label": "Marklabel",
    "address recipient": "Markrecipient",
    "address phone": "01098761235",
    "address zipcode": "91357",
    "address": "Markstreet 1",
    "address detail": "Markdoor 2",
    "reason": "Markreason",
    "orderer name": "Markorderer",
    "orderer phone": "01098761236",
    "orderer email": "markorderer@example.com",
    "recipient": "Markreceiver",
    "recipient phone": "01098761237",
    "zipcode": "92468",
    "order address": "Markroad 3",
    "order detail": "Markfloor 4",
    "memo": "Markmemo",
    "network address": "203.0.113.98",
}
BOOK = {
    "label": MARKS["label"],
    "recipient": MARKS["address recipient"],
    "phone": MARKS["address phone"],
    "zipcode": MARKS["address zipcode"],
    "address": MARKS["address"],
    "address_detail": MARKS["address detail"],
}
ORDERER = {"name": MARKS["orderer name"], "phone": MARKS["orderer phone"], "email": MARKS["orderer email"]}
SHIPPING = {
    "recipient": MARKS["recipient"],
    "phone": MARKS["recipient phone"],
    "zipcode": MARKS["zipcode"],
    "address": MARKS["order address"],
    "address_detail": MARKS["order detail"],
    "memo": MARKS["memo"],
}
OF_ORDER = {
    *("orderer name", "orderer phone", "orderer email", "recipient", "recipient phone", "zipcode"),
    *("order address", "order detail", "memo", "network address"),
}


async def test_after_a_withdrawal_only_the_legal_record_knows_who_it_was(client: httpx.AsyncClient) -> None:
    member = await make_member(
        login_id=MARKS["login_id"], name=MARKS["name"], email=MARKS["email"], phone=MARKS["phone"]
    )
    marks = {**MARKS, "password hash": member.password_hash}
    order = await lives(client, member)
    before = await found_in_tables(marks)
    # The scan sees: every value is found where it belongs.
    assert {mark for table in before.values() for mark in table} == set(marks)
    assert set(before) == {"users", "user_address", "user_withdrawal", "orders"}
    assert before["orders"] >= OF_ORDER

    with later(days=15):
        assert await finish_due() == 1
    (event,) = await OutboxEvent.filter(topic="user.withdrawn")
    await sessions.close_all("member", event.payload["user_id"], epoch=event.payload["session_epoch"])
    assert await separate_personal(event.payload["user_id"]) == 1

    assert await found_in_tables(marks) == {"order_legal_record": OF_ORDER}
    assert await found_in_redis(marks) == set()
    assert (await User.get(id=member.id)).status == UserStatus.WITHDRAWN
    (record,) = await OrderLegalRecord.all()
    assert record.order_no == order.order_no
    assert not await redis().exists(f"sessions:member:{member.id}")


async def lives(client: httpx.AsyncClient, member: User) -> Order:
    """Sign in, fill the address book and the cart, order, receive, and ask to leave."""
    me = await sign_in(client, member)
    for _ in range(2):
        assert (await me.call("POST", "/me/addresses", BOOK)).status_code == 201
    consent = {"agreements": [{"policy": "marketing_sms", "agreed": True}]}
    assert (await me.call("PUT", "/me/consents", consent)).status_code == 200
    assert (await me.call("GET", "/me/export")).status_code == 200
    (variant,) = await variants_of(await make_product())
    added = await me.call("POST", "/cart/items", {"variant_id": variant.id, "quantity": 1})
    assert added.status_code == 200
    placed = await place(client, (variant.id, 1), headers=me.headers, orderer=ORDERER, shipping=SHIPPING)
    await Order.filter(order_no=placed.order_no).update(
        status=OrderStatus.DELIVERED, client_address=MARKS["network address"]
    )
    asked = await me.call("POST", "/me/withdrawal", {"reason": MARKS["reason"], "password": "Golf!2345"})
    assert asked.status_code == 200
    return await order_of(placed)


async def found_in_tables(marks: Mapping[str, str]) -> dict[str, set[str]]:
    """Which values stand in any column of which table, read past the models."""
    connection = Tortoise.get_connection("default")
    found: dict[str, set[str]] = {}
    for model in Tortoise.apps["models"].values():
        table = model._meta.db_table
        _, rows = await connection.execute_query(f"SELECT * FROM {table}")
        text = "\n".join(plain(value) for row in rows for value in dict(row).values())
        if hits := hits_of(marks, text):
            found[table] = hits
    return found


async def found_in_redis(marks: Mapping[str, str]) -> set[str]:
    """Which values stand in any key or value of Redis."""
    texts: list[str] = []
    async for key in redis().scan_iter("*"):
        kind = await redis().type(key)
        value = {
            "string": lambda key: redis().get(key),
            "hash": lambda key: redis().hgetall(key),
            "set": lambda key: redis().smembers(key),
            "list": lambda key: redis().lrange(key, 0, -1),
            "zset": lambda key: redis().zrange(key, 0, -1, withscores=True),
        }[kind](key)
        texts.append(plain(f"{key} {await value}"))
    text = "\n".join(texts)
    return hits_of(marks, text)


def hits_of(marks: Mapping[str, str], text: str) -> set[str]:
    """Which values the text holds. A zipcode must stand by itself: its five digits are in many a number."""
    found = {name for name, mark in marks.items() if mark.casefold() in text}
    return {name for name in found if not name.endswith("zipcode") or re.search(rf"\b{marks[name]}\b", text)}


def plain(value: Any) -> str:
    """The value as text; JSON is read first, because it may spell letters as numbers."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.dumps(json.loads(value), ensure_ascii=False).casefold()
        except ValueError:
            return value.casefold()
    return str(value).casefold()


def test_the_scan_reads_letters_that_json_spells_as_numbers() -> None:
    assert plain(json.dumps({"name": "김민지"})) == '{"name": "김민지"}'
    assert plain("{Mark") == "{mark"
