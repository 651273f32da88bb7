"""Sign in through a social provider: send the browser there, and take it back."""

from dataclasses import dataclass

from src.app.auth.dtos.social import AuthorizeQuery, AuthorizeRead, SocialReturn
from src.app.auth.errors import AccountSuspended
from src.app.auth.models import SocialAccount
from src.app.auth.services import accounts, reauthentication, sessions
from src.app.auth.services.accounts import Account
from src.app.auth.services.devices import ClientDevice
from src.app.auth.services.social import joining, links, persons, registry, states
from src.app.auth.services.social.persons import Person
from src.app.auth.services.tokens import Tokens
from src.app.user.dtos.fields import Policy
from src.app.user.services import consents, credentials
from src.common.exceptions.general import NotSignedIn
from src.common.utils.identity import Identity
from src.common.utils.rate_limits import by_address, limiter
from src.core.configs import settings
from src.core.database import unit_of_work


@dataclass(frozen=True, slots=True)
class Started:
    """The answer, and the secret for the browser's cookie."""

    answer: AuthorizeRead
    browser: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Tokens as of a sign-in, whether the member is new, and what the member must still agree to."""

    tokens: Tokens
    is_new: bool
    return_to: str | None
    consents_required: list[Policy]


async def start(provider: str, asked: AuthorizeQuery, *, by: Identity, address: str) -> Started:
    """Begin an attempt and tell where to send the browser.

    To link, the caller must be a member who just proved to be there: what is linked is a way in from then on. Raises
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
    """A session for the person who comes back from the provider; the first time, a member is made.

    Known is who has the provider's subject, never who has an e-mail address. Raises OAuthProviderNotFound,
    OAuthStateInvalid, what `persons.proved` and `joining.join` raise, AccountSuspended, SessionStoreUnavailable.
    """
    adapter = registry.named(provider)
    attempt = await states.use(body.state, browser=browser, provider=provider, purpose="sign_in")
    person = await persons.proved(body, provider=adapter, ask=attempt.ask(body.state))
    link, is_new = await _known_or_joined(person, address=client.address)
    account = await _account_of(link)
    if not is_new:
        await unit_of_work(lambda: links.refresh(link, person))
    issued = await sessions.open_session(account, client=client)
    await credentials.touch_last_sign_in(account.id)
    return SignedIn(issued, is_new, attempt.return_to, await consents.still_required(account.id))


async def _linking_member(by: Identity) -> int:
    if by.member_id is None:
        raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
    await reauthentication.require_fresh(by)
    return by.member_id


async def _known_or_joined(person: Person, *, address: str) -> tuple[SocialAccount, bool]:
    link = await links.of_subject(person)
    if link is not None and not await _has_left(link):
        return link, False
    return await joining.join(person, address=address)


async def _has_left(link: SocialAccount) -> bool:
    """Only who may not sign in is looked at twice: left, or suspended."""
    account = await accounts.by_id("member", link.user_id)
    return (account is None or not account.is_active) and await links.let_go_of_former(link)


async def _account_of(link: SocialAccount) -> Account:
    account = await accounts.by_id("member", link.user_id)
    if account is None or not account.is_active:
        raise AccountSuspended
    return account
