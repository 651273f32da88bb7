"""The proof: after a withdrawal no personal value is anywhere but in the legal records."""

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
from tortoise import Tortoise

from src.app.auth.models import SocialAccount
from src.app.event.models import CommentReport, EventComment
from src.app.notice.models import NoticesSeen
from src.app.order.models import Order, OrderStatus
from src.app.outbound.services.deliveries.create import tell
from src.app.outbound.services.deliveries.sending import send_due
from src.app.outbound.services.http.transport import Answer
from src.app.payment.models import Payment
from src.app.user.models import Consent, User, UserStatus
from src.app.user.services.withdrawing import finish_due
from src.common.models import LegalRecord, OutboxEvent
from src.common.models.audit_log import AuditLog
from src.common.models.personal_data_access import PersonalDataAccess
from src.common.models.work_item import WorkStatus
from src.core.redis import redis
from src.worker.jobs.run import run_job
from tests.app.auth.social import support as social
from tests.app.outbound.support import ERP, Receivers, make_webhook, sending_by
from tests.app.staff.people import headers_with
from tests.app.user.conftest import SignedIn, sign_in
from tests.factories.catalogue import make_product, variants_of
from tests.factories.events import make_comment, make_event
from tests.factories.forms import FormClient
from tests.factories.orders import complete, control, later, place
from tests.factories.people import PASSWORD, make_member

# Every value is a word of its own, so that each is found wherever it is, also inside JSON.
MARKS = {
    "login_id": "marklogin",
    "name": "마크네임Markname",
    "email": "markmail@example.com",
    "phone": "01098761234",
    "label": "Marklabel",
    "address recipient": "Markrecipient",
    "address phone": "01098761235",
    "address zipcode": "01357",
    "address": "Markstreet 1",
    "address detail": "Markdoor 2",
    "reason": "Markreason",
    "orderer name": "Markorderer",
    "orderer phone": "01098761236",
    "orderer email": "markorderer@example.com",
    "recipient": "Markreceiver",
    "recipient phone": "01098761237",
    "zipcode": "02468",
    "order address": "Markroad 3",
    "order detail": "Markfloor 4",
    "memo": "Markmemo",
    "network address": "203.0.113.98",
    "device": "Markagent/9",
    "staff memo": "Markstaffnote",
    "account bank": "MARKBANK",
    "account number": "91827364554637",
    "account holder": "Markholder",
    "receipt": "https://receipt.example.com/markreceipt",
    "failure": "Markfailure",
    "linked name": "Marklinkname",
    "linked nickname": "Marklinknick",
    "linked email": "marklink@gmail.com",
    "comment": "Markcomment",
    "report": "Markreport",
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
ACCOUNT = {
    "account_bank": MARKS["account bank"],
    "account_number": MARKS["account number"],
    "account_holder": MARKS["account holder"],
    "receipt_url": MARKS["receipt"],
    "failure": MARKS["failure"],
}
OF_ORDER = {
    *("orderer name", "orderer phone", "orderer email", "recipient", "recipient phone", "zipcode"),
    *("order address", "order detail", "memo", "network address"),
}
OF_PAYMENT = {"account bank", "account number", "account holder", "receipt", "failure"}
OF_LINKS = {"linked email", "google subject", "google token", "naver subject", "naver token"}
# Known to the shop for a moment only: what a browser calls itself, and what providers tell beside what is asked for.
NEVER_KEPT = {"device", "linked name", "linked nickname"}
AT = {"X-Forwarded-For": MARKS["network address"], "User-Agent": f"Mozilla/5.0 (Windows NT 10.0) {MARKS['device']}"}


async def test_after_a_withdrawal_only_the_legal_records_know_who_it_was(client: httpx.AsyncClient) -> None:
    client.headers.update(AT)
    member = await make_member(
        login_id=MARKS["login_id"], name=MARKS["name"], email=MARKS["email"], phone=MARKS["phone"]
    )
    me = await sign_in(client, member)
    marks = {**MARKS, "password hash": member.password_hash, **await links(me)}
    await lives(me)
    await is_looked_after(client, member)
    await writes_under_an_event(me)
    await me.call("PUT", "/me/notices/seen")
    assert await NoticesSeen.filter(user_id=member.id).exists()
    await asks_for_codes(client)
    await asks_to_leave(me)
    before = await found_in_tables(marks)
    # The scan sees: every value is found where it belongs.
    assert {mark for table in before.values() for mark in table} == set(marks) - NEVER_KEPT
    assert set(before) == {
        *("users", "user_address", "user_withdrawal", "user_memo", "social_account", "orders", "payment"),
        *("event_comment", "event_comment_report", "outbound_delivery", "outbound_attempt"),
    }
    assert before["orders"] >= OF_ORDER
    assert before["payment"] == OF_PAYMENT
    assert before["social_account"] == OF_LINKS
    assert before["outbound_delivery"] == OF_ORDER - {"network address"}
    assert before["outbound_attempt"] == {"memo"}
    assert before["user_memo"] == {"staff memo"}
    assert (before["event_comment"], before["event_comment_report"]) == ({"comment"}, {"report"})
    assert await found_in_redis(marks) == {"network address", "login_id", "name", "email", "phone"}

    await leaves()

    assert await found_in_tables(marks) == {"legal_record": OF_ORDER | OF_PAYMENT}
    assert await found_in_redis(marks) == set()
    assert (await User.get(id=member.id)).status == UserStatus.WITHDRAWN
    assert sorted([row.domain for row in await LegalRecord.all()]) == ["order", "payment"]
    assert not await redis().exists(f"sessions:member:{member.id}")
    # What happened stays known, without whom it happened to.
    assert await AuditLog.filter(target_type="member", target_id=str(member.id)).count() == 3
    assert await PersonalDataAccess.filter(target_id=str(member.id)).count() == 6
    assert await Consent.filter(user_id=member.id).count() == 4
    assert await EventComment.all().count() == 2
    assert await CommentReport.filter(reporter_id=None).count() == 1
    assert not await NoticesSeen.filter(user_id=member.id).exists()


async def test_of_who_came_by_a_provider_nothing_is_left_either(client: httpx.AsyncClient) -> None:
    client.headers.update(AT)
    marks = {"nickname": "Marknick", "email": "markvouched@gmail.com", "subject": "918273645546372819"}
    person = await social.new_person(
        client,
        name="Markhidden",
        nickname=marks["nickname"],
        email=marks["email"],
        declines=["name"],
        subjects={"kakao": int(marks["subject"])},
    )
    headers = await social.signed_in(client, "kakao", person)
    member = await User.get()
    before = await found_in_tables(marks)
    assert before == {"users": {"nickname", "email"}, "social_account": {"email", "subject"}}

    await asks_to_leave(SignedIn(member, client, headers))
    await leaves()

    assert await found_in_tables({**marks, "hidden": "Markhidden", **MARKS}) == {}
    assert await found_in_redis({**marks, "hidden": "Markhidden", **MARKS}) == set()
    assert person not in await social.linked_at(client, "kakao")


async def links(me: SignedIn) -> dict[str, str]:
    """Link Google and Naver; what is kept of them that only they could know."""
    person = await social.new_person(
        me.client, name=MARKS["linked name"], nickname=MARKS["linked nickname"], email=MARKS["linked email"]
    )
    for provider in ("google", "naver"):
        answer = await social.link(me.client, provider, person, me.headers)
        assert answer.status_code == 200, answer.text
    found: dict[str, str] = {}
    for link in await SocialAccount.filter(user_id=me.member.id):
        assert link.refresh_token
        found |= {f"{link.provider} subject": link.subject, f"{link.provider} token": link.refresh_token}
    return found


async def lives(me: SignedIn) -> None:
    """Fill the address book and the cart, agree, export, order, pay and receive."""
    for _ in range(2):
        assert (await me.call("POST", "/me/addresses", BOOK)).status_code == 201
    consent = {"agreements": [{"policy": "marketing_sms", "agreed": True}]}
    assert (await me.call("PUT", "/me/consents", consent)).status_code == 200
    assert (await me.call("GET", "/me/export")).status_code == 200
    (variant,) = await variants_of(await make_product())
    added = await me.call("POST", "/cart/items", {"variant_id": variant.id, "quantity": 1})
    assert added.status_code == 200
    placed = await place(me.client, (variant.id, 1), headers=me.headers, orderer=ORDERER, shipping=SHIPPING)
    await control(me.client, placed.payment_id, "pay")
    assert (await complete(me.client, placed.payment_id)).status_code == 200
    await is_told_to_a_back_office()
    await Payment.filter(payment_id=placed.payment_id).update(**ACCOUNT)
    await Order.filter(order_no=placed.order_no).update(status=OrderStatus.DELIVERED)


async def is_told_to_a_back_office() -> None:
    """A system that may have personal data gets the order, and repeats some of it in its answer."""
    await make_webhook(with_personal_data=True)
    await tell(await OutboxEvent.get(topic="order.paid"))
    with sending_by(Receivers(always={ERP: Answer(200, MARKS["memo"])})):
        assert await send_due() == 1


async def writes_under_an_event(me: SignedIn) -> None:
    """A comment, and a report of somebody else's."""
    event = await make_event()
    theirs = await make_comment(event, (await make_member()).id)
    path = f"/events/{event.id}/comments"
    assert (await me.call("POST", path, {"content": MARKS["comment"]})).status_code == 201
    assert (await me.call("POST", f"{path}/{theirs.id}/report", {"reason": MARKS["report"]})).status_code == 204


async def is_looked_after(client: httpx.AsyncClient, member: User) -> None:
    """Staff, elsewhere, find the member by every value, look, unmask, note, and change."""
    path = f"/api/v1/admin/users/{member.id}"
    async with FormClient(base_url=client.base_url, timeout=30, trust_env=False) as office:
        office.headers.update(await headers_with(office, "member:read", "member:write", "pii:read"))
        for q in (MARKS["name"], MARKS["phone"], MARKS["email"], MARKS["login_id"]):
            for masked in ("true", "false"):
                found = await office.get("/api/v1/admin/users", params={"q": q, "masked": masked})
                assert found.json()["total"] == 1
        assert (await office.get(path)).json()["name"] == MARKS["name"]
        assert (await office.post(f"{path}/unmask", json={"reason": "배송지 확인"})).status_code == 200
        assert (await office.post(f"{path}/memos", json={"body": MARKS["staff memo"]})).status_code == 201
        assert (await office.patch(path, json={"grade": "GOLD", "reason": "단골"})).status_code == 200
        refused = await office.patch(path, json={"status": "SUSPENDED", "reason": "권한 없음"})
        assert refused.status_code == 403


async def asks_for_codes(client: httpx.AsyncClient) -> None:
    """Somebody asks for codes and links to every contact, and mistypes the password."""
    for channel, target in (("sms", MARKS["phone"]), ("email", MARKS["email"])):
        body = {"channel": channel, "purpose": "find_login_id", "target": target}
        assert (await client.post("/api/v1/auth/verifications", json=body)).status_code == 201
    search = {"name": MARKS["name"], "email": MARKS["email"]}
    assert (await client.post("/api/v1/auth/find-login-id", json=search)).status_code == 200
    reset = {"login_id": MARKS["login_id"], "name": MARKS["name"]}
    assert (await client.post("/api/v1/auth/password-reset", json=reset)).status_code == 202
    wrong = {"login_id": MARKS["login_id"], "password": "Wrong!2345"}
    assert (await client.post("/api/v1/auth/sign-in", json=wrong)).status_code == 401
    assert (await client.get("/api/v1/auth/availability", params={"email": MARKS["email"]})).status_code == 200


async def asks_to_leave(me: SignedIn) -> None:
    """The grace period begins. The account is read once more: Redis remembers the answer for a while."""
    asked = await me.call("POST", "/me/withdrawal", {"reason": MARKS["reason"], "password": PASSWORD})
    assert asked.status_code == 200, asked.text
    assert (await me.call("GET", "/me")).json()["status"] == "WITHDRAWING"


async def leaves() -> None:
    """The grace period ends, and everybody who hears of it does their part: what the server's own runner does."""
    with later(days=15):
        assert await finish_due() == 1
        assert await run_job("relay-outbox") >= 1
    assert not await OutboxEvent.exclude(work_status=WorkStatus.DONE).exists()


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
