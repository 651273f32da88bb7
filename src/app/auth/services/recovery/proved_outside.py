"""Consequences of a proof of identity given outside a session: an earlier user of the account may be a stranger."""

from dataclasses import dataclass, field

from src.app.auth.models import SocialAccount
from src.app.auth.services.members import notices
from src.app.auth.services.social import links
from src.app.auth.services.social.unlinking import unlink_at_provider
from src.app.auth.services.verification import reset_tokens
from src.app.notification.services.background import later
from src.app.notification.services.texts.rendering import Language
from src.app.user.models import User
from src.app.user.services import proofs


@dataclass(frozen=True, slots=True)
class Ended:
    """The ended links, and the e-mail address that the member had until then."""

    links: list[SocialAccount]
    email: str | None = field(repr=False)


async def end_what_was_before(user: User, *, proved: str) -> Ended:
    """Delete the links, the other contact if it was never proved, and the open tokens.

    Runs in the transaction that writes the new password and so ends the sessions. The caller has locked the row.
    `proved` is the contact that was proved, ``email`` or ``sms``.
    """
    await reset_tokens.void_tokens(user.id)
    await proofs.prove_from_outside(user, proved)
    return Ended(await links.remove_all(user.id), user.email)


def tell(ended: Ended, *, language: Language) -> None:
    """End the links at the providers too and mail the member about each. Call after the commit."""
    for link in ended.links:
        later(_end(link))
        notices.tell_link(ended.email, link.provider, what="unlinked", language=language)


async def _end(link: SocialAccount) -> None:
    await unlink_at_provider(link)
