"""Staff see and set the payment channels."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.payment.dtos.admin.channels import ChannelListRead, ChannelListWrite, ChannelRead, ChannelWrite
from src.app.payment.errors import ChannelLeftOut
from src.app.payment.models import PaymentChannel, PaymentChannelList
from src.app.payment.services.channels import memory
from src.app.payment.services.channels.book import Channel
from src.app.payment.services.channels.defaults import of_settings
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

ONLY: Final = 1
COLUMNS: Final = (
    *("method", "pg", "channel_key", "mode", "is_active", "mixed_tax", "escrow", "manual_approval"),
    *("min_amount", "name", "name_en"),
)


async def read() -> ChannelListRead:
    """Return the whole list for editing: the rows, or the channels of the settings. Two statements."""
    row = await PaymentChannelList.get_or_none(id=ONLY)
    return ChannelListRead(
        items=[_shown(channel) for channel in await _present()],
        is_from_settings=row is None,
        updated_at=row.updated_at if row else None,
        version=row.version if row else FIRST,
    )


async def put(body: ChannelListWrite, *, version: int, by: Actor) -> ChannelListRead:
    """Set the whole list in this order: one transaction with one audit row. Locks the row of the list.

    From the first edit on the settings' channels count no more. Payments that are open keep the channel of their code.
    Equal values write nothing. Raises StaleEdit and ChannelLeftOut.
    """
    wanted = [_value(one) for one in body.items]

    async def write() -> None:
        row = await PaymentChannelList.filter(id=ONLY).select_for_update().first()
        refuse_stale(row.version if row else FIRST, version)
        there = await _present()
        if missing := sorted({one.code for one in there} - {one.code for one in wanted}):
            raise ChannelLeftOut(codes=missing)
        before, after = audit.changed(_as_logged(there), _as_logged(wanted))
        if not after:
            return
        await _save(wanted)
        await _raise_version(row, version + 1)
        await audit.record(
            "payment_channels.changed", by=by, target=("payment_channel_list", ONLY), before=before, after=after
        )

    await _once_more(write)
    await memory.refresh()
    return await read()


async def _present() -> list[Channel]:
    rows = await PaymentChannel.all().order_by("position", "code")
    return [memory.channel_of(row) for row in rows] or of_settings()


def _value(one: ChannelWrite) -> Channel:
    values = one.model_dump()
    return Channel(provider=values.pop("easy_pay_provider"), **values)


def _as_logged(channels: list[Channel]) -> dict[str, Any]:
    """Return the channels by code, each with its place in the list."""
    return {channel.code: {**_columns(channel), "position": place} for place, channel in enumerate(channels)}


def _columns(channel: Channel) -> dict[str, Any]:
    values = {name: getattr(channel, name) for name in COLUMNS}
    return {**values, "easy_pay_provider": channel.provider.value if channel.provider else ""}


async def _save(wanted: list[Channel]) -> None:
    """Write all rows anew: the first edit stores those of the settings too, from then on they do not count."""
    values = _as_logged(wanted)
    await PaymentChannel.all().delete()
    await PaymentChannel.bulk_create([PaymentChannel(code=code, **columns) for code, columns in values.items()])


async def _raise_version(row: PaymentChannelList | None, version: int) -> None:
    if row is None:
        await PaymentChannelList.create(id=ONLY, version=version, updated_at=clock.now())
    else:
        await PaymentChannelList.filter(id=ONLY).update(version=version, updated_at=clock.now())


async def _once_more(write: Callable[[], Awaitable[None]]) -> None:
    """Run the write, and once more after an IntegrityError: two first changes at once both find no row to lock."""
    try:
        await unit_of_work(write)
    except IntegrityError:
        await unit_of_work(write)


def _shown(channel: Channel) -> ChannelRead:
    return ChannelRead(
        code=channel.code,
        easy_pay_provider=channel.provider,
        is_offered=channel.is_offered,
        **{name: getattr(channel, name) for name in COLUMNS},
    )
