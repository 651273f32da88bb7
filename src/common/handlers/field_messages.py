"""Messages of field errors in Korean and English. The value itself is never repeated."""

from typing import Any

MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("필수 항목입니다.", "This field is required."),
    "extra_forbidden": ("알 수 없는 항목입니다.", "This field is not known."),
    "string_too_short": ("너무 짧습니다. (최소 {min_length}자)", "Too short (at least {min_length} characters)."),
    "string_too_long": ("너무 깁니다. (최대 {max_length}자)", "Too long (at most {max_length} characters)."),
    "string_pattern_mismatch": ("형식이 올바르지 않습니다.", "The format is not right."),
    "string_type": ("문자열이어야 합니다.", "Must be text."),
    "int_type": ("정수여야 합니다.", "Must be a whole number."),
    "int_parsing": ("정수여야 합니다.", "Must be a whole number."),
    "int_parsing_size": ("숫자가 너무 큽니다.", "The number is too large."),
    "int_from_float": ("정수여야 합니다.", "Must be a whole number."),
    "bool_type": ("참/거짓 값이어야 합니다.", "Must be true or false."),
    "bool_parsing": ("참/거짓 값이어야 합니다.", "Must be true or false."),
    "greater_than_equal": ("{ge} 이상이어야 합니다.", "Must be at least {ge}."),
    "greater_than": ("{gt}보다 커야 합니다.", "Must be greater than {gt}."),
    "less_than_equal": ("{le} 이하여야 합니다.", "Must be at most {le}."),
    "less_than": ("{lt}보다 작아야 합니다.", "Must be less than {lt}."),
    "literal_error": ("허용된 값이 아닙니다.", "Not one of the allowed values."),
    "enum": ("허용된 값이 아닙니다.", "Not one of the allowed values."),
    "list_type": ("목록이어야 합니다.", "Must be a list."),
    "too_short": ("항목이 너무 적습니다. (최소 {min_length}개)", "Too few items (at least {min_length})."),
    "too_long": ("항목이 너무 많습니다. (최대 {max_length}개)", "Too many items (at most {max_length})."),
    "model_type": ("객체여야 합니다.", "Must be an object."),
    "model_attributes_type": ("객체여야 합니다.", "Must be an object."),
    "dict_type": ("객체여야 합니다.", "Must be an object."),
    "date_from_datetime_parsing": ("날짜(YYYY-MM-DD)여야 합니다.", "Must be a date (YYYY-MM-DD)."),
    "date_parsing": ("날짜(YYYY-MM-DD)여야 합니다.", "Must be a date (YYYY-MM-DD)."),
    "control_character": ("사용할 수 없는 문자가 있습니다.", "Holds characters that are not allowed."),
    "name_character": ("이름에 사용할 수 없는 문자가 있습니다.", "Holds characters that names do not have."),
}
UNKNOWN = ("값이 올바르지 않습니다.", "The value is not right.")


def field_problem(entry: dict[str, Any], language: str) -> dict[str, str]:
    """Return one entry of a pydantic error as ``{field, code, message}``. The field's path is without body/query/path.

    Our own validators put their messages into ``ctx`` as ``ko`` and ``en``.
    """
    location = [str(part) for part in entry["loc"] if part != ""]  # "": a branch of a union without a name
    if location and location[0] in {"body", "query", "path", "header", "cookie"}:
        location = location[1:]
    context = entry.get("ctx") or {}
    kind = entry["type"]
    if kind in ("too_long", "too_short") and isinstance(entry.get("input"), str):
        kind = f"string_{kind}"  # the length of a text, checked after another validator
    korean, english = (context["ko"], context["en"]) if "ko" in context else MESSAGES.get(kind, UNKNOWN)
    template = english if language == "en" else korean
    try:
        message = template.format(**context)
    except (KeyError, IndexError):
        message = template
    return {"field": ".".join(location)[:200], "code": kind.upper(), "message": message}
