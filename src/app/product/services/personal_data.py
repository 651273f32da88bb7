"""Personal data of a member in the product domain: restock alerts."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.product.models import RestockAlert
from src.common.clock import korean
from src.common.records.retention import Rule
from src.core.database import unit_of_work

# None: personal data is removed when an alert ends, and the job ``forget-restock-alerts`` deletes alerts after 90 days.
RULES: Final[Sequence[Rule]] = ()


async def export(member_id: int) -> Mapping[str, Any]:
    """Return the member's restock alerts, oldest first."""
    rows = await RestockAlert.filter(member_id=member_id).order_by("id")
    alerts = [
        {"variant_id": row.variant_id, "channel": row.channel, "created_at": korean(row.created_at)} for row in rows
    ]
    return {"restock_alerts": alerts}


async def erase(member_id: int) -> int:
    """Delete the member's alerts. Returns their number. A repeat changes nothing."""
    return await unit_of_work(lambda: RestockAlert.filter(member_id=member_id).delete())
