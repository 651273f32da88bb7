"""Checks of the settings before the process starts. All problems are reported, not only the first."""

import re
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from pkgutil import resolve_name
from typing import Final, Literal
from urllib.parse import urlsplit

from src.core.configs import Settings, formats
from src.core.configs.groups import LOCAL_WEBHOOK_SECRET, SANDBOX_CHANNEL_KEY

MIN_SECRET_LENGTH = 32
HOST_NAME: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
PLACEHOLDERS = ("local-", "minioadmin", "test", "changeme", "your-")  # values in the examples of S3 services


def problems(chosen: Settings) -> list[str]:
    """Return the reasons not to start, or an empty list.

    Outside ``local`` and ``test``, placeholder secrets, embedded parts and the sandbox are refused. Two workers on
    embedded parts are refused everywhere, because each would have its own Redis and its own lock.
    """
    found: list[str] = []
    try:
        embedded_database = chosen.database.mysql is None
    except ValueError as error:
        found.append(str(error))
        embedded_database = False
    embedded_redis = not chosen.redis.url
    if chosen.redis.url and not chosen.redis.url.startswith(("redis://", "rediss://")):
        found.append("REDIS_URL must read redis://host:port/db")
    if chosen.server.workers > 1 and (embedded_database or embedded_redis):
        parts = [name for name, is_so in (("SQLite", embedded_database), ("Redis", embedded_redis)) if is_so]
        found.append(
            f"WEB_CONCURRENCY={chosen.server.workers} with embedded {' and '.join(parts)}: each worker would keep its "
            "own; set DATABASE_URL and REDIS_URL, or WEB_CONCURRENCY=1"
        )
    if chosen.jobs.place == "apart" and (embedded_database or embedded_redis):
        found.append("JOBS=apart needs DATABASE_URL and REDIS_URL: other processes cannot see embedded parts")
    found += _waits(chosen)
    found += _storage(chosen)
    found += _observing(chosen)
    found += _outbound(chosen)
    found += _alimtalk(chosen)
    found += _verification(chosen)
    found += formats.problems(chosen)
    if not chosen.is_local:
        found += _placeholders(chosen)
        found += _identity(chosen)
        if embedded_database:
            found.append("DATABASE_URL (or DB_HOST ...) is not set: the embedded SQLite is for local use only")
        if embedded_redis:
            found.append("REDIS_URL is not set: the embedded Redis is for local use only")
        if chosen.sandbox:
            found.append("SANDBOX is on: it pays without money")
        if not chosen.server.allowed_hosts:
            found.append("ALLOWED_HOSTS is not set: the host names of the API (* lets any through)")
    found += [
        f"ALLOWED_HOSTS holds {word}, which is no host name"
        for word in chosen.server.allowed_hosts
        if word != "*"
        and not HOST_NAME.fullmatch(word.lower().removeprefix("*."))
        and not _is_network(word.strip("[]"))
    ]
    return found


def _waits(chosen: Settings) -> list[str]:
    """Check the timeouts: waiting for a row lock must not be reported as a hanging statement."""
    database = chosen.database
    if database.read_timeout_seconds > database.lock_wait_seconds:
        return []
    return ["DB_READ_TIMEOUT_SECONDS must be longer than DB_LOCK_WAIT_SECONDS"]


def _placeholders(chosen: Settings) -> list[str]:
    """Return the names of secrets that have their local value, are too short, or point at the sandbox."""
    security, portone = chosen.security, chosen.portone
    secrets = {
        "JWT_SECRET": security.jwt_secret,
        "GUEST_TOKEN_SECRET": security.guest_token_secret,
        "PORTONE_API_SECRET": portone.api_secret,
    }
    found = [f"{name} is a placeholder" for name, value in secrets.items() if value.startswith("local-") or not value]
    found += [
        f"{name} is shorter than {MIN_SECRET_LENGTH} characters"
        for name in ("JWT_SECRET", "GUEST_TOKEN_SECRET")
        if not secrets[name].startswith("local-") and len(secrets[name]) < MIN_SECRET_LENGTH
    ]
    rotated = {
        "OLD_JWT_SECRETS": security.old_jwt_secrets,
        "OLD_GUEST_TOKEN_SECRETS": security.old_guest_token_secrets,
        "OLD_DATA_KEYS": chosen.identity.old_data_keys,
        "TRACKING_WEBHOOK_SECRETS": chosen.tracking.webhook_secrets or (),
    }
    found += [
        f"{name} holds a placeholder or one shorter than {MIN_SECRET_LENGTH} characters"
        for name, values in rotated.items()
        if any(value.startswith("local-") or len(value) < MIN_SECRET_LENGTH for value in values)
    ]
    if security.jwt_secret == security.guest_token_secret:
        found.append("JWT_SECRET and GUEST_TOKEN_SECRET are the same")
    if LOCAL_WEBHOOK_SECRET in portone.webhook_secrets or not portone.webhook_secrets:
        found.append("PORTONE_WEBHOOK_SECRETS is a placeholder")
    if portone.store_id == "store-sandbox":
        found.append("PORTONE_STORE_ID is a placeholder")
    if portone.channel_key == SANDBOX_CHANNEL_KEY:
        found.append("PORTONE_CHANNEL_KEY is a placeholder")
    return found


def _storage(chosen: Settings) -> list[str]:
    """Report settings missing beside a bucket (everywhere) and placeholder keys (outside local)."""
    media = chosen.media
    keys = {"S3_ACCESS_KEY": media.access_key, "S3_SECRET_KEY": media.secret_key}
    addresses = {"S3_ENDPOINT_URL": media.endpoint_url, "S3_PUBLIC_URL": media.public_url}
    if not media.bucket:
        given = {**keys, **addresses}
        return [f"{name} is set, but S3_BUCKET is not" for name, value in given.items() if value]
    found = [f"{name} is not set, but S3_BUCKET is" for name, value in keys.items() if not value]
    found += [
        f"{name} must read https://host or http://host"
        for name, value in addresses.items()
        if value and not value.startswith(("https://", "http://"))
    ]
    if not chosen.is_local:
        found += [f"{name} is a placeholder" for name, value in keys.items() if value.startswith(PLACEHOLDERS)]
        if urlsplit(media.endpoint_url).hostname in ("localhost", "127.0.0.1", "::1"):
            found.append("S3_ENDPOINT_URL is a placeholder: it is this machine")
    return found


def _observing(chosen: Settings) -> list[str]:
    """Report observability settings that cannot work."""
    observe, found = chosen.observe, []
    if chosen.server.port in {chosen.metrics_port(role) for role in ("web", "worker", "scheduler")}:
        found.append(f"METRICS_PORT={observe.metrics_port} would be the shop's own PORT")
    if observe.log_dir and not Path(observe.log_dir).is_absolute():
        found.append("LOG_DIR must be an absolute path")
    if observe.error_hook:
        try:
            resolve_name(observe.error_hook)
        except (ImportError, AttributeError, ValueError) as error:
            found.append(f"ERROR_HOOK must read package.module:function, and it cannot be loaded: {error}")
    if observe.tracing_endpoint:
        if not observe.tracing_endpoint.startswith(("http://", "https://")):
            found.append("TRACING_ENDPOINT must read http://host:4318/v1/traces")
        if find_spec("opentelemetry.exporter") is None or find_spec("opentelemetry.sdk") is None:
            found.append("TRACING_ENDPOINT is set, but the extra `tracing` is not installed")
    return found


def _outbound(chosen: Settings) -> list[str]:
    """Report unreadable words (everywhere) and permissions for development machines only (outside local)."""
    outbound = chosen.outbound
    found = [
        f"OUTBOUND_ALLOW_PRIVATE holds {word}, which is neither a network nor a host name"
        for word in outbound.allow_private
        if not _is_network(word) and not HOST_NAME.fullmatch(word.lower())
    ]
    found += [
        f"OUTBOUND_PORTS holds {word}, which is no port"
        for word in outbound.ports
        if not (word.isascii() and word.isdecimal() and 1 <= int(word) <= 65_535)
    ]
    if outbound.allow_http and not chosen.is_local:
        found.append("OUTBOUND_ALLOW_HTTP is on: webhooks would leave in clear")
    return found


def _is_network(word: str) -> bool:
    try:
        ip_network(word, strict=False)
    except ValueError:
        return False
    return True


def _alimtalk(chosen: Settings) -> list[str]:
    """Require all settings of AlimTalk or none, everywhere."""
    messages = chosen.messages
    parts = {
        "SENS_ALIMTALK_SERVICE_ID": messages.alimtalk_service_id,
        "SENS_ALIMTALK_CHANNEL": messages.alimtalk_channel,
        "SENS_ALIMTALK_TEMPLATES": messages.alimtalk_templates,
    }
    found = [
        f"{name} is not set, but AlimTalk is" for name, value in parts.items() if any(parts.values()) and not value
    ]
    for name in ("alimtalk_codes", "alimtalk_button_sets"):
        try:
            getattr(messages, name)
        except ValueError as error:
            found.append(str(error))
    return found


def _verification(chosen: Settings) -> list[str]:
    """Refuse a required verification whose codes cannot be sent: nobody could sign up."""
    needed: dict[str, tuple[Literal["sms", "email"], str]] = {
        "VERIFY_PHONE": ("sms", "SENS is not set up"),
        "VERIFY_EMAIL": ("email", "no mail server is: set SMTP_HOST"),
    }
    return [
        f"{name}=required, but {what}"
        for name, (channel, what) in needed.items()
        if chosen.verification(channel) == "required" and not chosen.can_send(channel)
    ]


def _identity(chosen: Settings) -> list[str]:
    """Report identity and message settings that are forbidden outside local. An empty client id switches a provider
    off.
    """
    identity, messages, social = chosen.identity, chosen.messages, chosen.social
    named = {
        "DATA_KEY": identity.data_key,
        "SENS_ACCESS_KEY": messages.sens_access_key,
        "SENS_SECRET_KEY": messages.sens_secret_key,
        "KAKAO_CLIENT_ID": social.kakao_client_id,
        "NAVER_CLIENT_ID": social.naver_client_id,
        "GOOGLE_CLIENT_ID": social.google_client_id,
        "TRACKING_API_KEY": chosen.tracking.api_key or "",
    }
    if social.kakao_client_id:
        named |= {"KAKAO_CLIENT_SECRET": social.kakao_client_secret, "KAKAO_ADMIN_KEY": social.kakao_admin_key}
    if social.naver_client_id:
        named["NAVER_CLIENT_SECRET"] = social.naver_client_secret
    if social.google_client_id:
        named["GOOGLE_CLIENT_SECRET"] = social.google_client_secret
    found = [f"{name} is a placeholder" for name, value in named.items() if value.startswith("local-")]
    if not identity.data_key.startswith("local-") and len(identity.data_key) < MIN_SECRET_LENGTH:
        found.append(f"DATA_KEY is shorter than {MIN_SECRET_LENGTH} characters")
    if messages.sens_service_id.endswith(":sandbox") or messages.sens_sender == "0200000000":
        found.append("SENS_SERVICE_ID and SENS_SENDER are placeholders")
    if messages.mail_adapter == "sandbox":
        found.append("MAIL_ADAPTER=sandbox: no mail would leave")
    if messages.smtp_user and messages.smtp_security == "none":
        found.append("SMTP_SECURITY=none would send SMTP_PASSWORD in clear")
    if not identity.front_url.startswith("https://"):
        found.append("FRONT_URL must begin with https://")
    return found
