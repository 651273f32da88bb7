"""The channels in the memory of a process, so that no order reads them.

Every web process reads the rows again every two seconds (the job ``refresh-payment-channels``), and at once after an
edit that it made itself. A process without that job reads them when they are older than FRESH_SECONDS.
"""

import logging
import time
from collections.abc import Iterable
from typing import Final

from src.app.payment.models import EasyPayProvider, PaymentChannel
from src.app.payment.services.channels.book import Channel, ChannelBook
from src.app.payment.services.channels.defaults import of_settings
from src.common.logs.setup import where

logger = logging.getLogger(__name__)

FRESH_SECONDS: Final = 30.0

_rows: tuple[Channel, ...] = ()
_read_at = float("-inf")


async def channels() -> ChannelBook:
    """Return the channels in force. A statement only where the memory is older than FRESH_SECONDS (30)."""
    if time.monotonic() - _read_at > FRESH_SECONDS:
        await refresh()
    return known_channels()


def known_channels() -> ChannelBook:
    """Return the channels as this process read them last, however long ago. Without rows: those of the settings."""
    return ChannelBook(_rows or of_settings())


async def refresh() -> int:
    """Read the rows. One statement. Returns 0, as a job with no work left."""
    keep(await PaymentChannel.all().order_by("position", "code"))
    return 0


async def refresh_at_start() -> None:
    """Run `refresh` before the first request. An error is logged, not raised: the worker starts without a database too,
    and the first order reads the rows."""
    try:
        await refresh()
    except Exception as error:  # noqa: BLE001 - see above
        logger.warning("payment channels were not read at the start: %s", where(error))


def keep(rows: Iterable[PaymentChannel]) -> None:
    """Keep these rows, in the order to show, as what is in force now."""
    global _rows, _read_at
    _rows, _read_at = tuple(channel_of(row) for row in rows), time.monotonic()


def channel_of(row: PaymentChannel) -> Channel:
    """Return a row as a value."""
    return Channel(
        code=row.code,
        method=row.method,
        channel_key=row.channel_key,
        name=row.name,
        name_en=row.name_en,
        provider=EasyPayProvider(row.easy_pay_provider) if row.easy_pay_provider else None,
        pg=row.pg,
        mode=row.mode,
        is_active=row.is_active,
        mixed_tax=row.mixed_tax,
        escrow=row.escrow,
        manual_approval=row.manual_approval,
        min_amount=row.min_amount,
    )
