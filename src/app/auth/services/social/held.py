"""Proved persons who must answer a question first. They are kept for the answer, because a code is valid once.

They are encrypted and stored under the hash of the attempt's state, for one state lifetime from the question on.
"""

import hashlib

import orjson

from src.app.auth.services.sessions.sessions import session_store
from src.app.auth.services.social.persons import Person
from src.app.auth.services.social.providers.base import Profile
from src.common.crypto import CannotUnseal, seal, unseal
from src.core.configs import settings
from src.core.redis import redis


async def keep(state: str, person: Person) -> None:
    """Keep the person. A repeat changes nothing and does not extend the time. Raises SessionStoreUnavailable."""
    profile = person.profile
    values = {
        "provider": person.provider,
        "refresh_token": person.refresh_token,
        "profile": {
            "subject": profile.subject,
            "name": profile.name,
            "email": profile.email,
            "vouched": profile.vouched,
        },
    }
    with session_store():
        await redis().set(_key(state), seal(orjson.dumps(values).decode()), ex=settings().social.state_seconds, nx=True)


async def find(state: str) -> Person | None:
    """Return the person of this attempt, None if none was kept. Raises SessionStoreUnavailable."""
    with session_store():
        kept = await redis().get(_key(state))
    if kept is None:
        return None
    try:
        values = orjson.loads(unseal(kept))
    except CannotUnseal:  # sealed with a key that was dropped since
        return None
    profile = Profile(**values["profile"])
    return Person(provider=values["provider"], profile=profile, refresh_token=values["refresh_token"])


async def forget(state: str) -> None:
    """Delete the person once the question is answered. Raises SessionStoreUnavailable."""
    with session_store():
        await redis().delete(_key(state))


def _key(state: str) -> str:
    return f"oauth-person:{hashlib.sha256(state.encode('utf-8', 'surrogatepass')).hexdigest()}"
