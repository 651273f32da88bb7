"""Who members are, for what upper domains show beside what they wrote. What of it is shown, the caller decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from src.app.user.models import User


@dataclass(frozen=True, slots=True)
class Person:
    """A member who has not left. `login_id` is None for who signs in through a social login only."""

    id: int
    login_id: str | None = field(repr=False)
    name: str = field(repr=False)
    email: str | None = field(repr=False)
    phone: str = field(repr=False)


async def people(user_ids: Iterable[int | None]) -> dict[int, Person]:
    """These members by id, in one query. Those who left are missing."""
    ids = sorted({user_id for user_id in user_ids if user_id is not None})
    if not ids:
        return {}
    rows = User.filter(id__in=ids, anonymised_at=None).values_list("id", "login_id", "name", "email", "phone")
    return {row[0]: Person(*row) for row in await rows}
