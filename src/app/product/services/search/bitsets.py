"""Sets of product ids as bit sets: an intersection is an AND, a size is a count of bits.

A set maps block numbers to integers; a block covers 4,096 ids, so that a single large id needs little memory. The
functions are pure. `statement` builds the SQL that returns sets, 64 ids in a row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from src.core.database.statements import dialect

Bits = Mapping[int, int]

WORD: Final = 6  # 64 ids in a row of the statement
BLOCK: Final = 12  # 4,096 ids in a block
BLOCK_BYTES: Final = 2**BLOCK // 8
NUMBER_BYTES: Final = 8
NOTHING: Final[Bits] = {}


def both(sets: Sequence[Bits]) -> Bits:
    """The intersection of these sets, of which there is at least one."""
    smallest, *others = sorted(sets, key=len)
    held = dict(smallest)
    for other in others:
        held = {number: bits & other[number] for number, bits in held.items() if number in other}
    return held


def either(sets: Iterable[Bits]) -> Bits:
    """The union of these sets."""
    held: dict[int, int] = {}
    for one in sets:
        for number, bits in one.items():
            held[number] = held.get(number, 0) | bits
    return held


def without(one: Bits, other: Bits) -> Bits:
    """Ids of the first set that are not in the second."""
    return {number: bits & ~other.get(number, 0) for number, bits in one.items()}


def count(one: Bits) -> int:
    """Count the ids of the set."""
    return sum(bits.bit_count() for bits in one.values())


def ids(one: Bits) -> Iterator[int]:
    """Yield the ids in ascending order."""
    for number in sorted(one):
        digits = bin(one[number])[:1:-1]  # the lowest bit first
        place = digits.find("1")
        while place >= 0:
            yield (number << BLOCK) + place
            place = digits.find("1", place + 1)


def of_ids(numbers: Iterable[int]) -> Bits:
    """The set of these ids."""
    return either({number >> BLOCK: 1 << (number & (2**BLOCK - 1))} for number in numbers)


def statement(named: str) -> str:
    """Build the statement that returns, as bits, the ids of a SELECT of ``kind`` and ``id``: 64 ids of a kind in a
    row."""
    word = f"SELECT s.kind AS kind, s.id >> {WORD} AS word, "
    if dialect() == "sqlite":
        # SQLite has no BIT_OR. The sum of distinct bits is the same; bit 63 makes it negative, as in a signed integer.
        distinct = f"SELECT DISTINCT n.kind AS kind, n.id AS id FROM ({named}) n"  # noqa: S608 - our own words
        return f"{word}SUM(1 << (s.id & 63)) AS bits FROM ({distinct}) s GROUP BY s.kind, s.id >> {WORD}"
    return f"{word}BIT_OR(1 << (s.id & 63)) AS bits FROM ({named}) s GROUP BY s.kind, s.id >> {WORD}"


def of_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, Bits]:
    """Build the sets from the rows of `statement`, by kind as text."""
    kinds: dict[str, dict[int, int]] = {}
    for row in rows:
        held, word = kinds.setdefault(str(row["kind"]), {}), int(row["word"])
        number, place = word >> (BLOCK - WORD), (word & (2 ** (BLOCK - WORD) - 1)) << WORD
        held[number] = held.get(number, 0) | ((int(row["bits"]) & (2**64 - 1)) << place)
    return dict(kinds)


def packed(one: Bits) -> bytes:
    """The set as bytes."""
    return b"".join(
        number.to_bytes(NUMBER_BYTES, "little") + bits.to_bytes(BLOCK_BYTES, "little") for number, bits in one.items()
    )


def unpacked(body: bytes) -> Bits:
    """The set that `packed` wrote."""
    step = NUMBER_BYTES + BLOCK_BYTES
    starts = range(0, len(body), step)
    return {
        int.from_bytes(body[at : at + NUMBER_BYTES], "little"): int.from_bytes(
            body[at + NUMBER_BYTES : at + step], "little"
        )
        for at in starts
    }
