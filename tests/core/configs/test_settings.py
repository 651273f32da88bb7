"""What the environment may say, and that everything wrong with it is named, without a value."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from src.core.configs import Settings
from src.core.configs.checks import problems
from src.core.configs.groups import DatabaseSettings, Group, RedisSettings, SecuritySettings, ServerSettings
from src.core.startup import Refused, checked_settings, unreadable_variables, why

ROOT = Path(__file__).resolve().parents[3]
LINE = re.compile(r"^(#?)([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)


def groups() -> list[type[Group]]:
    return [field.default_factory for field in fields(Settings)]  # type: ignore[misc]


def variables() -> dict[str, str | None]:
    """Every variable that the groups read, with its default as it is written in an environment."""
    found: dict[str, str | None] = {}
    for group in groups():
        for field in group.model_fields.values():
            assert field.alias is not None
            default = field.default
            if isinstance(default, bool):
                default = str(default).lower()
            elif isinstance(default, tuple):
                default = ",".join(default)
            found[field.alias] = None if default is None else str(default)
    return found


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any variable of the shop."""
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


PROD = {
    "ENV": "prod",
    "DATABASE_URL": "mysql://shop:pw@db:3306/micgolf",
    "REDIS_URL": "redis://cache:6379/0",
    "JWT_SECRET": "j" * 40,
    "GUEST_TOKEN_SECRET": "g" * 40,
    "PORTONE_API_SECRET": "a-real-api-secret",
    "PORTONE_WEBHOOK_SECRETS": "whsec_cmVhbA==",
    "PORTONE_STORE_ID": "store-1",
    "PORTONE_CHANNEL_KEY": "channel-key-1",
    "DATA_KEY": "d" * 40,
    "FRONT_URL": "https://shop.micgolf.example",
    "ALLOWED_HOSTS": "api.micgolf.example",
    "SENS_ACCESS_KEY": "access",
    "SENS_SECRET_KEY": "secret",
    "SENS_SERVICE_ID": "ncp:sms:kr:123456789012:shop",
    "SENS_SENDER": "0212345678",
    "KAKAO_CLIENT_ID": "kakao",
    "KAKAO_CLIENT_SECRET": "kakao-secret",
    "KAKAO_ADMIN_KEY": "kakao-admin",
    "NAVER_CLIENT_ID": "",
    "GOOGLE_CLIENT_ID": "google",
    "GOOGLE_CLIENT_SECRET": "google-secret",
}


def in_prod(**changes: str) -> dict[str, str]:
    return {**PROD, **changes}


def set_all(bare: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        bare.setenv(name, value)


def test_the_example_names_exactly_what_is_read_with_its_default() -> None:
    lines = LINE.findall((ROOT / ".env.example").read_text())
    named = {name: None if hash_ else value for hash_, name, value in lines}
    assert len(lines) == len(named)
    assert named == variables()


def test_the_page_of_settings_names_exactly_what_is_read_with_its_default() -> None:
    named: list[tuple[str, str]] = []
    for line in (ROOT / "docs/configuration.md").read_text().splitlines():
        cells = line.split(" | ")
        if line.startswith("| `") and len(cells) == 3:
            names, defaults = re.findall(r"`([A-Z0-9_]+)`", cells[0]), re.split(r", (?=`|empty|unset)", cells[1])
            named += zip(names, defaults, strict=True)
    assert len(named) == len(dict(named))
    words = {None: "unset", "": "empty"}
    read = {name: words.get(default, f"`{default}`") for name, default in variables().items()}
    read["RESERVED_LOGIN_IDS"] = "in [.env.example](../.env.example)"
    assert dict(named) == read


def test_no_variable_belongs_to_two_groups() -> None:
    names = [field.alias for group in groups() for field in group.model_fields.values()]
    assert len(names) == len(set(names))


def test_nothing_set_is_local_embedded_with_the_sandbox(bare: pytest.MonkeyPatch) -> None:
    chosen = Settings()
    assert problems(chosen) == []
    assert chosen.sandbox
    assert chosen.database.mysql is None
    assert chosen.redis.url == ""
    assert chosen.server.workers == 1


def test_variables_of_the_shell_that_are_named_like_fields_are_not_ours(bare: pytest.MonkeyPatch) -> None:
    for name in ("USER", "HOST", "PASSWORD", "DATABASE", "URL", "REVISION", "STORE_ID"):
        bare.setenv(name, "of-the-shell")
    bare.setenv("PORT", "9100")
    assert DatabaseSettings().model_dump() == DatabaseSettings.model_construct().model_dump()
    assert RedisSettings().url == ""
    assert ServerSettings().port == 9100


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"DATABASE_URL": "mysql://root:@127.0.0.1:3306/shop"}, ("127.0.0.1", 3306, "root", "", "shop")),
        ({"DATABASE_URL": "mysql://a%40b:p%2Fw@db/shop"}, ("db", 3306, "a@b", "p/w", "shop")),
        ({"DB_HOST": "db", "DB_PORT": "3307", "DB_USER": "u", "DB_PASSWORD": "p", "DB_DATABASE": "d"}, ("db", 3307, "u", "p", "d")),
        ({"DB_HOST": "db"}, ("db", 3306, "root", "", "micgolf")),
        ({"DB_HOST": "db", "DATABASE_URL": "mysql://root@other/shop"}, ("other", 3306, "root", "", "shop")),
    ],
)  # fmt: skip
def test_mysql_is_named_by_url_or_in_parts(
    bare: pytest.MonkeyPatch, environment: dict[str, str], address: tuple[str, int, str, str, str]
) -> None:
    set_all(bare, environment)
    assert (mysql := DatabaseSettings().mysql) is not None
    assert tuple(mysql.model_dump().values()) == address


@pytest.mark.parametrize("url", ["postgres://u:p@h/x", "mysql://u:p@h", "mysql:///x", "sqlite://x"])
def test_url_of_another_kind_is_named_without_its_value(bare: pytest.MonkeyPatch, url: str) -> None:
    set_all(bare, {"DATABASE_URL": url, "REDIS_URL": "redis://h/0"})
    with pytest.raises(Refused) as refused:
        raise Refused(problems(Settings()))
    assert refused.value.reasons == ["DATABASE_URL must read mysql://user:password@host:port/name"]


def test_two_workers_on_embedded_parts_are_refused_with_the_reason(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WEB_CONCURRENCY", "2")
    (problem,) = problems(Settings())
    assert problem.startswith("WEB_CONCURRENCY=2 with embedded SQLite and Redis: each worker would keep its own")

    bare.setenv("REDIS_URL", "redis://h:6379/0")
    (problem,) = problems(Settings())
    assert problem.startswith("WEB_CONCURRENCY=2 with embedded SQLite:")

    bare.setenv("DATABASE_URL", "mysql://root:@h:3306/x")
    assert problems(Settings()) == []


def test_production_with_everything_set_starts(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, PROD)
    assert problems(Settings()) == []
    assert not Settings().sandbox


def test_production_on_defaults_names_every_placeholder_and_embedded_part(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, {"ENV": "prod", "SANDBOX": "true"})
    found = problems(Settings())
    names = {
        *("JWT_SECRET", "GUEST_TOKEN_SECRET", "DATA_KEY", "DATABASE_URL", "REDIS_URL", "SANDBOX", "FRONT_URL"),
        "ALLOWED_HOSTS",
        *("PORTONE_API_SECRET", "PORTONE_WEBHOOK_SECRETS", "PORTONE_STORE_ID", "PORTONE_CHANNEL_KEY"),
        *("SENS_ACCESS_KEY", "SENS_SECRET_KEY", "SENS_SERVICE_ID"),
        *("KAKAO_CLIENT_ID", "KAKAO_CLIENT_SECRET", "KAKAO_ADMIN_KEY", "NAVER_CLIENT_ID", "NAVER_CLIENT_SECRET"),
        *("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
    }
    assert sorted(problem.split(" ")[0] for problem in found) == sorted(names)


@pytest.mark.parametrize("env", ["prod", "stage"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JWT_SECRET", "local-jwt-secret-only-for-development"),
        ("JWT_SECRET", "short-but-not-a-placeholder"),
        ("GUEST_TOKEN_SECRET", "j" * 40),
        ("GUEST_TOKEN_SECRET", "local-guest-token-secret-for-development"),
        ("OLD_JWT_SECRETS", "local-jwt-secret-only-for-development"),
        ("OLD_JWT_SECRETS", "o" * 40 + ",short-but-not-a-placeholder"),
        ("OLD_GUEST_TOKEN_SECRETS", "local-guest-token-secret-for-development"),
        ("OLD_DATA_KEYS", "local-data-key-only-for-development-use"),
        ("PORTONE_API_SECRET", ""),
        ("PORTONE_WEBHOOK_SECRETS", ""),
        ("PORTONE_STORE_ID", "store-sandbox"),
        ("PORTONE_CHANNEL_KEY", "channel-key-sandbox"),
        ("TRACKING_API_KEY", "local-tracking-api-key"),
        ("TRACKING_WEBHOOK_SECRETS", "local-tracking-webhook-secret"),
        ("TRACKING_WEBHOOK_SECRETS", "o" * 40 + ",short-but-not-a-placeholder"),
        ("DATABASE_URL", ""),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "https://api.micgolf.example"),
        ("REDIS_URL", ""),
        ("REDIS_URL", "memcached://h"),
        ("SANDBOX", "true"),
    ],
)
def test_one_placeholder_outside_local_is_named_alone(
    bare: pytest.MonkeyPatch, env: str, name: str, value: str
) -> None:
    set_all(bare, in_prod(ENV=env) | {name: value})
    (problem,) = problems(Settings())
    assert name in problem
    assert "pw" not in problem


def test_parcels_are_asked_for_where_a_key_is_set(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, in_prod())
    assert (Settings().tracking_key, Settings().tracking_secrets) == ("", ())
    set_all(bare, {"TRACKING_API_KEY": "k", "TRACKING_WEBHOOK_SECRETS": "a" * 32 + ", " + "b" * 32})
    assert (Settings().tracking_key, Settings().tracking_secrets) == ("k", ("a" * 32, "b" * 32))
    assert problems(Settings()) == []
    set_all(bare, {"ENV": "local", "TRACKING_API_KEY": "", "TRACKING_WEBHOOK_SECRETS": ""})
    assert (Settings().tracking_key, Settings().tracking_secrets) == ("", ())


def test_unreadable_variables_of_all_groups_are_named_without_values(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, {"PORT": "eighty-thousand", "DB_POOL_SIZE": "0", "JWT_SECRET": "s3cret", "LIMIT_SIGN_UP": "many"})
    reasons = unreadable_variables()
    assert [reason.partition(":")[0] for reason in reasons] == ["PORT", "DB_POOL_SIZE", "JWT_SECRET", "LIMIT_SIGN_UP"]
    assert not any(value in reason for reason in reasons for value in ("eighty", "s3cret", "many"))
    with pytest.raises(Refused) as refused:
        checked_settings()
    assert refused.value.reasons == reasons


def test_an_error_is_told_by_its_cause_without_the_password(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, {"DATABASE_URL": "mysql://shop:hunter22@db/x", "REDIS_URL": "redis://h/0"})
    outer = RuntimeError("all the configuration")
    outer.__cause__ = OSError("cannot sign in as shop with hunter22")
    assert why(outer, Settings()) == "cannot sign in as shop with ***"
    assert why(RuntimeError(), Settings()) == "RuntimeError()"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SENS_ALIMTALK_CHANNEL": "@micgolf"}, ["SENS_ALIMTALK_SERVICE_ID", "SENS_ALIMTALK_TEMPLATES"]),
        (
            {
                "SENS_ALIMTALK_CHANNEL": "@micgolf",
                "SENS_ALIMTALK_SERVICE_ID": "ncp:kkobizmsg:kr:1:shop",
                "SENS_ALIMTALK_TEMPLATES": "order_paid",
            },
            ["SENS_ALIMTALK_TEMPLATES"],
        ),
    ],
)
def test_alimtalk_that_is_half_set_is_named(bare: pytest.MonkeyPatch, given: dict[str, str], named: list[str]) -> None:
    for name, value in given.items():
        bare.setenv(name, value)
    assert [problem.split()[0] for problem in problems(Settings())] == named
    bare.setenv("SENS_ALIMTALK_SERVICE_ID", "ncp:kkobizmsg:kr:1:shop")
    bare.setenv("SENS_ALIMTALK_TEMPLATES", "order_paid=OP01,order_shipped=OS01")
    assert problems(Settings()) == []


def test_a_worker_drains_where_somebody_stands_in_front(bare: pytest.MonkeyPatch) -> None:
    for env, seconds in (("local", 0.0), ("test", 0.0), ("stage", 8.0), ("prod", 8.0)):
        bare.setenv("ENV", env)
        assert Settings().drain_seconds == seconds
    bare.setenv("DRAIN_SECONDS", "0")
    assert Settings().drain_seconds == 0.0
    bare.setenv("DRAIN_SECONDS", "16")  # with the requests after it longer than gunicorn waits
    assert [reason.partition(":")[0] for reason in unreadable_variables()] == ["DRAIN_SECONDS"]


def test_settings_do_not_change_after_they_are_read(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="frozen"):
        SecuritySettings().bcrypt_rounds = 4  # type: ignore[misc]


S3 = {"S3_BUCKET": "pictures", "S3_ACCESS_KEY": "AKIA1", "S3_SECRET_KEY": "a-real-key"}


def test_production_with_object_storage_starts(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, in_prod(**S3, S3_ENDPOINT_URL="https://kr.object.example", S3_PUBLIC_URL="https://img.example"))
    assert problems(Settings()) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({**S3, "S3_ACCESS_KEY": ""}, "S3_ACCESS_KEY"),
        ({**S3, "S3_SECRET_KEY": ""}, "S3_SECRET_KEY"),
        ({**S3, "S3_ACCESS_KEY": "minioadmin"}, "S3_ACCESS_KEY"),
        ({**S3, "S3_SECRET_KEY": "local-secret"}, "S3_SECRET_KEY"),
        ({**S3, "S3_ENDPOINT_URL": "http://127.0.0.1:9000"}, "S3_ENDPOINT_URL"),
        ({**S3, "S3_ENDPOINT_URL": "kr.object.example"}, "S3_ENDPOINT_URL"),
        ({**S3, "S3_PUBLIC_URL": "//img.example"}, "S3_PUBLIC_URL"),
        ({"S3_ENDPOINT_URL": "https://kr.object.example"}, "S3_ENDPOINT_URL"),
        ({"S3_ACCESS_KEY": "AKIA1"}, "S3_ACCESS_KEY"),
    ],
)
def test_object_storage_that_is_half_set_or_a_placeholder_is_named(
    bare: pytest.MonkeyPatch, changes: dict[str, str], name: str
) -> None:
    set_all(bare, in_prod(**changes))
    (problem,) = problems(Settings())
    assert problem.startswith(name)
    assert "a-real-key" not in problem


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"METRICS_PORT": "8000"}, "METRICS_PORT=8000"),
        ({"METRICS_PORT": "7999"}, "METRICS_PORT=7999"),  # the worker's would be the shop's
        ({"LOG_DIR": "logs"}, "LOG_DIR"),
        ({"ERROR_HOOK": "no.such.module:function"}, "ERROR_HOOK"),
        ({"ERROR_HOOK": "src.core.startup:no_such_function"}, "ERROR_HOOK"),
        ({"ERROR_HOOK": "what is this?"}, "ERROR_HOOK"),
        ({"TRACING_ENDPOINT": "collector:4318"}, "TRACING_ENDPOINT"),
    ],
)
def test_what_cannot_be_observed_as_it_is_set_is_named(
    bare: pytest.MonkeyPatch, changes: dict[str, str], name: str
) -> None:
    set_all(bare, in_prod(**changes))
    (problem,) = problems(Settings())
    assert problem.startswith(name)


def test_metrics_are_off_in_local_and_on_ports_of_their_own_elsewhere(bare: pytest.MonkeyPatch) -> None:
    assert [Settings().metrics_port(role) for role in ("web", "worker", "scheduler")] == [0, 0, 0]
    set_all(bare, PROD)
    assert [Settings().metrics_port(role) for role in ("web", "worker", "scheduler")] == [9464, 9465, 9466]
    bare.setenv("METRICS_PORT", "0")
    assert Settings().metrics_port("worker") == 0
    bare.setenv("METRICS_PORT", "9900")
    assert Settings().metrics_port("scheduler") == 9902


def test_metrics_listen_on_loopback_unless_told_otherwise(bare: pytest.MonkeyPatch) -> None:
    set_all(bare, PROD)
    assert Settings().observe.metrics_host == "127.0.0.1"


def test_processes_count_in_memory_that_all_of_a_role_share(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folders = {Settings().observe.shared_folder(role, 9464, state_dir=tmp_path) for role in ("web", "worker")}
    assert len(folders) == 2
    bare.setenv("METRICS_DIR", "/run/shop")
    assert Settings().observe.shared_folder("web", 9464, state_dir=tmp_path) == Path("/run/shop/micgolf-web-9464")


@pytest.mark.parametrize(
    "changes",
    [
        {"OUTBOUND_ALLOW_PRIVATE": "10.1.0.0/16, fd12::/16,127.0.0.1,erp_1.internal"},
        {"OUTBOUND_PORTS": "443, 8443"},
        {"OUTBOUND_ALLOW_HTTP": "false"},
    ],
)
def test_production_with_its_own_back_office_starts(bare: pytest.MonkeyPatch, changes: dict[str, str]) -> None:
    set_all(bare, in_prod(**changes))
    assert problems(Settings()) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"OUTBOUND_ALLOW_PRIVATE": "10.1.0.0/33"}, "OUTBOUND_ALLOW_PRIVATE"),
        ({"OUTBOUND_ALLOW_PRIVATE": "https://erp.internal"}, "OUTBOUND_ALLOW_PRIVATE"),
        ({"OUTBOUND_ALLOW_PRIVATE": "*"}, "OUTBOUND_ALLOW_PRIVATE"),
        ({"OUTBOUND_PORTS": "https"}, "OUTBOUND_PORTS"),
        ({"OUTBOUND_PORTS": "0"}, "OUTBOUND_PORTS"),
        ({"OUTBOUND_PORTS": "65536"}, "OUTBOUND_PORTS"),
        ({"OUTBOUND_ALLOW_HTTP": "true"}, "OUTBOUND_ALLOW_HTTP"),
    ],
)
def test_what_webhooks_may_reach_is_read_in_full_or_not_at_all(
    bare: pytest.MonkeyPatch, changes: dict[str, str], name: str
) -> None:
    set_all(bare, in_prod(**changes))
    (problem,) = problems(Settings())
    assert problem.startswith(name)
