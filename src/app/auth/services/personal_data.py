"""Personal data of the auth domain: links to providers, sessions, and password reset tokens."""

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

RULES: Final[Sequence[Rule]] = ()  # codes and tokens are deleted a day after they expire: ``forget-spent-codes``


async def export(member_id: int) -> Mapping[str, Any]:
    """Export links to providers and active sessions. Raises SessionStoreUnavailable."""
    return {"social_links": await _links(member_id), "sessions": await _sessions(member_id)}


async def erase(member_id: int) -> int:
    """End the links at the providers that answer, delete all links here, void every reset token, and end every session;
    returns the number of deleted links.

    Sessions come last, so that without Redis the rows are erased all the same. Raises SessionStoreUnavailable. A repeat
    finds nothing.
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
    """Return the links, oldest first: the provider's id of the person, its last e-mail address, the times of linking
    and of last use. Tokens are not exported: they are no data about the person."""
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
    """Return the active sessions, the last seen first: device and network address, as GET /auth/sessions shows them.
    Ended sessions are not kept."""
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
