"""Public profiles of members, which upper domains show with the members' texts. The caller decides which values to
show."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from src.app.user.models import User


@dataclass(frozen=True, slots=True)
class Person:
    """A member who has not left. `login_id` is None for a member with a social login only."""

    id: int
    login_id: str | None = field(repr=False)
    name: str = field(repr=False)
    email: str | None = field(repr=False)
    phone: str = field(repr=False)


async def people(user_ids: Iterable[int | None]) -> dict[int, Person]:
    """Return these members by id, in one query. Former members are left out."""
    ids = sorted({user_id for user_id in user_ids if user_id is not None})
    if not ids:
        return {}
    rows = User.filter(id__in=ids, anonymised_at=None).values_list("id", "login_id", "name", "email", "phone")
    return {row[0]: Person(*row) for row in await rows}
