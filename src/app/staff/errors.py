"""Errors of the staff domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, Forbidden, NotFound, Unauthorized, Unprocessable


class StaffLoginIdTaken(Conflict):
    code = "STAFF_LOGIN_ID_TAKEN"
    ko, en = "이미 사용 중인 직원 아이디입니다.", "A staff member already has this login id."


class StaffNotFound(NotFound):
    code = "STAFF_NOT_FOUND"
    ko, en = "직원을 찾을 수 없습니다.", "There is no such staff member."


class RoleNotFound(NotFound):
    code = "ROLE_NOT_FOUND"
    ko, en = "역할을 찾을 수 없습니다.", "There is no such role."


class RoleUnknown(Unprocessable):
    """The role that a staff member shall have does not exist."""

    code = "ROLE_UNKNOWN"
    ko, en = "존재하지 않는 역할입니다.", "There is no role with this code."


class PermissionUnknown(Unprocessable):
    """Words of the body that are no permissions."""

    code = "PERMISSION_UNKNOWN"
    ko, en = "존재하지 않는 권한입니다: {permissions}", "There are no such permissions: {permissions}"
    sample: ClassVar[dict[str, Any]] = {"permissions": "order:fly"}


class RoleCodeTaken(Conflict):
    code = "ROLE_CODE_TAKEN"
    ko, en = "이미 사용 중인 역할 코드입니다.", "A role already has this code."


class RoleInUse(Conflict):
    """`holders` are the staff members who still have the role, at most twenty; `count` is how many they are."""

    code = "ROLE_IN_USE"
    ko, en = "이 역할을 가진 직원이 {count}명 있어 삭제할 수 없습니다.", "{count} staff members still have this role."
    sample: ClassVar[dict[str, Any]] = {"count": 1, "holders": [{"id": 3, "login_id": "cs1", "name": "이상담"}]}


class BuiltinRoleFixed(Conflict):
    """Built-in roles are not removed, and what the owner may do is not changed."""

    code = "BUILTIN_ROLE_FIXED"
    ko, en = "기본 역할이라 변경하거나 삭제할 수 없습니다.", "This is a built-in role: it cannot be changed that way."


class LastOwner(Conflict):
    code = "LAST_OWNER"
    ko, en = (
        "활동 중인 대표 관리자가 한 명은 있어야 합니다.",
        "There must be at least one active owner.",
    )


class NotOnYourself(Conflict):
    """Own status, own role, own second factor by the reset: somebody else has to do it."""

    code = "NOT_ON_YOURSELF"
    ko, en = (
        "본인 계정에는 할 수 없는 작업입니다. 다른 관리자에게 요청해 주세요.",
        "Ask somebody else to do this for you.",
    )


class BeyondYourPermissions(Forbidden):
    """Nobody gives, changes or takes over more than they may do themselves."""

    code = "BEYOND_YOUR_PERMISSIONS"
    ko, en = (
        "본인에게 없는 권한을 주거나, 그런 권한을 가진 직원을 변경할 수 없습니다.",
        "You cannot grant permissions that you do not have, nor change staff who have them.",
    )


class TotpRequired(Unauthorized):
    """The password is right; the code of the second factor is missing."""

    code = "TOTP_REQUIRED"
    ko, en = "인증 앱의 6자리 코드를 입력해 주세요.", "Please enter the code of your authenticator app."


class TotpInvalid(Unauthorized):
    """The password is right, the code is not: wrong, used before, or too old."""

    code = "TOTP_INVALID"
    ko, en = "인증 코드가 올바르지 않거나 이미 사용되었습니다.", "The code is not right or was used before."


class TotpCodeWrong(Unprocessable):
    """The code that should confirm a new second factor is not its."""

    code = "TOTP_CODE_WRONG"
    ko, en = (
        "인증 코드가 맞지 않습니다. 휴대폰의 시간이 자동 설정인지 확인해 주세요.",
        "The code does not match. Please check that your device sets its time automatically.",
    )


class TotpNotBegun(Conflict):
    """There is nothing to confirm, or it was begun too long ago."""

    code = "TOTP_NOT_BEGUN"
    ko, en = "2단계 인증 설정을 처음부터 다시 시작해 주세요.", "Please begin the set-up of the second factor again."


class TotpAlreadyEnabled(Conflict):
    code = "TOTP_ALREADY_ENABLED"
    ko, en = "2단계 인증을 이미 사용하고 있습니다.", "The second factor is in use already."


class TotpNotEnabled(Conflict):
    code = "TOTP_NOT_ENABLED"
    ko, en = "2단계 인증을 사용하고 있지 않습니다.", "The second factor is not in use."
