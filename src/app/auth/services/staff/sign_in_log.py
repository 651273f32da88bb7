"""Sign-ins of staff in the audit log: who came in, and who was refused, from where.

A row never holds a password, a code, or a login id that is no staff member's: people type passwords there.
"""

from dataclasses import replace
from typing import Final

from src.app.auth.services.sessions.accounts import Account
from src.common.exceptions import AppError
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

SIGNED_IN: Final = "staff.signed_in"
REFUSED: Final = "staff.sign_in_refused"
UNKNOWN: Final = "unknown"


async def signed_in(account: Account, *, by: Actor, second_factor: bool) -> None:
    """Write, in a transaction of its own, that the account is signed in. Call it before the session is opened: then
    there is none without its row."""

    async def write() -> None:
        who = replace(by, key=f"staff:{account.id}")
        after = {"second_factor": second_factor}
        await audit.record(SIGNED_IN, by=who, target=("staff", account.id), after=after)

    await unit_of_work(write)


async def refused(account: Account | None, *, by: Actor, login_id: str, why: type[AppError]) -> None:
    """Write, in a transaction of its own, that a sign-in was refused and why.

    `login_id` is kept only where it is an account's. One row either way, so unknown and known ids cost the same.
    """

    async def write() -> None:
        after = {"why": why.code} if account is None else {"why": why.code, "login_id": login_id}
        await audit.record(REFUSED, by=by, target=("staff", UNKNOWN if account is None else account.id), after=after)

    await unit_of_work(write)
