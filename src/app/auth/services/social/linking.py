"""Link a social account to the signed-in member, and unlink it. The last way to sign in cannot be removed."""

import logging

from tortoise.exceptions import IntegrityError

from src.app.auth.dtos.social import SocialLink, SocialLinks, SocialReturn
from src.app.auth.errors import LastSignInMethod, OAuthProviderNotFound, SocialAlreadyLinked, SocialProviderInUse
from src.app.auth.models import SocialAccount
from src.app.auth.services.credentials import reauthentication
from src.app.auth.services.members import notices
from src.app.auth.services.sessions import sessions
from src.app.auth.services.social import links, persons, states
from src.app.auth.services.social.joining import usual_email
from src.app.auth.services.social.persons import Person
from src.app.auth.services.social.providers import registry
from src.app.auth.services.social.providers.base import PROVIDERS
from src.app.auth.services.social.unlinking import unlink_at_provider
from src.app.notification.services.texts.rendering import Language
from src.app.user.services import proofs
from src.app.user.services.locks import lock_member
from src.common.exceptions.general import InvalidToken
from src.common.identity import Identity
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)


async def list_links(by: Identity) -> SocialLinks:
    """Return the member's linked accounts."""
    return SocialLinks(items=[_shown(link) for link in await links.of_member(by.member_id or 0)])


async def link(
    provider: str, body: SocialReturn, *, browser: str | None, by: Identity, language: Language = "ko"
) -> SocialLink:
    """Link the person who comes back from the provider, and mail the member about a new link. Linking one's own account
    again changes nothing.

    The state must be one that this member began for linking, and the session still in the member's epoch: a session
    being ended links nothing. Locks the member's row. Raises OAuthProviderNotFound, OAuthStateInvalid, what
    `persons.proved` raises, SocialAlreadyLinked, SocialProviderInUse, InvalidToken.
    """
    adapter = registry.named(provider)
    epoch = await sessions.epoch_of(by)
    attempt = await states.use(
        body.state, browser=browser, provider=provider, purpose="link", member_id=by.member_id or 0
    )
    person = await persons.proved(body, provider=adapter, ask=attempt.ask(body.state))
    former = await links.of_subject(person)
    if former is not None and former.user_id != by.member_id:
        await links.let_go_of_former(former)
    try:
        written, email = await unit_of_work(lambda: _write(person, by, epoch=epoch))
    except IntegrityError:  # somebody else was faster
        raise SocialAlreadyLinked from None
    notices.tell_link(email, provider, what="linked", language=language)
    return _shown(written)


async def unlink(provider: str, *, by: Identity, language: Language = "ko") -> None:
    """Delete the member's link, then unlink at the provider and mail the member. An absent link is no failure.

    Locks the member's row, so that of two simultaneous calls the second sees the first one's result. A refusal or no
    answer of the provider is logged and changes nothing: the shop's link is deleted. Raises ReauthenticationRequired,
    OAuthProviderNotFound, LastSignInMethod, InvalidToken.
    """
    if provider not in PROVIDERS:  # one that is switched off can still be removed
        raise OAuthProviderNotFound
    await reauthentication.require_fresh(by)

    async def write() -> tuple[SocialAccount | None, str | None]:
        member = await lock_member(by.member_id)
        held = await links.of_member(member.id)
        chosen = next((one for one in held if one.provider == provider), None)
        if chosen is not None:
            if not member.has_password and len(held) == 1:
                raise LastSignInMethod
            await SocialAccount.filter(id=chosen.id).delete()
        return chosen, member.email

    removed, email = await unit_of_work(write)
    if removed is not None:
        notices.tell_link(email, provider, what="unlinked", language=language)
        await unlink_at_provider(removed)


async def _write(person: Person, by: Identity, *, epoch: int | None) -> tuple[SocialAccount, str | None]:
    """Write the link; return it with the member's e-mail address for the notice, None if the link existed already."""
    member = await lock_member(by.member_id)
    if member.session_epoch != epoch:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
    found = await links.of_subject(person)
    if found is not None:
        if found.user_id != member.id:
            raise SocialAlreadyLinked
        await links.refresh(found, person)
        return found, None
    if any(one.provider == person.provider for one in await links.of_member(member.id)):
        raise SocialProviderInUse
    email = usual_email(person.profile.email) if person.profile.vouched else None
    if email is not None:
        await proofs.vouch(member.id, email)
    return await links.add(member.id, person), member.email


def _shown(account: SocialAccount) -> SocialLink:
    return SocialLink.model_validate(account, from_attributes=True)
