"""Checks of settings that have a format. A malformed value would fail long after the start, at the first webhook, text
message, mail or rotated secret. The checks name the variable before the start and never show its value.
"""

import re
import unicodedata
from base64 import b64decode
from binascii import Error as NotBase64
from email.utils import parseaddr
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from src.core.configs import Settings

# Source: 전기통신번호관리세칙. Mobile, area and Internet telephones, 080, personal and safe numbers (050x), and the
# representative numbers 14YY, 15YY, 16YY and 18YY, which have no area code.
SENDER: Final = re.compile(
    r"01[016789][0-9]{7,8}|02[0-9]{7,8}|0[3-6][1-5][0-9]{7,8}|070[0-9]{7,8}|080[0-9]{7,8}|050[0-9]{8,9}|1[4568][0-9]{6}"
)
MAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,252}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]{2,45}\]?")
HEADER: Final = re.compile(r"[!-~]+")
SERVICE_ID: Final = re.compile(r"[A-Za-z0-9:._-]+")
RATE: Final = re.compile(r"[0-9]+/0*[1-9][0-9]*")
BETWEEN: Final = re.compile(r"[\s().\-‐-―·/]+")


def digits_of(number: str) -> str:
    """Return the digits of a number in a usual notation: ``1588-1234``, ``02) 123-4567``, ``+82 10-1234-5678``."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", number))
    return re.sub(r"^\+82(0?)(1[4568][0-9]{6}$)?", lambda found: found[2] or "0", plain)


def is_webhook_secret(secret: str) -> bool:
    """Return True for base64 of at least one byte, with or without ``whsec_`` (Standard Webhooks)."""
    try:
        return bool(b64decode(secret.removeprefix("whsec_"), validate=True))
    except (NotBase64, ValueError):
        return False


def problems(chosen: "Settings") -> list[str]:
    """Return a line for each setting with a malformed value, in every environment."""
    return [
        *_webhook_secrets(chosen),
        *_telephones(chosen),
        *_mail(chosen),
        *_addresses(chosen),
        *_headers(chosen),
        *_rates(chosen),
        *_proxies(chosen),
    ]


def is_address(text: str, *, is_bare: bool = False) -> bool:
    """Return True for ``https://host`` or ``http://host:port/path`` without user, query or fragment. With `is_bare` a
    path is refused too.
    """
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return False
    is_whole = parts.scheme in ("http", "https") and HOST.fullmatch(host) and port != 0
    has_more = "@" in parts.netloc or parts.query or parts.fragment or (is_bare and parts.path not in ("", "/"))
    return bool(is_whole) and not has_more and not re.search(r"[\s\x00-\x1f]", text)


def _webhook_secrets(chosen: "Settings") -> list[str]:
    if all(is_webhook_secret(secret) for secret in chosen.portone.webhook_secrets):
        return []
    return ["PORTONE_WEBHOOK_SECRETS holds one that is not base64, with or without whsec_ before it"]


def _telephones(chosen: "Settings") -> list[str]:
    messages, found = chosen.messages, []
    if messages.sens_sender and not SENDER.fullmatch(digits_of(messages.sens_sender)):
        found.append("SENS_SENDER is no number that can send: 1588-1234, 02-123-4567, 010-1234-5678")
    if messages.sens_access_key and not messages.sens_access_key.startswith("local-"):
        parts = {
            "SENS_SECRET_KEY": messages.sens_secret_key,
            "SENS_SERVICE_ID": messages.sens_service_id,
            "SENS_SENDER": messages.sens_sender,
        }
        found += [f"{name} is not set, but SENS_ACCESS_KEY is" for name, value in parts.items() if not value]
    shown = {"ADMIN_PHONE": messages.admin_phone, "AD_OPT_OUT_PHONE": messages.ad_opt_out_phone}
    found += [
        f"{name} is no telephone number"
        for name, value in shown.items()
        if value and not SENDER.fullmatch(digits_of(value))
    ]
    return found


def _mail(chosen: "Settings") -> list[str]:
    messages, found = chosen.messages, []
    _, address = parseaddr(messages.mail_from)
    if not MAIL.fullmatch(address) or not messages.mail_from.isprintable():
        found.append("MAIL_FROM must read name@host.example or Name <name@host.example>")
    if messages.admin_email and not MAIL.fullmatch(messages.admin_email):
        found.append("ADMIN_EMAIL is no mail address")
    if messages.smtp_host and not HOST.fullmatch(messages.smtp_host):
        found.append("SMTP_HOST is no host name")
    return found


def _addresses(chosen: "Settings") -> list[str]:
    """Check the addresses that `_storage`, `_observing` and `_identity` of `checks` do not check themselves."""
    whole = {
        "PORTONE_BASE_URL": chosen.portone.base_url,
        "SENS_BASE_URL": chosen.messages.sens_base_url,
        "SANDBOX_URL": chosen.server.sandbox_url,
        "FRONT_URL": chosen.identity.front_url,
        "API_URL": chosen.server.api_url,
    }
    media = chosen.server.media_base_url
    if media and not media.startswith("/"):
        whole["MEDIA_BASE_URL"] = media
    found = [
        f"{name} must read https://host or http://host" for name, text in whole.items() if text and not is_address(text)
    ]
    if any(text != "*" and not is_address(text, is_bare=True) for text in chosen.server.cors_origins):
        found.append("CORS_ORIGINS holds one that is no origin: https://host, without a path")
    if not chosen.is_local and chosen.server.api_url.startswith("http://"):
        found.append("API_URL must begin with https://")
    redis = chosen.redis.url
    if redis.startswith(("redis://", "rediss://")) and not _is_redis(redis):
        found.append("REDIS_URL must read redis://host:port/db")
    return found


def _is_redis(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_whole and (parts.path.strip("/") == "" or parts.path.strip("/").isdecimal())


def _headers(chosen: "Settings") -> list[str]:
    """Check values that are sent unchanged in a header or a path: printable ASCII without blanks."""
    portone, messages, social = chosen.portone, chosen.messages, chosen.social
    named = {
        "PORTONE_API_SECRET": portone.api_secret,
        "PORTONE_STORE_ID": portone.store_id,
        "PORTONE_CHANNEL_KEY": portone.channel_key,
        "PORTONE_EASY_PAY_CHANNEL_KEY": portone.easy_pay_channel_key,
        "SENS_ACCESS_KEY": messages.sens_access_key,
        "SENS_SECRET_KEY": messages.sens_secret_key,
        "KAKAO_CLIENT_ID": social.kakao_client_id,
        "KAKAO_CLIENT_SECRET": social.kakao_client_secret,
        "KAKAO_ADMIN_KEY": social.kakao_admin_key,
        "NAVER_CLIENT_ID": social.naver_client_id,
        "NAVER_CLIENT_SECRET": social.naver_client_secret,
        "GOOGLE_CLIENT_ID": social.google_client_id,
        "GOOGLE_CLIENT_SECRET": social.google_client_secret,
        "S3_ACCESS_KEY": chosen.media.access_key,
        "S3_SECRET_KEY": chosen.media.secret_key,
        "S3_REGION": chosen.media.region,
    }
    found = [f"{name} holds a blank or a letter beyond ASCII" for name, text in named.items() if _is_odd(text)]
    services = {
        "SENS_SERVICE_ID": messages.sens_service_id,
        "SENS_ALIMTALK_SERVICE_ID": messages.alimtalk_service_id,
    }
    return found + [
        f"{name} must read ncp:...:kr:number:name"
        for name, text in services.items()
        if text and not SERVICE_ID.fullmatch(text)
    ]


def _is_odd(text: str) -> bool:
    return bool(text) and not HEADER.fullmatch(text)


def _rates(chosen: "Settings") -> list[str]:
    """Check rate limits: a period of 0 seconds would allow nothing or everything."""
    limits = chosen.limits
    return [
        f"{field.alias} must read <count>/<seconds>, with one second or more"
        for name, field in type(limits).model_fields.items()
        if isinstance(value := getattr(limits, name), str) and not RATE.fullmatch(value)
    ]


def _proxies(chosen: "Settings") -> list[str]:
    """Check proxy networks: uvicorn takes any other word for a socket's name and would then trust no proxy."""
    words = [word.strip() for word in chosen.server.trusted_proxies.split(",") if word.strip()]
    if all(word == "*" or _is_network(word) for word in words):
        return []
    return ["FORWARDED_ALLOW_IPS holds one that is neither an address nor a network"]


def _is_network(word: str) -> bool:
    try:
        ip_network(word, strict=False)
    except ValueError:
        return False
    return True
