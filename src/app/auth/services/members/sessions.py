"""A member's own sessions: list them, end one, all, or the caller's own."""

from src.app.auth.dtos.responses import SessionRead
from src.app.auth.errors import SessionNotFound
from src.app.auth.services.sessions import sessions
from src.app.user.services.account import session_epochs
from src.common.dtos.pages import Items
from src.common.identity import Identity


async def mine(by: Identity) -> Items[SessionRead]:
    """Return every active session of the member, the last seen first. Raises SessionStoreUnavailable."""
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
    """End one of the member's sessions, also the current one. Raises SessionNotFound for one that is absent or another
    member's."""
    if not await sessions.close("member", by.id or 0, session_id):
        raise SessionNotFound


async def sign_out(by: Identity) -> None:
    """End the caller's session, whatever the cookie holds. Its access token stops working too."""
    if by.id is not None and by.kind != "guest":
        await sessions.close(by.kind, by.id, by.session_id)


async def sign_out_all(by: Identity) -> None:
    """End all sessions of the member: first in the member's row, so that no session comes back with a restored
    Redis."""
    if by.member_id is not None:
        epoch = await session_epochs.raise_epoch(by.member_id)
        await sessions.close_all("member", by.member_id, epoch=epoch)
