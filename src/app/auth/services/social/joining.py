"""The first sign-in of a person makes a member."""

import unicodedata
from typing import Final

from pydantic import TypeAdapter, ValidationError
from tortoise.exceptions import IntegrityError

from src.app.auth.errors import EmailBelongsToAnotherLogin
from src.app.auth.models import SocialAccount
from src.app.auth.services import throttle
from src.app.auth.services.social import links
from src.app.auth.services.social.persons import Person
from src.app.user.services import queries, registration
from src.common.utils.graphemes import is_visible
from src.common.utils.texts import NAME_MARKS, Email
from src.core.database import unit_of_work

NAMELESS: Final = "회원"
MAX_NAME: Final = 50
_EMAIL: Final[TypeAdapter[str]] = TypeAdapter(Email)


async def join(person: Person, *, address: str) -> tuple[SocialAccount, bool]:
    """The person's new link with its new member, in one transaction; of simultaneous calls one makes it, and the
    others get the same link and False.

    The member gets the e-mail address only where the provider vouches for it. An address that another member has is
    refused in any case, also a vouched one: its owner signs in and links, so that nobody gets into an account by what
    a provider says about an address. Raises EmailBelongsToAnotherLogin, TooManyAttempts.
    """
    email = usual_email(person.profile.email)
    if (made := await _made_meanwhile(person, email)) is not None:
        return made, False
    await throttle.count_sign_up(address)
    own = email if person.profile.vouched else None

    async def write() -> SocialAccount:
        user = await registration.insert_social_member(name=usual_name(person.profile.name), email=own)
        return await links.add(user.id, person)

    try:
        return await unit_of_work(write), True
    except IntegrityError:
        if (made := await _made_meanwhile(person, own)) is not None:
            return made, False
        raise


def usual_email(told: str | None) -> str | None:
    """The address in its one spelling, None for what is no address."""
    try:
        return None if told is None else _EMAIL.validate_python(told)
    except ValidationError:
        return None


def usual_name(told: str) -> str:
    """What names are made of: nicknames hold emoji and more. A word for "member" where nothing is left to see."""
    kept: list[str] = []
    follows_kept = False
    for character in unicodedata.normalize("NFC", told):
        kind = unicodedata.category(character)[0]
        is_base = kind == "L" or character.isdigit() or character in NAME_MARKS
        follows_kept = is_base or (kind == "M" and follows_kept)  # a mark belongs to what stands before it
        if follows_kept:
            kept.append(character)
    name = "".join(kept).strip()[:MAX_NAME].strip()
    return name if is_visible(name) else NAMELESS


async def _made_meanwhile(person: Person, email: str | None) -> SocialAccount | None:
    """The link, where another call was faster. Raises EmailBelongsToAnotherLogin.

    The link is looked for last: it came with its member, so an address that the faster call took is not held against
    this one.
    """
    is_taken = email is not None and await queries.email_exists(email)
    link = await links.of_subject(person)
    if link is None and is_taken:
        raise EmailBelongsToAnotherLogin
    return link
