"""Sign in through a social provider: send the browser there, and handle its return."""

from dataclasses import dataclass

from src.app.auth.dtos.responses import Notice
from src.app.auth.dtos.social import AuthorizeQuery, AuthorizeRead, SocialReturn
from src.app.auth.errors import AccountSuspended, EmailBelongsToAnotherLogin, SessionRevoked
from src.app.auth.models import SocialAccount
from src.app.auth.services.credentials import reauthentication
from src.app.auth.services.members.sign_in import notices_of
from src.app.auth.services.sessions import accounts, sessions
from src.app.auth.services.sessions.accounts import Account
from src.app.auth.services.sessions.devices import ClientDevice
from src.app.auth.services.sessions.tokens import Tokens
from src.app.auth.services.social import held, joining, links, persons, states
from src.app.auth.services.social.joining import Wishes
from src.app.auth.services.social.persons import Person
from src.app.auth.services.social.providers import registry
from src.app.user.dtos.fields import Policy
from src.app.user.services import consents, proofs
from src.app.user.services.account import credentials
from src.common.exceptions.general import NotSignedIn
from src.common.http.rate_limits import by_address, limiter
from src.common.identity import Identity
from src.core.configs import settings
from src.core.database import unit_of_work


@dataclass(frozen=True, slots=True)
class Started:
    """The answer, and the secret for the browser's cookie."""

    answer: AuthorizeRead
    browser: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Tokens, a flag for a new member, the consents still required, and the notices for the member."""

    tokens: Tokens
    is_new: bool
    return_to: str | None
    consents_required: list[Policy]
    notices: list[Notice]


async def start(provider: str, asked: AuthorizeQuery, *, by: Identity, address: str) -> Started:
    """Begin an attempt and return the provider's address for the browser.

    To link, the caller must be a freshly authenticated member: a linked account can sign in from then on. Raises
    OAuthProviderNotFound, NotSignedIn, ReauthenticationRequired, TooManyAttempts, SessionStoreUnavailable.
    """
    adapter = registry.named(provider)
    await limiter().count(settings().limits.sign_in_address, "oauth", by_address(address))
    member_id = await _linking_member(by) if asked.purpose == "link" else None
    begun = await states.begin(
        adapter.name,
        purpose=asked.purpose,
        member_id=member_id,
        return_to=asked.return_to,
        redirect_uri=registry.callback_url(settings(), adapter.name),
    )
    url = adapter.authorize_url(begun.attempt.ask(begun.state))
    return Started(AuthorizeRead(authorize_url=url, state=begun.state), begun.browser)


async def sign_in(provider: str, body: SocialReturn, *, browser: str | None, client: ClientDevice) -> SignedIn:
    """Open a session for the person who returns from the provider; the first sign-in creates a member.

    A person is recognised by the provider's subject, never by an e-mail address. After EmailBelongsToAnotherLogin the
    attempt stays open: the same browser may answer with a choice, without another call to the provider. An address that
    the provider vouches for becomes proved if it is the member's. Raises OAuthProviderNotFound, OAuthStateInvalid, what
    `persons.proved` and `joining.join` raise, AccountSuspended, SessionRevoked, SessionStoreUnavailable.
    """
    adapter = registry.named(provider)
    attempt = await states.use(body.state, browser=browser, provider=provider, purpose="sign_in")
    held_person = await held.find(body.state) if body.error is None else None
    person = held_person or await persons.proved(body, provider=adapter, ask=attempt.ask(body.state))
    wishes = Wishes(
        address=client.address,
        claims=body.claim_email,
        without_email=body.without_email,
        language=client.language,
    )
    try:
        link, is_new = await _known_or_joined(person, wishes=wishes)
    except EmailBelongsToAnotherLogin:
        await held.keep(body.state, person)
        await states.again(body.state, attempt)
        raise
    if held_person is not None:
        await held.forget(body.state)
    account = await _account_of(link)
    if not is_new:
        await unit_of_work(lambda: _refresh(link, person))
    issued = await sessions.open_session(account, client=client)
    await credentials.touch_last_sign_in(account.id)
    required = await consents.still_required(account.id)
    return SignedIn(issued, is_new, attempt.return_to, required, notices_of(account))


async def _linking_member(by: Identity) -> int:
    if by.member_id is None:
        raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
    await reauthentication.require_fresh(by)
    return by.member_id


async def _refresh(link: SocialAccount, person: Person) -> None:
    """Store the provider's current values. Runs after the account was read: if the link still exists now, ending it
    later raises the epoch past the session's. Raises SessionRevoked if the link has ended in between."""
    email = joining.usual_email(person.profile.email) if person.profile.vouched else None
    if email is not None:
        await proofs.vouch(link.user_id, email)
    if not await links.refresh(link, person):
        raise SessionRevoked


async def _known_or_joined(person: Person, *, wishes: Wishes) -> tuple[SocialAccount, bool]:
    link = await links.of_subject(person)
    if link is not None and not await _has_left(link):
        return link, False
    return await joining.join(person, wishes=wishes)


async def _has_left(link: SocialAccount) -> bool:
    """Return True if the member has left. Only members who may not sign in are read again: left, or suspended."""
    account = await accounts.by_id("member", link.user_id)
    return (account is None or not account.is_active) and await links.let_go_of_former(link)


async def _account_of(link: SocialAccount) -> Account:
    account = await accounts.by_id("member", link.user_id)
    if account is None or not account.is_active:
        raise AccountSuspended
    return account
