"""Export everything that the shop holds about a member as one JSON document (개인정보 보호법 제35조: 열람)."""

from typing import Final

from src.app.user.dtos.responses import Export
from src.app.user.services import queries
from src.common import clock
from src.common.http.rate_limits import by_name, limiter
from src.common.identity import Identity
from src.common.records.personal_data import export_member

LIMIT: Final = "5/86400"


async def export(by: Identity) -> Export:
    """Return the document with the current export of every registered domain. Raises TooManyAttempts after five a
    day."""
    await limiter().count(LIMIT, "export", by_name(by.key))
    user = await queries.member(by)
    return Export(exported_at=clock.now(), **await export_member(user.id))
