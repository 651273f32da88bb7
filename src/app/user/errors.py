"""Errors of the user domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class LoginIdTaken(Conflict):
    """Somebody has it, or had it before leaving."""

    code = "LOGIN_ID_TAKEN"
    ko, en = "이미 사용 중인 아이디입니다.", "This login id is already taken."


class EmailTaken(Conflict):
    code = "EMAIL_TAKEN"
    ko, en = "이미 가입된 이메일입니다.", "This e-mail address is already registered."


class ContactNotVerified(Unprocessable):
    """Without a confirmed verification of exactly this address or number."""

    code = "CONTACT_NOT_VERIFIED"
    ko, en = (
        "변경할 이메일 또는 전화번호를 먼저 인증해 주세요.",
        "Please verify the new e-mail address or telephone number first.",
    )


class AddressNotFound(NotFound):
    """Absent, or another member's: the two look the same."""

    code = "ADDRESS_NOT_FOUND"
    ko, en = "배송지를 찾을 수 없습니다.", "The address was not found."


class AddressBookFull(Conflict):
    code = "ADDRESS_BOOK_FULL"
    ko, en = "배송지는 {limit}개까지 저장할 수 있습니다.", "At most {limit} addresses can be kept."
    sample: ClassVar[dict[str, Any]] = {"limit": 30}


class ConsentRequired(Conflict):
    """Terms and privacy hold as long as the account does."""

    code = "CONSENT_REQUIRED"
    ko, en = (
        "필수 약관의 동의는 철회할 수 없습니다. 원하지 않으시면 회원 탈퇴를 이용해 주세요.",
        "A required consent ends only with the account: please withdraw from membership instead.",
    )
    sample: ClassVar[dict[str, Any]] = {"policy": "terms"}


class WithdrawalBlocked(Conflict):
    """Something must end first. `reasons` are stable words."""

    code = "WITHDRAWAL_BLOCKED"
    ko, en = (
        "진행 중인 내역이 있어 탈퇴할 수 없습니다. 완료된 뒤 다시 시도해 주세요.",
        "Something of yours is still under way. Please try again when it is done.",
    )
    sample: ClassVar[dict[str, Any]] = {"reasons": ["OPEN_ORDERS"]}


class WithdrawalOver(Conflict):
    """The grace period has ended."""

    code = "WITHDRAWAL_OVER"
    ko, en = (
        "탈퇴 유예 기간이 지나 취소할 수 없습니다.",
        "The grace period is over: the withdrawal cannot be cancelled.",
    )


class OptOutLinkInvalid(NotFound):
    """The link was cut or changed."""

    code = "OPT_OUT_LINK_INVALID"
    ko, en = (
        "올바르지 않은 수신거부 링크입니다. 메시지의 링크를 다시 확인해 주세요.",
        "This opt-out link is not valid. Please check the link in the message.",
    )
