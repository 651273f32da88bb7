"""Google by OpenID Connect over httpx (docs/vendors/google.md)."""

from typing import Final

from src.app.auth.services.social.providers import wire
from src.app.auth.services.social.providers.base import Ask, Granted, Profile, ProviderName
from src.app.auth.services.social.providers.google_id_token import IdTokens
from src.app.auth.services.social.providers.wire import Calls, WireTokens, told, word
from src.common.vendors import Declined, Nonsense
from src.core.configs import Settings

ALREADY: Final = "invalid_token"  # revoke's error for an invalid token


class Google:
    """A `SocialProvider`. The person is read from the verified id_token; userinfo is not called, it has the same
    values.

    ``access_type=offline`` gives a refresh token at the first consent only, so a missing one is no error later;
    ``prompt=consent`` gives one again, for persons who consented before the account was linked.
    """

    name: ProviderName = "google"

    def __init__(self, chosen: Settings) -> None:
        self._id, self._secret = chosen.social.google_client_id, chosen.social.google_client_secret
        here = f"{chosen.sandbox_url}/oauth/google" if chosen.sandbox else ""
        self._accounts, self._api = here or "https://accounts.google.com", here or "https://oauth2.googleapis.com"
        self._calls = Calls(chosen)
        certs = f"{here or 'https://www.googleapis.com'}/oauth2/v3/certs"
        self._id_tokens = IdTokens(self._calls, certs, audience=self._id)

    async def close(self) -> None:
        """See `SocialProvider`."""
        await self._calls.close()

    def authorize_url(self, ask: Ask) -> str:
        """See `SocialProvider`."""
        fields = {
            "client_id": self._id,
            "redirect_uri": ask.redirect_uri,
            "response_type": "code",
            "scope": "openid email profile",
            "state": ask.state,
            "nonce": ask.nonce,
            "code_challenge": wire.challenge_of(ask.verifier),
            "code_challenge_method": "S256",
            "access_type": "offline",
        }
        if ask.anew:
            fields["prompt"] = "consent"
        return wire.address(f"{self._accounts}/o/oauth2/v2/auth", fields)

    async def exchange(self, code: str, ask: Ask) -> Granted:
        """See `SocialProvider`."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self._id,
            "client_secret": self._secret,
            "redirect_uri": ask.redirect_uri,
            "code_verifier": ask.verifier,
        }
        answer = await self._calls.send("POST", f"{self._api}/token", data=form)
        body = told(answer)
        if answer.status_code != 200:
            error = word(body.get("error"))
            raise Declined(error) if error == "invalid_grant" else Nonsense(error)
        tokens = wire.read(WireTokens, body)
        return Granted(access_token=tokens.access_token, refresh_token=tokens.refresh_token, id_token=tokens.id_token)

    async def profile(self, granted: Granted, ask: Ask) -> Profile:
        """See `SocialProvider`. ``email_verified`` proves ownership for gmail.com and Workspace (``hd``) only."""
        if granted.id_token is None:
            raise Nonsense("no id_token")
        claims = await self._id_tokens.verified(granted.id_token, nonce=ask.nonce)
        email = claims.email or None
        is_googles = email is not None and (email.lower().endswith("@gmail.com") or bool(claims.hd))
        return Profile(
            subject=claims.sub,
            name=claims.name or "",
            email=email,
            vouched=is_googles and claims.email_verified is True,
        )

    async def unlink(self, subject: str, *, refresh_token: str | None) -> None:
        """See `SocialProvider`."""
        if refresh_token is None:
            raise Declined("no refresh token")
        answer = await self._calls.send("POST", f"{self._api}/revoke", data={"token": refresh_token})
        if answer.status_code != 200 and word(told(answer).get("error")) != ALREADY:
            raise Declined(f"HTTP {answer.status_code}")
