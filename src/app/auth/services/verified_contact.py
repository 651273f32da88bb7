"""Change where a member can be reached."""

from src.app.auth.dtos.recovery import ContactChange
from src.app.auth.services import password_notices, reauthentication, reset_tokens
from src.app.auth.services.verification_use import use_verification
from src.app.notification.services.rendering import Language
from src.app.user.dtos.responses import Me
from src.app.user.services import contact, queries
from src.app.user.services.locks import lock_member
from src.common.utils.identity import Identity
from src.core.database import unit_of_work


async def change_contact(body: ContactChange, *, by: Identity, language: Language) -> Me:
    """Write the verified e-mail address or phone, and tell the member at the earlier address.

    Reset tokens that went to the earlier one are void. All in one transaction: where the address is taken, the
    verification is not used up. Raises ReauthenticationRequired, VerificationNotConfirmed, EmailTaken.
    """
    await reauthentication.require_fresh(by)

    async def write() -> str | None:
        await use_verification(body.verification_id, purpose="change_contact", email=body.email, phone=body.phone)
        user = await lock_member(by.member_id)
        await contact.write_contact(user.id, email=body.email, phone=body.phone)
        await reset_tokens.void_tokens(user.id)
        return user.email

    earlier = await unit_of_work(write)
    what = "email" if body.email is not None else "phone"
    password_notices.tell(earlier, "contact_changed", language=language, what=what)
    return await queries.me(by)
