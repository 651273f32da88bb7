"""A member's data in the outbound domain: the personal part of outgoing webhooks."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.outbound.models import OutboundDelivery
from src.app.outbound.services.deliveries.forgetting import BATCH, forget
from src.common.records.retention import Rule
from src.core.database import unit_of_work

RULES: Final[Sequence[Rule]] = ()  # ``trim-outbound-deliveries`` deletes deliveries after OUTBOUND_KEEP_DAYS


async def export(_member_id: int) -> Mapping[str, Any]:
    """Return nothing: a delivery only repeats data of orders and payments, which export it themselves."""
    return {}


async def erase(member_id: int) -> int:
    """Remove the member and the personal part from all their deliveries; return the number of deliveries changed.

    Pending deliveries are then sent without the personal part. Runs in transactions of BATCH rows; a repeat changes
    nothing.
    """
    of_member = OutboundDelivery.filter(member_id=member_id)
    erased = 0
    while emptied := await unit_of_work(lambda: forget(of_member.limit(BATCH))):
        erased += emptied
    return erased
