"""Lifetimes of a session: idle and absolute."""

from dataclasses import dataclass

from src.app.auth.services.sessions.tokens import AccountKind
from src.core.configs import settings


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `idle` counts from the last request or refresh, `absolute` from the sign-in."""

    idle: int
    absolute: int


def limits_of(kind: AccountKind, *, is_remembered: bool) -> Limits:
    """Return the configured limits. Defaults for staff: idle one hour, absolute 12 hours.

    Defaults for members: idle 12 hours, or two weeks with "remember me"; absolute 60 days.
    """
    identity, security = settings().identity, settings().security
    if kind == "staff":
        return Limits(identity.staff_idle_seconds, identity.staff_absolute_seconds)
    idle = security.session_seconds if is_remembered else security.short_session_seconds
    return Limits(idle, identity.absolute_session_seconds)
