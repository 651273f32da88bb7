"""Change a member's e-mail address and telephone number, which requires proof that they are the member's."""

from dataclasses import dataclass, field
from typing import Final

from tortoise.exceptions import IntegrityError

from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import ContactChannel, normal_login_id
from src.app.user.errors import ContactNotVerified, EmailTaken, LastContact
from src.app.user.models import User
from src.app.user.services import email_claims, hooks
from src.app.user.services.email_claims import Former
from src.app.user.services.locks import lock_member, lock_row
from src.app.user.services.proofs import moments
from src.common import clock
from src.common.exceptions.general import InvalidToken
from src.common.identity import Identity
from src.core.database import unit_of_work

NO_CONTACT: Final[dict[ContactChannel, dict[str, object]]] = {
    "email": {"email": None, "email_verified_at": None},
    "sms": {"phone": "", "phone_verified_at": None},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """The requested values: at most one of e-mail address and telephone number, and a name. `claims`: take the address
    from a holder who never proved it."""

    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    verification_id: str | None = None
    claims: bool = False

    @property
    def contact(self) -> tuple[ContactChannel, str] | None:
        """The channel and the normalised target, None if only the name changes."""
        if self.email is not None:
            return "email", normal_login_id(self.email)
        return None if self.phone is None else ("sms", self.phone)


@dataclass(frozen=True, slots=True)
class Done:
    """Result of a change. `epoch`: the new one, None if no contact was proved."""

    epoch: int | None = None
    is_changed: bool = False
    earlier_email: str | None = field(default=None, repr=False)
    former: Former | None = None


async def change(wish: NewContact, *, by: Identity, language: Language) -> bool:
    """Write the requested values in one transaction; the result has the new epoch if a contact was proved.

    The member's present contact needs no verification, and becomes proved if one is given. A proof ends all sessions
    except the current one, voids reset tokens, and notifies the earlier e-mail address of a changed contact. The
    session must still be in the member's epoch, so that a session being ended changes nothing.

    Locks the rows of the member and of the address's holder, in order of id. Raises EmailTaken, ContactNotVerified,
    InvalidToken, SessionStoreUnavailable; the verification is then not used up.
    """
    keeper = hooks.sign_ins()
    epoch = await keeper.epoch_of(by)
    can_claim = wish.contact is not None and await keeper.is_confirmed(
        wish.verification_id, channel=wish.contact[0], target=wish.contact[1]
    )

    async def write() -> Done:
        user, holder_id = await _locked(by.member_id or 0, wish)
        if user.session_epoch != epoch:
            raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
        done = await _prove(user, wish, holder_id=holder_id, can_claim=can_claim)
        if wish.name is not None:
            await User.filter(id=user.id).update(name=wish.name, updated_at=clock.now())
        return done

    try:
        done = await unit_of_work(write)
    except IntegrityError as error:  # somebody else was faster
        raise EmailTaken from error
    if done.epoch is not None:
        await keeper.end_others(by, epoch=done.epoch)
    if done.is_changed and wish.contact is not None:
        keeper.tell_changed(done.earlier_email, channel=wish.contact[0], language=language)
    if done.former is not None:
        await keeper.settle_claim(done.former, language=language)
    return done.epoch is not None


async def drop(channel: ContactChannel, *, by: Identity, language: Language) -> None:
    """Remove a contact, proved or not. An absent one is no failure. Locks the member's row.

    Raises LastContact if the member has neither password nor link, nor another proved contact for recovery;
    InvalidToken.
    """
    keeper = hooks.sign_ins()
    epoch = await keeper.epoch_of(by)

    async def write() -> tuple[bool, str | None]:
        user = await lock_member(by.member_id)
        if user.session_epoch != epoch:
            raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
        if not (user.email if channel == "email" else user.phone):
            return False, None
        other = user.phone_verified_at if channel == "email" else user.email_verified_at
        signs_in_by_it = channel == "email" and user.login_id is None
        has_password = user.has_password and not signs_in_by_it
        if not has_password and other is None and not await keeper.links_of(user.id):
            raise LastContact
        await keeper.void_tokens(user.id)
        await User.filter(id=user.id).update(**NO_CONTACT[channel], updated_at=clock.now())
        return True, user.email

    is_dropped, earlier = await unit_of_work(write)
    if is_dropped:
        keeper.tell_changed(earlier, channel=channel, language=language)


async def change_contact(user_id: int, *, email: str | None = None, phone: str | None = None) -> None:
    """Write the given contacts, verified by the caller, in a transaction of its own. Raises EmailTaken,
    InvalidToken."""
    await unit_of_work(lambda: write_contact(user_id, email=email, phone=phone))


async def write_contact(user_id: int, *, email: str | None = None, phone: str | None = None) -> None:
    """Do as `change_contact`, inside the caller's transaction, which EmailTaken must roll back. Locks the member's row.

    The e-mail address is stored normalised. Of simultaneous changes to one address, one succeeds.
    """
    user = await lock_member(user_id)
    wish = NewContact(email=email, phone=phone)
    values = _values(wish)
    if not values:
        return
    try:
        await User.filter(id=user.id).update(**values, updated_at=clock.now())
    except IntegrityError as error:
        raise EmailTaken from error


async def _locked(user_id: int, wish: NewContact) -> tuple[User, int | None]:
    """Lock and return the member's row and that of another holder of the address, the lower id first."""
    holder = await email_claims.holder_of(wish.contact[1]) if wish.contact and wish.contact[0] == "email" else None
    holder_id = holder.id if holder is not None and holder.id != user_id else None
    if holder_id is not None and holder_id < user_id:
        await lock_row(holder_id)
    user = await lock_member(user_id)
    return user, holder_id


async def _prove(user: User, wish: NewContact, *, holder_id: int | None, can_claim: bool) -> Done:
    if wish.contact is None:
        return Done()
    channel, target = wish.contact
    is_changed = target != (user.email if channel == "email" else user.phone)
    if not is_changed and wish.verification_id is None:
        return Done()
    former = None
    if holder_id is not None:
        former = await _taken_from(holder_id, target, can_claim=can_claim, claims=wish.claims)
    if not await hooks.is_verified(wish.verification_id, user_id=user.id, channel=channel, target=target):
        raise ContactNotVerified
    epoch = user.session_epoch + 1
    await hooks.sign_ins().void_tokens(user.id)
    await User.filter(id=user.id).update(**_values(wish), session_epoch=epoch, updated_at=clock.now())
    return Done(epoch, is_changed, user.email, former)


async def _taken_from(holder_id: int, email: str, *, can_claim: bool, claims: bool) -> Former | None:
    if claims and can_claim:
        former = await email_claims.let_go(holder_id, email)
        if former is not None:
            await hooks.sign_ins().void_tokens(former.id)
        return former
    holder = await email_claims.holder_of(email)
    if holder is None:  # given up in between
        return None
    raise EmailTaken(claimable=can_claim and not holder.is_proved)


def _values(wish: NewContact) -> dict[str, object]:
    """Return the columns that a proved contact writes."""
    values: dict[str, object] = {}
    if wish.email is not None:
        values |= {"email": normal_login_id(wish.email), "email_claimed_at": None, **moments(["email"])}
    if wish.phone is not None:
        values |= {"phone": wish.phone, **moments(["sms"])}
    return values
