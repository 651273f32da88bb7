"""Create members: for sign-up, the demo shop and commands outside HTTP."""

from dataclasses import dataclass, field

from tortoise.exceptions import IntegrityError

from src.app.user.dtos.fields import REQUIRED_POLICIES, ContactChannel, Policy, normal_login_id
from src.app.user.errors import EmailTaken, LoginIdTaken
from src.app.user.models import User
from src.app.user.services import consents, email_claims, queries, retired_login_ids
from src.common import clock
from src.core.database import unit_of_work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """The values of a sign-up, checked by the caller. `proved`: the contacts that were proved to be the person's."""

    login_id: str = field(repr=False)
    password_hash: str = field(repr=False)
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    agreed: frozenset[Policy] = REQUIRED_POLICIES
    proved: frozenset[ContactChannel] = frozenset()


async def create_member(
    *,
    login_id: str,
    password_hash: str,
    name: str,
    email: str,
    phone: str,
    agreed: frozenset[Policy] = REQUIRED_POLICIES,
) -> User:
    """Write the member and the consents in one transaction of its own, and return the member; no contact is proved.

    Values are plain and checked by the caller. Of any number of simultaneous calls with one login id or e-mail, one
    succeeds. Raises LoginIdTaken, also for the login id of a member who left, then EmailTaken.
    """
    new = NewMember(login_id=login_id, password_hash=password_hash, name=name, email=email, phone=phone, agreed=agreed)
    try:
        return await unit_of_work(lambda: insert_member(new))
    except IntegrityError:
        await refuse_taken(login_id=login_id, email=email)
        raise


async def insert_member(new: NewMember) -> User:
    """Write the member and the consents in the caller's transaction. Login id and e-mail are stored normalised.

    Raises LoginIdTaken for the login id of a former member, and IntegrityError for a login id or e-mail address in use;
    `refuse_taken` then raises the error for the one that is taken.
    """
    now = clock.now()
    made = await User.create(
        login_id=normal_login_id(new.login_id),
        password_hash=new.password_hash,
        name=new.name,
        email=normal_login_id(new.email),
        phone=new.phone,
        created_at=now,
        updated_at=now,
        email_verified_at=now if "email" in new.proved else None,
        phone_verified_at=now if "sms" in new.proved else None,
    )
    # Checked after the insert, which waits for a withdrawal in progress, so that a retired login id is seen here.
    if made.login_id is not None and await retired_login_ids.is_retired(made.login_id):
        raise LoginIdTaken
    await consents.record(made.id, new.agreed, at=now)
    return made


async def insert_social_member(*, name: str, email: str | None, phone: str = "") -> User:
    """Write a member with neither login id nor password, in the caller's transaction; raises IntegrityError for an
    e-mail that a member has. The provider vouches for the e-mail, so it is proved; other required proofs are requested
    before the first order.

    No consent is recorded: the person agreed to the provider's terms, not to the shop's, and a presumed consent would
    be a false record. The sign-in and GET /me list the missing consents (`consents_required`) until they are answered.
    """
    now = clock.now()
    own = normal_login_id(email) if email else None
    return await User.create(
        login_id=None,
        name=name,
        email=own,
        phone=phone,
        email_verified_at=now if own else None,
        verifies_before_order=True,
        created_at=now,
        updated_at=now,
    )


async def refuse_taken(*, login_id: str | None, email: str | None) -> None:
    """Raise LoginIdTaken or EmailTaken, in this order, if a member has it. Reserves nothing."""
    if login_id is not None and await queries.login_id_exists(normal_login_id(login_id)):
        raise LoginIdTaken
    if email is not None and await queries.email_exists(normal_login_id(email)):
        raise EmailTaken


async def check_email(email: str, *, is_proved: bool, claims: bool) -> email_claims.Holder | None:
    """Return the holder from whom a caller who proved the address may take it, None if it is free.

    Raises EmailTaken for an address of somebody else, with `claimable` if the caller could claim it and does not.
    """
    holder = await email_claims.holder_of(normal_login_id(email))
    if holder is None:
        return None
    claimable = is_proved and not holder.is_proved
    if not (claimable and claims):
        raise EmailTaken(claimable=claimable)
    return holder
