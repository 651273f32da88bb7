"""Create, list and cancel restock alerts: a person is notified when a sold-out colour and size is back.

A guest's contact is stored encrypted, until the message is sent or 90 days have passed. Of a member only the id is
stored.
"""

from datetime import timedelta
from typing import Final

from tortoise.exceptions import IntegrityError

from src.app.notification.services.texts.rendering import Language
from src.app.product.dtos.restock import Channel, RestockAlertRead, RestockAsk, RestockAsked
from src.app.product.errors import (
    RestockAlertNotFound,
    RestockContactNeeded,
    RestockNotNeeded,
    StockVariantNotFound,
    TooManyRestockAlerts,
)
from src.app.product.models import AlertStatus, RestockAlert
from src.app.product.services import detail
from src.app.product.services.media import media_url
from src.app.product.services.sellable import SellableVariant, find_variants
from src.app.user.services import queries as users
from src.common import clock
from src.common.crypto import keyed_hash, keyed_hashes, seal
from src.common.dtos.pages import Items
from src.common.http.rate_limits import by_address, limiter
from src.common.identity import Identity
from src.core.database import unit_of_work

LIMIT: Final = "60/3600"  # requests from one network address
MOST_OPEN: Final = 30
KEPT: Final = timedelta(days=90)
PURPOSE: Final = "restock alert"
CANCELLABLE: Final = (AlertStatus.WAITING, AlertStatus.DUE)


async def count_due() -> int:
    """Count the alerts that are due to be sent."""
    return await RestockAlert.filter(status=AlertStatus.DUE).count()


class _Contact:
    """The recipient. `keys` identify the person, the key of the newest secret first; `sealed` is the encrypted address,
    empty for members."""

    def __init__(self, *, channel: Channel, keys: tuple[str, ...], sealed: str, member_id: int | None) -> None:
        self.channel = channel
        self.keys = keys
        self.sealed = sealed
        self.member_id = member_id


async def ask(ref: str, body: RestockAsk, *, by: Identity, address: str, language: Language) -> RestockAsked:
    """Create this person's alert for the variant. A repeat, even a simultaneous one, does not create a second alert.

    Stock that arrives between the check and the commit is found by the job, which checks the stock of every waiting
    alert. Raises ProductNotFound, StockVariantNotFound (not of this product), RestockNotNeeded, RestockContactNeeded,
    TooManyRestockAlerts, TooManyAttempts.
    """
    await limiter().count(LIMIT, "restock-alert", by_address(address, is_dear=True))
    product_id = await detail.id_of(ref)
    contact = await _contact(body, by)
    wanted = (await find_variants([body.variant_id])).get(body.variant_id)
    if wanted is None or wanted.product_id != product_id:
        raise StockVariantNotFound(variant_id=body.variant_id)
    if wanted.stock > 0:
        raise RestockNotNeeded(variant_id=wanted.variant_id, left=wanted.stock)

    async def write() -> None:
        open_now = RestockAlert.filter(person__in=contact.keys)
        if await open_now.filter(variant_id=wanted.variant_id).exists():
            return
        if await open_now.count() >= MOST_OPEN:
            raise TooManyRestockAlerts(limit=MOST_OPEN)
        now = clock.now()
        await RestockAlert.create(
            variant_id=wanted.variant_id,
            member_id=contact.member_id,
            person=contact.keys[0],
            channel=contact.channel,
            address=contact.sealed,
            language=language,
            next_at=now,
            created_at=now,
        )

    try:
        await unit_of_work(write)
    except IntegrityError:  # a simultaneous request of the same person, or the variant was deleted
        if (await find_variants([body.variant_id])).get(body.variant_id) is None:
            raise StockVariantNotFound(variant_id=body.variant_id) from None
    return RestockAsked(**_words(wanted), channel=contact.channel)


async def mine(by: Identity) -> Items[RestockAlertRead]:
    """List the member's open alerts, newest first. Two queries."""
    rows = await RestockAlert.filter(member_id=by.member_id).order_by("-id")
    variants = await find_variants([row.variant_id for row in rows])
    return Items(
        items=[
            RestockAlertRead(
                **_words(variant),
                channel="sms" if row.channel == "sms" else "email",
                id=row.id,
                image_url=media_url(variant.image_path) if variant.image_path else None,
                alt=variant.alt,
                created_at=row.created_at,
            )
            for row in rows
            if (variant := variants.get(row.variant_id))
        ]
    )


async def cancel(alert_id: int, *, by: Identity) -> None:
    """Cancel one alert. Raises RestockAlertNotFound, also if it is being sent."""

    async def write() -> None:
        found = RestockAlert.filter(id=alert_id, member_id=by.member_id, status__in=CANCELLABLE)
        if not await found.delete():
            raise RestockAlertNotFound

    await unit_of_work(write)


async def cancel_all(by: Identity) -> None:
    """Cancel all of the member's alerts, except any that is being sent. A repeat changes nothing."""

    async def write() -> None:
        await RestockAlert.filter(member_id=by.member_id, status__in=CANCELLABLE).delete()

    await unit_of_work(write)


async def forget_old() -> int:
    """Delete alerts older than 90 days, sent or not. Returns their number. The job ``forget-restock-alerts``."""

    async def write() -> int:
        return await RestockAlert.filter(created_at__lt=clock.now() - KEPT).delete()

    return await unit_of_work(write)


async def _contact(body: RestockAsk, by: Identity) -> _Contact:
    if by.member_id is not None:
        member = await users.member(by)
        if body.email or body.phone or not (member.email or member.phone):
            raise RestockContactNeeded
        return _Contact(channel="email" if member.email else "sms", keys=(by.key,), sealed="", member_id=by.member_id)
    target = body.email or body.phone
    if target is None:
        raise RestockContactNeeded
    keys = (keyed_hash(PURPOSE, target), *keyed_hashes(PURPOSE, target)[1:])
    return _Contact(channel="email" if body.email else "sms", keys=keys, sealed=seal(target), member_id=None)


def _words(variant: SellableVariant) -> dict[str, str | int]:
    return {
        "variant_id": variant.variant_id,
        "product_id": variant.product_id,
        "product_code": variant.product_code,
        "name": variant.name,
        "color": variant.color,
        "size": variant.size,
    }
