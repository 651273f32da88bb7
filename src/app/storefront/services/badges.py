"""The counts in the page header of a signed-in member."""

from src.app.cart.services.owners import owner_of
from src.app.cart.services.reading import count_lines
from src.app.notice.services.seen import unread
from src.app.storefront.dtos.responses import Badges
from src.common.identity import Identity


async def badges_of(by: Identity) -> Badges:
    """Count the member's cart lines and unread notices. Two queries and one round trip to Redis. Raises
    CartStoreUnavailable."""
    return Badges(
        cart_count=await count_lines(owner_of(by, None)),
        unread_notice_count=await unread(by.member_id or 0),
    )
