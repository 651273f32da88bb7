"""Members change what is theirs."""

from src.app.user.dtos.requests import MeChange
from src.app.user.dtos.responses import Me
from src.app.user.models import User
from src.app.user.services import contact, queries
from src.app.user.services.locks import lock_member
from src.common.utils import clock, remembered
from src.common.utils.identity import Identity
from src.core.database import unit_of_work


async def read(by: Identity) -> Me:
    """The account, which Redis then remembers. Raises InvalidToken when the member is no more."""
    found = await queries.me(by)
    await remembered.keep(by, found.model_dump_json())
    return found


async def change(body: MeChange, *, by: Identity) -> Me:
    """Write the given fields in one transaction and return the account. Saying the same again changes nothing.

    Another e-mail address or telephone number needs a verification, which is used up before anything is written.
    Raises EmailTaken, ContactNotVerified.
    """
    if body.name is None and body.email is None and body.phone is None:
        return await queries.me(by)
    user = await queries.member(by)
    await contact.check_verified(user, email=body.email, phone=body.phone, verification_id=body.verification_id)

    async def write() -> None:
        await contact.write_contact(user.id, email=body.email, phone=body.phone)
        if body.name is not None:
            await lock_member(user.id)
            await User.filter(id=user.id).update(name=body.name, updated_at=clock.now())

    await unit_of_work(write)
    return await queries.me(by)
