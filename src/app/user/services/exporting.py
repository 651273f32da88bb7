"""Everything that the shop holds about a member, as one JSON document (개인정보 보호법 제35조: 열람)."""

from collections.abc import Awaitable, Callable
from typing import Final

from pydantic import JsonValue

from src.app.user.dtos.responses import Export, Profile, WithdrawalExported
from src.app.user.models import Withdrawal
from src.app.user.services import consents, queries
from src.app.user.services.account import addresses
from src.common import clock
from src.common.http.rate_limits import by_name, limiter
from src.common.identity import Identity

Exporter = Callable[[int], Awaitable[JsonValue]]

LIMIT: Final = "5/86400"
OWN: Final = frozenset(Export.model_fields)

_exporters: dict[str, Exporter] = {}


def register_exporter(name: str, exporter: Exporter) -> None:
    """Upper domains add what they hold of a member under `name`; main registers them. Again replaces.

    Raises ValueError for a name that this domain uses itself.
    """
    if name in OWN:
        raise ValueError(f"{name} is a member of the export already")
    _exporters[name] = exporter


async def export(by: Identity) -> Export:
    """The document, as of now. Raises TooManyAttempts after five in a day."""
    await limiter().count(LIMIT, "export", by_name(by.key))
    user = await queries.member(by)
    withdrawals = await Withdrawal.filter(user_id=user.id).order_by("id")
    others = {name: await exporter(user.id) for name, exporter in _exporters.items()}
    return Export(
        exported_at=clock.now(),
        profile=Profile.model_validate(user, from_attributes=True),
        addresses=await addresses.of_member(user.id),
        consents=[consents.decision(row) for row in await consents.history(user.id)],
        withdrawals=[WithdrawalExported.model_validate(row, from_attributes=True) for row in withdrawals],
        **others,
    )
