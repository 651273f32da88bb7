"""The interface that every domain with rows about members implements in its module `services/personal_data.py`.

`export` serves the right of access (개인정보 보호법 제35조), `erase` the end of a membership (제21조), and `RULES` the
retention periods (`retention`). `src.bootstrap.hooks` registers each module with one line;
tests/architecture/test_personal_data.py fails if a table has a member's id and its domain has no such module.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from src.common.logs.setup import where
from src.common.records.retention import Rule, enforce

logger = logging.getLogger(__name__)


class PersonalData(Protocol):
    """The members of a domain's `personal_data` module."""

    @property
    def RULES(self) -> Sequence[Rule]:  # noqa: N802 - a constant of the module
        """Rules that erase values after their retention period, also for active members and guests. May be empty."""
        ...

    async def export(self, member_id: int) -> Mapping[str, Any]:
        """Return the member's data by section, as JSON values. Empty if the domain has none."""
        ...

    async def erase(self, member_id: int) -> int:
        """Remove the personal values of a former member and return the number of changed rows.

        A repeat, also a concurrent one or one after a crash, erases the remaining values.
        """
        ...


_domains: dict[str, PersonalData] = {}


def register(domain: str, module: PersonalData) -> None:
    """Add a domain. A later registration replaces an earlier one. `erase_member` keeps the order of registration."""
    _domains[domain] = module


def registered() -> Mapping[str, PersonalData]:
    """Return the modules by domain, in the order of registration."""
    return dict(_domains)


async def export_member(member_id: int) -> dict[str, Any]:
    """Return all sections of all domains. Raises ValueError if two domains use one section name, and any error of a
    domain."""
    document: dict[str, Any] = {}
    for domain, module in _domains.items():
        sections = await module.export(member_id)
        if taken := document.keys() & sections.keys():
            raise ValueError(f"{domain} exports {sorted(taken)}, which another domain exports")
        document |= sections
    return document


async def erase_member(member_id: int) -> int:
    """Have every domain erase the former member, and return the number of changed rows.

    A failing domain does not stop the others. The first error is raised at the end, so that the caller tries again.
    """
    erased, first = 0, None
    for domain, module in _domains.items():
        try:
            erased += await module.erase(member_id)
        except Exception as error:  # noqa: BLE001 - see above
            logger.error("%s did not erase member %d: %s", domain, member_id, where(error))
            first = first or error
    if first is not None:
        raise first
    return erased


def rules() -> list[Rule]:
    """Return the rules of all domains, in the order of registration."""
    return [rule for module in _domains.values() for rule in module.RULES]


async def enforce_retention() -> int:
    """Erase the values of all domains whose retention period has ended, as `retention.enforce` does. The job
    ``enforce-retention``."""
    return await enforce(rules())
