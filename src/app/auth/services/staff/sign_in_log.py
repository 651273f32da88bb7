"""Audit log of staff sign-ins: accepted and refused, with their origin.

A row never holds a password, a code, or a login id of no staff member: people type passwords there by mistake.
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
    """Record the sign-in in a transaction of its own. Call it before the session is opened, so that no session lacks
    its row."""

    async def write() -> None:
        who = replace(by, key=f"staff:{account.id}")
        after = {"second_factor": second_factor}
        await audit.record(SIGNED_IN, by=who, target=("staff", account.id), after=after)

    await unit_of_work(write)


async def refused(account: Account | None, *, by: Actor, login_id: str, why: type[AppError]) -> None:
    """Record a refused sign-in and its reason in a transaction of its own.

    `login_id` is kept only if an account has it. One row in both cases, so unknown and known ids take the same time.
    """

    async def write() -> None:
        after = {"why": why.code} if account is None else {"why": why.code, "login_id": login_id}
        await audit.record(REFUSED, by=by, target=("staff", UNKNOWN if account is None else account.id), after=after)

    await unit_of_work(write)
