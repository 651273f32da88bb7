"""Settings with a format of their own are refused at the start, not at their first use."""

import pytest

from src.core.configs import Settings
from src.core.configs.checks import problems
from tests.core.configs.test_settings import bare, in_prod, set_all

__all__ = ["bare"]

BUTTON = '[{"type": "WL", "name": "보기", "linkMobile": "{{ link }}"}]'


def reasons(bare: pytest.MonkeyPatch, **changes: str) -> list[str]:
    set_all(bare, in_prod(**changes))
    try:
        return problems(Settings())
    except ValueError as error:  # a variable that cannot even be read
        return [str(error)]


@pytest.mark.fault("A15")
@pytest.mark.parametrize(
    "secret", ["notbase64!!", "whsec_notbase64!!", "whsec_", "abc", "whsec_cmVhbA==,notbase64!!", "whsec_cmVh bA=="]
)
def test_a_webhook_secret_that_is_no_base64_is_refused(bare: pytest.MonkeyPatch, secret: str) -> None:
    (reason,) = reasons(bare, PORTONE_WEBHOOK_SECRETS=secret)
    assert reason.startswith("PORTONE_WEBHOOK_SECRETS")


@pytest.mark.parametrize("secret", ["whsec_cmVhbA==", "cmVhbA==", "whsec_cmVhbA==,c2Vjb25k"])
def test_a_webhook_secret_counts_with_and_without_its_prefix(bare: pytest.MonkeyPatch, secret: str) -> None:
    assert reasons(bare, PORTONE_WEBHOOK_SECRETS=secret) == []


@pytest.mark.fault("A15")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SENS_SERVICE_ID", "ncp:sms:kr:1/../x"),
        ("SENS_ACCESS_KEY", "접근키"),
        ("SENS_SECRET_KEY", ""),
        ("PORTONE_API_SECRET", "a secret of two lines"),
        ("PORTONE_CHANNEL_KEY", "channel key"),
        ("PORTONE_BASE_URL", "api.portone.io"),
        ("SENS_BASE_URL", "https://"),
        ("MEDIA_BASE_URL", "img.example"),
        ("FRONT_URL", "https://shop.example?x=1"),
        ("API_URL", "api.shop.example"),
        ("API_URL", "http://api.shop.example"),
        ("CORS_ORIGINS", "https://shop.example/path"),
        ("REDIS_URL", "redis://cache:port/0"),
        ("REDIS_URL", "redis://cache:6379/zero"),
        ("MAIL_FROM", "Micgolf"),
        ("ADMIN_EMAIL", "nobody"),
        ("ADMIN_PHONE", "12345"),
        ("AD_OPT_OUT_PHONE", "call us"),
        ("SMTP_HOST", "smtp://mail.example"),
        ("FORWARDED_ALLOW_IPS", "the-balancer"),
        ("LIMIT_SIGN_UP", "60/0"),
        ("KAKAO_ADMIN_KEY", "a key"),
        ("SENS_ALIMTALK_BUTTONS", "{"),
    ],
)
def test_what_would_fail_at_its_first_use_is_named(bare: pytest.MonkeyPatch, name: str, value: str) -> None:
    found = reasons(bare, **{name: value})
    assert [reason.startswith(name) for reason in found] == [True], found


@pytest.mark.fault("A13")
@pytest.mark.parametrize("sender", ["12345", "1588-12345", "+1 212 555 0100", "010-12", "none", "0000000000", "119"])
def test_a_sender_that_cannot_be_is_refused_by_its_name(bare: pytest.MonkeyPatch, sender: str) -> None:
    (reason,) = reasons(bare, SENS_SENDER=sender)
    assert reason.startswith("SENS_SENDER")


@pytest.mark.parametrize(
    "sender",
    [
        *("1588-1234", "15881234", "1661 1234", "+82 1588-1234", "080-123-4567", "02-123-4567", "02) 1234-5678"),
        *("070-1234-5678", "0507-1234-5678", "010-1234-5678", "+82 10-1234-5678", "０２-１２３-４５６７", "031-123-4567"),
    ],
)  # fmt: skip
def test_a_sender_that_can_be_registered_is_taken(bare: pytest.MonkeyPatch, sender: str) -> None:
    assert reasons(bare, SENS_SENDER=sender) == []


@pytest.mark.parametrize(
    ("buttons", "is_fine"),
    [
        (f'{{"order_paid": {BUTTON}}}', True),
        ('{"order_paid": [{"type": "DS", "name": "배송 조회"}]}', True),
        ('{"order_paid": []}', False),
        ('{"order_paid": [{"type": "WL", "name": "보기"}]}', False),
        ('{"order_paid": [{"type": "XX", "name": "보기"}]}', False),
        ('{"order_paid": [{"type": "AL", "name": "보기", "schemeIos": "a://"}]}', False),
        ('{"order_paid": [{"type": "BK", "name": "열네 글자보다 훨씬 더 긴 이름"}]}', False),
        ('{"order_paid": [{"type": "BK", "name": "보기", "other": "x"}]}', False),
        ("[1]", False),
    ],
)
def test_buttons_are_as_sens_takes_them(bare: pytest.MonkeyPatch, buttons: str, is_fine: bool) -> None:
    found = reasons(bare, SENS_ALIMTALK_BUTTONS=buttons)
    assert (found == []) is is_fine, found
