"""Anonymisation requests and legal records in the former tables, to which the previous release still writes.

Migration 17 copies them. As long as a server still runs the previous release it may write there, so the job
``anonymise-former-members`` copies again, and due records are deleted from both. This module, the four tables and their
models are removed in the next release.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from src.common import clock
from src.common.models.anonymisation import Anonymisation, LegalRecord
from src.core.database import single_statement
from src.core.database.models import Model

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class FormerTables:
    """The tables of one domain; `reference` is the column of `records` that names the record."""

    requests: type[Model]
    records: type[Model]
    reference: str


_tables: dict[str, FormerTables] = {}


def register(domain: str, tables: FormerTables) -> None:
    """Add a domain. A later registration replaces an earlier one."""
    _tables[domain] = tables


async def carry_over() -> int:
    """Copy rows that are only in the former tables into the new ones, and return their number.

    A row that a concurrent process copies, or that was copied before a crash, is left as it is.
    """
    copied = 0
    for domain, tables in _tables.items():
        copied += await _requests(domain, tables)
        copied += await _records(domain, tables)
    return copied


async def is_kept(domain: str, reference: str) -> bool:
    """Return True if the former table has a legal record of this record."""
    tables = _tables.get(domain)
    return tables is not None and await tables.records.filter(**{tables.reference: reference}).exists()


async def purge() -> int:
    """Delete legal records from the former tables whose time is over. Returns the number of those without a copy in the
    new table; the copies are counted where they are deleted."""
    gone = 0
    for domain, tables in _tables.items():
        due = tables.records.filter(keep_until__lte=clock.now()).order_by("id").limit(BATCH)
        while rows := list(await due.values_list("id", tables.reference)):
            there = LegalRecord.filter(domain=domain, reference__in=[reference for _, reference in rows])
            copies = await there.count()
            old = tables.records.filter(id__in=[row_id for row_id, _ in rows])
            gone += max(0, await single_statement(old.delete, is_harmless=True) - copies)
    return gone


async def _requests(domain: str, tables: FormerTables) -> int:
    copied, last = 0, 0
    columns = ("member_id", "requested_at", "done_at")
    while rows := list(
        await tables.requests.filter(member_id__gt=last).order_by("member_id").limit(BATCH).values(*columns)
    ):
        last = rows[-1]["member_id"]
        held = Anonymisation.filter(domain=domain, member_id__in=[row["member_id"] for row in rows])
        there = set(await held.values_list("member_id", flat=True))
        copied += await _add(
            Anonymisation, [{**row, "domain": domain} for row in rows if row["member_id"] not in there]
        )
    return copied


async def _records(domain: str, tables: FormerTables) -> int:
    copied, last = 0, 0
    columns = ("id", "payload", "keep_until", "created_at", tables.reference)
    while rows := list(await tables.records.filter(id__gt=last).order_by("id").limit(BATCH).values(*columns)):
        last = rows[-1]["id"]
        for row in rows:
            row |= {"domain": domain, "reference": row.pop(tables.reference)}
            del row["id"]
        held = LegalRecord.filter(domain=domain, reference__in=[row["reference"] for row in rows])
        there = set(await held.values_list("reference", flat=True))
        due = clock.now()
        wanted = [row for row in rows if row["reference"] not in there and row["keep_until"] > due]
        copied += await _add(LegalRecord, wanted)
    return copied


async def _add(model: type[Any], rows: Sequence[dict[str, Any]]) -> int:
    if rows:
        made = [model(**row) for row in rows]
        await single_statement(lambda: model.bulk_create(made, ignore_conflicts=True), is_harmless=True)
    return len(rows)
