"""What happens to the links of a member who has left."""

from src.app.auth.models import SocialAccount
from src.app.auth.services.social import links
from src.app.auth.services.social.unlinking import unlink_at_provider
from src.core.database import unit_of_work


async def forget_social(user_id: int) -> None:
    """End the member's links at the providers as far as they answer, and remove them here in any case.

    For the event ``user.withdrawn``; a repeat finds nothing left to do.
    """
    for link in await links.of_member(user_id):
        await unlink_at_provider(link)

    async def write() -> None:
        await SocialAccount.filter(user_id=user_id).delete()

    await unit_of_work(write)
