"""The contract of every domain that keeps rows about members: a module `services/personal_data.py`.

`export` answers a member's right of access (개인정보 보호법 제35조), `erase` the end of a membership (제21조), and
`RULES` ends the periods of the table of classes (`retention`). `src.bootstrap.hooks` registers each module with one
line; tests/architecture/test_personal_data.py fails for a table with a member's id whose domain has no such module.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from src.common.logs.setup import where
from src.common.records.retention import Rule, enforce

logger = logging.getLogger(__name__)


class PersonalData(Protocol):
    """What the module offers."""

    @property
    def RULES(self) -> Sequence[Rule]:  # noqa: N802 - a constant of the module
        """What ends with its period, of active members and guests too. May be empty."""
        ...

    async def export(self, member_id: int) -> Mapping[str, Any]:
        """The member's data by section, ready for JSON. Empty where the domain has nothing to show."""
        ...

    async def erase(self, member_id: int) -> int:
        """Remove the personal values of a former member; returns how many rows changed.

        A repeat, also at the same time or after a crash in the middle, finishes what is left.
        """
        ...


_domains: dict[str, PersonalData] = {}


def register(domain: str, module: PersonalData) -> None:
    """Add a domain. Registering it again replaces it. `erase_member` goes in the order of registration."""
    _domains[domain] = module


def registered() -> Mapping[str, PersonalData]:
    """The modules by domain, in the order of registration."""
    return dict(_domains)


async def export_member(member_id: int) -> dict[str, Any]:
    """Every section of every domain. Raises ValueError where two domains use one name, and what a domain raises."""
    document: dict[str, Any] = {}
    for domain, module in _domains.items():
        sections = await module.export(member_id)
        if taken := document.keys() & sections.keys():
            raise ValueError(f"{domain} exports {sorted(taken)}, which another domain exports")
        document |= sections
    return document


async def erase_member(member_id: int) -> int:
    """Have every domain erase the former member; returns how many rows changed.

    A domain that fails keeps no other domain. The first error is raised at the end, so that the caller tries again.
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
    """The rules of every domain, in the order of registration."""
    return [rule for module in _domains.values() for rule in module.RULES]


async def enforce_retention() -> int:
    """End the periods that are over, in every domain. The job ``enforce-retention``. See `retention.enforce`."""
    return await enforce(rules())
