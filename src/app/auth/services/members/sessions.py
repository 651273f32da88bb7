"""A member's own sessions: see them, end one."""

from src.app.auth.dtos.responses import SessionRead
from src.app.auth.errors import SessionNotFound
from src.app.auth.services.sessions import sessions
from src.common.dtos.pages import Items
from src.common.identity import Identity


async def mine(by: Identity) -> Items[SessionRead]:
    """Every living session of the member, the last seen first. Raises SessionStoreUnavailable."""
    found = await sessions.list_open("member", by.id or 0)
    return Items(
        items=[
            SessionRead(
                id=session.id,
                device=session.device,
                address=session.address,
                created_at=session.created_at,
                last_seen_at=session.seen_at,
                remember_me=session.is_remembered,
                is_current=session.id == by.session_id,
            )
            for session in found
        ]
    )


async def end(session_id: str, *, by: Identity) -> None:
    """End one of the member's sessions, the asking one too. Raises SessionNotFound for any other, absent or foreign."""
    if not await sessions.close("member", by.id or 0, session_id):
        raise SessionNotFound
