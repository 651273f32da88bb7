"""Limits of sign-in and sign-up."""

from dataclasses import dataclass

from src.app.auth.services.sessions.tokens import AccountKind
from src.common.http.rate_limits import by_address, by_name, limiter
from src.core.configs import settings
from src.core.observing.metrics import SIGN_INS


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One sign-in attempt, before its account is known."""

    kind: AccountKind
    login_id: str
    address: str

    async def check(self) -> None:
        """Raise TooManyAttempts when the account or the address has failed too often."""
        await limiter().check(settings().limits.sign_in_address, "sign-in-address", by_address(self.address))
        await limiter().check(settings().limits.sign_in_account, f"sign-in-{self.kind}", by_name(self.login_id))

    async def failed(self) -> None:
        """Count a failure. Raises TooManyAttempts if simultaneous failures used the limit up."""
        SIGN_INS.of(self.kind, "failed").add()
        await limiter().count(settings().limits.sign_in_address, "sign-in-address", by_address(self.address))
        await limiter().count(settings().limits.sign_in_account, f"sign-in-{self.kind}", by_name(self.login_id))

    def succeeded(self) -> None:
        """Record that a session was opened."""
        SIGN_INS.of(self.kind, "ok").add()


async def count_sign_up(address: str) -> None:
    """Count a sign-up from this address. Raises TooManyAttempts."""
    await limiter().count(settings().limits.sign_up, "sign-up", by_address(address, is_dear=True))
