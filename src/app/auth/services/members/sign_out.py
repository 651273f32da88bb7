"""End sessions."""

from src.app.auth.services.sessions import sessions
from src.app.user.services.account import session_epochs
from src.common.identity import Identity


async def sign_out(by: Identity) -> None:
    """End the caller's session, whatever cookie came along. Its access token stops working with it."""
    if by.id is not None and by.kind != "guest":
        await sessions.close(by.kind, by.id, by.session_id)


async def sign_out_all(by: Identity) -> None:
    """End all sessions of the member: first in the row, so that none comes back with a restored Redis."""
    if by.member_id is not None:
        epoch = await session_epochs.raise_epoch(by.member_id)
        await sessions.close_all("member", by.member_id, epoch=epoch)
