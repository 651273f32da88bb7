"""Content pages of the demo shop, as records of ``data/content.json``: notices, questions, events, policies."""

from dataclasses import dataclass
from typing import Any, Final

from src.demo.data_files import read, records


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNotice:
    """A notice that was published `days_ago` days before the seeding."""

    category: str
    title: str
    body: str
    days_ago: int
    is_pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFaq:
    """A frequently asked question."""

    category: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEvent:
    """An event. Its days count from the seeding; negative days are in the past. `picture` is a path below
    ``/media``."""

    title: str
    body: str
    picture: str
    starts_in_days: int
    ends_in_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPolicy:
    """A sample text of a policy. It is loaded with the first version and date in the user domain's `policies`."""

    policy: str
    title: str
    paragraphs: tuple[str, ...]


def _with_body(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"body": "\n".join(row["body"])} for row in rows]


_SOURCE: Final = "content.json"
_FILE: Final = read(_SOURCE)
SAMPLE: Final[str] = _FILE["sample"]
"""The first paragraph of every policy."""
NOTICES: Final = records(DemoNotice, _with_body(_FILE["notices"]), source=_SOURCE)
FAQS: Final = records(DemoFaq, _FILE["faqs"], source=_SOURCE)
EVENTS: Final = records(DemoEvent, _with_body(_FILE["events"]), source=_SOURCE)
POLICIES: Final = records(DemoPolicy, _FILE["policies"], source=_SOURCE)
