"""Messages to a member about the account. If both contacts are known, the message goes by mail."""

from typing import Any

from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.user.services import withdrawing
from src.app.user.services.account.public_profile import people
from src.common.clock import KST
from src.core.configs import settings
from src.core.database import unit_of_work


async def tell_withdrawal_asked(payload: dict[str, Any]) -> None:
    """Send the end of the grace period for a withdrawal. Nothing is sent if it was cancelled already."""
    request = await withdrawing.one(payload["withdrawal_id"])
    if request is None or request.cancelled_at is not None:
        return
    due = f"{request.due_at.astimezone(KST):%Y-%m-%d %H:%M}"
    link = f"{settings().identity.front_url.rstrip('/')}/mypage"
    await _tell(payload, "withdrawal_asked", due=due, link=link)


async def tell_withdrawal_cancelled(payload: dict[str, Any]) -> None:
    """Confirm that the withdrawal was cancelled."""
    await _tell(payload, "withdrawal_cancelled")


async def _tell(payload: dict[str, Any], template: str, **values: str) -> None:
    user_id = payload["user_id"]
    person = (await people([user_id])).get(user_id)
    if person is None:
        return
    notice = MessageRequest(
        event_key=f"{template}:{payload['withdrawal_id']}",
        template=template,
        values={"name": person.name, **values},
        member_id=user_id,
    )
    phone = None if person.email else person.phone
    await unit_of_work(lambda: queue(notice, email=person.email, phone=phone))
