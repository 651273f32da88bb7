"""Passwords: bcrypt in a few threads of its own, never on the event loop."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

import bcrypt

from src.app.auth.dtos.fields import MAX_BYTES
from src.core.configs import settings

T = TypeVar("T")

_NOBODYS_HASH: Final = "C6UzMDM.H6dfI/f/IKcEeO" + "u" * 31


async def hash_password(password: str) -> str:
    """The bcrypt hash of a password of at most 72 bytes. Raises ValueError for a longer one."""
    rounds = settings().security.bcrypt_rounds
    return await _in_thread(lambda: bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds)).decode())


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the hash is this password's. No hash, or a password over 72 bytes, costs the same and is False.

    So does a hash of a lower cost c than the configured C, made before the setting rose: checking against nobody's
    hashes of c, c+1, ... C-1 besides adds up to the work of one of C. A hash of a higher cost takes longer until its
    owner signs in the next time (`needs_upgrade`).
    """
    given = password.encode()
    cost = settings().security.bcrypt_rounds
    stored = password_hash or _nobodys_hash(cost)
    is_equal = await _in_thread(lambda: _checked(given[:MAX_BYTES], stored, cost))
    return is_equal and bool(password_hash) and len(given) <= MAX_BYTES


def needs_upgrade(password_hash: str) -> bool:
    """Whether the hash was made with another cost than the configured one."""
    return _cost_of(password_hash) != settings().security.bcrypt_rounds


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
