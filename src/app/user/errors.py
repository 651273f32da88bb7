"""Errors of the user domain."""

from typing import Any, ClassVar, Literal

from typing_extensions import TypedDict

from src.common.exceptions import Conflict, NotFound, Unprocessable


class LoginIdTaken(Conflict):
    """Somebody has it, or had it before leaving."""

    code = "LOGIN_ID_TAKEN"
    ko, en = "이미 사용 중인 아이디입니다.", "This login id is already taken."


class EmailTaken(Conflict):
    """`claimable`: the caller proved to have the address and its holder never did. Sign in there, or repeat with
    ``claim_email: true``: then the holder keeps the account without the address."""

    code = "EMAIL_TAKEN"
    ko, en = "이미 가입된 이메일입니다.", "This e-mail address is already registered."
    sample: ClassVar[dict[str, Any]] = {"claimable": False}

    def __init__(self, *, claimable: bool = False) -> None:
        super().__init__(claimable=claimable)


class VerificationRequired(Unprocessable):
    """The shop asks for a confirmed verification of this `channel`, ``sms`` or ``email``."""

    code = "VERIFICATION_REQUIRED"
    ko, en = (
        "휴대전화 또는 이메일 인증이 필요합니다. 인증을 완료한 뒤 다시 시도해 주세요.",
        "Please verify your telephone number or e-mail address first.",
    )
    sample: ClassVar[dict[str, Any]] = {"channel": "sms"}

    def __init__(self, *, channel: Literal["sms", "email"]) -> None:
        super().__init__(channel=channel)


class LastContact(Conflict):
    """Without it the member could neither sign in nor be sent a way back in."""

    code = "LAST_CONTACT"
    ko, en = (
        "마지막 로그인 수단으로 쓰이는 연락처는 삭제할 수 없습니다.",
        "This contact is the only way back into the account and cannot be removed.",
    )


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


class OpenOrder(TypedDict):
    """An order that is still to be paid or to arrive."""

    order_no: str
    status: str


class WithdrawalBlocked(Conflict):
    """Something must end first. `reasons` are stable words, `orders` the open orders, oldest first."""

    code = "WITHDRAWAL_BLOCKED"
    ko, en = (
        "진행 중인 주문이 있습니다. 결제 전 주문은 취소되거나 기한이 지나면, 결제한 주문은 배송되거나 환불되면 탈퇴할 수 있습니다.",
        "You have open orders. You can leave once they are delivered or refunded, and unpaid ones cancelled or expired.",
    )
    sample: ClassVar[dict[str, Any]] = {
        "reasons": ["OPEN_ORDERS"],
        "orders": [{"order_no": "20261120-7Q6X9ZPM", "status": "PAID"}],
    }

    def __init__(self, *, reasons: list[str], orders: list[OpenOrder]) -> None:
        super().__init__(reasons=reasons, orders=orders)


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


class MemberNotFound(NotFound):
    code = "MEMBER_NOT_FOUND"
    ko, en = "회원을 찾을 수 없습니다.", "There is no such member."


class MemberHasLeft(Conflict):
    """Nothing of a member who withdrew is changed any more."""

    code = "MEMBER_HAS_LEFT"
    ko, en = "탈퇴한 회원이라 변경할 수 없습니다.", "The member has left: nothing can be changed."
