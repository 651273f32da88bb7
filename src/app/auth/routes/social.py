"""Routes of social sign-in under /oauth, and of linked accounts under /me/social."""

from typing import Annotated, Final, Literal

from fastapi import Cookie, Path, Query, Response

from src.app.auth import browser
from src.app.auth.browser import AllowedOrigin
from src.app.auth.dtos.social import (
    AuthorizeQuery,
    AuthorizeRead,
    SocialLink,
    SocialLinks,
    SocialReturn,
    SocialSignedIn,
)
from src.app.auth.errors import (
    AccountSuspended,
    EmailBelongsToAnotherLogin,
    LastSignInMethod,
    OAuthCodeInvalid,
    OAuthConsentRefused,
    OAuthProviderNotFound,
    OAuthProviderUnavailable,
    OAuthStateInvalid,
    ReauthenticationRequired,
    SessionRevoked,
    SocialAlreadyLinked,
    SocialProviderInUse,
)
from src.app.auth.routes.language import MessageLanguage
from src.app.auth.services.sessions.devices import TheClient
from src.app.auth.services.social import linking, signing_in, states
from src.common.exceptions import documents
from src.common.exceptions.general import (
    NotSignedIn,
    OriginNotAllowed,
    SessionStoreUnavailable,
    TooManyAttempts,
)
from src.common.http.routing import new_router
from src.common.identity import ClientAddress, Guest, Member, Shopper
from src.common.openapi.marks import tells
from src.core.configs import settings

COOKIE: Final = "oauth_state"
COOKIE_PATH: Final = "/api/v1"
RETURN_ERRORS = (
    OAuthProviderNotFound,
    OAuthStateInvalid,
    OAuthCodeInvalid,
    OAuthConsentRefused,
    OAuthProviderUnavailable,
    OriginNotAllowed,
    SessionStoreUnavailable,
)
START_ERRORS = documents(
    OAuthProviderNotFound,
    NotSignedIn,
    ReauthenticationRequired,
    OriginNotAllowed,
    TooManyAttempts,
    SessionStoreUnavailable,
)
SIGN_IN_ERRORS = documents(
    *RETURN_ERRORS, EmailBelongsToAnotherLogin, AccountSuspended, SessionRevoked, TooManyAttempts
)

ProviderPath = Annotated[str, Path(max_length=20, description="`kakao`, `naver` or `google`.", examples=["kakao"])]
StateCookie = Annotated[str | None, Cookie(alias=COOKIE, description="Set by /oauth/{provider}/authorize.")]

EarlierStates = Annotated[str | None, Cookie(alias=COOKIE, include_in_schema=False)]

router = new_router(tags=["shop: social sign-in"])


@router.get(
    "/oauth/{provider}/authorize",
    operation_id="startSocialSignIn",
    responses=START_ERRORS,
    dependencies=[AllowedOrigin],
)
@tells(headers=("Set-Cookie",))
async def authorize(
    provider: ProviderPath,
    asked: Annotated[AuthorizeQuery, Query()],
    response: Response,
    address: ClientAddress,
    shopper: Shopper,
    earlier: EarlierStates = None,
) -> AuthorizeRead:
    """Begin to sign in through a provider, or with `purpose=link` to link one to my account (I must be signed in).

    `return_to` is a path of this shop, or an address of it. The answer sets a cookie: only the same browser can
    finish, once, within ten minutes. Attempts in several tabs go on side by side.
    """
    started = await signing_in.start(provider, asked, by=shopper, address=address)
    _keep(response, states.with_another(earlier, started.browser))
    return started.answer


@router.post(
    "/oauth/{provider}", operation_id="signInWithProvider", responses=SIGN_IN_ERRORS, dependencies=[AllowedOrigin]
)
@tells(headers=("Set-Cookie",))
async def sign_in(
    provider: ProviderPath,
    body: SocialReturn,
    response: Response,
    client: TheClient,
    _: Guest,
    oauth_state: StateCookie = None,
) -> SocialSignedIn:
    """Finish signing in with what the callback page got: `state`, and `code` or `error`. As POST /auth/sign-in.

    The first time a member is made, who has yet to agree to what `consents_required` names. An e-mail address that has
    an account already is refused: sign in to that account and link the social one there, or send the same body again
    with `claim_email` (where it was `claimable`) or `without_email`.
    """
    signed_in = await signing_in.sign_in(provider, body, browser=oauth_state, client=client)
    read = browser.hand_over(signed_in.tokens, response, kind="member")
    return SocialSignedIn(
        **read.model_dump(),
        is_new=signed_in.is_new,
        return_to=signed_in.return_to,
        consents_required=signed_in.consents_required,
        notices=signed_in.notices,
    )


@router.get("/me/social", operation_id="listSocial")
async def list_social(member: Member) -> SocialLinks:
    """My linked accounts, oldest first."""
    return await linking.list_links(member)


@router.post(
    "/me/social/{provider}",
    operation_id="linkSocial",
    responses=documents(*RETURN_ERRORS, SocialAlreadyLinked, SocialProviderInUse),
    dependencies=[AllowedOrigin],
)
@tells(headers=("Set-Cookie",))
async def link_social(
    provider: ProviderPath,
    body: SocialReturn,
    member: Member,
    language: MessageLanguage,
    oauth_state: StateCookie = None,
) -> SocialLink:
    """Link an account to mine, after /oauth/{provider}/authorize with `purpose=link`. Again is no failure."""
    return await linking.link(provider, body, browser=oauth_state, by=member, language=language)


@router.delete(
    "/me/social/{provider}",
    operation_id="unlinkSocial",
    status_code=204,
    responses=documents(OAuthProviderNotFound, ReauthenticationRequired, LastSignInMethod),
)
async def unlink_social(provider: ProviderPath, member: Member, language: MessageLanguage) -> None:
    """Unlink an account, here and at the provider. The last way to sign in cannot be removed."""
    await linking.unlink(provider, by=member, language=language)


def _keep(response: Response, secrets: str) -> None:
    """Bind the sign-in attempts to this browser with a cookie.

    The cookie expires by itself: finishing one attempt must not end that of another tab. It is Lax, not Strict, because
    the front end calls after a redirect from the provider; None only if the front end is on another site, like the
    refresh cookie.
    """
    response.set_cookie(
        COOKIE,
        secrets,
        max_age=settings().social.state_seconds,
        path=COOKIE_PATH,
        secure=_is_secure(),
        httponly=True,
        samesite=_samesite(),
    )


def _samesite() -> Literal["lax", "none"]:
    return "none" if settings().security.cookie_samesite == "none" else "lax"


def _is_secure() -> bool:
    return not settings().is_local or _samesite() == "none"
