"""The proof: unique marks of members and guests are found only where the table of classes allows, at every age."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from tortoise import Tortoise

from src.app.deposit.models import Deposit, ManualTransfer
from src.app.event.models import CommentReport
from src.app.notification.models import Message, MessageStatus, Way
from src.app.order.models import Order, OrderStatus
from src.app.order.services.queries import by_number
from src.app.payment.models import Payment
from src.app.receipt.models import CashReceipt
from src.app.user.models import UserMemo
from src.app.user.services.withdrawing import finish_due
from src.common import clock
from src.common.crypto import CannotUnseal, seal, unseal
from src.common.ids import new_ulid
from src.common.models.work_item import WorkStatus
from src.common.records import personal_data
from src.common.records.retention import columns, preview
from src.core.configs import Settings, settings, use
from src.core.redis import redis
from src.worker.jobs.run import run_job
from tests.app.user.conftest import SignedIn, sign_in
from tests.app.user.test_nothing_is_left import found_in_redis, plain
from tests.factories.carts import guest_with
from tests.factories.catalogue import make_product, variants_of
from tests.factories.events import make_comment, make_event
from tests.factories.orders import Placed, complete, control, expire, later, place
from tests.factories.people import PASSWORD, make_member, make_staff

JOBS = (
    *("relay-outbox", "send-messages", "anonymise-former-members", "archive-orders", "forget-messages"),
    *("forget-restock-alerts", "forget-idempotency-keys", "forget-spent-codes", "trim-outbound-deliveries"),
    *("purge-legal-records", "forget-done-work", "enforce-retention"),
)
YEAR = 366
NOT_OURS = ("shop.db", "sandbox.")


def marks_of(person: str) -> dict[str, str]:
    """A value of its own for every field that somebody fills."""
    fields = (
        "name",
        "recipient",
        "address",
        "detail",
        "memo",
        "bank",
        "number",
        "holder",
        "receipt",
        "failure",
        "seat",
    )
    return {f"{person} {field}": f"mark{person}{field}" for field in (*fields, "mail", "reason", "note", "comment")}


def order_of(person: str) -> dict[str, Any]:
    """Orderer and address in this person's marks."""
    mark = f"mark{person}"
    return {
        "orderer": {"name": f"{mark}name", "phone": "01012345678", "email": f"{mark}mail@example.com"},
        "shipping": {
            "recipient": f"{mark}recipient",
            "phone": "01012345678",
            "zipcode": "06236",
            "address": f"{mark}address",
            "address_detail": f"{mark}detail",
            "memo": f"{mark}memo",
        },
    }


async def tell_account(placed: Placed, person: str) -> None:
    """What the provider may tell of who paid, and what a manual transfer would; "never" paid nothing."""
    mark, now = f"mark{person}", clock.now()
    order = await Order.get(order_no=placed.order_no)
    told: dict[str, Any] = {"bank": "SHINHAN", "number": "1", "holder": "shop", "depositor_name": f"{mark}name"}
    await ManualTransfer.create(order_id=order.id, **told, amount=1, due_at=now, created_at=now)
    await CashReceipt.create(
        order_id=order.id,
        source="ASKED",
        sealed_number=f"{mark}number",
        masked_number=f"{mark}name",
        receipt_key=None if person == "never" else new_ulid(),
        work_status="DONE",
        available_at=now,
        created_at=now,
        updated_at=now,
    )
    if person != "never":
        row: dict[str, Any] = {
            "depositor": f"{mark}holder",
            "deposited_at": now,
            "recorded_by": "staff:1",
            "request_key": "k",
        }
        await Deposit.create(order_id=order.id, amount=1, **row, created_at=now)
    await Payment.filter(payment_id=placed.payment_id).update(
        account_bank=f"{mark}bank",
        account_number=f"{mark}number",
        account_holder=f"{mark}holder",
        receipt_url=f"https://{mark}receipt",
        failure=f"{mark}failure",
    )


async def buys(client: httpx.AsyncClient, variant_id: int, person: str, headers: Mapping[str, str]) -> Placed:
    """A paid order that arrived."""
    placed = await place(client, (variant_id, 1), headers=headers, **order_of(person))
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 200
    await tell_account(placed, person)
    now = clock.now()
    await Order.filter(order_no=placed.order_no).update(status=OrderStatus.CONFIRMED, ended_at=now)
    return placed


async def pays_late(client: httpx.AsyncClient, variant_id: int, person: str) -> Placed:
    """An order that expired and was paid and refunded after all."""
    placed = await place(client, (variant_id, 1), **order_of(person))
    await control(client, placed.payment_id, "pay")
    assert await Order.filter(order_no=placed.order_no).update(status=OrderStatus.EXPIRED, ended_at=clock.now()) == 1
    assert (await complete(client, placed.payment_id)).status_code == 409
    await run_job("send-refunds")
    await tell_account(placed, person)
    return placed


async def lives(me: SignedIn, person: str) -> None:
    """What a member writes and is written about beside an order."""
    mark, now = f"mark{person}", clock.now()
    book = {"recipient": f"{mark}recipient", "phone": "01012345678", "zipcode": "06236", "address": f"{mark}address"}
    assert (await me.call("POST", "/me/addresses", book)).status_code == 201
    body = {"reason": f"{mark}reason", "password": PASSWORD}
    assert (await me.call("POST", "/me/withdrawal", body)).status_code == 200
    assert (await me.call("DELETE", "/me/withdrawal")).status_code == 204
    author = await make_staff(login_id=f"staff{person}")
    await UserMemo.create(user_id=me.member.id, author_id=author.id, body=f"{mark}note", created_at=now)
    theirs = await make_comment(await make_event(), None)
    await CommentReport.create(
        comment_id=theirs.id, reporter_id=me.member.id, reason=f"{mark}comment", created_at=now, closed_at=now
    )
    await Message.create(
        number=f"ad{person}",
        event_key=f"ad:{person}",
        template="campaign",
        way=Way.MAIL,
        language="ko",
        status=MessageStatus.SENT,
        work_status=WorkStatus.DONE,
        is_ad=True,
        member_id=me.member.id,
        content=seal(f"{mark}seat"),
        available_at=now,
        forget_at=now + timedelta(days=184),
        created_at=now,
    )


@contextmanager
def enforced() -> Iterator[None]:
    """``RETENTION=on`` inside the body."""
    chosen: Settings = settings()
    with use(replace(chosen, jobs=chosen.jobs.model_copy(update={"retention": "on"}))):
        yield


async def run_all() -> None:
    """Every job that lets something go, as the runner would in the course of a day."""
    for name in JOBS:
        await run_job(name)


async def places(marks: Mapping[str, str]) -> dict[str, set[str]]:
    """The marks in every column of every table, sealed values opened, read past the models."""
    connection = Tortoise.get_connection("default")
    found: dict[str, set[str]] = {}
    for model in Tortoise.apps["models"].values():
        table = model._meta.db_table
        _, rows = await connection.execute_query(f"SELECT * FROM {table}")
        for row in rows:
            for column, value in dict(row).items():
                text = plain(opened(value))
                if hits := {name for name, mark in marks.items() if mark in text}:
                    found.setdefault(f"{table}.{column}", set()).update(hits)
    return found


def opened(value: Any) -> Any:
    """The text that was sealed, or the value itself."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if isinstance(value, str) and value.startswith("gAAAA"):
        try:
            return unseal(value)
        except CannotUnseal:
            return value
    return value


def found_in_files(folder: Path, marks: Mapping[str, str]) -> set[str]:
    """The marks in the files of STATE_DIR. The embedded database is read by its tables: it keeps freed pages. The
    sandbox's file is what vendors keep, who are not there outside local and test."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(NOT_OURS)]
    texts = [file.read_bytes().decode(errors="replace").casefold() for file in files]
    return {name for name, mark in marks.items() if any(mark in text for text in texts)}


def classes_of(found: Mapping[str, set[str]], person: str) -> set[str]:
    """The classes of the columns that hold a mark of this person."""
    holding = [place for place, hits in found.items() if any(hit.startswith(f"{person} ") for hit in hits)]
    return {columns()[table][column] for table, column in (place.split(".") for place in holding)}


async def leaves(me: SignedIn, *, days: int) -> None:
    """Leave the shop, and let the grace period end, so many days from now."""
    assert (await me.call("POST", "/me/withdrawal", {"reason": "", "password": PASSWORD})).status_code == 200
    with later(days=days):
        assert await finish_due() == 1


PEOPLE = ("stays", "goes", "buyer", "late", "never")


async def everybody(client: httpx.AsyncClient) -> tuple[dict[str, SignedIn], Placed]:
    """Two members and three guests; returns the members, and the order that nobody paid."""
    (variant,) = await variants_of(await make_product(stock=50))
    signed: dict[str, SignedIn] = {}
    for person in ("stays", "goes"):
        mark = f"mark{person}"
        member = await make_member(login_id=f"{person}.in", name=f"{mark}name", email=f"{mark}mail@example.com")
        signed[person] = await sign_in(client, member)
        await buys(client, variant.id, person, signed[person].headers)
        await lives(signed[person], person)
    client.headers.pop("Authorization", None)
    await buys(client, variant.id, "buyer", await guest_with(client, (variant.id, 1)))
    await pays_late(client, variant.id, "late")
    never = await place(client, (variant.id, 1), **order_of("never"))
    assert await expire(minutes=31) == 1
    await tell_account(never, "never")
    return signed, never


async def test_marks_are_found_only_where_the_table_of_classes_allows(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    marks = {name: mark for person in PEOPLE for name, mark in marks_of(person).items()}
    signed, never = await everybody(client)

    before = await places(marks)
    # The scan sees: every column that it finds has a class with an end, and each person is found.
    assert {person for person in PEOPLE if classes_of(before, person)} == set(PEOPLE)
    assert classes_of(before, "stays") >= {"membership", "contract", "payment", "dispute", "unneeded"}
    assert classes_of(before, "never") >= {"contract", "payment"}

    # Nothing goes before it is switched on.
    with later(days=6 * YEAR):
        assert sum(due.rows for due in await preview(personal_data.rules())) > 0
        assert await run_job("enforce-retention") == 0
    assert await places(marks) == before

    await leaves(signed["goes"], days=15)
    for days in (1, 4, 8):
        with later(days=days):
            await run_job("reread-payments")
    with enforced(), later(days=45):
        await run_all()
        found = await places(marks)
        assert classes_of(found, "goes") <= {"legal_record"}
        assert classes_of(found, "never") <= {"momentary"}
        assert "unneeded" not in classes_of(found, "stays")
        assert classes_of(found, "late") >= {"contract", "payment"}
    with enforced(), later(days=YEAR):
        await run_all()
        found = await places(marks)
        assert classes_of(found, "never") == set()
        assert classes_of(found, "goes") == {"legal_record"}
        assert classes_of(found, "stays") == {"membership", "contract", "payment", "dispute"}
        assert classes_of(found, "buyer") == classes_of(found, "late") == {"contract", "payment"}
        assert not await Message.filter(is_ad=True).exists()
        assert {place.split(".")[0] for place in found} >= {"orders_archive", "payment_archive"}
    with enforced(), later(days=4 * YEAR):
        await run_all()
        found = await places(marks)
        assert [classes_of(found, name) for name in ("buyer", "late")] == [{"contract", "payment"}] * 2
    with enforced(), later(days=5 * YEAR + 2):
        await run_all()
        assert await run_job("enforce-retention") == 0
        found = await places(marks)
        assert {person: classes_of(found, person) for person in PEOPLE if classes_of(found, person)} == {
            "stays": {"membership"}
        }
        # What was bought stays, without whom it was for.
        kept = await by_number(never.order_no)
        assert kept is not None
        assert (kept.total, kept.orderer_name) == (never.total, "")

    me = await sign_in(client, signed["stays"].member)
    await leaves(me, days=15)
    with enforced(), later(days=60):
        await run_all()
    assert await places(marks) == {}
    assert await found_in_redis(marks) == set()
    assert found_in_files(shop_settings.server.state_dir, marks) == set()


async def test_the_scan_of_files_and_of_redis_sees(shop_settings: Settings, client: httpx.AsyncClient) -> None:
    file = shop_settings.server.state_dir / "planted.txt"
    file.write_text("a markplanted b")
    await redis().set("planted", "markplanted")
    try:
        assert found_in_files(shop_settings.server.state_dir, {"planted": "markplanted"}) == {"planted"}
        assert await found_in_redis({"planted": "markplanted"}) == {"planted"}
    finally:
        file.unlink()
