"""Limits of sign-in and sign-up. Keys are keyed hashes: Redis holds no login id and no address."""

import hashlib
import hmac
from dataclasses import dataclass

from src.app.auth.services.tokens import AccountKind
from src.common.utils.rate_limits import limiter
from src.core.configs import settings
from src.core.observing.metrics import SIGN_INS


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One try to sign in, whoever it turns out to be."""

    kind: AccountKind
    login_id: str
    address: str

    async def check(self) -> None:
        """Raise TooManyAttempts when the account or the address has failed too often."""
        await limiter().check(settings().limits.sign_in_address, "sign-in-address", _hidden(self.address))
        await limiter().check(settings().limits.sign_in_account, f"sign-in-{self.kind}", _hidden(self.login_id))

    async def failed(self) -> None:
        """Count a failure. Raises TooManyAttempts when other failures used the limit up meanwhile."""
        SIGN_INS.of(self.kind, "failed").add()
        await limiter().count(settings().limits.sign_in_address, "sign-in-address", _hidden(self.address))
        await limiter().count(settings().limits.sign_in_account, f"sign-in-{self.kind}", _hidden(self.login_id))

    def succeeded(self) -> None:
        """A session was opened."""
        SIGN_INS.of(self.kind, "ok").add()


async def count_sign_up(address: str) -> None:
    """Count a sign-up from this address. Raises TooManyAttempts."""
    await limiter().count(settings().limits.sign_up, "sign-up", _hidden(address))


def _hidden(value: str) -> str:
    return hmac.new(settings().security.jwt_secret.encode(), value.encode(), hashlib.sha256).hexdigest()[:32]
