"""Errors that belong to no domain."""

from typing import Any, ClassVar

from src.common.exceptions.base import (
    AppError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    TooMany,
    Unauthorized,
    Unavailable,
    Unprocessable,
)


class InternalError(AppError):
    """A bug: fixed body, nothing of the exception."""

    code = "INTERNAL_ERROR"
    ko, en = (
        "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.",
        "Something went wrong. Please try again later.",
    )


class MalformedJson(BadRequest):
    code = "MALFORMED_JSON"
    ko, en = "요청 본문이 올바른 JSON이 아닙니다.", "The request body is not valid JSON."


class BadRequestLine(BadRequest):
    """The request is broken below the level of fields (a header, the encoding of the URL)."""

    code = "BAD_REQUEST"
    ko, en = "요청을 이해할 수 없습니다.", "The request cannot be understood."


class ValidationFailed(Unprocessable):
    code = "VALIDATION_ERROR"
    ko, en = "입력한 내용을 확인해 주세요.", "Please check what you entered."


class NotSignedIn(Unauthorized):
    code = "NOT_AUTHENTICATED"
    ko, en = "로그인이 필요합니다.", "Please sign in."


class InvalidToken(Unauthorized):
    code = "INVALID_TOKEN"
    ko, en = (
        "로그인 정보가 올바르지 않거나 만료되었습니다. 다시 로그인해 주세요.",
        "The sign-in is not valid or has expired. Please sign in again.",
    )


class NotAllowed(Forbidden):
    code = "FORBIDDEN"
    ko, en = "이 작업을 할 권한이 없습니다.", "You are not allowed to do this."


class PasswordChangeRequired(Forbidden):
    """Staff whose password somebody else set get only GET /admin/me, POST /admin/me/password and sign-out."""

    code = "PASSWORD_CHANGE_REQUIRED"
    ko, en = (
        "다른 사람이 설정한 비밀번호입니다. 먼저 비밀번호를 변경해 주세요.",
        "Somebody else set your password. Please change it first.",
    )


class SecondFactorRequired(Forbidden):
    """Staff without a second factor get only its set-up."""

    code = "SECOND_FACTOR_REQUIRED"
    ko, en = "2단계 인증을 먼저 설정해 주세요.", "Please set up the second factor first."


class OriginNotAllowed(Forbidden):
    code = "ORIGIN_NOT_ALLOWED"
    ko, en = "허용되지 않은 사이트에서 온 요청입니다.", "This site is not allowed to make the request."


class RouteNotFound(NotFound):
    code = "NOT_FOUND"
    ko, en = "찾을 수 없습니다.", "Not found."


class MethodNotAllowed(AppError):
    status = 405
    title = "Method Not Allowed"
    code = "METHOD_NOT_ALLOWED"
    ko, en = "허용되지 않은 방식의 요청입니다.", "The method is not allowed here."


class HostNotAllowed(BadRequest):
    code = "HOST_NOT_ALLOWED"
    ko, en = "이 주소로는 요청할 수 없습니다.", "Requests are not taken under this host name."


class BodyTooLarge(AppError):
    status = 413
    title = "Content Too Large"
    code = "BODY_TOO_LARGE"
    ko, en = "요청이 너무 큽니다.", "The request is too large."
    sample: ClassVar[dict[str, Any]] = {"limit": 1_048_576}


class UnsupportedMediaType(AppError):
    status = 415
    title = "Unsupported Media Type"
    code = "UNSUPPORTED_MEDIA_TYPE"
    ko, en = "요청 본문은 application/json 형식이어야 합니다.", "The request body must be application/json."


class MultipartExpected(AppError):
    status = 415
    title = "Unsupported Media Type"
    code = "MULTIPART_EXPECTED"
    ko, en = (
        "요청 본문은 multipart/form-data 형식이어야 합니다.",
        "The request body must be multipart/form-data.",
    )


class TooManyAttempts(TooMany):
    code = "TOO_MANY_ATTEMPTS"
    ko, en = "시도가 너무 많습니다. 잠시 후 다시 시도해 주세요.", "Too many attempts. Please try again later."


class IdempotencyKeyRequired(BadRequest):
    code = "IDEMPOTENCY_KEY_REQUIRED"
    ko, en = (
        "Idempotency-Key 헤더(16~255자)가 필요합니다.",
        "An Idempotency-Key header of 16 to 255 characters is required.",
    )


class IdempotencyKeyReused(Conflict):
    code = "IDEMPOTENCY_KEY_REUSED"
    ko, en = (
        "같은 요청 키가 다른 내용으로 이미 사용되었습니다.",
        "The idempotency key was used before with another body.",
    )


class IdempotencyInProgress(Conflict):
    code = "IDEMPOTENCY_IN_PROGRESS"
    ko, en = "같은 요청을 처리하고 있습니다. 잠시 후 다시 확인해 주세요.", "The same request is still being processed."


class IfMatchRequired(AppError):
    """The header is missing or names no version."""

    status = 428
    title = "Precondition Required"
    code = "IF_MATCH_REQUIRED"
    ko, en = (
        "If-Match 헤더에 조회한 버전(ETag)을 넣어 주세요.",
        "Send the version that you read (its ETag) in the If-Match header.",
    )


class StaleEdit(AppError):
    """`version` is the present one, `current` the row as it is now: show both, and repeat the edit on it."""

    status = 412
    title = "Precondition Failed"
    code = "STALE_EDIT"
    ko, en = (
        "그 사이에 다른 사람이 수정했습니다. 새로고침한 뒤 다시 시도해 주세요.",
        "Somebody changed it in the meantime. Please reload and try again.",
    )
    sample: ClassVar[dict[str, Any]] = {"version": 4, "current": {"version": 4}}

    def __init__(self, *, version: int, current: dict[str, Any] | None = None) -> None:
        super().__init__(version=version, current=current)


class ValueRefused(Conflict):
    """The database keeps a number from falling below what is possible: stock, money, a count. Nothing was changed."""

    code = "VALUE_REFUSED"
    ko, en = (
        "그 사이에 값이 바뀌어 처리할 수 없습니다. 새로고침한 뒤 다시 시도해 주세요.",
        "A value has changed in the meantime. Please reload and try again.",
    )


class DatabaseUnavailable(Unavailable):
    code = "DATABASE_UNAVAILABLE"
    ko, en = (
        "잠시 서비스를 이용할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "The service is briefly unavailable. Please try again.",
    )


class DatabaseIsBusy(Unavailable):
    code = "DATABASE_BUSY"
    ko, en = "주문이 몰리고 있습니다. 잠시 후 다시 시도해 주세요.", "The service is busy. Please try again."


class SessionStoreUnavailable(Unavailable):
    code = "SESSION_STORE_UNAVAILABLE"
    ko, en = (
        "지금은 로그인을 확인할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "Sign-ins cannot be checked right now. Please try again.",
    )


class CartStoreUnavailable(Unavailable):
    code = "CART_STORE_UNAVAILABLE"
    ko, en = (
        "지금은 장바구니를 이용할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "The cart is not available right now. Please try again.",
    )
