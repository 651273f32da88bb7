"""Send restock alerts: each at most once, and none is lost by a crash before it is sent.

An alert becomes DUE by the event of returning stock, or by the job's own check of the stock, which finds stock without
an event. A sender claims it by compare-and-set (SENDING) right before it sends the message. If the sender crashes after
that, the alert stays SENDING; whether the message went out is unknown, so the alert ends as UNKNOWN and is not sent
again. Text messages are not sent at night. The person asked for this message, about one thing and once: it is no
advertising under 정보통신망법 제50조 and needs no marketing consent, so its text must not promote anything else.
"""

import logging
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from src.app.notification.services.delivery.sending import send_mail, send_sms
from src.app.notification.services.senders import Undelivered, senders
from src.app.notification.services.texts.rendering import Language
from src.app.product.models import AlertStatus, RestockAlert
from src.app.product.services.sellable import SellableVariant, find_variants
from src.app.user.services import queries as users
from src.app.user.services.marketing.advertising import morning_after
from src.app.user.services.marketing.consent import is_night
from src.common import clock
from src.common.crypto import CannotUnseal, unseal
from src.common.work import late_writes, wakeup
from src.core.configs import settings
from src.core.database import single_statement, unit_of_work
from src.core.database.statements import fetch

logger = logging.getLogger(__name__)

BATCH: Final = 20
TRIES: Final = 5
LEASE: Final = timedelta(minutes=10)
TEMPLATE: Final = "restock_alert"
RETURNED: Final = """
SELECT DISTINCT a.variant_id AS variant_id FROM restock_alert a
JOIN variant v ON v.id = a.variant_id JOIN product p ON p.id = v.product_id
WHERE a.status = 'WAITING' AND v.stock > 0 AND NOT v.is_retired AND p.sale_status = 'ON_SALE' AND p.display_status = 'SHOWN'
"""


async def mark_due(variant_id: int) -> None:
    """Mark all waiting alerts of this variant as DUE and wake the sending job. A repeat changes nothing."""
    now = clock.now()

    async def write() -> None:
        waiting = RestockAlert.filter(variant_id=variant_id, status=AlertStatus.WAITING)
        if await waiting.update(status=AlertStatus.DUE, next_at=now):
            wakeup.wake("send-restock-alerts")

    await unit_of_work(write)


async def send_due() -> int:
    """Send up to BATCH due alerts, oldest first. Returns how many were handled. The job ``send-restock-alerts``.

    Safe to run in several processes at once. Raises RuntimeError before it claims any alert if no sender is set up.
    """
    senders()
    await late_writes.write_what_waits()
    for row in await fetch(RETURNED):
        await mark_due(row["variant_id"])
    now = clock.now()
    for lost in await RestockAlert.filter(status=AlertStatus.SENDING, next_at__lte=now).limit(BATCH):
        logger.warning("restock alert %d: the sender is gone, nobody knows whether it was sent", lost.id)
        await _close(lost, AlertStatus.UNKNOWN)
    due = await RestockAlert.filter(status=AlertStatus.DUE, next_at__lte=now).order_by("next_at", "id").limit(BATCH)
    variants = await find_variants([alert.variant_id for alert in due])
    for alert in due:
        await _deal_with(alert, variants.get(alert.variant_id))
    return len(due)


async def _deal_with(alert: RestockAlert, variant: SellableVariant | None) -> None:
    if variant is None or variant.stock <= 0 or not variant.for_sale:  # sold out again: the message would be wrong
        await _move(alert, AlertStatus.DUE, to=AlertStatus.WAITING)
        return
    target = await _target(alert)
    if target is None:
        await _close(alert, AlertStatus.FAILED)
        return
    if target[0] == "sms" and is_night(now := clock.now()):
        await _move(alert, AlertStatus.DUE, to=AlertStatus.DUE, wait=morning_after(now) - now)
        return
    if not await _move(alert, AlertStatus.DUE, to=AlertStatus.SENDING, tries=alert.tries + 1, wait=LEASE):
        return  # another process claimed it, or it was cancelled
    try:
        await _send(alert, target, variant)
    except Undelivered as error:
        if error.may_have_gone:
            await _close(alert, AlertStatus.UNKNOWN)
        elif error.is_final or alert.tries + 1 >= TRIES:
            await _close(alert, AlertStatus.FAILED)
        else:
            pause = timedelta(minutes=2**alert.tries)
            await _move(alert, AlertStatus.SENDING, to=AlertStatus.DUE, tries=alert.tries + 1, wait=pause)
        return
    await _close(alert, AlertStatus.SENT)


async def _target(alert: RestockAlert) -> tuple[str, str] | None:
    """Return channel and address; None if the person can no longer be reached."""
    if alert.member_id is not None:
        return await users.contact_of(alert.member_id)
    try:
        return alert.channel, unseal(alert.address)
    except CannotUnseal:
        return None


async def _send(alert: RestockAlert, target: tuple[str, str], variant: SellableVariant) -> None:
    channel, address = target
    language: Language = "en" if alert.language == "en" else "ko"
    values: dict[str, Any] = {
        "name": variant.name,
        "option": f"{variant.color} / {variant.size}",
        "link": f"{settings().identity.front_url.rstrip('/')}/products/{quote(variant.product_code, safe='')}",
    }
    if channel == "email":
        is_repeat = alert.tries > 0
        await send_mail(address, template=TEMPLATE, values=values, language=language, is_repeat=is_repeat)
    else:
        await send_sms(address, template=TEMPLATE, values=values, language=language)


async def _move(
    alert: RestockAlert,
    origin: AlertStatus,
    *,
    to: AlertStatus,
    tries: int | None = None,
    wait: timedelta = timedelta(),
) -> bool:
    """Change the alert's status by compare-and-set. Return whether this call changed it."""
    found = RestockAlert.filter(id=alert.id, status=origin, tries=alert.tries if origin == AlertStatus.DUE else tries)
    changes = {"status": to, "next_at": clock.now() + wait, "tries": alert.tries if tries is None else tries}
    if await single_statement(lambda: found.update(**changes), is_harmless=True):
        return True
    # If the connection broke, the repeated statement found its own update done. `next_at` has microseconds, so no other
    # process writes the same values.
    return await RestockAlert.filter(id=alert.id, **changes).exists()


async def _close(alert: RestockAlert, end: AlertStatus) -> None:
    """End an alert: delete its personal data, so that the person may create another one."""
    found = RestockAlert.filter(id=alert.id, status__in=(AlertStatus.DUE, AlertStatus.SENDING))
    changes = {"status": end, "person": None, "member_id": None, "address": "", "closed_at": clock.now()}
    await late_writes.write_or_keep(lambda: found.update(**changes))
