"""Errors of outgoing webhooks."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class OutboundWebhookNotFound(NotFound):
    code = "OUTBOUND_WEBHOOK_NOT_FOUND"
    ko, en = "외부 웹훅을 찾을 수 없습니다.", "There is no such webhook."


class OutboundDeliveryNotFound(NotFound):
    code = "OUTBOUND_DELIVERY_NOT_FOUND"
    ko, en = "전송 기록을 찾을 수 없습니다.", "There is no such delivery."


class OutboundUrlInvalid(Unprocessable):
    """`problem` says what is wrong: scheme, userinfo, fragment, host, port or characters."""

    code = "OUTBOUND_URL_INVALID"
    ko, en = (
        "웹훅 주소를 사용할 수 없습니다. https 주소인지 확인해 주세요. ({problem})",
        "This address cannot be used. Please give an https address. ({problem})",
    )
    sample: ClassVar[dict[str, Any]] = {"problem": "userinfo"}

    def __init__(self, problem: str) -> None:
        super().__init__(problem=problem)
        self.problem = problem


class OutboundAddressRefused(Unprocessable):
    """The host is, or stands for, an address that is not public and not allowed by ``OUTBOUND_ALLOW_PRIVATE``, or it
    cannot be found. Which of these is not told: else whoever may add a webhook could learn which names there are inside.
    """

    code = "OUTBOUND_ADDRESS_REFUSED"
    ko, en = (
        "이 주소로는 웹훅을 보낼 수 없습니다. 공개된 서버의 주소인지 확인해 주세요.",
        "Webhooks cannot be sent to this address. Please check that it is one of a public server.",
    )


class OutboundTypeUnknown(Unprocessable):
    code = "OUTBOUND_TYPE_UNKNOWN"
    ko, en = "지원하지 않는 이벤트 종류가 있습니다.", "There is an event type that does not exist."
    sample: ClassVar[dict[str, Any]] = {"unknown": ["order.lost"]}


class OutboundWebhookLimit(Conflict):
    code = "OUTBOUND_WEBHOOK_LIMIT"
    ko, en = (
        "외부 웹훅은 {limit}개까지 등록할 수 있습니다.",
        "There can be at most {limit} webhooks.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 50}


class OutboundWebhookOff(Conflict):
    code = "OUTBOUND_WEBHOOK_OFF"
    ko, en = "꺼져 있는 웹훅입니다. 먼저 켜 주세요.", "This webhook is off. Please switch it on first."


class OutboundDeliveryBusy(Conflict):
    code = "OUTBOUND_DELIVERY_BUSY"
    ko, en = (
        "지금 전송하고 있습니다. 잠시 후 다시 시도해 주세요.",
        "It is being sent right now. Please try again shortly.",
    )
