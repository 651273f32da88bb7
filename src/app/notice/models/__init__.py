"""Public texts of the shop: notices, frequently asked questions, policies."""

from src.app.notice.models.faq import Faq, FaqCategory
from src.app.notice.models.notice import Notice, NoticeCategory, NoticeStatus
from src.app.notice.models.policy_text import PolicyCode, PolicyStatus, PolicyText
from src.app.notice.models.seen import NoticesSeen

__all__ = [
    "Faq",
    "FaqCategory",
    "Notice",
    "NoticeCategory",
    "NoticeStatus",
    "NoticesSeen",
    "PolicyCode",
    "PolicyStatus",
    "PolicyText",
]
