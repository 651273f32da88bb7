"""Read and change the settings of the frame of every page. A change locks its row and writes an audit row. After the
commit all workers drop the cached frame. Equal values write nothing."""

from typing import Any

from tortoise.exceptions import IntegrityError

from src.app.storefront.dtos.admin import FooterLinks, FooterSetting, PromoBar, PromoBarSetting
from src.app.storefront.models import SettingName, StorefrontSetting
from src.app.storefront.services import frame
from src.common import clock
from src.common.dtos.links import refuse_unfit
from src.common.http.etags import FIRST, refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import single_statement, unit_of_work


async def promo_bar() -> PromoBarSetting:
    """Return the stored promo bar, whether it is shown now or not."""
    value, version = await _value(SettingName.PROMO_BAR)
    return PromoBarSetting(**frame.promo_bar_of(value).model_dump(), version=version)


async def set_promo_bar(body: PromoBar, *, version: int, by: Actor) -> PromoBarSetting:
    """Set the promo bar. Raises StaleEdit."""
    stored = frame.promo_bar_of((await _value(SettingName.PROMO_BAR))[0])
    refuse_unfit(body.link_url, stored=[stored.link_url], at=("link_url",))
    before = frame.promo_bar_of(None).model_dump(mode="json")
    await _set(SettingName.PROMO_BAR, body.model_dump(mode="json"), default=before, version=version, by=by)
    return await promo_bar()


async def footer_links() -> FooterSetting:
    """Return the stored footer links, else the default ones."""
    value, version = await _value(SettingName.FOOTER_LINKS)
    return FooterSetting(items=frame.footer_of(value).items, version=version)


async def set_footer_links(body: FooterLinks, *, version: int, by: Actor) -> FooterSetting:
    """Set all links of the footer. Raises StaleEdit."""
    stored = [link.url for link in frame.footer_of((await _value(SettingName.FOOTER_LINKS))[0]).items]
    for number, link in enumerate(body.items):
        refuse_unfit(link.url, stored=stored, at=("items", number, "url"))
    before = frame.footer_of(None).model_dump(mode="json")
    await _set(SettingName.FOOTER_LINKS, body.model_dump(mode="json"), default=before, version=version, by=by)
    return await footer_links()


async def _value(name: SettingName) -> tuple[Any, int]:
    rows = await StorefrontSetting.filter(name=name).values_list("value", "version")
    return rows[0] if rows else (None, FIRST)


async def _set(name: SettingName, value: dict[str, Any], *, default: dict[str, Any], version: int, by: Actor) -> None:
    if not await StorefrontSetting.filter(name=name).exists():
        try:
            made = StorefrontSetting(name=name, value=default, updated_at=clock.now())
            await single_statement(made.save, is_harmless=True)
        except IntegrityError:
            await StorefrontSetting.get(name=name)  # another request created the row first

    async def write() -> None:
        row = await StorefrontSetting.select_for_update().get(name=name)
        refuse_stale(row.version, version)
        before, after = audit.changed(row.value, value)
        if not after:
            return
        row.value, row.version, row.updated_at = value, row.version + 1, clock.now()
        await row.save()
        await audit.record("storefront.set", by=by, target=("storefront", name.value), before=before, after=after)
        shown_changed("bootstrap")

    await unit_of_work(write)
