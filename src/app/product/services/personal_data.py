"""What the product domain holds of a member: alerts of sizes that sold out."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.product.models import RestockAlert
from src.common.clock import korean
from src.common.records.retention import Rule
from src.core.database import unit_of_work

RULES: Final[Sequence[Rule]] = ()  # an alert goes when it was sent or after 90 days: ``forget-restock-alerts``


async def export(member_id: int) -> Mapping[str, Any]:
    """The sizes that the member waits for, oldest first."""
    rows = await RestockAlert.filter(member_id=member_id).order_by("id")
    alerts = [
        {"variant_id": row.variant_id, "channel": row.channel, "created_at": korean(row.created_at)} for row in rows
    ]
    return {"restock_alerts": alerts}


async def erase(member_id: int) -> int:
    """Delete the member's alerts; returns how many. A repeat finds none."""
    return await unit_of_work(lambda: RestockAlert.filter(member_id=member_id).delete())
