"""Passwords: bcrypt of the normalised spelling (NFKC), in a few threads of its own, never on the event loop.

Older hashes are of the text as typed. They stay valid for the same text, in composed or decomposed form.
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

from src.common.dtos.passwords import MAX_BYTES, MAX_TYPED, normal_password
from src.core.configs import settings

T = TypeVar("T")

_NOBODYS_HASH: Final = "C6UzMDM.H6dfI/f/IKcEeO" + "u" * 31


async def hash_password(password: str) -> str:
    """Return the bcrypt hash of a password of at most 72 bytes in its normalised spelling. Raises ValueError for a
    longer one."""
    rounds, spelled = settings().security.bcrypt_rounds, normal_password(password).encode()
    return await _in_thread(lambda: bcrypt.hashpw(spelled, bcrypt.gensalt(rounds)).decode())


async def matches(password: str, password_hash: str | None) -> bool:
    """Return True if the hash is of this password in any of its spellings. No hash, or a password over 72 bytes in all
    of them, takes the same time and is False: the number of spellings depends only on the given text.

    A hash of a lower cost c than the configured C, made before the setting rose, takes the same time too: extra checks
    against dummy hashes of c, c+1, ... C-1 add up to the work of one of C. A hash of a higher cost takes longer until
    its owner signs in the next time (`needs_upgrade`).
    """
    given = _spellings(password)
    cost = settings().security.bcrypt_rounds
    stored = password_hash or _nobodys_hash(cost)
    is_equal = await _in_thread(lambda: any(_checked(spelled[:MAX_BYTES], stored, cost) for spelled in given))
    return is_equal and bool(password_hash) and len(given[0]) <= MAX_BYTES


async def is_spelled_otherwise(password: str, password_hash: str) -> bool:
    """Return True if the hash, known to be of this password, is of another spelling than the normalised one. Costs
    nothing if the password has only one spelling."""
    spelled = normal_password(password).encode()
    if _spellings(password) == [spelled]:
        return False
    return not await _in_thread(lambda: bcrypt.checkpw(spelled, password_hash.encode()))


def is_too_long(password: str) -> bool:
    """Return True if the normalised spelling is longer than bcrypt reads: an older hash may be of a shorter one."""
    return len(normal_password(password).encode()) > MAX_BYTES


def needs_upgrade(password_hash: str) -> bool:
    """Return True if the hash was made with another cost than the configured one."""
    return _cost_of(password_hash) != settings().security.bcrypt_rounds


def _spellings(password: str) -> list[bytes]:
    """Return the spellings that may have been hashed: the normalised one, the text as typed, and the other Unicode
    forms. Those too long for bcrypt are left out; if all are, the first is returned."""
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
    """Return the cost in ``$2b$12$...``."""
    return int(password_hash.split("$")[2])


def _nobodys_hash(cost: int) -> str:
    return f"$2b${cost:02d}${_NOBODYS_HASH}"


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


@cache
def _threads() -> ThreadPoolExecutor:
    """Return this process's threads: their number bounds how many cores sign-ins may use."""
    return ThreadPoolExecutor(settings().security.bcrypt_threads, thread_name_prefix="bcrypt", initializer=_give_way)


def _give_way() -> None:
    """Lower the thread's priority below the threads that answer requests: a hash takes 0.2 s, so 10 ms more go
    unnoticed."""
    if sys.platform == "linux":  # only Linux has a priority for each thread
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
