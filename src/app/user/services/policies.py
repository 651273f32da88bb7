"""The versions of the policies that members agree to. A new version asks for consent again.

What staff published comes from a domain above this one (`use_published`); the versions below were there before, and
are all there is where nothing was published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from src.app.user.dtos.fields import POLICIES, REQUIRED_POLICIES, Policy
from src.common.clock import korean_day


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """In force from the first moment of this Korean calendar day until the next version is."""

    version: str
    effective_on: date


POLICY_VERSIONS: Final[Mapping[Policy, Sequence[PolicyVersion]]] = {
    "terms": (PolicyVersion("2026-01", date(2026, 1, 1)),),
    "privacy": (PolicyVersion("2026-01", date(2026, 1, 1)),),
    "marketing": (PolicyVersion("2026-01", date(2026, 1, 1)),),
}


_published: Mapping[Policy, Sequence[PolicyVersion]] = {}


def use_published(versions: Mapping[Policy, Sequence[PolicyVersion]]) -> None:
    """Let these count from now on in this process, beside those below. Kept in memory: asking costs no query."""
    global _published  # noqa: PLW0603 - the one place that keeps it
    _published = versions


def version_in_force(
    policy: Policy, *, at: datetime, versions: Mapping[Policy, Sequence[PolicyVersion]] | None = None
) -> str:
    """The newest version that is effective at that moment; the first one before any is."""
    known = sorted(_known(policy) if versions is None else versions[policy], key=lambda version: version.effective_on)
    effective = [version for version in known if korean_day(version.effective_on)[0] <= at]
    return (effective or known[:1])[-1].version


def _known(policy: Policy) -> list[PolicyVersion]:
    """All of them; of a version that is published with its text, the published day counts."""
    published = _published.get(policy, ())
    texts = {version.version for version in published}
    return [*(version for version in POLICY_VERSIONS[policy] if version.version not in texts), *published]


def required_versions(*, at: datetime) -> dict[Policy, str]:
    """What every member must have agreed to at that moment: required policies and their versions in force."""
    return {policy: version_in_force(policy, at=at) for policy in POLICIES if policy in REQUIRED_POLICIES}
