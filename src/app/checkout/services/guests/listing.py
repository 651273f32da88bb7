"""Orders that a member may have placed as a guest."""

from datetime import timedelta
from typing import Final

from src.app.checkout.dtos.orders import GuestOrderRead
from src.app.order.services.paging import placed_as_guest
from src.app.user.services.proofs import proved_contacts
from src.common import clock
from src.common.clock import KST
from src.common.identity import Identity

SHOWN: Final = timedelta(days=90)


async def guest_orders(by: Identity) -> list[GuestOrderRead]:
    """Return number, day and total of guests' orders of the last 90 days under a contact that this member proved.

    Newest first. No other values are shown: a telephone number may have had another owner.
    """
    contacts = await proved_contacts(by)
    rows = await placed_as_guest(clock.now() - SHOWN, phone=contacts.get("sms"), email=contacts.get("email"))
    return [
        GuestOrderRead(
            order_no=row["order_no"], ordered_on=row["created_at"].astimezone(KST).date(), total=row["total"]
        )
        for row in rows
    ]
