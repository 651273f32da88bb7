"""Change a member's contacts."""

from src.app.auth.dtos.recovery import ContactChange
from src.app.auth.errors import VerificationNotConfirmed
from src.app.auth.services.credentials import reauthentication
from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import ContactChannel
from src.app.user.dtos.responses import MeChanged
from src.app.user.errors import ContactNotVerified
from src.app.user.services.account import contact, profile
from src.app.user.services.account.contact import NewContact
from src.common.identity import Identity


async def change_contact(body: ContactChange, *, by: Identity, language: Language) -> MeChanged:
    """Write the verified e-mail address or phone, which counts as proved from then on. The present contact may be
    proved in the same way. `contact.change` describes the consequences.

    Raises ReauthenticationRequired, VerificationNotConfirmed, EmailTaken, InvalidToken, SessionStoreUnavailable.
    """
    await reauthentication.require_fresh(by)
    wish = NewContact(email=body.email, phone=body.phone, verification_id=body.verification_id, claims=body.claim_email)
    try:
        await contact.change(wish, by=by, language=language)
    except ContactNotVerified:
        raise VerificationNotConfirmed from None
    return await profile.changed(by, proved="email" if body.email is not None else "sms")


async def drop_contact(channel: ContactChannel, *, by: Identity, language: Language) -> None:
    """Remove a contact of the member. Raises ReauthenticationRequired, LastContact, InvalidToken."""
    await reauthentication.require_fresh(by)
    await contact.drop(channel, by=by, language=language)
