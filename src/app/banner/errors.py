"""Errors of the banner domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class BannerNotFound(NotFound):
    code = "BANNER_NOT_FOUND"
    ko, en = "배너를 찾을 수 없습니다.", "There is no such banner."


class BannerPeriodInvalid(Unprocessable):
    """What was given and what stays, taken together."""

    code = "BANNER_PERIOD_INVALID"
    ko, en = "노출 종료 시각은 시작 시각보다 뒤여야 합니다.", "The end must come after the start."


class BannersOfTwoTypes(Unprocessable):
    code = "BANNERS_OF_TWO_TYPES"
    ko, en = "한 종류의 배너만 함께 정렬할 수 있습니다.", "Only banners of one type have an order among themselves."


class BannerOrderStale(Conflict):
    """The list that was dragged is not the list that is there."""

    code = "BANNER_ORDER_STALE"
    ko, en = (
        "배너 목록이 그동안 바뀌었습니다. 새로고침 후 다시 정렬해 주세요.",
        "The list of banners has changed. Please reload and order it again.",
    )
    sample: ClassVar[dict[str, Any]] = {"missing": [3], "unknown": [99]}


class BannerLimit(Conflict):
    code = "BANNER_LIMIT"
    ko, en = (
        "한 종류의 배너는 {limit}개까지 등록할 수 있습니다.",
        "There can be at most {limit} banners of a type.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 200}
