"""Consents of members. Rows are only added; the state of a consent is derived from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from src.app.user.dtos.fields import POLICIES, POLICY_OF, REQUIRED_POLICIES, ConsentName, Policy
from src.app.user.dtos.requests import ConsentsChange
from src.app.user.dtos.responses import ConsentDecision, Consents, ConsentState
from src.app.user.errors import ConsentRequired
from src.app.user.models import Consent
from src.app.user.services.locks import lock_member
from src.app.user.services.policies import required_versions, version_in_force
from src.common import clock
from src.common.identity import Identity
from src.core.database import unit_of_work

MEANT_BY: Final[dict[str, tuple[ConsentName, ...]]] = {
    **{name: (name,) for name in POLICY_OF},
    "marketing": ("marketing_email", "marketing_sms"),
}


async def record(user_id: int, agreed: frozenset[Policy], *, at: datetime) -> None:
    """Add the new member's answer to every policy, agreed or not. Runs in the caller's transaction."""
    for policy in POLICIES:
        await Consent.create(
            user_id=user_id,
            policy=policy,
            version=version_in_force(policy, at=at),
            agreed=policy in agreed,
            created_at=at,
        )


async def mine(by: Identity) -> Consents:
    """Return the states of the member's consents, and every answer so far."""
    return _shown(await history(by.member_id), at=clock.now())


async def decide(body: ConsentsChange, *, by: Identity) -> Consents:
    """Add a row for every named consent with a new answer or version; a repeat adds none.

    Locks the member's row. Takes effect at once. Raises ConsentRequired; nothing is written then.
    """
    for answer in body.agreements:
        if answer.policy in REQUIRED_POLICIES and not answer.agreed:
            raise ConsentRequired(policy=answer.policy)

    async def write() -> None:
        user = await lock_member(by.member_id)
        latest = latest_of(await history(user.id))
        now = clock.now()
        for answer in body.agreements:
            version = version_in_force(POLICY_OF[answer.policy], at=now)
            last = latest.get(answer.policy)
            if last is None or (last.version, last.agreed) != (version, answer.agreed):
                await Consent.create(
                    user_id=user.id, policy=answer.policy, version=version, agreed=answer.agreed, created_at=now
                )

    await unit_of_work(write)
    return await mine(by)


async def history(user_id: int | None) -> list[Consent]:
    """Return every answer of the member, oldest first."""
    return await Consent.filter(user_id=user_id).order_by("id")


async def still_required(user_id: int) -> list[Policy]:
    """Return the required policies whose version in force the member has not agreed to, as in `Me`."""
    latest = latest_of(await history(user_id))
    wanted = required_versions(at=clock.now())
    agreed: dict[str, str] = {name: row.version for name, row in latest.items() if row.agreed}
    return [policy for policy, version in wanted.items() if agreed.get(policy) != version]


def latest_of(rows: Sequence[Consent]) -> Mapping[ConsentName, Consent]:
    """Return the last answer to each consent, from all rows in the order of writing."""
    return {name: row for row in rows for name in MEANT_BY[row.policy]}


def decision(row: Consent) -> ConsentDecision:
    """Return a row of the history as its DTO."""
    return ConsentDecision(policy=row.policy, version=row.version, agreed=row.agreed, decided_at=row.created_at)


def _shown(rows: Sequence[Consent], *, at: datetime) -> Consents:
    latest = latest_of(rows)
    return Consents(
        items=[_state(name, latest.get(name), at=at) for name in POLICY_OF],
        history=[decision(row) for row in rows],
    )


def _state(name: ConsentName, last: Consent | None, *, at: datetime) -> ConsentState:
    current = version_in_force(POLICY_OF[name], at=at)
    return ConsentState(
        policy=name,
        required=name in REQUIRED_POLICIES,
        agreed=last is not None and last.agreed,
        version=last.version if last else None,
        decided_at=last.created_at if last else None,
        current_version=current,
        outdated=last is not None and last.version != current,
    )
