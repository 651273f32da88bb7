"""Public reads of policies. Every published version stays readable."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from src.app.notice.dtos.fields import POLICY_NAMES
from src.app.notice.dtos.responses import PolicyRead, PolicyVersionRead
from src.app.notice.errors import PolicyNotFound
from src.app.notice.models import PolicyCode, PolicyStatus, PolicyText
from src.common import clock
from src.common.dtos.pages import Items

COLUMNS: Final = ("id", "policy", "version", "title", "effective_on", "change_note")


def known(policy: str) -> PolicyCode:
    """Return the policy with this code. Raises PolicyNotFound."""
    if policy not in set(PolicyCode):
        raise PolicyNotFound
    return PolicyCode(policy)


async def policy_json(policy: str, version: str | None) -> bytes:
    """Return the given version with its text as JSON, or the version in force. Two queries.

    Raises PolicyNotFound, also for a draft, and if no version is in force yet.
    """
    rows = await _published(known(policy))
    current = in_force(rows)
    wanted = current if version is None else next((row for row in rows if row["version"] == version), None)
    if wanted is None:
        raise PolicyNotFound
    (body,) = await PolicyText.filter(id=wanted["id"]).values_list("body", flat=True)
    read = PolicyRead(**_named(wanted), in_force=wanted is current, body=str(body))
    return read.model_dump_json().encode()


async def versions_json(policy: str) -> bytes:
    """Return the published versions as JSON, newest first, including those that take effect later. One query.

    Raises PolicyNotFound for an unknown policy.
    """
    rows = await _published(known(policy))
    current = in_force(rows)
    items = [PolicyVersionRead(**_named(row), in_force=row is current) for row in rows]
    return Items(items=items).model_dump_json().encode()


async def versions_in_force() -> list[PolicyVersionRead]:
    """Return the version in force of every policy that has one. One query."""
    rows = await PolicyText.filter(status=PolicyStatus.PUBLISHED).order_by("-effective_on").values(*COLUMNS)
    found = []
    for policy in PolicyCode:
        current = in_force([row for row in rows if row["policy"] == policy])
        if current is not None:
            found.append(PolicyVersionRead(**_named(current), in_force=True))
    return found


def in_force(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the version that is in force today in Korea. `rows` are one policy's published versions, newest first."""
    return next((row for row in rows if row["effective_on"] <= today()), None)


def today() -> date:
    """Return today's date in Korea."""
    return clock.now().astimezone(clock.KST).date()


async def _published(policy: PolicyCode) -> list[dict[str, Any]]:
    found = PolicyText.filter(policy=policy, status=PolicyStatus.PUBLISHED)
    return await found.order_by("-effective_on", "-id").values(*COLUMNS)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "name": POLICY_NAMES[PolicyCode(row["policy"])]}
