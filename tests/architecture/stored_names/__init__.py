"""The names that are stored or seen from outside, each list a text file beside this one, one name a line, sorted.

A file is what the names were; `collected` is what they are in this tree. ``python -m tests.architecture.stored_names``
writes into the files what is new, and takes nothing out: a name goes only by hand, with what stored it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
COMMAND: Final = "python -m tests.architecture.stored_names"

FLOORS: Final[Mapping[str, int]] = {
    "audit_actions_and_other_dotted_names": 130,
    "commands": 30,
    "cookies": 4,
    "enum_values": 200,
    "error_codes": 180,
    "headers": 38,
    "job_names": 40,
    "keys_and_channels": 80,
    "log_fields": 14,
    "message_templates": 230,
    "metrics": 45,
    "operation_ids": 230,
    "permissions": 50,
    "purposes_of_hashes_and_tokens": 14,
    "rate_limits": 14,
    "settings": 140,
    "state_files": 9,
    "tables": 1_200,
    "topics_and_event_types": 45,
}
"""The lists, and how many names each has at least: fewer, and whoever collects looks in the wrong place."""


def stored(folder: Path = FOLDER) -> dict[str, list[str]]:
    """What the files say, by list."""
    return {file.stem: file.read_text().splitlines() for file in sorted(folder.glob("*.txt"))}


def gone(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Names that are no more. A renamed one is among them, its new name among `unlisted`."""
    return sorted(set(before) - set(now))


def unlisted(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Names that no file holds yet, so that nobody would see them go."""
    return sorted(set(now) - set(before))


def add(found: Mapping[str, Iterable[str]], folder: Path = FOLDER) -> list[str]:
    """Write new names into their files and say which, as ``list: name``. What is there stays."""
    before = stored(folder)
    told = []
    for title, names in found.items():
        held = before.get(title, [])
        if new := unlisted(held, names):
            (folder / f"{title}.txt").write_text("".join(f"{name}\n" for name in sorted({*held, *new})))
            told += [f"{title}: {name}" for name in new]
    return told
