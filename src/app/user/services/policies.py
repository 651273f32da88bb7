"""Versions of the policies that members agree to. A new version requires consent again.

Versions published by staff come from an upper domain (`use_published`); the versions below are older, and the only ones
if nothing was published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from src.app.user.dtos.fields import POLICIES, REQUIRED_POLICIES, Policy
from src.common.clock import korean_day


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """In force from the start of this Korean calendar day until the next version."""

    version: str
    effective_on: date


POLICY_VERSIONS: Final[Mapping[Policy, Sequence[PolicyVersion]]] = {
    "terms": (PolicyVersion("2026-01", date(2026, 1, 1)),),
    "privacy": (PolicyVersion("2026-01", date(2026, 1, 1)),),
    "marketing": (PolicyVersion("2026-01", date(2026, 1, 1)),),
}


_published: Mapping[Policy, Sequence[PolicyVersion]] = {}


def use_published(versions: Mapping[Policy, Sequence[PolicyVersion]]) -> None:
    """Use these published versions in this process in addition to those below. Kept in memory: reads cost no query."""
    global _published  # noqa: PLW0603 - the one place that keeps it
    _published = versions


def version_in_force(
    policy: Policy, *, at: datetime, versions: Mapping[Policy, Sequence[PolicyVersion]] | None = None
) -> str:
    """Return the newest version in force at that moment; before all of them the first one."""
    known = sorted(_known(policy) if versions is None else versions[policy], key=lambda version: version.effective_on)
    effective = [version for version in known if korean_day(version.effective_on)[0] <= at]
    return (effective or known[:1])[-1].version


def _known(policy: Policy) -> list[PolicyVersion]:
    """Return all versions; for a version published with its text, the published day is used."""
    published = _published.get(policy, ())
    texts = {version.version for version in published}
    return [*(version for version in POLICY_VERSIONS[policy] if version.version not in texts), *published]


def required_versions(*, at: datetime) -> dict[Policy, str]:
    """Return the required policies with their versions in force at that moment."""
    return {policy: version_in_force(policy, at=at) for policy in POLICIES if policy in REQUIRED_POLICIES}
