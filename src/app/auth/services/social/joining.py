"""Create a member at a person's first social sign-in."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError
from tortoise.exceptions import IntegrityError

from src.app.auth.errors import EmailBelongsToAnotherLogin
from src.app.auth.models import SocialAccount
from src.app.auth.services.credentials import throttle
from src.app.auth.services.members import email_claims as settling
from src.app.auth.services.social import links
from src.app.auth.services.social.persons import Person
from src.app.auth.services.verification import reset_tokens
from src.app.notification.services.texts.rendering import Language
from src.app.user.errors import EmailTaken
from src.app.user.services import email_claims
from src.app.user.services.account import registration
from src.app.user.services.email_claims import Former, Holder
from src.common.dtos.fields import NAME_MARKS, Email
from src.common.dtos.graphemes import is_visible
from src.core.database import unit_of_work

NAMELESS: Final = "회원"
MAX_NAME: Final = 50
_EMAIL: Final[TypeAdapter[str]] = TypeAdapter(Email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The person's choices for the new membership. `claims`: take the vouched address from the holder who never proved
    it; `without_email`: register without an address."""

    address: str
    claims: bool = False
    without_email: bool = False
    language: Language = "ko"


async def join(person: Person, *, wishes: Wishes) -> tuple[SocialAccount, bool]:
    """Create the member and its link in one transaction. Of simultaneous calls one creates them; the others get the
    same link and False.

    The member gets the e-mail address only where the provider vouches for it. An address of another member is refused,
    even a vouched one: a provider's word about an address must not open an account. The owner can sign in and link;
    claim it, if it is vouched for and the other member never proved it; or register without it. Raises
    EmailBelongsToAnotherLogin, also for a claim simultaneous with another claim or with the holder's proof;
    TooManyAttempts.
    """
    email = None if wishes.without_email else usual_email(person.profile.email)
    own = email if person.profile.vouched else None
    holder_id: int | None = None
    try:
        holder = await _holder(email, is_vouched=own is not None, claims=wishes.claims)
        holder_id = None if holder is None else holder.id
    except EmailBelongsToAnotherLogin:
        if (known := await links.of_subject(person)) is not None:
            return known, False
        raise
    if (known := await links.of_subject(person)) is not None:
        return known, False
    await throttle.count_sign_up(wishes.address)

    async def write() -> tuple[SocialAccount, Former | None]:
        former = None
        if holder_id is not None and own is not None:
            former = await email_claims.let_go(holder_id, own)
        if former is not None:
            await reset_tokens.void_tokens(former.id)
        user = await registration.insert_social_member(name=usual_name(person.profile.name), email=own)
        return await links.add(user.id, person), former

    try:
        made, former = await unit_of_work(write)
    except (IntegrityError, EmailTaken):
        return await _made_meanwhile(person, own)
    if former is not None:
        await settling.settle(former, language=wishes.language)
    return made, True


async def _holder(email: str | None, *, is_vouched: bool, claims: bool) -> Holder | None:
    """Return the holder from whom the address is taken, None if it is free or not wanted. Raises
    EmailBelongsToAnotherLogin."""
    if email is None:
        return None
    try:
        return await registration.check_email(email, is_proved=is_vouched, claims=claims)
    except EmailTaken as taken:
        raise EmailBelongsToAnotherLogin(claimable=taken.extras["claimable"]) from None


def usual_email(told: str | None) -> str | None:
    """Return the normalised address, None for an invalid one."""
    try:
        return None if told is None else _EMAIL.validate_python(told)
    except ValidationError:
        return None


def usual_name(told: str) -> str:
    """Return the name without characters that names may not have: nicknames hold emoji and more. If nothing visible is
    left, return a word for "member"."""
    kept: list[str] = []
    follows_kept = False
    for character in unicodedata.normalize("NFC", told):
        kind = unicodedata.category(character)[0]
        is_base = kind == "L" or character.isdigit() or character in NAME_MARKS
        follows_kept = is_base or (kind == "M" and follows_kept)  # a combining mark belongs to the character before it
        if follows_kept:
            kept.append(character)
    name = "".join(kept).strip()[:MAX_NAME].strip()
    return name if is_visible(name) else NAMELESS


async def _made_meanwhile(person: Person, own: str | None) -> tuple[SocialAccount, bool]:
    """Return the link of a faster simultaneous call. Raises EmailBelongsToAnotherLogin if another member got the
    address.

    The link is read last: it was committed with its member, so an address that the faster call took does not count
    against this one.
    """
    holder = None if own is None else await email_claims.holder_of(own)
    link = await links.of_subject(person)
    if link is not None:
        return link, False
    if holder is not None:
        raise EmailBelongsToAnotherLogin(claimable=not holder.is_proved)
    raise RuntimeError("neither the address nor the account at the provider is taken")
