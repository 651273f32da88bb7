"""Errors of the promotion domain."""

from src.common.exceptions import NotFound


class PromotionNotFound(NotFound):
    code = "PROMOTION_NOT_FOUND"
    ko, en = "프로모션을 찾을 수 없습니다.", "The promotion was not found."
