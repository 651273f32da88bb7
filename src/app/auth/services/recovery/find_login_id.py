"""Find a forgotten login id."""

from typing import Final

from src.app.auth.dtos.recovery import FoundAccount, FoundAccounts, LoginIdSearch
from src.app.auth.services.credentials import recovery_limits
from src.app.auth.services.social.queries import providers_of
from src.app.auth.services.verification.use import use_verification
from src.app.user.services.account import recovery
from src.common.clock import KST
from src.core.database import unit_of_work

SHOWN: Final = 3


async def find_login_ids(body: LoginIdSearch, *, address: str) -> FoundAccounts:
    """Return the accounts of this name with this e-mail address or this verified phone; an empty result if there is
    none.

    A verification is used up even if no account is found. Raises VerificationNotConfirmed, TooManyAttempts.
    """
    await recovery_limits.count_address(address, "find")
    if body.email is not None:
        found = await recovery.found_by_email(body.name, body.email)
    else:
        await _use(body)
        found = await recovery.found_by_phone(body.name, body.phone or "")
    linked = await providers_of([account.id for account in found])
    return FoundAccounts(
        accounts=[
            FoundAccount(
                login_id=masked(account.login_id),
                login_types=["password", *linked[account.id]] if account.has_password else linked[account.id],
                joined_on=account.created_at.astimezone(KST).date(),
            )
            for account in found
        ]
    )


def masked(login_id: str | None) -> str | None:
    """Return the first three characters and three stars, so that the length stays hidden too."""
    return None if login_id is None else f"{login_id[:SHOWN]}***"


async def _use(body: LoginIdSearch) -> None:
    async def use() -> None:
        await use_verification(body.verification_id or "", purpose="find_login_id", phone=body.phone)

    await unit_of_work(use)
