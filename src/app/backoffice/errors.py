"""Errors of the back-office domain."""

from src.common.exceptions import Conflict, NotFound


class JobNotFound(NotFound):
    code = "JOB_NOT_FOUND"
    ko, en = "예약 작업을 찾을 수 없습니다.", "There is no such job."


class JobAsked(Conflict):
    """Somebody asked for it already, and that run has not ended yet."""

    code = "JOB_ALREADY_REQUESTED"
    ko, en = (
        "이미 실행을 요청한 작업입니다. 끝난 뒤 다시 시도해 주세요.",
        "The job was asked for already and has not ended yet.",
    )


class DomainEventNotFound(NotFound):
    code = "OUTBOX_EVENT_NOT_FOUND"
    ko, en = "이벤트를 찾을 수 없습니다.", "There is no such event."


class EventNotDead(Conflict):
    """It is on its way, or has arrived."""

    code = "OUTBOX_EVENT_NOT_SET_ASIDE"
    ko, en = "보류된 이벤트만 다시 전달할 수 있습니다.", "Only an event that was set aside is carried again."
