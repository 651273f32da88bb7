"""Reads of links for other use cases."""

from collections.abc import Sequence

from src.app.auth.models import SocialAccount


async def providers_of(user_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the linked providers of each of these members, oldest link first. One query."""
    found: dict[int, list[str]] = {user_id: [] for user_id in user_ids}
    if found:
        rows = await SocialAccount.filter(user_id__in=list(found)).order_by("linked_at", "id")
        for row in rows:
            found[row.user_id].append(row.provider)
    return found
