"""Retention of scans, live and archived (docs/retention.md).

Where a parcel was scanned tells where its recipient lives, and some couriers write names into their words. Both are
emptied when the period ends or the member leaves; the row stays with its time and status.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from src.app.fulfilment.models import ShipmentScan, ShipmentScanArchive
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work

RETENTION: Final = "payment"
EMPTY: Final = {"place": "", "text": ""}


def _over(table: type[ShipmentScan], before: datetime) -> Any:
    return table.filter(created_at__lte=before).exclude(**EMPTY)


async def _erase(table: type[ShipmentScan], ids: Sequence[int], before: datetime) -> int:
    return await unit_of_work(lambda: _over(table, before).filter(id__in=list(ids)).update(**EMPTY))


def _rule(table: type[ShipmentScan], name: str) -> Rule:
    return Rule(
        retention=RETENTION,
        table=name,
        subject="배송 스캔의 장소와 내용 / Places and words of scans",
        find=lambda before: batches(_over(table, before)),
        erase=partial(_erase, table),
    )


RULES: Final = (_rule(ShipmentScan, "shipment_scan"), _rule(ShipmentScanArchive, "shipment_scan_archive"))
