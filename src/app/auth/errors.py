"""Errors of the auth domain."""

from typing import Any, ClassVar

from src.common.exceptions import AppError, BadRequest, Conflict, Forbidden, NotFound, Unauthorized, Unprocessable


class BadCredentials(Unauthorized):
    """One answer for an unknown login id and a wrong password."""

    code = "BAD_CREDENTIALS"
    ko, en = "아이디 또는 비밀번호가 올바르지 않습니다.", "The login id or the password is not right."


class AccountSuspended(Forbidden):
    """Said only to those who know the password."""

    code = "ACCOUNT_SUSPENDED"
    ko, en = "이용이 정지된 계정입니다. 고객센터로 문의해 주세요.", "This account is suspended. Please contact us."


class SessionRevoked(Unauthorized):
    """The session of a refresh token is over: ended, ended everywhere, or ended because the token came twice."""

    code = "SESSION_REVOKED"
    ko, en = "로그인이 만료되었습니다. 다시 로그인해 주세요.", "The session has ended. Please sign in again."


class VerificationNotFound(NotFound):
    code = "VERIFICATION_NOT_FOUND"
    ko, en = (
        "인증 요청을 찾을 수 없습니다. 인증번호를 다시 받아 주세요.",
        "No such verification. Please ask for a code.",
    )


class VerificationExpired(Conflict):
    """Too late, or tried too often."""

    code = "VERIFICATION_EXPIRED"
    ko, en = (
        "인증번호를 더 이상 사용할 수 없습니다. 인증번호를 다시 받아 주세요.",
        "The code can no longer be used. Please ask for a new one.",
    )


class VerificationCodeWrong(BadRequest):
    """Not the code. `tries_left` more guesses count."""

    code = "VERIFICATION_CODE_WRONG"
    ko, en = "인증번호가 올바르지 않습니다.", "The code is not right."
    sample: ClassVar[dict[str, Any]] = {"tries_left": 4}


class VerificationNotConfirmed(BadRequest):
    """One answer for a verification that is unknown, not confirmed, used, too old, or of another purpose or target."""

    code = "VERIFICATION_NOT_CONFIRMED"
    ko, en = (
        "본인 확인이 완료되지 않았습니다. 다시 인증해 주세요.",
        "The verification is not complete. Please verify again.",
    )


class MessageNotSent(AppError):
    """The mail or text message could not be handed over. Asking again makes a new code."""

    status = 502
    title = "Bad Gateway"
    code = "MESSAGE_NOT_SENT"
    ko, en = (
        "인증번호를 보내지 못했습니다. 잠시 후 다시 시도해 주세요.",
        "The code could not be sent. Please try again.",
    )


class ResetTokenInvalid(BadRequest):
    """One answer for a token that is unknown, used, too old, void, or not a reset token at all."""

    code = "RESET_TOKEN_INVALID"
    ko, en = (
        "비밀번호 재설정 링크가 올바르지 않거나 만료되었습니다. 다시 요청해 주세요.",
        "The reset link is not valid or has expired. Please ask for a new one.",
    )


class PasswordHoldsLoginId(Unprocessable):
    code = "PASSWORD_HOLDS_LOGIN_ID"
    ko, en = "비밀번호에 아이디를 포함할 수 없습니다.", "The password must not contain the login id."


class LoginIdRequired(Unprocessable):
    """The account has neither a login id nor a proved e-mail address to sign in with: choose one."""

    code = "LOGIN_ID_REQUIRED"
    ko, en = "로그인에 사용할 아이디를 함께 입력해 주세요.", "Please choose a login id as well."


class DisconnectRefused(Unauthorized):
    """Not from the provider: the key or the signature is wrong."""

    code = "DISCONNECT_REFUSED"
    ko, en = "서명을 확인할 수 없습니다.", "The signature is not right."


class WrongPassword(Forbidden):
    """Said to somebody who is signed in, so it is no 401: the session goes on."""

    code = "WRONG_PASSWORD"
    ko, en = "현재 비밀번호가 올바르지 않습니다.", "The current password is not right."


class PasswordUnchanged(Unprocessable):
    """Somebody else may know the one there is."""

    code = "PASSWORD_UNCHANGED"
    ko, en = "지금과 다른 비밀번호를 입력해 주세요.", "Please choose another password than the one you have."


class ReauthenticationRequired(Forbidden):
    """The session has not proved lately that its owner is there. POST /auth/reauthenticate, then repeat."""

    code = "REAUTHENTICATION_REQUIRED"
    ko, en = "안전을 위해 비밀번호를 다시 확인해 주세요.", "Please confirm your password again."


class SessionNotFound(NotFound):
    """Absent, over, or somebody else's."""

    code = "SESSION_NOT_FOUND"
    ko, en = "이미 종료되었거나 없는 로그인입니다.", "There is no such session."


class OAuthProviderNotFound(NotFound):
    """Unknown, or switched off by the settings: the two look the same."""

    code = "OAUTH_PROVIDER_NOT_FOUND"
    ko, en = "지원하지 않는 소셜 로그인입니다.", "There is no such social login."


class OAuthStateInvalid(BadRequest):
    """One answer for a state that is unknown, used, too old, or of another browser, provider, purpose or member."""

    code = "OAUTH_STATE_INVALID"
    ko, en = (
        "소셜 로그인 요청이 올바르지 않거나 만료되었습니다. 처음부터 다시 시도해 주세요.",
        "The social login request is not valid or has expired. Please start again.",
    )


class OAuthCodeInvalid(BadRequest):
    """The provider does not take the code: used, too old or not its own."""

    code = "OAUTH_CODE_INVALID"
    ko, en = (
        "소셜 로그인 코드가 올바르지 않거나 이미 사용되었습니다. 처음부터 다시 시도해 주세요.",
        "The social login code is not valid or was used before. Please start again.",
    )


class OAuthConsentRefused(BadRequest):
    """The person cancelled at the provider. Nothing happened."""

    code = "OAUTH_CONSENT_REFUSED"
    ko, en = (
        "소셜 로그인을 취소하셨습니다. 이용하시려면 정보 제공에 동의해 주세요.",
        "You cancelled the social login. Please agree at the provider to use it.",
    )


class OAuthProviderUnavailable(AppError):
    """Down, too slow, or it answered what it must not. A code may be spent by that: start again."""

    status = 502
    title = "Bad Gateway"
    code = "OAUTH_PROVIDER_UNAVAILABLE"
    ko, en = (
        "지금은 소셜 로그인 서비스에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "The social login cannot be reached right now. Please try again later.",
    )


class EmailBelongsToAnotherLogin(Conflict):
    """Also where the provider vouches for the address: only its member may link it, signed in.

    `claimable`: the provider vouches for the address and its holder never proved it. Sign in there and link, or repeat
    the call with ``claim_email: true``: then the holder keeps the account without the address.
    """

    code = "EMAIL_BELONGS_TO_ANOTHER_LOGIN"
    ko, en = (
        "이미 다른 방법으로 가입된 이메일입니다. 기존 방법으로 로그인한 뒤 내 정보에서 소셜 계정을 연결해 주세요.",
        "This e-mail address has an account already. Please sign in to it and link the social account there.",
    )
    sample: ClassVar[dict[str, Any]] = {"claimable": False}

    def __init__(self, *, claimable: bool = False) -> None:
        super().__init__(claimable=claimable)


class SocialAlreadyLinked(Conflict):
    code = "SOCIAL_ALREADY_LINKED"
    ko, en = (
        "이미 다른 회원에게 연결된 소셜 계정입니다.",
        "This social account is linked to another member already.",
    )


class SocialProviderInUse(Conflict):
    """A member has at most one account of each provider."""

    code = "SOCIAL_PROVIDER_IN_USE"
    ko, en = (
        "이 서비스의 다른 계정이 이미 연결되어 있습니다. 먼저 연결을 해제해 주세요.",
        "Another account of this provider is linked already. Please unlink it first.",
    )


class LastSignInMethod(Conflict):
    """No password and no other link: without it nobody could sign in any more."""

    code = "LAST_SIGN_IN_METHOD"
    ko, en = (
        "유일한 로그인 수단은 해제할 수 없습니다. 다른 소셜 계정을 먼저 연결해 주세요.",
        "The only way to sign in cannot be removed. Please link another social account first.",
    )
