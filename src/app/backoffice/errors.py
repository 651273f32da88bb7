"""Errors of the back-office domain."""

from src.common.exceptions import Conflict, NotFound


class MemberNotFound(NotFound):
    code = "MEMBER_NOT_FOUND"
    ko, en = "회원을 찾을 수 없습니다.", "There is no such member."


class MemberHasLeft(Conflict):
    """Nothing of a member who withdrew is changed any more."""

    code = "MEMBER_HAS_LEFT"
    ko, en = "탈퇴한 회원이라 변경할 수 없습니다.", "The member has left: nothing can be changed."
