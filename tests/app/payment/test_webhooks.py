"""Webhooks are checked on the raw body and stored once: a 200 is never lost, a forged one changes nothing (P6)."""

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from src.common.models import InboxMessage
from src.common.models.work_item import WorkStatus
from src.core.configs import Settings, use
from src.core.configs.groups import PortOneSettings
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.app.payment.fakes import Told, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, control, later, place, read_order

URL = f"{API}/webhooks/portone"
A = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
A2 = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="
BODY_A = (
    b'{"type":"Transaction.Paid","timestamp":"2025-01-02T03:04:05.678Z","data":'
    b'{"storeId":"store-00000000-0000-4000-8000-000000000001","paymentId":"01JGXTESTPAYMENT0000000001",'
    b'"transactionId":"0194253a-0000-7000-8000-0000000000aa"}}'
)
BODY_B = (
    '{"type":"Transaction.Confirm","timestamp":"2025-01-02T03:04:05.678Z","data":'
    '{"paymentId":"주문-1","transactionId":"t-1","totalAmount":12900}}'
).encode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The script that made the vectors."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, b".".join([message_id.encode(), str(timestamp).encode(), body]), hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def headers_of(
    body: bytes, *, message_id: str = "wh_1", age: int = 0, secret: str = A, signature: str | None = None
) -> dict[str, str]:
    timestamp = int(time.time()) - age
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, message_id, timestamp, body) if signature is None else signature,
    }


@contextmanager
def secrets_are(chosen: Settings, *secrets: str) -> Iterator[None]:
    portone = PortOneSettings(**{**chosen.portone.model_dump(), "webhook_secrets": secrets})
    with use(replace(chosen, portone=portone)):
        yield


@pytest.fixture(autouse=True)
def _secret_a(shop_settings: Settings) -> Iterator[None]:
    with secrets_are(shop_settings, A):
        yield


async def send(client: httpx.AsyncClient, body: bytes, **how: Any) -> httpx.Response:
    return await client.post(URL, content=body, headers=headers_of(body, **how))


VECTORS = [
    (A, "wh_test_0001", 1735787045, BODY_A, "v1,gwztT6HgAxfNltnRVZ+wJrKpzMefbRczaJFarh+qkTA="),
    (A2, "wh_test_0001", 1735787045, BODY_A, "v1,ros73OAfrsjDT2ALGIIS4lbNdSuIJqJ0wMdnI35F+Uw="),
    (A, "wh_test_0002", 1735787046, BODY_B, "v1,mmy9yIrSKMo7Nr7SNiR3ZuS6M7e5aaFO/cs7S4R9q6w="),
    (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
]


@pytest.mark.parametrize(("secret", "message_id", "timestamp", "body", "signature"), VECTORS, ids=["A", "A2", "B", "C"])
def test_vectors_of_the_facts_page_are_what_our_library_signs(
    secret: str, message_id: str, timestamp: int, body: bytes, signature: str
) -> None:
    assert sign(secret, message_id, timestamp, body) == signature
    moment = datetime.fromtimestamp(timestamp, UTC)
    assert Webhook(secret).sign(message_id, moment, body.decode()) == signature


def test_vector_bodies_are_byte_for_byte_those_of_the_facts_page() -> None:
    digest = hashlib.sha256(BODY_A).hexdigest()
    assert (len(BODY_A), digest) == (226, "fd76844279f94bf1516394cb1645ab756fa72812e280c805a000f32e7e7f6aa6")
    assert len(BODY_B) == 143


@pytest.mark.parametrize(
    "signature",
    ["v1,v0IRSjAdSdVavXSCmSUzGUvcY+71fsNDtyr+/C3JBdo=", "v1,i14IbVMkCwBwhjA+18KMnDxHq3ropj82OsQiacV1B+I="],
    ids=["re-dumped body", "secret text as key"],
)
async def test_negative_vectors_are_refused_by_signature_and_by_age(client: httpx.AsyncClient, signature: str) -> None:
    old = {"webhook-id": "wh_test_0001", "webhook-timestamp": "1735787045", "webhook-signature": signature}
    assert said(await client.post(URL, content=BODY_A, headers=old)) == (400, "WEBHOOK_SIGNATURE_INVALID")
    assert said(await send(client, BODY_A, signature=signature)) == (400, "WEBHOOK_SIGNATURE_INVALID")
    assert await InboxMessage.all().count() == 0


@pytest.mark.parametrize("body", [BODY_A, BODY_B], ids=["A", "B"])
async def test_genuine_message_is_stored_as_it_came(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await send(client, body, message_id="wh_7")

    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})
    row = await InboxMessage.get()
    assert (row.source, row.message_id, row.body.encode(), row.work_status) == (
        "portone",
        "wh_7",
        body,
        WorkStatus.PENDING,
    )
    assert row.topic == ("Transaction.Paid" if body == BODY_A else "Transaction.Confirm")


@pytest.mark.parametrize(("age", "status"), [(299, 200), (301, 400), (-299, 200), (-302, 400), (10**9, 400)])
async def test_message_may_be_five_minutes_old_or_early(client: httpx.AsyncClient, age: int, status: int) -> None:
    assert (await send(client, BODY_A, age=age)).status_code == status
    assert await InboxMessage.all().count() == (1 if status == 200 else 0)


async def test_either_of_two_secrets_serves_while_they_are_changed(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    with secrets_are(shop_settings, A2, A):
        old = await send(client, BODY_A, message_id="wh_1", secret=A)
        new = await send(client, BODY_A, message_id="wh_2", secret=A2)
        now = int(time.time())
        both = f"{sign(A, 'wh_3', now, BODY_A)} {sign(A2, 'wh_3', now, BODY_A)}"
        rotated = await client.post(
            URL,
            content=BODY_A,
            headers={"webhook-id": "wh_3", "webhook-timestamp": str(now), "webhook-signature": both},
        )
    assert [old.status_code, new.status_code, rotated.status_code] == [200, 200, 200]

    with secrets_are(shop_settings, A2):
        gone = await send(client, BODY_A, message_id="wh_4", secret=A)
        also_signed_anew = await client.post(
            URL,
            content=BODY_A,
            headers={"webhook-id": "wh_3", "webhook-timestamp": str(now), "webhook-signature": both},
        )
    assert (said(gone), also_signed_anew.status_code) == ((400, "WEBHOOK_SIGNATURE_INVALID"), 200)


async def test_other_versions_beside_the_right_signature_do_not_matter(client: httpx.AsyncClient) -> None:
    now = int(time.time())
    right = sign(A, "wh_1", now, BODY_A)
    for number, beside in enumerate((f"v1a,AAAA {right}", f"{right} v2,x", f"v1,AAAA {right}")):
        headers = {"webhook-id": "wh_1", "webhook-timestamp": str(now), "webhook-signature": beside}
        assert ((await client.post(URL, content=BODY_A, headers=headers)).status_code, number) == (200, number)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": None},
        {"webhook-timestamp": None},
        {"webhook-signature": None},
        {"webhook-id": "wh_2"},
        {"webhook-id": "w" * 192},
        {"webhook-id": ""},
        {"webhook-timestamp": "1"},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "1e9"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1,@@@"},
        {"webhook-signature": ",,,"},
        {"webhook-signature": "v1,A"},
        {"webhook-signature": "x" * 5000},
    ],
    ids=str,
)
async def test_message_with_a_bad_header_is_refused(client: httpx.AsyncClient, change: dict[str, str | None]) -> None:
    headers = {name: value for name, value in {**headers_of(BODY_A), **change}.items() if value is not None}
    answer = await client.post(URL, content=BODY_A, headers=headers)
    assert said(answer) == (400, "WEBHOOK_SIGNATURE_INVALID")
    assert await InboxMessage.all().count() == 0


async def test_latin_1_in_a_header_is_refused(client: httpx.AsyncClient) -> None:
    for name in (b"webhook-id", b"webhook-timestamp", b"webhook-signature"):
        headers = {key.encode(): value.encode() for key, value in headers_of(BODY_A).items()}
        headers[name] = b"\xb2\xff\xe9"
        answer = await client.post(URL, content=BODY_A, headers=list(headers.items()))
        assert said(answer) == (400, "WEBHOOK_SIGNATURE_INVALID")


async def test_body_changed_by_one_byte_is_refused(client: httpx.AsyncClient) -> None:
    headers = headers_of(BODY_A)
    for changed in (BODY_A + b"\n", BODY_A[:-1], BODY_A.replace(b"0000000001", b"0000000002"), b"", b"\xff" + BODY_A):
        answer = await client.post(URL, content=changed, headers=headers)
        assert said(answer) == (400, "WEBHOOK_SIGNATURE_INVALID")
    assert await InboxMessage.all().count() == 0


async def test_empty_secret_list_opens_nothing(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with secrets_are(shop_settings):
        assert said(await send(client, BODY_A)) == (400, "WEBHOOK_SIGNATURE_INVALID")


async def test_repeated_message_is_stored_once_however_often_it_comes(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(send(client, BODY_A) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert await InboxMessage.all().count() == 1


async def test_repeated_message_that_is_done_stays_done(client: httpx.AsyncClient) -> None:
    await send(client, BODY_A)
    assert await run_job("process-inbox") == 1
    assert (await send(client, BODY_A)).status_code == 200
    assert await run_job("process-inbox") == 0
    row = await InboxMessage.get()
    assert (row.work_status, row.attempts) == (WorkStatus.DONE, 1)


async def test_dead_message_lives_again_when_it_is_sent_again(client: httpx.AsyncClient) -> None:
    await send(client, BODY_A)
    await InboxMessage.all().update(work_status=WorkStatus.DEAD, attempts=20, last_error="broken")
    assert await run_job("process-inbox") == 0

    assert (await send(client, BODY_A)).status_code == 200

    assert await run_job("process-inbox") == 1
    assert (await InboxMessage.get()).work_status == WorkStatus.DONE


ODD = [
    b"[]",
    b"null",
    b"1",
    b'"text"',
    b"{}",
    b"not json",
    b"",
    b"a=1&b=2",
    b'{"type":"Transaction.Paid"}',
    b'{"type":"Transaction.Paid","data":null}',
    b'{"type":"Transaction.Paid","data":[]}',
    b'{"type":"Transaction.Paid","data":{"paymentId":null}}',
    b'{"type":"Transaction.Paid","data":{"paymentId":["x"]}}',
    b'{"type":"Transaction.Paid","data":{"paymentId":""}}',
    b'{"type":"Transaction.Paid","data":{"paymentId":"../../admin"}}',
    b'{"type":"Transaction.Paid","data":{"paymentId":"\\u0000"}}',
    '{"type":"Transaction.Paid","data":{"paymentId":"주문-1 😀"}}'.encode(),
    b'{"type":"Transaction.Paid","data":{"paymentId":"' + b"x" * 5000 + b'"}}',
    b'{"type":"Transaction.SomethingNew","data":{"paymentId":"01JGXTESTPAYMENT0000000001"}}',
    b'{"type":"BillingKey.Issued","data":{"storeId":"s","billingKey":"b"}}',
    b'{"type":7,"data":{"paymentId":"x"}}',
    b'{"type":"' + "가".encode() * 500 + b'","data":{}}',
    b"[" * 20_000,
    b'{"payment_id":"x","tx_id":"t","status":"Paid"}',
]


async def test_odd_but_signed_messages_are_stored_and_done(client: httpx.AsyncClient) -> None:
    for number, body in enumerate(ODD):
        answer = await send(client, body, message_id=f"wh_{number}")
        assert (number, answer.status_code) == (number, 200)

    assert await run_job("process-inbox") == len(ODD)

    rows = await InboxMessage.all().order_by("id")
    assert [(row.message_id, row.work_status, row.attempts) for row in rows] == [
        (f"wh_{number}", WorkStatus.DONE, 1) for number in range(len(ODD))
    ]
    assert [row.body.encode() for row in rows] == ODD


async def test_body_that_is_no_text_is_refused_though_it_is_signed(client: httpx.AsyncClient) -> None:
    answer = await send(client, b"\xff\xfe\x00")
    assert said(answer) == (400, "WEBHOOK_SIGNATURE_INVALID")


async def test_message_for_another_source_is_left_alone(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    body = b'{"type":"Transaction.Paid","data":{"paymentId":"%s"}}' % placed.payment_id.encode()
    await send(client, body)
    await InboxMessage.all().update(source="other")
    await run_job("process-inbox")
    assert (await read_order(client, placed))["status"] == "PENDING"


async def test_what_the_message_says_is_only_a_hint(client: httpx.AsyncClient) -> None:
    """A genuine signature over a false story: PortOne is asked, and it says that nothing was paid."""
    placed = await place(client, ((await make_variant()).id, 1))
    body = b'{"type":"Transaction.Paid","data":{"paymentId":"%s","status":"PAID","amount":12500}}'
    await send(client, body % placed.payment_id.encode())
    assert await run_job("process-inbox") == 1
    assert (await read_order(client, placed))["status"] == "PENDING"


async def test_message_that_breaks_waits_longer_each_time_and_dies_after_twenty(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await send(client, b'{"type":"Transaction.Paid","data":{"paymentId":"%s"}}' % placed.payment_id.encode())
    await send(client, BODY_A, message_id="wh_other")
    with using(Told(payments={placed.payment_id: LookupError("a bug")})):
        for attempt in range(20):
            with later(hours=2 * attempt):
                assert await run_job("process-inbox") == (2 if attempt == 0 else 1)
        with later(days=10):
            assert await run_job("process-inbox") == 0

    broken, fine = await InboxMessage.all().order_by("id")
    assert (broken.work_status, broken.attempts, broken.last_error) == (WorkStatus.DEAD, 20, "LookupError")
    assert (fine.work_status, fine.attempts) == (WorkStatus.DONE, 1)
