"""Make a member: for sign-up, and for the demo shop and commands outside HTTP."""

from collections.abc import Mapping
from typing import Any

from tortoise.exceptions import IntegrityError

from src.app.user.dtos.fields import REQUIRED_POLICIES, Policy, normal_login_id
from src.app.user.errors import EmailTaken, LoginIdTaken
from src.app.user.models import User
from src.app.user.services import consents, queries, retired
from src.common.utils import clock
from src.core.database import unit_of_work


async def create_member(
    *,
    login_id: str,
    password_hash: str,
    name: str,
    email: str,
    phone: str,
    agreed: frozenset[Policy] = REQUIRED_POLICIES,
) -> User:
    """Write the member and the consents in one transaction of its own, and return the member.

    Values are plain and checked by the caller; login id and e-mail are stored in their one spelling here. Of any
    number of simultaneous calls with one login id or e-mail, one succeeds. Raises LoginIdTaken, also for the login id
    of a member who left, then EmailTaken.
    """
    values = {
        "login_id": normal_login_id(login_id),
        "password_hash": password_hash,
        "name": name,
        "email": normal_login_id(email),
        "phone": phone,
    }
    return await _create(values, agreed)


async def insert_social_member(*, name: str, email: str | None, phone: str = "") -> User:
    """Write a member with neither login id nor password, in the caller's transaction; raises IntegrityError for an
    e-mail that a member has.

    No consent is recorded: what the person agreed to at the provider was the provider's, and to presume ours would be
    to record what nobody said. The sign-in and GET /me name what is missing (`consents_required`) until it is answered.
    """
    now = clock.now()
    own = normal_login_id(email) if email else None
    return await User.create(login_id=None, name=name, email=own, phone=phone, created_at=now, updated_at=now)


async def refuse_taken(*, login_id: str | None, email: str | None) -> None:
    """Raise LoginIdTaken or EmailTaken, in this order, if a member has it. A look, not a reservation."""
    if login_id is not None and await queries.login_id_exists(login_id):
        raise LoginIdTaken
    if email is not None and await queries.email_exists(email):
        raise EmailTaken


async def _create(values: Mapping[str, Any], agreed: frozenset[Policy]) -> User:
    async def create() -> User:
        now = clock.now()
        made = await User.create(**values, created_at=now, updated_at=now)
        # After the insert: it waited for whoever was giving this login id up, so a retired one is seen here.
        if made.login_id is not None and await retired.is_retired(made.login_id):
            raise LoginIdTaken
        await consents.record(made.id, agreed, at=now)
        return made

    try:
        return await unit_of_work(create)
    except IntegrityError:
        await refuse_taken(login_id=values["login_id"], email=values["email"])
        raise
