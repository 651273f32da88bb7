"""What the outbound domain holds of a member: the personal part of outgoing webhooks."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.outbound.models import OutboundDelivery
from src.app.outbound.services.deliveries.forgetting import BATCH, forget
from src.common.records.retention import Rule
from src.core.database import unit_of_work

RULES: Final[Sequence[Rule]] = ()  # deliveries go after OUTBOUND_KEEP_DAYS, by the job ``trim-outbound-deliveries``


async def export(_member_id: int) -> Mapping[str, Any]:
    """Nothing: a delivery repeats what orders and payments say."""
    return {}


async def erase(member_id: int) -> int:
    """Remove the member from every delivery; returns how many. One that is still to be sent goes without the
    personal part. In short transactions, however many there are; a repeat changes nothing."""
    of_member = OutboundDelivery.filter(member_id=member_id)
    erased = 0
    while emptied := await unit_of_work(lambda: forget(of_member.limit(BATCH))):
        erased += emptied
    return erased
