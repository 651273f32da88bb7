"""What the auth domain holds of a member, for the export of personal data."""

from pydantic import JsonValue

from src.app.auth.services.sessions import sessions
from src.app.auth.services.social import links
from src.common.clock import korean


async def social_links_of(user_id: int) -> JsonValue:
    """The member's accounts at Kakao, Naver and Google, oldest first: the provider's number of the person, the e-mail
    address it told last, when it was linked and when it was used last. Its tokens are no data of the person."""
    return [
        {
            "provider": link.provider,
            "subject": link.subject,
            "email": link.email,
            "linked_at": korean(link.linked_at),
            "last_used_at": korean(link.used_at),
        }
        for link in await links.of_member(user_id)
    ]


async def sessions_of(user_id: int) -> JsonValue:
    """The member's living sessions, the last seen first: device and network address, as GET /auth/sessions shows them.

    Nothing is kept of sessions that are over. Raises SessionStoreUnavailable.
    """
    return [
        {
            "device": session.device,
            "address": session.address,
            "created_at": korean(session.created_at),
            "last_seen_at": korean(session.seen_at),
            "remember_me": session.is_remembered,
        }
        for session in await sessions.list_open("member", user_id)
    ]
