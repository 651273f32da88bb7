"""Give the published policy versions to the user domain, which asks members to agree to them at sign-up.

Every worker keeps the published versions in memory and reads them again every few seconds (the job
``refresh-policies``), so a sign-up needs no query for them. Each version has its effective day, so an announced version
takes effect on time in every worker, whenever the worker last read it.
"""

import logging

from src.app.notice.models import PolicyStatus, PolicyText
from src.app.user.dtos.fields import POLICIES, Policy
from src.app.user.services.policies import PolicyVersion, use_published
from src.common.logs.setup import where

logger = logging.getLogger(__name__)


async def refresh() -> int:
    """Give the published versions to the user domain. One query. Returns 0, as a job with no work left."""
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
    """Run `refresh` before the first request. Errors are logged, not raised: the worker starts without a database too.

    Without a database nobody can sign up either, and the job reads the versions again.
    """
    try:
        await refresh()
    except Exception as error:  # noqa: BLE001 - see above
        logger.warning("policies were not read at the start: %s", where(error))
