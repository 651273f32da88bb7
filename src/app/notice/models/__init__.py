"""What the shop tells everybody: notices, answers, policies."""

from src.app.notice.models.faq import Faq, FaqCategory
from src.app.notice.models.notice import Notice, NoticeCategory, NoticeStatus
from src.app.notice.models.policy_text import PolicyCode, PolicyStatus, PolicyText

__all__ = [
    "Faq",
    "FaqCategory",
    "Notice",
    "NoticeCategory",
    "NoticeStatus",
    "PolicyCode",
    "PolicyStatus",
    "PolicyText",
]
