"""Move every enum to a named schema, so that generated clients have one type for it.

Python's enum classes have names. A ``Literal`` gets its name from `NAMES`, or, if it is not listed there, from the
schema and field that use it. A ``Literal`` that several fields use must be in `NAMES`; otherwise its name would depend
on the order of the routes.
"""

from collections.abc import Iterator
from typing import Any, Final

from src.common.openapi.schemas import Schema, operations, pascal, ref

_NAMED: Final[dict[str, str]] = {
    "ProductSort": "newest price_asc price_desc popular discount rating",
    "AdminProductSort": "newest oldest updated name code price_asc price_desc",
    "AgeSort": "newest oldest",
    "SaleStatusFilter": "all on_sale sold_out stopped",
    "ShownSaleStatus": "ON_SALE SOLD_OUT",
    "DiscountOption": "percent amount",
    "ProductBadge": "best md_pick new sale",
    "NoticeKind": "clothing shoes bag fashion sports other",
    "BulkOutcome": "changed unchanged refused",
    "AdjustOutcome": "adjusted refused",
    "MergeOutcome": "added capped gone",
    "CsvEncoding": "utf-8 cp949",
    "MessageDelivery": "DELIVERED FAILED",
    "EventFilter": "all ongoing ended",
    "AdminEventFilter": "all scheduled ongoing ended unpublished",
    "EventPhase": "scheduled ongoing ended",
    "EventSort": "popular newest",
    "CommentDecisionStatus": "SHOWN HIDDEN",
    "RowResultOutcome": "done refused",
    "DecisionResult": "done failed",
    "BannerState": "showing scheduled ended off",
    "SocialPurpose": "sign_in link",
    "LoginType": "password kakao naver google",
    "SignUpPolicy": "terms privacy marketing",
    "ConsentName": "terms privacy marketing_email marketing_sms marketing_night",
    "ContactChannel": "email sms",
    "VerificationPurpose": "sign_up find_login_id password_reset change_contact",
    "MemberGrade": "BASIC SILVER GOLD VIP",
    "MemberSort": "newest oldest recent_sign_in name",
    "MemberAccess": "ACTIVE SUSPENDED",
    "MessageChannel": "mail sms alimtalk",
    "TextChannel": "mail sms",
    "TextForm": "MAIL SMS LMS",
    "Language": "ko en",
    "WindowPayMethod": "CARD EASY_PAY TRANSFER MOBILE VIRTUAL_ACCOUNT",
    "DeliveryState": "pending delivered failed",
    "JobKind": "schedule work memory",
    "TaskOwner": "mine all",
    "TaskFileKind": "source errors report",
    "TaskPriority": "high normal low",
    "ReadinessStatus": "ok degraded unavailable",
    "ReadinessPart": "database migrations redis",
}
NAMES: Final = {frozenset(words.split()): name for name, words in _NAMED.items()}


def name_all(document: Schema) -> None:
    """Move every inline enum to a schema of its own. Raises ValueError if two different enums have the same name, or if
    several places use an enum that is not in NAMES."""
    schemas = document["components"]["schemas"]
    unnamed: dict[frozenset[str], str] = {}
    for owner, holder, key in list(inline(document)):
        enum = holder[key]
        words = frozenset(map(str, enum["enum"]))
        name = NAMES.get(words) or unnamed.setdefault(words, owner)
        if name != owner and words not in NAMES:
            raise ValueError(f"give the words {sorted(words)} a name in NAMES: {name} and {owner} share them")
        moved = {part: enum[part] for part in ("type", "enum")}
        if set(schemas.setdefault(name, moved)["enum"]) != set(moved["enum"]):
            raise ValueError(f"two lists of words are called {name}")
        rest = {part: value for part, value in enum.items() if part not in moved}
        # Next to the reference, keep only what belongs to this place (description, default).
        holder[key] = {**rest, **ref(name)}


def inline(document: Schema) -> Iterator[tuple[str, Any, Any]]:
    """Yield every inline enum: its name if NAMES has none, the object that holds it, and its key there."""
    for name, schema in document["components"]["schemas"].items():
        yield from _inside(schema, name)
    for _, _, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            owner = f"{pascal(operation['operationId'])}{pascal(parameter['name'])}"
            if "enum" in parameter["schema"]:
                yield owner, parameter, "schema"
            else:
                yield from _inside(parameter["schema"], owner)


def _inside(schema: Schema, owner: str) -> Iterator[tuple[str, Any, Any]]:
    held: list[tuple[str, Any, Any]] = [
        (f"{owner}{pascal(name)}", schema["properties"], name) for name in schema.get("properties", ())
    ]
    for key in ("anyOf", "oneOf", "allOf"):
        held += [(owner, schema[key], place) for place in range(len(schema.get(key, ())))]
    held += [(owner, schema, "items")] if isinstance(schema.get("items"), dict) else []
    for name, holder, key in held:
        if "enum" in holder[key]:
            yield name, holder, key
        else:
            yield from _inside(holder[key], name)
