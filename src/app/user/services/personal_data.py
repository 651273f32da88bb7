"""Personal data of the user domain: the account, the address book, consents, requests to leave, and notes of staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from src.app.user.dtos.responses import Profile, WithdrawalExported
from src.app.user.models import Address, User, UserMemo, UserStatus, Withdrawal
from src.app.user.services import consents
from src.app.user.services.account import addresses
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work

EMPTY: Final[dict[str, Any]] = {
    "login_id": None,
    "password_hash": "",
    "name": "",
    "email": None,
    "phone": "",
    "email_verified_at": None,
    "phone_verified_at": None,
    "email_claimed_at": None,
    "way_in_lost_at": None,
    "last_sign_in_at": None,
}


async def export(member_id: int) -> Mapping[str, Any]:
    """Export profile, address book, consents and requests to leave, oldest first. Notes of staff are left out: they are
    the shop's own record of its work."""
    user = await User.get(id=member_id)
    requests = await Withdrawal.filter(user_id=member_id).order_by("id")
    return {
        "profile": Profile.model_validate(user, from_attributes=True),
        "addresses": await addresses.of_member(member_id),
        "consents": [consents.decision(row) for row in await consents.history(member_id)],
        "withdrawals": [WithdrawalExported.model_validate(row, from_attributes=True) for row in requests],
    }


async def erase(member_id: int) -> int:
    """Delete the notes about the member, and empty the account of a former member with its rows; returns the number of
    changed rows. A repeat changes nothing. The account of a present member stays: only `withdrawing` ends a
    membership."""

    async def write() -> int:
        gone = await UserMemo.filter(user_id=member_id).delete()
        if not await User.filter(id=member_id, status=UserStatus.WITHDRAWN).exists():
            return gone
        return gone + await empty(member_id)

    return await unit_of_work(write)


async def empty(member_id: int) -> int:
    """Remove every personal value of the account, inside the open transaction; returns how many rows changed.

    The id stays as a pseudonym: orders and consents, which are kept as evidence, refer to it.
    """
    gone = await Address.filter(user_id=member_id).delete()
    gone += await Withdrawal.filter(user_id=member_id).exclude(reason="").update(reason="")
    return gone + await User.filter(id=member_id).update(**EMPTY)


def _cancelled(before: datetime) -> Any:
    return Withdrawal.filter(cancelled_at__lte=before).exclude(reason="")


async def _empty_reasons(ids: Sequence[int], before: datetime) -> int:
    return await unit_of_work(lambda: _cancelled(before).filter(id__in=ids).update(reason=""))


async def _delete_memos(ids: Sequence[int], before: datetime) -> int:
    return await unit_of_work(lambda: UserMemo.filter(id__in=ids, created_at__lte=before).delete())


RULES: Final = (
    Rule(
        retention="unneeded",
        table="user_withdrawal",
        subject="취소한 탈퇴 신청의 사유 / Reasons of withdrawals that members cancelled",
        find=lambda before: batches(_cancelled(before)),
        erase=_empty_reasons,
    ),
    Rule(
        retention="dispute",
        table="user_memo",
        subject="회원 상담 메모 / Notes of staff about members",
        find=lambda before: batches(UserMemo.filter(created_at__lte=before)),
        erase=_delete_memos,
    ),
)
