"""Load the demo shop's content. Runs in the transaction of the whole demo shop."""

from datetime import date, datetime, timedelta
from typing import Final

from src.app.event.models import Event
from src.app.notice.models import (
    Faq,
    FaqCategory,
    Notice,
    NoticeCategory,
    NoticeStatus,
    PolicyCode,
    PolicyStatus,
    PolicyText,
)
from src.app.storefront.models import SettingName, StorefrontSetting
from src.demo.content import EVENTS, FAQS, NOTICES, POLICIES, SAMPLE

VERSION: Final = "2026-01"
EFFECTIVE_ON: Final = date(2026, 1, 1)
PROMO_BAR: Final = {
    "text": "10만 원 이상 구매하시면 무료로 배송해 드립니다",
    "link_url": "/shop/outstand/best",
    "is_active": True,
    "starts_at": None,
    "ends_at": None,
}


async def tell(now: datetime) -> None:
    """Write notices, questions, events, sample policies and the promo bar."""
    await Notice.bulk_create(
        [
            Notice(
                category=NoticeCategory(demo.category),
                title=demo.title,
                body=demo.body,
                is_pinned=demo.is_pinned,
                status=NoticeStatus.PUBLISHED,
                published_at=now - timedelta(days=demo.days_ago),
                created_at=now,
                updated_at=now,
            )
            for demo in NOTICES
        ]
    )
    await Faq.bulk_create(
        [
            Faq(
                category=FaqCategory(demo.category),
                question=demo.question,
                answer=demo.answer,
                position=position,
                created_at=now,
                updated_at=now,
            )
            for position, demo in enumerate(FAQS)
        ]
    )
    await Event.bulk_create(
        [
            Event(
                title=demo.title,
                body=demo.body,
                image_path=demo.picture,
                is_published=True,
                starts_at=now + timedelta(days=demo.starts_in_days),
                ends_at=now + timedelta(days=demo.ends_in_days),
                view_count=0,
                created_at=now,
                updated_at=now,
            )
            for demo in EVENTS
        ]
    )
    await _policies(now)
    await StorefrontSetting.create(name=SettingName.PROMO_BAR, value=PROMO_BAR, updated_at=now)


async def _policies(now: datetime) -> None:
    await PolicyText.bulk_create(
        [
            PolicyText(
                policy=PolicyCode(demo.policy),
                version=VERSION,
                status=PolicyStatus.PUBLISHED,
                title=demo.title,
                body="\n\n".join((SAMPLE, *demo.paragraphs)),
                effective_on=EFFECTIVE_ON,
                published_at=now,
                created_at=now,
                updated_at=now,
            )
            for demo in POLICIES
        ]
    )
