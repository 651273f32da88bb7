"""What members agree to at sign-up follows what is published here.

Every worker keeps the published versions in its memory and reads them again every few seconds (the job
``refresh-policies``), so a sign-up asks no table for them. Versions name their day, so one that was announced is in
force at its first moment in every worker, whenever it read last.
"""

import logging

from src.app.notice.models import PolicyStatus, PolicyText
from src.app.user.dtos.fields import POLICIES, Policy
from src.app.user.services.policies import PolicyVersion, use_published
from src.common.logs.setup import where

logger = logging.getLogger(__name__)


async def refresh() -> int:
    """Hand the published versions to the user domain. One query. Answers 0: there is no work left behind."""
    published = PolicyText.filter(status=PolicyStatus.PUBLISHED, policy__in=list(POLICIES))
    rows = await published.order_by("effective_on").values_list("policy", "version", "effective_on")
    versions: dict[Policy, list[PolicyVersion]] = {policy: [] for policy in POLICIES}
    for policy, version, effective_on in rows:
        for name in POLICIES:
            if name == policy:
                versions[name].append(PolicyVersion(version, effective_on))
    use_published(versions)
    return 0


async def refresh_at_start() -> None:
    """As `refresh`, before the first request. Without a database the worker starts all the same: nobody can sign up
    meanwhile, and the job reads again."""
    try:
        await refresh()
    except Exception as error:  # noqa: BLE001 - see above
        logger.warning("policies were not read at the start: %s", where(error))
