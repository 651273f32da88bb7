"""What is due is sent: signed, at least once, tried again by the schedule, and no receiver in the way of another."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from src.app.outbound.models import OffReason, OutboundAttempt, OutboundDelivery, OutboundWebhook
from src.app.outbound.services.deliveries.outcomes import SCHEDULE
from src.app.outbound.services.deliveries.sending import AT_ONCE, LEASE_SECONDS, Sender, send_due
from src.app.outbound.services.http.transport import Answer, Unsent
from src.common import clock
from src.common.crypto import unseal
from src.common.models.work_item import WorkStatus
from src.core.configs import Settings, settings, use
from src.core.configs.identity_groups import IdentitySettings
from tests.app.outbound.support import ERP, WMS, Receivers, eventually, make_deliveries, make_webhook, sending_by
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited

pytestmark = pytest.mark.usefixtures("empty")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_a_message_is_signed_by_standard_webhooks_and_noted() -> None:
    webhook = await make_webhook(ERP)
    await make_deliveries(webhook, 1)
    receivers = Receivers()
    receivers.answers[ERP] = [Answer(200, "고맙습니다")]
    with sending_by(receivers):
        assert await send_due() == 1
        assert await send_due() == 0
    (message,) = receivers.got
    row = await OutboundDelivery.get()
    assert Webhook(unseal(webhook.secret)).verify(message.body, message.headers) == json.loads(row.body)
    assert message.headers["webhook-id"] == row.message_id
    assert message.headers["Content-Type"] == "application/json"
    assert (row.work_status, row.attempts, row.response_status, row.last_error) == (WorkStatus.DONE, 1, 200, "")
    assert (row.lease_token, row.done_at is None) == ("", False)
    one_try = await OutboundAttempt.get()
    assert (one_try.delivery_id, one_try.response_status, one_try.error) == (row.id, 200, "")
    assert one_try.answer == "고맙습니다"
    assert (await OutboundWebhook.get()).failing_since is None


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_every_2xx_is_delivered(status: int) -> None:
    await make_deliveries(await make_webhook(ERP), 1)
    receivers = Receivers(always={ERP: Answer(status)})
    with sending_by(receivers):
        await send_due()
    assert (await OutboundDelivery.get()).work_status == WorkStatus.DONE


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(500), "HTTP 500"),
        (Answer(404), "HTTP 404"),
        (Answer(307), "HTTP 307 redirect not followed"),
        (Answer(199), "HTTP 199"),
        (Unsent("timeout"), "timeout"),
        (Unsent("address refused"), "address refused"),
    ],
)
async def test_everything_else_is_tried_again(answer: Answer | Unsent, error: str) -> None:
    await make_deliveries(await make_webhook(ERP), 1, available_at=NOON)
    with sending_by(Receivers(always={ERP: answer})), clock.as_of(NOON):
        assert await send_due() == 1
    row = await OutboundDelivery.get()
    assert (row.work_status, row.last_error, row.available_at) == (
        WorkStatus.PENDING,
        error,
        NOON + timedelta(seconds=5),
    )
    assert (await OutboundWebhook.get()).failing_since == NOON


async def test_the_schedule_is_kept_to_and_ends_as_failed_with_one_id_all_along() -> None:
    await make_deliveries(await make_webhook(ERP), 1, available_at=NOON)
    receivers = Receivers(always={ERP: Answer(500)})
    moment = NOON
    with sending_by(receivers):
        for pause in (*SCHEDULE, None):
            with clock.as_of(moment):
                assert await send_due() == 1
                assert await send_due() == 0
            row = await OutboundDelivery.get()
            if pause is not None:
                assert (row.work_status, row.available_at) == (WorkStatus.PENDING, moment + pause)
                moment += pause
                with clock.as_of(moment - timedelta(microseconds=1)):
                    assert await send_due() == 0
        with clock.as_of(moment + timedelta(days=30)):
            assert await send_due() == 0
    assert (row.work_status, row.attempts) == (WorkStatus.DEAD, 10)
    assert len(set(receivers.ids())) == 1
    assert await OutboundAttempt.all().count() == len(receivers.got) == 10
    assert sum(SCHEDULE, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)


async def test_gone_switches_the_webhook_off_and_says_so() -> None:
    webhook = await make_webhook(ERP)
    await make_deliveries(webhook, 1, available_at=NOON)
    await make_deliveries(webhook, 1, available_at=NOON + timedelta(seconds=1))
    receivers = Receivers(always={ERP: Answer(410)})
    with sending_by(receivers):
        with clock.as_of(NOON):
            assert await send_due() == 1
        with clock.as_of(NOON + timedelta(days=1)):
            assert await send_due() == 0
    first, second = await OutboundDelivery.all().order_by("id")
    assert (first.work_status, second.work_status) == (WorkStatus.DEAD, WorkStatus.PENDING)
    off = await OutboundWebhook.get()
    assert (off.is_active, off.off_reason, off.version) == (False, OffReason.GONE, 2)
    (row,) = await audited("outbound_webhook.switched_off")
    assert (row["actor"], row["target_id"], row["reason"]) == ("system", str(webhook.id), "HTTP 410")
    assert row["after"] == {"is_active": False, "off_reason": "GONE"}


async def test_days_of_nothing_but_failures_switch_it_off_once() -> None:
    webhook = await make_webhook(ERP)
    receivers = Receivers(always={ERP: Answer(500)})
    with sending_by(receivers):
        for hours, is_active in ((0, True), (119, True), (120, False)):
            moment = NOON + timedelta(hours=hours)
            await OutboundDelivery.all().delete()
            await make_deliveries(webhook, 3, available_at=moment)
            with clock.as_of(moment):
                assert await send_due() == 3
            assert (await OutboundWebhook.get()).is_active == is_active
    assert (await OutboundWebhook.get()).off_reason == OffReason.FAILING
    assert len(await audited("outbound_webhook.switched_off")) == 1


async def test_one_success_begins_the_days_anew() -> None:
    webhook = await make_webhook(ERP)
    receivers = Receivers()
    with sending_by(receivers):
        for days, answer in ((0, Answer(500)), (4, Answer(200)), (5, Answer(500)), (9, Answer(500))):
            moment = NOON + timedelta(days=days)
            await OutboundDelivery.all().delete()
            await make_deliveries(webhook, 1, available_at=moment)
            receivers.answers[ERP] = [answer]
            with clock.as_of(moment):
                await send_due()
    found = await OutboundWebhook.get()
    assert (found.is_active, found.failing_since) == (True, NOON + timedelta(days=5))


@pytest.mark.parametrize("status", [429, 503])
async def test_who_asks_to_wait_is_left_alone_with_all_its_messages(status: int) -> None:
    webhook = await make_webhook(ERP)
    await make_deliveries(webhook, 1, available_at=NOON)
    await make_deliveries(webhook, 1, available_at=NOON + timedelta(seconds=1))
    until = NOON + timedelta(minutes=20)
    receivers = Receivers()
    receivers.answers[ERP] = [Answer(status, wait_until=until)]
    with sending_by(receivers):
        with clock.as_of(NOON):
            assert await send_due() == 1
        assert (await OutboundDelivery.filter(response_status=status).get()).available_at == until
        with clock.as_of(until - timedelta(microseconds=1)):
            assert await send_due() == 0
        with clock.as_of(until):
            assert await send_due() == 2
    assert (await OutboundWebhook.get()).is_active


async def test_two_runners_at_once_send_each_message_once() -> None:
    for url in (ERP, WMS):
        await make_deliveries(await make_webhook(url), 40)
    receivers = Receivers()
    sent = await asyncio.gather(*(Sender(receivers).send_due() for _ in range(3)))
    assert sum(sent) == len(receivers.got) == 80
    assert len(set(receivers.ids(ERP) + receivers.ids(WMS))) == 80
    assert await OutboundDelivery.filter(work_status=WorkStatus.DONE, attempts=1).count() == 80


async def test_a_receiver_that_hangs_holds_up_no_other() -> None:
    """The other gets all of its messages, also those that come later, while the first still holds its first ones."""
    erp, wms = await make_webhook(ERP), await make_webhook(WMS)
    await make_deliveries(erp, 10, available_at=NOON)  # the oldest by far
    await make_deliveries(wms, 30)
    receivers = Receivers(hanging={ERP: asyncio.Event()})
    sending = asyncio.create_task(Sender(receivers).send_due())
    await eventually(lambda: len(receivers.ids(WMS)) == 30)
    await make_deliveries(wms, 1)
    await eventually(lambda: len(receivers.ids(WMS)) == 31)
    assert len(receivers.ids(ERP)) == AT_ONCE
    assert not sending.done()
    receivers.hanging[ERP].set()
    assert await sending == 41
    assert len(set(receivers.ids(ERP))) == 10


async def test_ten_thousand_messages_for_a_dead_receiver_are_in_nobodys_way() -> None:
    dead, wms = await make_webhook(ERP), await make_webhook(WMS)
    await make_deliveries(dead, 10_000, available_at=NOON)
    await make_deliveries(wms, 20)
    receivers = Receivers(hanging={ERP: asyncio.Event()})
    sender = Sender(receivers)
    sending = asyncio.create_task(sender.send_due())
    await eventually(lambda: len(receivers.ids(WMS)) == 20)
    assert len(receivers.ids(ERP)) == AT_ONCE
    sender.stop()
    receivers.hanging[ERP].set()
    assert await sending == 20 + AT_ONCE


async def test_who_dies_between_sending_and_noting_leaves_it_to_be_sent_again_with_the_same_id() -> None:
    await make_deliveries(await make_webhook(ERP), 1, available_at=NOON)
    receivers = Receivers(hanging={ERP: asyncio.Event()})
    with clock.as_of(NOON):
        dying = asyncio.create_task(Sender(receivers).send_due())
        await eventually(lambda: len(receivers.got) == 1)
        dying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dying
    receivers.hanging.clear()
    with clock.as_of(NOON + timedelta(seconds=LEASE_SECONDS, microseconds=-1)):
        assert await Sender(receivers).send_due() == 0
    with clock.as_of(NOON + timedelta(seconds=LEASE_SECONDS)):
        assert await Sender(receivers).send_due() == 1
    first, second = receivers.ids()
    assert first == second
    row = await OutboundDelivery.get()
    assert (row.work_status, row.attempts) == (WorkStatus.DONE, 2)


async def test_a_worker_whose_lease_ended_does_not_undo_what_the_next_one_noted() -> None:
    await make_deliveries(await make_webhook(ERP), 1, available_at=NOON)
    slow = Receivers(hanging={ERP: asyncio.Event()}, always={ERP: Answer(500)})
    with clock.as_of(NOON):
        late = asyncio.create_task(Sender(slow).send_due())
        await eventually(lambda: len(slow.got) == 1)
    with clock.as_of(NOON + timedelta(seconds=LEASE_SECONDS)):
        assert await Sender(Receivers()).send_due() == 1
    slow.hanging[ERP].set()
    await late
    row = await OutboundDelivery.get()
    assert (row.work_status, row.response_status, row.last_error) == (WorkStatus.DONE, 204, "")
    assert await OutboundAttempt.all().count() == 2


async def test_a_sender_that_stops_ends_what_it_began_and_begins_no_more() -> None:
    await make_deliveries(await make_webhook(ERP), AT_ONCE + 3)
    receivers = Receivers(hanging={ERP: asyncio.Event()})
    sender = Sender(receivers)
    sending = asyncio.create_task(sender.send_due())
    await eventually(lambda: len(receivers.got) == AT_ONCE)
    sender.stop()
    receivers.hanging[ERP].set()
    assert await sending == AT_ONCE
    assert await OutboundDelivery.filter(work_status=WorkStatus.DONE).count() == AT_ONCE
    assert await OutboundDelivery.filter(work_status=WorkStatus.PENDING, lease_token="").count() == 3
    assert await sender.send_due() == 0


async def test_a_key_that_cannot_be_read_fails_the_delivery_and_nothing_is_sent() -> None:
    await make_deliveries(await make_webhook(ERP), 1)
    receivers = Receivers()
    other = Settings(
        server=settings().server, database=settings().database, identity=IdentitySettings(data_key="another-key-" * 3)
    )
    with sending_by(receivers), use(other):
        assert await send_due() == 1
    row = await OutboundDelivery.get()
    assert (row.work_status, row.last_error) == (
        WorkStatus.PENDING,
        "the key cannot be read: DATA_KEY was changed",
    )
    assert receivers.got == []


async def test_a_look_that_finds_nothing_due_is_one_query() -> None:
    await make_deliveries(await make_webhook(ERP), 2, available_at=datetime(2999, 1, 1, tzinfo=UTC))
    with captured_sql() as statements:
        assert await Sender(Receivers()).send_due() == 0
    assert len(statements) == 1
