"""The answer of `/v2/user/me` at kapi.kakao.com with its consent flags (docs/vendors/kakao.md#the-person)."""

from typing import Any, Final

import orjson

from src.sandbox.calls import RefusedError
from src.sandbox.clock import rfc3339
from src.sandbox.oauth.consent import Item
from src.sandbox.oauth.people import Person
from src.sandbox.web import Answer

ITEMS: Final[tuple[Item, ...]] = (
    Item("profile_nickname", "nickname", "닉네임 / Nickname", required=True),
    Item("profile_image", "image", "프로필 사진 / Picture"),
    Item("account_email", "email", "카카오계정(이메일) / E-mail"),
    Item("name", "name", "이름 / Name"),
    Item("phone_number", "phone", "전화번호 / Phone"),
    Item("gender", "gender", "성별 / Gender"),
    Item("birthyear", "birthyear", "출생 연도 / Birth year"),
    Item("birthday", "birthday", "생일 / Birthday"),
)
_GROUPS: Final = {
    "kakao_account.profile": ("profile", "profile_nickname_needs_agreement", "profile_image_needs_agreement"),
    "kakao_account.name": ("name", "name_needs_agreement"),
    "kakao_account.email": (
        "has_email",
        "email_needs_agreement",
        "is_email_valid",
        "is_email_verified",
        "email",
    ),
    "kakao_account.phone_number": ("has_phone_number", "phone_number_needs_agreement", "phone_number"),
    "kakao_account.gender": ("has_gender", "gender_needs_agreement", "gender"),
    "kakao_account.birthyear": ("has_birthyear", "birthyear_needs_agreement", "birthyear"),
    "kakao_account.birthday": ("has_birthday", "birthday_needs_agreement", "birthday", "birthday_type"),
}
"""The values of `property_keys`, each with the fields of `kakao_account` that it selects."""
_OTHER_KEYS: Final = frozenset(
    {"kakao_account.", "properties.", "properties.nickname", "properties.profile_image", "properties.thumbnail_image"}
)


def kapi_error(status: int, code: int, message: str) -> Answer:
    """Return the answer `{"msg", "code"}`, the error format of kapi."""
    return Answer(status, orjson.dumps({"msg": message, "code": code}), "application/json;charset=UTF-8")


def wanted(text: str | None) -> frozenset[str] | None:
    """Parse `property_keys`; None selects all. Raises RefusedError with code -201 for a key that does not exist."""
    if not text:
        return None
    try:
        keys = orjson.loads(text)
    except orjson.JSONDecodeError:
        keys = None
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise RefusedError(kapi_error(400, -2, "property_keys: must be a JSON list of texts"))
    if not set(keys) <= _GROUPS.keys() | _OTHER_KEYS:
        raise RefusedError(kapi_error(400, -201, "user property not found"))
    return frozenset(keys)


def document(
    person: Person, consents: frozenset[str], connected_at: int, keys: frozenset[str] | None, fault: str | None
) -> dict[str, Any]:
    """Return the JSON object. `X_needs_agreement: true` means that the account has X, but X is omitted because the
    person did not consent."""
    account = _profile(person, consents)
    account |= _email(person, consents, fault)
    account |= _simple("name", person.name, consents, counted=False)
    account |= _simple("phone_number", person.phone, consents)
    account |= _simple("gender", person.gender, consents)
    account |= _simple("birthyear", person.birthyear, consents)
    account |= _simple("birthday", person.birthday, consents)
    if "birthday" in account:
        account["birthday_type"] = "SOLAR"
    told: dict[str, Any] = {
        "id": person.kakao_id(),
        "connected_at": rfc3339(connected_at // 1000 * 1000).replace(".000Z", "Z"),
        "properties": _properties(person, consents),
        "kakao_account": account,
    }
    if keys is not None:
        _filter(told, keys)
    if fault == "no_account":
        told.pop("kakao_account", None)
    elif fault == "no_properties":
        told.pop("properties", None)
    elif fault == "mismatch":
        told["id"] = 1_000_000_001
    return {name: value for name, value in told.items() if value != {}}


def _filter(told: dict[str, Any], keys: frozenset[str]) -> None:
    if "kakao_account." not in keys:
        names = {name for key in keys for name in _GROUPS.get(key, ())}
        told["kakao_account"] = {name: value for name, value in told["kakao_account"].items() if name in names}
    if "properties." not in keys:
        names = {key.removeprefix("properties.") for key in keys}
        told["properties"] = {name: value for name, value in told["properties"].items() if name in names}


def picture(person: Person, size: int) -> str:
    return person.picture().replace(".jpg", f"_{size}.jpg")


def _properties(person: Person, consents: frozenset[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "profile_nickname" in consents:
        told["nickname"] = person.called()
    if "profile_image" in consents:
        told |= {"profile_image": picture(person, 640), "thumbnail_image": picture(person, 110)}
    return told


def _profile(person: Person, consents: frozenset[str]) -> dict[str, Any]:
    profile: dict[str, Any] = {}
    if "profile_nickname" in consents:
        profile |= {"nickname": person.called(), "is_default_nickname": False}
    if "profile_image" in consents:
        profile |= {
            "thumbnail_image_url": picture(person, 110),
            "profile_image_url": picture(person, 640),
            "is_default_image": False,
        }
    told: dict[str, Any] = {
        "profile_nickname_needs_agreement": "profile_nickname" not in consents,
        "profile_image_needs_agreement": "profile_image" not in consents,
    }
    return told | {"profile": profile} if profile else told


def _email(person: Person, consents: frozenset[str], fault: str | None) -> dict[str, Any]:
    if person.email is None:
        return {"has_email": False, "email_needs_agreement": False}
    if "account_email" not in consents or fault == "missing_email":
        return {"has_email": True, "email_needs_agreement": True}
    return {
        "has_email": True,
        "email_needs_agreement": False,
        "is_email_valid": person.email_valid,
        "is_email_verified": person.email_verified and fault != "unverified_email",
        "email": person.email,
    }


def _simple(name: str, value: str | None, consents: frozenset[str], *, counted: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {f"has_{name}": value is not None} if counted else {}
    told[f"{name}_needs_agreement"] = value is not None and name not in consents
    if value is not None and name in consents:
        told[name] = value
    return told
