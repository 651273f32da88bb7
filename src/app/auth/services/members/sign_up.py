"""Sign up."""

from tortoise.exceptions import IntegrityError

from src.app.auth.dtos.recovery import Channel
from src.app.auth.dtos.requests import AvailabilityQuery, SignUp
from src.app.auth.dtos.responses import Availability, SignedUp
from src.app.auth.errors import VerificationNotConfirmed
from src.app.auth.services.credentials import passwords, throttle
from src.app.auth.services.members import email_claims as settling
from src.app.auth.services.verification import reset_tokens
from src.app.auth.services.verification.use import proved_by, use_verification
from src.app.notification.services.texts.rendering import Language
from src.app.user.models import User
from src.app.user.services import email_claims, proofs, queries
from src.app.user.services.account import registration
from src.app.user.services.account.registration import NewMember
from src.app.user.services.email_claims import Former, Holder
from src.core.database import unit_of_work


async def sign_up(body: SignUp, *, address: str, language: Language = "ko") -> SignedUp:
    """Create the member and the consents, use the verifications up and, if the body claims the address, take it from
    the holder who never proved it: all in one transaction. The password is hashed before it.

    Raises LoginIdTaken, then EmailTaken, also for all but one of simultaneous sign-ups and claims, and for a claim of
    an address that its holder proves at the same moment; VerificationNotConfirmed if one of the verifications is for
    neither the e-mail address nor the phone; VerificationRequired; TooManyAttempts. A refusal uses no verification up.
    """
    await throttle.count_sign_up(address)
    given = list(dict.fromkeys([*([body.verification_id] if body.verification_id else []), *body.verification_ids]))
    proved = await proved_by(given, purpose="sign_up", email=body.email, phone=body.phone)
    await registration.refuse_taken(login_id=body.login_id, email=None)
    holder = await registration.check_email(body.email, is_proved="email" in proved, claims=body.claim_email)
    if len(proved) < len(given):
        raise VerificationNotConfirmed
    proofs.require(frozenset(proved))
    password_hash = await passwords.hash_password(body.password.get_secret_value())

    async def write() -> tuple[User, Former | None]:
        used = frozenset([await _use(verification_id, body) for verification_id in given])
        former = await _taken_from(holder, body.email)
        return await registration.insert_member(_new(body, password_hash, used)), former

    try:
        user, former = await unit_of_work(write)
    except IntegrityError:
        await registration.refuse_taken(login_id=body.login_id, email=body.email)
        raise
    if former is not None:
        await settling.settle(former, language=language)
    return SignedUp(id=user.id, login_id=user.login_id, name=user.name, email=user.email)


async def availability(asked: AvailabilityQuery) -> Availability:
    """Return whether the login id or the e-mail address is free. Reserves nothing."""
    if asked.login_id is not None:
        return Availability(available=not await queries.login_id_exists(asked.login_id))
    assert asked.email is not None  # noqa: S101 - the query holds exactly one
    holder = await email_claims.holder_of(asked.email)
    return Availability(available=holder is None, claimable=holder is not None and not holder.is_proved)


async def _use(verification_id: str, body: SignUp) -> Channel:
    return await use_verification(verification_id, purpose="sign_up", email=body.email, phone=body.phone)


async def _taken_from(holder: Holder | None, email: str) -> Former | None:
    """Take the address from its unproved holder. If another member has it by then, the insert fails and that member
    keeps it."""
    former = None if holder is None else await email_claims.let_go(holder.id, email)
    if former is not None:
        await reset_tokens.void_tokens(former.id)
    return former


def _new(body: SignUp, password_hash: str, proved: frozenset[Channel]) -> NewMember:
    return NewMember(
        login_id=body.login_id,
        password_hash=password_hash,
        name=body.name,
        email=body.email,
        phone=body.phone,
        agreed=frozenset(agreement.policy for agreement in body.agreements if agreement.agreed),
        proved=proved,
    )
