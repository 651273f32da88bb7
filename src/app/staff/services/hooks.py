"""Extension points that the auth domain implements; `bootstrap.hooks` registers them. Registering again replaces.

`SessionCloser`: ends all sessions of these staff members, given as (id, raised epoch). Called after the commit.
`PasswordHasher`: returns the hash to store of a new password. Called outside any transaction.
"""

from collections.abc import Awaitable, Callable, Iterable

SessionCloser = Callable[[Iterable[tuple[int, int]]], Awaitable[None]]
PasswordHasher = Callable[[str], Awaitable[str]]

_closer: SessionCloser | None = None
_hasher: PasswordHasher | None = None


def register_session_closer(closer: SessionCloser) -> None:
    """Set the auth domain's answer."""
    global _closer  # noqa: PLW0603 - the one place that keeps it
    _closer = closer


def register_password_hasher(hasher: PasswordHasher) -> None:
    """Set the auth domain's answer."""
    global _hasher  # noqa: PLW0603 - the one place that keeps it
    _hasher = hasher


async def close_sessions(ended: Iterable[tuple[int, int]]) -> None:
    """See `SessionCloser`. Raises RuntimeError if there is none: a change of permissions must end sessions."""
    if _closer is None:
        raise RuntimeError("register_session_closer was not called")
    await _closer(ended)


async def hash_password(password: str) -> str:
    """See `PasswordHasher`. Raises RuntimeError if there is none."""
    if _hasher is None:
        raise RuntimeError("register_password_hasher was not called")
    return await _hasher(password)
