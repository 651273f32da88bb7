"""What the auth domain holds of a member: links to providers, sessions, and links that set a new password."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import JsonValue

from src.app.auth.models import SocialAccount
from src.app.auth.services.sessions import accounts, sessions
from src.app.auth.services.social import links
from src.app.auth.services.social.unlinking import unlink_at_provider
from src.app.auth.services.verification import reset_tokens
from src.common.clock import korean
from src.common.records.retention import Rule
from src.core.database import unit_of_work

RULES: Final[Sequence[Rule]] = ()  # codes and tokens go a day after they count no more: ``forget-spent-codes``


async def export(member_id: int) -> Mapping[str, Any]:
    """Links to providers, and living sessions. Raises SessionStoreUnavailable."""
    return {"social_links": await _links(member_id), "sessions": await _sessions(member_id)}


async def erase(member_id: int) -> int:
    """End the links at the providers as far as they answer and remove them here in any case, void every link that
    sets a password, and end every session; returns how many links went.

    Sessions come last: while Redis is away no row waits for it. Raises SessionStoreUnavailable. A repeat finds nothing.
    """
    for link in await links.of_member(member_id):
        await unlink_at_provider(link)

    async def write() -> int:
        await reset_tokens.void_tokens(member_id)
        return await SocialAccount.filter(user_id=member_id).delete()

    erased = await unit_of_work(write)
    account = await accounts.by_id("member", member_id)
    await sessions.close_all("member", member_id, epoch=None if account is None else account.epoch)
    return erased


async def _links(member_id: int) -> JsonValue:
    """Oldest first: the provider's number of the person, the e-mail address it told last, when it was linked and when
    it was used last. Its tokens are no data of the person."""
    return [
        {
            "provider": link.provider,
            "subject": link.subject,
            "email": link.email,
            "linked_at": korean(link.linked_at),
            "last_used_at": korean(link.used_at),
        }
        for link in await links.of_member(member_id)
    ]


async def _sessions(member_id: int) -> JsonValue:
    """The last seen first: device and network address, as GET /auth/sessions shows them. Nothing is kept of sessions
    that are over."""
    return [
        {
            "device": session.device,
            "address": session.address,
            "created_at": korean(session.created_at),
            "last_seen_at": korean(session.seen_at),
            "remember_me": session.is_remembered,
        }
        for session in await sessions.list_open("member", member_id)
    ]
