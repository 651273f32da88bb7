"""The sandbox's ids are ULIDs, and UUIDs made of them."""

import time
from uuid import UUID

from ulid import ULID

from src.sandbox.ids import new_ulid, new_uuid


def test_a_ulid_holds_its_time() -> None:
    before = time.time_ns() // 1_000_000
    made = [ULID.from_str(new_ulid()) for _ in range(1000)]
    after = time.time_ns() // 1_000_000
    assert all(before <= one.milliseconds <= after for one in made)
    assert len({one.bytes[6:] for one in made}) == 1000
    assert len({bit for one in made for bit in one.bytes[6:]}) == 256  # of 10,000 bytes of chance, each value came


def test_ids_sort_by_their_time() -> None:
    earlier = new_ulid(), new_uuid()
    time.sleep(0.002)
    assert earlier < (new_ulid(), new_uuid())
    assert earlier[1] < new_uuid()


def test_a_uuid_is_one() -> None:
    text = new_uuid()
    assert str(UUID(text)) == text
    assert abs(int(text.replace("-", "")[:12], 16) - time.time() * 1000) < 60_000
