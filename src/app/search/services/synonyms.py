"""Synonyms: staff edit them as one list, and every search reads them.

A change locks the list's row and writes an audit row. After the commit all workers drop their cached lists. Equal
values write nothing.
"""

from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.product.services.search.words import synonyms
from src.app.search.dtos.admin import Synonyms, SynonymsRead
from src.app.search.models import SynonymList
from src.app.search.services.golf_words import DEFAULT
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.http.public_cache import BytesCache, forgotten_together
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import single_statement, unit_of_work

ROW: Final = 1
_remembered: Final = forgotten_together(
    BytesCache(max_bytes=1024 * 1024, name="synonyms", fresh_seconds=60.0, stale_seconds=600.0)
)
_parsed: Final[dict[str, synonyms.Synonyms]] = {}
"""The current list, parsed, by the hash of its bytes. It has one entry at most."""


async def read() -> SynonymsRead:
    """Return the stored list, else the default list."""
    rows = await SynonymList.filter(id=ROW).values_list("value", "version")
    value, version = rows[0] if rows else (None, FIRST)
    return SynonymsRead(items=_rules(value).items, version=version)


async def replace(body: Synonyms, *, version: int, by: Actor) -> SynonymsRead:
    """Set the whole list. Raises StaleEdit."""
    if not await SynonymList.filter(id=ROW).exists():
        try:
            made = SynonymList(id=ROW, value=DEFAULT.model_dump(mode="json"), updated_at=clock.now())
            await single_statement(made.save, is_harmless=True)
        except IntegrityError:
            await SynonymList.get(id=ROW)  # another request created the row first

    async def write() -> None:
        row = await SynonymList.select_for_update().get(id=ROW)
        refuse_stale(row.version, version)
        value = body.model_dump(mode="json")
        if row.value == value:
            return
        before, after = _changed(row.value["items"], value["items"])
        row.value, row.version, row.updated_at = value, row.version + 1, clock.now()
        await row.save()
        await audit.record("search.synonyms_set", by=by, target=("search", "synonyms"), before=before, after=after)
        shown_changed()

    await unit_of_work(write)
    return await read()


async def current() -> synonyms.Synonyms:
    """Return the list for searches. One query; none if it is cached."""

    async def build() -> bytes:
        return (await read()).model_dump_json().encode()

    entry = await _remembered.get("all", build)
    if entry.etag not in _parsed:
        rules = SynonymsRead.model_validate_json(entry.body).items
        _parsed.clear()
        _parsed[entry.etag] = synonyms.made_of(pair for rule in rules for pair in rule.pairs())
    return _parsed[entry.etag]


def _rules(value: Any) -> Synonyms:
    return DEFAULT if value is None else Synonyms.model_validate(value)


def _changed(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the removed and the added rules, for the audit log."""
    gone = [rule for rule in before if rule not in after]
    new = [rule for rule in after if rule not in before]
    return {"items": gone}, {"items": new}
