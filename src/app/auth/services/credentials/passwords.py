"""Passwords: bcrypt of their one spelling (NFKC), in a few threads of its own, never on the event loop.

Hashes of before are of what was typed. They stay good for whoever types the same again, whole or in pieces.
"""

import asyncio
import os
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

import bcrypt

from src.app.auth.dtos.fields import MAX_BYTES, MAX_TYPED, normal_password
from src.core.configs import settings

T = TypeVar("T")

_NOBODYS_HASH: Final = "C6UzMDM.H6dfI/f/IKcEeO" + "u" * 31


async def hash_password(password: str) -> str:
    """The bcrypt hash of a password of at most 72 bytes in its one spelling. Raises ValueError for a longer one."""
    rounds, spelled = settings().security.bcrypt_rounds, normal_password(password).encode()
    return await _in_thread(lambda: bcrypt.hashpw(spelled, bcrypt.gensalt(rounds)).decode())


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the hash is this password's, in any of its spellings. No hash, or a password over 72 bytes in all of
    them, costs the same and is False: how many spellings there are depends on what was given alone.

    So does a hash of a lower cost c than the configured C, made before the setting rose: checking against nobody's
    hashes of c, c+1, ... C-1 besides adds up to the work of one of C. A hash of a higher cost takes longer until its
    owner signs in the next time (`needs_upgrade`).
    """
    given = _spellings(password)
    cost = settings().security.bcrypt_rounds
    stored = password_hash or _nobodys_hash(cost)
    is_equal = await _in_thread(lambda: any(_checked(spelled[:MAX_BYTES], stored, cost) for spelled in given))
    return is_equal and bool(password_hash) and len(given[0]) <= MAX_BYTES


async def is_spelled_otherwise(password: str, password_hash: str) -> bool:
    """Whether the hash, which is this password's, is of another spelling than the one that is hashed today. Costs
    nothing where there is but one."""
    spelled = normal_password(password).encode()
    if _spellings(password) == [spelled]:
        return False
    return not await _in_thread(lambda: bcrypt.checkpw(spelled, password_hash.encode()))


def is_too_long(password: str) -> bool:
    """Whether today's spelling is more than bcrypt reads: a hash of before may be of a shorter one."""
    return len(normal_password(password).encode()) > MAX_BYTES


def needs_upgrade(password_hash: str) -> bool:
    """Whether the hash was made with another cost than the configured one."""
    return _cost_of(password_hash) != settings().security.bcrypt_rounds


def _spellings(password: str) -> list[bytes]:
    """What may have been hashed: today's spelling, what was typed, and what another system would have typed. Without
    those that are too long for bcrypt; where all are, the first."""
    if len(password) > MAX_TYPED:
        return [password.encode()]
    forms = [normal_password(password), password, *(unicodedata.normalize(form, password) for form in ("NFC", "NFD"))]
    found = list(dict.fromkeys(form.encode() for form in forms))
    return [form for form in found if len(form) <= MAX_BYTES] or found[:1]


def _checked(given: bytes, stored: str, cost: int) -> bool:
    is_equal = bcrypt.checkpw(given, stored.encode())
    for missing in range(_cost_of(stored), cost):
        bcrypt.checkpw(given, _nobodys_hash(missing).encode())
    return is_equal


def _cost_of(password_hash: str) -> int:
    """The cost in ``$2b$12$...``."""
    return int(password_hash.split("$")[2])


def _nobodys_hash(cost: int) -> str:
    return f"$2b${cost:02d}${_NOBODYS_HASH}"


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


@cache
def _threads() -> ThreadPoolExecutor:
    """This process's threads: their number bounds how many cores sign-ins may hold."""
    return ThreadPoolExecutor(settings().security.bcrypt_threads, thread_name_prefix="bcrypt", initializer=_give_way)


def _give_way() -> None:
    """Let whoever answers requests have the processor first: a hash holds it for 0.2 s, and nobody sees 10 ms of it."""
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
