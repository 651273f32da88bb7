"""Staff set the frame of every page. Each change locks its row, is in the audit log, and is seen by this worker's
public reads as soon as it is committed. The same again writes nothing."""

from typing import Any

from tortoise.exceptions import IntegrityError

from src.app.storefront.dtos.requests import FooterLinks, PromoBar
from src.app.storefront.models import SettingName, StorefrontSetting
from src.app.storefront.services import frame
from src.common.utils import audit, clock
from src.common.utils.audit import Actor
from src.common.utils.public_changes import shown_changed
from src.core.database import single_statement, unit_of_work


async def promo_bar() -> PromoBar:
    """What is set, shown now or not."""
    return frame.promo_bar_of(await _value(SettingName.PROMO_BAR))


async def set_promo_bar(body: PromoBar, *, by: Actor) -> PromoBar:
    """Set the promo bar."""
    before = frame.promo_bar_of(None).model_dump(mode="json")
    await _set(SettingName.PROMO_BAR, body.model_dump(mode="json"), default=before, by=by)
    return await promo_bar()


async def footer_links() -> FooterLinks:
    """What is set, or the links that the shop began with."""
    return frame.footer_of(await _value(SettingName.FOOTER_LINKS))


async def set_footer_links(body: FooterLinks, *, by: Actor) -> FooterLinks:
    """Set all links of the footer."""
    before = frame.footer_of(None).model_dump(mode="json")
    await _set(SettingName.FOOTER_LINKS, body.model_dump(mode="json"), default=before, by=by)
    return await footer_links()


async def _value(name: SettingName) -> Any:
    rows = await StorefrontSetting.filter(name=name).values_list("value")
    return rows[0][0] if rows else None


async def _set(name: SettingName, value: dict[str, Any], *, default: dict[str, Any], by: Actor) -> None:
    if not await StorefrontSetting.filter(name=name).exists():
        try:
            made = StorefrontSetting(name=name, value=default, updated_at=clock.now())
            await single_statement(made.save, is_harmless=True)
        except IntegrityError:
            await StorefrontSetting.get(name=name)  # another one was faster

    async def write() -> None:
        row = await StorefrontSetting.select_for_update().get(name=name)
        before, after = audit.changed(row.value, value)
        if not after:
            return
        row.value, row.updated_at = value, clock.now()
        await row.save()
        await audit.record("storefront.set", by=by, target=("storefront", name.value), before=before, after=after)
        shown_changed()

    await unit_of_work(write)
