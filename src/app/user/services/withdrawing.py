"""Withdrawal of members: a grace period in which it can be cancelled, then removal of all personal values in this
domain.

Upper domains erase their values on the event ``user.withdrawn``.
"""

import logging
from datetime import datetime, timedelta

from tortoise.expressions import F

from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.user.dtos.events import UserWithdrawn, WithdrawalAsked, WithdrawalCancelled
from src.app.user.dtos.requests import WithdrawalAsk
from src.app.user.dtos.responses import WithdrawalRead
from src.app.user.errors import WithdrawalBlocked, WithdrawalOver
from src.app.user.models import User, UserStatus, Withdrawal
from src.app.user.services import hooks, personal_data, retired_login_ids
from src.app.user.services.locks import lock_member, lock_row
from src.common import clock
from src.common.identity import Identity
from src.common.logs.setup import where
from src.common.work.outbox import emit
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

BATCH = 100


async def ask(body: WithdrawalAsk, *, by: Identity) -> WithdrawalRead:
    """Begin the grace period. The member can still sign in. A repeat changes nothing, not even the end of the period.

    Locks the member's row, emits WithdrawalAsked. Raises the errors of the registered re-authentication, and
    WithdrawalBlocked.
    """
    await hooks.reauthenticate(by, body.password.get_secret_value() if body.password else None)

    async def write() -> WithdrawalRead:
        user = await lock_member(by.member_id)
        if user.withdraw_at is None:
            if reasons := await hooks.reasons_to_stay(user.id):
                raise WithdrawalBlocked(reasons=reasons, orders=await hooks.open_orders(user.id))
            await _begin(user, reason=body.reason)
        return WithdrawalRead.model_validate(user, from_attributes=True)

    return await unit_of_work(write)


async def cancel(*, by: Identity) -> None:
    """Cancel the withdrawal. Without one, nothing changes. Emits WithdrawalCancelled. Raises WithdrawalOver
    after the grace period."""

    async def write() -> None:
        user = await lock_member(by.member_id)
        if user.withdraw_at is None:
            return
        now = clock.now()
        if user.withdraw_at <= now:
            raise WithdrawalOver
        user.withdraw_at, user.updated_at = None, now
        if user.status == UserStatus.WITHDRAWING:
            user.status = UserStatus.ACTIVE
        await user.save(update_fields=["withdraw_at", "status", "updated_at"])
        for row in await Withdrawal.filter(user_id=user.id, cancelled_at=None, finished_at=None).order_by("id"):
            await Withdrawal.filter(id=row.id).update(cancelled_at=now)
            await emit(WithdrawalCancelled(user_id=user.id, withdrawal_id=row.id))

    await unit_of_work(write)


async def finish_due() -> int:
    """Anonymise every member whose grace period has ended; returns how many. The job ``finish-withdrawals``.

    One transaction each. A member with a new open order waits for a later run. Simultaneous runs are safe: the row's
    lock admits one, and the other finds the member done.
    """
    finished, last_id = 0, 0
    now = clock.now()
    while ids := await _due(now, after_id=last_id):
        last_id = ids[-1]
        for user_id in ids:
            finished += await _finish(user_id)
    return finished


async def _due(now: datetime, *, after_id: int) -> list[int]:
    due = User.filter(withdraw_at__lte=now, id__gt=after_id).order_by("id").limit(BATCH)
    return [user_id for (user_id,) in await due.values_list("id")]


async def _begin(user: User, *, reason: str) -> None:
    now = clock.now()
    due_at = now + timedelta(seconds=settings().identity.withdrawal_grace_seconds)
    user.status, user.withdraw_at, user.updated_at = UserStatus.WITHDRAWING, due_at, now
    await user.save(update_fields=["status", "withdraw_at", "updated_at"])
    row = await Withdrawal.create(user_id=user.id, reason=reason, requested_at=now, due_at=due_at)
    await emit(WithdrawalAsked(user_id=user.id, withdrawal_id=row.id))


async def _finish(user_id: int) -> bool:
    async def write() -> bool:
        user = await lock_row(user_id)
        now = clock.now()
        if user is None or user.withdraw_at is None or user.withdraw_at > now:
            return False
        if await hooks.reasons_to_stay(user.id):
            return False
        await _anonymise(user, at=now)
        return True

    try:
        return await unit_of_work(write)
    except Exception as error:  # noqa: BLE001 - a failure for one member must not stop the others
        logger.error("member %d could not be anonymised: %s", user_id, where(error))
        return False


async def _say_goodbye(user: User) -> None:
    """Queue the last message while the address is still known. The address is deleted with the sending, and the message
    names nobody."""
    requests = await Withdrawal.filter(user_id=user.id, cancelled_at=None, finished_at=None).order_by("-id").limit(1)
    notice = MessageRequest(
        event_key=f"user.withdrawn:{requests[0].id if requests else f'u{user.id}'}",
        template="withdrawal_finished",
        values={"name": user.name},
        forget_when_sent=True,
    )
    await queue(notice, email=user.email, phone=None if user.email else user.phone)


async def _anonymise(user: User, *, at: datetime) -> None:
    """Remove every personal value from the row and its dependent rows. The id stays as a pseudonym: consents, kept as
    evidence, and orders refer to it. The login id is retired, the e-mail address is free again."""
    await _say_goodbye(user)
    if user.login_id is not None:
        await retired_login_ids.retire(user.login_id, at=at)
    await personal_data.empty(user.id)
    await Withdrawal.filter(user_id=user.id, cancelled_at=None, finished_at=None).update(finished_at=at)
    await User.filter(id=user.id).update(
        status=UserStatus.WITHDRAWN,
        session_epoch=F("session_epoch") + 1,
        withdraw_at=None,
        anonymised_at=at,
        updated_at=at,
    )
    await emit(UserWithdrawn(user_id=user.id, session_epoch=user.session_epoch + 1))


async def one(withdrawal_id: int) -> Withdrawal | None:
    """Return a withdrawal request as its DTO, whatever its outcome."""
    return await Withdrawal.get_or_none(id=withdrawal_id)
