"""Become a member."""

from src.app.auth.dtos.requests import AvailabilityQuery, SignUp
from src.app.auth.dtos.responses import Availability, SignedUp
from src.app.auth.services import passwords, throttle
from src.app.auth.services.verification_use import use_verification
from src.app.user.services import queries, registration
from src.core.database import unit_of_work


async def sign_up(body: SignUp, *, address: str) -> SignedUp:
    """Make the member and the consents. The password is hashed before the transaction.

    A verification, where one is given, must be of the e-mail address or the phone; it is used up before the member is
    written. Raises LoginIdTaken, then EmailTaken, also to all but one of simultaneous sign-ups;
    VerificationNotConfirmed; TooManyAttempts.
    """
    await throttle.count_sign_up(address)
    await registration.refuse_taken(login_id=body.login_id, email=body.email)
    password_hash = await passwords.hash_password(body.password.get_secret_value())
    await _use_verification(body)
    user = await registration.create_member(
        login_id=body.login_id,
        password_hash=password_hash,
        name=body.name,
        email=body.email,
        phone=body.phone,
        agreed=frozenset(agreement.policy for agreement in body.agreements if agreement.agreed),
    )
    return SignedUp(id=user.id, login_id=user.login_id, name=user.name, email=user.email)


async def availability(asked: AvailabilityQuery) -> Availability:
    """Whether the login id or the e-mail address is free. A look, not a reservation."""
    if asked.login_id is not None:
        return Availability(available=not await queries.login_id_exists(asked.login_id))
    assert asked.email is not None  # noqa: S101 - the query holds exactly one
    return Availability(available=not await queries.email_exists(asked.email))


async def _use_verification(body: SignUp) -> None:
    verification_id = body.verification_id
    if verification_id is not None:
        await unit_of_work(
            lambda: use_verification(verification_id, purpose="sign_up", email=body.email, phone=body.phone)
        )
