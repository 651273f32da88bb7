"""Rows of linked accounts. All but `of_subject`, `of_member` and `let_go_of_former` run inside the caller's
transaction."""

from src.app.auth.models import SocialAccount
from src.app.auth.services.social.persons import Person
from src.app.user.services.locks import lock_member
from src.common import clock
from src.common.crypto import CannotUnseal, seal, unseal
from src.common.exceptions.general import InvalidToken
from src.core.database import unit_of_work


async def of_subject(person: Person) -> SocialAccount | None:
    """Return the link of this person, whichever member has it."""
    return await SocialAccount.get_or_none(provider=person.provider, subject=person.profile.subject)


async def of_member(user_id: int) -> list[SocialAccount]:
    """Return the member's links, oldest first."""
    return await SocialAccount.filter(user_id=user_id).order_by("linked_at", "id")


async def add(user_id: int, person: Person) -> SocialAccount:
    """Link the person to the member. Raises tortoise's IntegrityError where one of the two is taken."""
    now = clock.now()
    return await SocialAccount.create(
        user_id=user_id,
        provider=person.provider,
        subject=person.profile.subject,
        email=_kept(person),
        refresh_token=_sealed(person),
        linked_at=now,
        used_at=now,
    )


async def remove_all(user_id: int) -> list[SocialAccount]:
    """Delete every link of the member and return them."""
    removed = await of_member(user_id)
    await SocialAccount.filter(user_id=user_id).delete()
    return removed


async def refresh(link: SocialAccount, person: Person) -> bool:
    """Store the provider's current values: profile changes are not pushed. Without a new refresh token the old one
    stays. Return True if the link still exists."""
    link.email, link.used_at = _kept(person), clock.now()
    link.refresh_token = _sealed(person) or link.refresh_token
    values = {"email": link.email, "used_at": link.used_at, "refresh_token": link.refresh_token}
    return bool(await SocialAccount.filter(id=link.id).update(**values))


async def let_go_of_former(link: SocialAccount) -> bool:
    """Delete the link if its member has left, in a transaction of its own; return True if it was deleted.

    The event of the withdrawal does the same a little later; this lets the person sign up again before that.
    """

    async def write() -> bool:
        try:
            await lock_member(link.user_id)
        except InvalidToken:
            await SocialAccount.filter(id=link.id).delete()
            return True
        return False

    return await unit_of_work(write)


def refresh_token_of(link: SocialAccount) -> str | None:
    """Return the provider's refresh token, None if there is none that can be decrypted."""
    if link.refresh_token is None:
        return None
    try:
        return unseal(link.refresh_token)
    except CannotUnseal:
        return None


def _sealed(person: Person) -> str | None:
    return seal(person.refresh_token) if person.refresh_token else None


def _kept(person: Person) -> str | None:
    """Return the address as it is kept, for the member only. One that is too long is not kept."""
    email = person.profile.email
    return email if email and len(email) <= 254 else None
