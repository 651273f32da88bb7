"""The rule of new arrivals: the list shows recent releases instead of picked products."""

from datetime import datetime, timedelta
from typing import Final

from src.app.product.services import summaries
from src.app.promotion_product.dtos.admin import RuleChange, RuleRead
from src.app.promotion_product.models import PromotionCode, PromotionList
from src.app.promotion_product.services.locks import lock_list, prepare
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

DEFAULT_DAYS: Final = 30


async def read() -> RuleRead:
    """Return the rule. Until staff set one, the list is by hand."""
    rows = await PromotionList.filter(code=PromotionCode.NEW).values_list("by_rule", "days", "rule_version")
    by_rule, days, version = rows[0] if rows else (False, DEFAULT_DAYS, FIRST)
    now = clock.now()
    matching = await summaries.count_released(now - timedelta(days=days), now)
    return RuleRead(by_rule=by_rule, days=days, matching=matching, version=version)


async def change(body: RuleChange, *, version: int, by: Actor) -> RuleRead:
    """Set the rule. Equal values write nothing. Locks the list's row. The picked items stay stored.

    Raises StaleEdit.
    """
    await prepare(PromotionCode.NEW)

    async def write() -> None:
        held = await lock_list(PromotionCode.NEW)
        refuse_stale(held.rule_version, version)
        old = {"by_rule": held.by_rule, "days": held.days}
        before, after = audit.changed(old, body.model_dump())
        if not after:
            return
        await held.update_from_dict({**after, "rule_version": version + 1, "updated_at": clock.now()}).save()
        target = ("promotion", PromotionCode.NEW.value)
        await audit.record("promotion.rule_changed", by=by, target=target, before=before, after=after)
        shown_changed()

    await unit_of_work(write)
    return await read()


async def new_since() -> datetime | None:
    """Return the time after which a release counts as new; None if the list is by hand. One query."""
    rows = await PromotionList.filter(code=PromotionCode.NEW, by_rule=True).values_list("days")
    return clock.now() - timedelta(days=rows[0][0]) if rows else None
