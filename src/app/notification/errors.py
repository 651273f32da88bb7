"""Errors of the notification domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class MessageNotFound(NotFound):
    code = "MESSAGE_NOT_FOUND"
    ko, en = "메시지를 찾을 수 없습니다.", "There is no such message."


class MessageNotResendable(Conflict):
    """It still waits, it was sent again already, its text is not kept any more, or it may not go again (advertising)."""

    code = "MESSAGE_NOT_RESENDABLE"
    ko, en = "다시 보낼 수 없는 메시지입니다.", "This message cannot be sent again."
    sample: ClassVar[dict[str, Any]] = {"reason": "STILL_QUEUED"}


class MessageOutcomeUnknown(Conflict):
    """It may have arrived. Ask the person first, then repeat with ``force``."""

    code = "MESSAGE_OUTCOME_UNKNOWN"
    ko, en = (
        "이미 도착했을 수 있는 메시지입니다. 받는 분에게 확인한 뒤 강제로 다시 보내 주세요.",
        "It may have arrived. Ask the recipient first, then send it again by force.",
    )


class MessageTemplateNotFound(NotFound):
    """There is no template of this name, or it has no such text."""

    code = "MESSAGE_TEMPLATE_NOT_FOUND"
    ko, en = "메시지 템플릿을 찾을 수 없습니다.", "There is no such message template."


class MessageTextInvalid(Unprocessable):
    """`why` says in both languages what is wrong with which text."""

    code = "MESSAGE_TEXT_INVALID"
    ko, en = "메시지 문구를 저장할 수 없습니다: {why}", "The text cannot be used: {why_en}"
    sample: ClassVar[dict[str, Any]] = {
        "language": "ko",
        "channel": "sms",
        "why": "빠진 값이 있습니다: code.",
        "why_en": "Values are missing: code.",
    }


class MessageTemplateRequired(Conflict):
    """Codes, links and notices of the account's safety always go."""

    code = "MESSAGE_TEMPLATE_REQUIRED"
    ko, en = "끌 수 없는 메시지입니다.", "This message cannot be switched off."


class NoTestAddress(Conflict):
    code = "TEST_ADDRESS_MISSING"
    ko, en = (
        "시험 발송을 받을 주소가 설정되어 있지 않습니다. ADMIN_EMAIL, ADMIN_PHONE을 설정해 주세요.",
        "No address for test messages is set: set ADMIN_EMAIL and ADMIN_PHONE.",
    )
