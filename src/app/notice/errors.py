"""Errors of the notice domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class NoticeNotFound(NotFound):
    """Also for a draft, and for one that is published later."""

    code = "NOTICE_NOT_FOUND"
    ko, en = "공지사항을 찾을 수 없습니다.", "The notice was not found."


class FaqNotFound(NotFound):
    code = "FAQ_NOT_FOUND"
    ko, en = "자주 묻는 질문을 찾을 수 없습니다.", "The question was not found."


class FaqOrderIncomplete(Conflict):
    """`missing` are questions of the category that the order leaves out: somebody added them meanwhile, say."""

    code = "FAQ_ORDER_INCOMPLETE"
    ko, en = "분류의 모든 질문을 빠짐없이 보내 주세요.", "The order must name every question of the category."
    sample: ClassVar[dict[str, Any]] = {"missing": [4], "unknown": []}


class PolicyNotFound(NotFound):
    code = "POLICY_NOT_FOUND"
    ko, en = "약관을 찾을 수 없습니다.", "The policy was not found."


class PolicyVersionTaken(Conflict):
    code = "POLICY_VERSION_TAKEN"
    ko, en = "이미 있는 버전입니다.", "There is such a version already."


class PolicyPublished(Conflict):
    """What members agreed to stays as it is: write a new version."""

    code = "POLICY_PUBLISHED"
    ko, en = (
        "이미 게시된 약관은 변경하거나 삭제할 수 없습니다. 새 버전을 작성해 주세요.",
        "A published policy cannot be changed or removed. Please write a new version.",
    )


class PolicyInForce(Conflict):
    """Members may have agreed to it."""

    code = "POLICY_IN_FORCE"
    ko, en = (
        "이미 시행된 약관은 게시를 취소할 수 없습니다.",
        "A policy that took effect cannot be withdrawn.",
    )


class PolicyDayTaken(Conflict):
    code = "POLICY_DAY_TAKEN"
    ko, en = "같은 날 시행되는 버전이 이미 있습니다.", "Another version takes effect on that day."


class PolicyDayPast(Unprocessable):
    """Nobody agreed to a policy before it was there."""

    code = "POLICY_DAY_PAST"
    ko, en = "시행일은 오늘 이후여야 합니다.", "The effective day must not be past."
