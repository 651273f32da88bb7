"""Sessions of staff whose rights, password or second factor changed."""

import logging
from collections.abc import Iterable

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions import accounts, sessions
from src.app.auth.services.sessions.accounts import Account
from src.app.auth.services.sessions.devices import ClientDevice
from src.app.auth.services.sessions.tokens import Tokens
from src.app.staff.services import second_factors
from src.common.exceptions.general import SessionStoreUnavailable
from src.common.identity import Limit
from src.core.configs import settings

logger = logging.getLogger(__name__)


async def open_for(account: Account, *, client: ClientDevice) -> Tokens:
    """Open a session of a staff member. If somebody else set the password, the session can only change it. Otherwise,
    in production and without a second factor, it can only set one up.

    Raises SessionRevoked if all sessions of the account were ended after `account` was read.
    """
    limit: Limit = "password" if account.must_change_password else await limit_by_second_factor(account.id)
    return await sessions.open_session(account, client=client, limit=limit)


async def limit_by_second_factor(staff_id: int) -> Limit:
    """Return the limit of a session whose owner set the password."""
    must_set_up = settings().server.env == "prod" and not await second_factors.is_enabled(staff_id)
    return "second_factor" if must_set_up else ""


async def end(ended: Iterable[tuple[int, int]], *, keep: str = "", limit: Limit | None = None) -> None:
    """End all sessions except `keep` of these staff members, given as (id, raised epoch). The kept one gets the limit
    `limit`, if given.

    Call it after the commit. Without Redis this is logged and no failure: no session works until Redis is back, and
    one that comes back with it is not refreshed, because the row's epoch is another.
    """
    for staff_id, epoch in ended:
        try:
            await sessions.close_all("staff", staff_id, epoch=epoch, keep=keep, limit=limit)
        except SessionStoreUnavailable:
            logger.warning("the sessions of staff %d could not be ended in Redis", staff_id)


async def reopen(staff_id: int, *, epoch: int, client: ClientDevice) -> Tokens:
    """End all sessions of a staff member and open one, with the rights of now. Call it after the commit.

    Raises SessionRevoked if the account was suspended or its sessions were ended again in between.
    """
    await sessions.close_all("staff", staff_id, epoch=epoch)
    account = await accounts.by_id("staff", staff_id)
    if account is None or not account.is_active or account.epoch != epoch:
        raise SessionRevoked
    return await open_for(account, client=client)
