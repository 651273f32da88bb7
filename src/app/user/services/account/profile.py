"""A member's own account: read and change."""

from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import ContactChannel
from src.app.user.dtos.requests import MeChange
from src.app.user.dtos.responses import ContactBefore, MadeBefore, Me, MeChanged
from src.app.user.services import hooks, queries
from src.app.user.services.account import contact
from src.app.user.services.account.contact import NewContact
from src.common.http import me_cache
from src.common.identity import Identity


async def read(by: Identity) -> Me:
    """Return the account, which Redis then caches. Raises InvalidToken if the member no longer exists."""
    found = await queries.me(by)
    await me_cache.keep(by, found.model_dump_json())
    return found


async def change(body: MeChange, *, by: Identity, language: Language) -> MeChanged:
    """Write the given fields in one transaction and return the account. A repeat changes nothing.

    Another e-mail address or telephone number needs a verification, which is used up with the change; `contact.change`
    describes the effects of a proof. Raises EmailTaken, ContactNotVerified.
    """
    if body.name is None and body.email is None and body.phone is None:
        return await changed(by, proved=None)
    wish = NewContact(
        email=body.email,
        phone=body.phone,
        name=body.name,
        verification_id=body.verification_id,
        claims=body.claim_email is True,
    )
    is_proved = await contact.change(wish, by=by, language=language)
    return await changed(by, proved=wish.contact[0] if is_proved and wish.contact else None)


async def changed(by: Identity, *, proved: ContactChannel | None) -> MeChanged:
    """Return the account after a change; after a proof also the earlier links and the other contact, for the member to
    keep or remove."""
    me = await queries.me(by)
    if proved is None:
        return MeChanged(**me.model_dump(), made_before=None)
    contacts = [
        ContactBefore(channel="email", target=me.email or "", verified_at=me.email_verified_at),
        ContactBefore(channel="sms", target=me.phone, verified_at=me.phone_verified_at),
    ]
    before = MadeBefore(
        links=list(await hooks.sign_ins().links_of(me.id)),
        contacts=[one for one in contacts if one.target and one.channel != proved],
    )
    return MeChanged(**me.model_dump(), made_before=before)
