"""Take over guest orders: a member proves an order by its guest token or by a code sent to the order's contact."""

import re
from typing import Final

from src.app.auth.services.verification import code_bounds
from src.app.auth.services.verification.codes import Asked
from src.app.checkout.dtos.orders import OrderRead
from src.app.checkout.dtos.requests import TakeOver, TakeOverCodeAsk
from src.app.checkout.dtos.responses import TakeOverCodeSent
from src.app.checkout.errors import TakeOverChannelUnavailable, TakeOverProofNeeded
from src.app.checkout.services.views import shown
from src.app.order.errors import OrderNotFound
from src.app.order.models import Order
from src.app.order.services import guest_tokens, queries
from src.app.order.services.locks import lock_order
from src.app.order.services.writing import give_to_member
from src.common.dtos.phones import MOBILE, normal_phone
from src.common.http.rate_limits import by_name, limiter
from src.common.identity import Identity
from src.core.configs import settings
from src.core.database import unit_of_work

PURPOSE: Final = "take_over"


async def send_code(
    order_no: str, body: TakeOverCodeAsk, *, by: Identity, address: str, language: str
) -> TakeOverCodeSent:
    """Send a code to the order's own telephone or e-mail address; it is valid for this order and this member only.

    Raises OrderNotFound (also for another member's order), TakeOverChannelUnavailable, TooManyAttempts and
    MessageNotSent.
    """
    order = await _guests(order_no, by=by)
    asked = next((one for one in _asked(order, by=by) if one.channel == body.channel), None)
    if asked is None:
        raise TakeOverChannelUnavailable
    expires_in = await code_bounds.send(asked, address=address, language="en" if language == "en" else "ko")
    return TakeOverCodeSent(channel=body.channel, expires_in=expires_in)


async def take_over(order_no: str, body: TakeOver, *, by: Identity, guest_token: str | None) -> OrderRead:
    """Give the guest's order, whatever its state, to the calling member, and revoke its guest tokens.

    A repeat returns the order again. Of two members at the same time the first gets it. Locks the order, which brings
    an archived one back. A code is used up in the same transaction. Raises OrderNotFound (also for a token that does
    not open the order), TakeOverProofNeeded, VerificationCodeWrong, VerificationExpired and TooManyAttempts.
    """
    order = await _guests(order_no, by=by)
    if order.member_id is not None:
        return await shown(order)
    token = body.guest_token or guest_token
    code_row = None
    if not guest_tokens.opens(token, order):
        if body.code is None:
            raise TakeOverProofNeeded if token is None else OrderNotFound
        code_row = await code_bounds.check(_asked(order, by=by), body.code)

    async def give() -> Order:
        locked = await lock_order(order.id)
        if locked.member_id is None:
            if code_row is not None:
                await code_bounds.use(code_row)
            elif not guest_tokens.opens(token, locked):
                raise OrderNotFound
            await give_to_member(locked, by.id or 0)
        elif locked.member_id != by.id:
            raise OrderNotFound
        return locked

    return await shown(await unit_of_work(give))


async def _guests(order_no: str, *, by: Identity) -> Order:
    """Return a guest's order, or one that already belongs to the calling member. Raises OrderNotFound.

    Reads are limited per member, so that numbers cannot be guessed: raises TooManyAttempts.
    """
    await limiter().count(settings().limits.lookup, "order-take-over", by_name(by.key))
    order = await queries.by_number(order_no)
    if order is None or order.member_id not in (None, by.id):
        raise OrderNotFound
    return order


def _asked(order: Order, *, by: Identity) -> list[Asked]:
    """Return the contacts of the order to which a code for this member may be sent."""
    bound_to = f"order:{order.order_no}|{by.key}"
    phone = str(normal_phone(order.orderer_phone))
    found = []
    if re.fullmatch(MOBILE, phone):
        found.append(Asked(channel="sms", target=phone, purpose=PURPOSE, bound_to=bound_to))
    if order.orderer_email:
        found.append(Asked(channel="email", target=order.orderer_email, purpose=PURPOSE, bound_to=bound_to))
    return found
