"""Apply the wishes of a sheet to the shop: a batch in one transaction, or each product alone if the batch collides with
other changes."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tortoise.exceptions import IntegrityError

from src.app.product.errors import SkuTaken, SlugTaken
from src.app.product.services.editing import images
from src.app.product.services.sheets.imports import sold
from src.app.product.services.sheets.imports.current_state import shop_for
from src.app.product.services.sheets.imports.naming import Names
from src.app.product.services.sheets.imports.planning import May, plans_of
from src.app.product.services.sheets.imports.plans import ProductPlan
from src.app.product.services.sheets.imports.writing import write
from src.app.product.services.sheets.records import ProductRow, Result, failed, refusal
from src.common.exceptions import AppError
from src.common.records.audit import Actor
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

TRIES: Final = 3

Noted = Callable[[Sequence[Result]], Awaitable[None]]


@dataclass(slots=True)
class Importer:
    """Applies the wishes of one import. `batch` is the batch name of its stock adjustments.

    `noted` is called with the results, in the order of the wishes, inside the transaction that saves the products.
    """

    by: Actor
    batch: str
    reason: str
    may: May
    dry_run: bool
    noted: Noted
    _names: Names = field(default_factory=Names)
    _claimed: dict[tuple[str, str], str] = field(default_factory=dict)

    async def apply(self, wishes: Sequence[ProductRow]) -> None:
        """Apply the wishes. A product is saved completely or not at all. Locks uploads, then products, then sizes, each
        by id."""
        good = [wish for wish in wishes if not wish.problems]
        missing = await images.missing(path for wish in good for color in wish.colors for path in color.images or ())
        plans = plans_of(good, await shop_for(good), self.may, missing=missing)
        await sold.compare(plans, overwrite=self.may.overwrite)
        self._refuse_claimed(plans)
        changed = [plan for plan in plans if not plan.wish.problems and plan.outcome != "unchanged"]
        if self.dry_run or not changed:
            await unit_of_work(partial(self.noted, _results(wishes, plans)))
            return
        for attempt in range(1, TRIES + 1):
            try:
                await unit_of_work(partial(self._write, wishes, plans, changed))
            except (IntegrityError, AppError) as error:
                if len(wishes) > 1:
                    await self._one_by_one(wishes, good)
                    return
                if isinstance(error, IntegrityError) and attempt < TRIES:
                    continue
                await self._give_up(wishes[0], error)
            return

    async def _write(
        self, wishes: Sequence[ProductRow], plans: Sequence[ProductPlan], changed: Sequence[ProductPlan]
    ) -> None:
        """Make the plans again under locks, and write them in the open transaction."""
        await images.lock_uploads([path for plan in changed for path in plan.images])
        again = [plan.wish for plan in changed]
        for wish in again:
            wish.problems.clear()
        fresh = plans_of(again, await shop_for(again, lock=True), self.may)
        await sold.compare(fresh, overwrite=self.may.overwrite)
        good = [plan for plan in fresh if not plan.wish.problems and plan.outcome != "unchanged"]
        await self._names.complete(good)
        if good:
            await write(good, batch=self.batch, by=self.by, reason=self.reason)
        locked = {plan.wish.code: plan for plan in fresh}
        await self.noted(_results(wishes, [locked.get(plan.wish.code, plan) for plan in plans]))

    async def _one_by_one(self, wishes: Sequence[ProductRow], good: Sequence[ProductRow]) -> None:
        """Apply each wish alone, after a name or picture was taken between the check and the write. Only the product
        that is affected then fails."""
        for wish in good:
            wish.problems.clear()
        for wish in wishes:
            await self.apply([wish])

    async def _give_up(self, wish: ProductRow, error: IntegrityError | AppError) -> None:
        if isinstance(error, AppError):
            wish.problems.append(refusal(wish.row, "", error))
        else:
            logger.warning("a product of an import met other changes %d times", TRIES)
            ko = "저장하는 동안 다른 변경과 겹쳤습니다. 다시 시도해 주세요."
            wish.refuse("", ko, "Met other changes while it was saved. Please try again.")
        await unit_of_work(partial(self.noted, [failed(wish, wish.problems)]))

    def _refuse_claimed(self, plans: Sequence[ProductPlan]) -> None:
        """Refuse the second of two products in the file that want the same slug or SKU, in a dry run too."""
        for plan in plans:
            code = plan.wish.code
            wanted = [("slug", word) for word in (plan.columns.get("slug"), code) if word]
            for key, word in wanted:
                if self._claimed.get((key, word), code) != code:
                    plan.wish.problems.append(refusal(plan.wish.row, "slug", SlugTaken()))
            for size in plan.sizes:
                if size.sku and self._claimed.get(("sku", size.sku), code) != code:
                    plan.wish.problems.append(refusal(size.wish.row, "sku", SkuTaken(skus=[size.sku])))
            if not plan.wish.problems:
                self._claimed |= dict.fromkeys(wanted, code)
                self._claimed |= {
                    ("sku", size.sku): code for size in plan.sizes if size.row is None or "sku" in size.columns
                }


def _results(wishes: Sequence[ProductRow], plans: Sequence[ProductPlan]) -> list[Result]:
    by_code = {plan.wish.code: plan for plan in plans}
    return [failed(wish, wish.problems) if wish.problems else _done(by_code[wish.code]) for wish in wishes]


def _done(plan: ProductPlan) -> Result:
    warnings = plan.warnings if plan.outcome != "unchanged" else ()
    return Result(plan.wish.code, plan.outcome, plan.rows(), warnings=warnings)
