"""Test vectors of PortOne (docs/vendors/portone.md#webhooks) and of the Standard Webhooks specification."""

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from src.sandbox.portone.webhook.signing import sign
from tests.sandbox.support import SECRET, config_for

KEY_A = bytes(range(0x20))
BODY_A = (
    b'{"type":"Transaction.Paid","timestamp":"2025-01-02T03:04:05.678Z","data":{"storeId":'
    b'"store-00000000-0000-4000-8000-000000000001","paymentId":"01JGXTESTPAYMENT0000000001",'
    b'"transactionId":"0194253a-0000-7000-8000-0000000000aa"}}'
)
BODY_B = (
    '{"type":"Transaction.Confirm","timestamp":"2025-01-02T03:04:05.678Z","data":'
    '{"paymentId":"주문-1","transactionId":"t-1","totalAmount":12900}}'
).encode()


def test_body_of_vector_a_is_the_published_one() -> None:
    assert hashlib.sha256(BODY_A).hexdigest() == "fd76844279f94bf1516394cb1645ab756fa72812e280c805a000f32e7e7f6aa6"


@pytest.mark.parametrize(
    ("key", "webhook_id", "timestamp", "body", "signature"),
    [
        (KEY_A, "wh_test_0001", 1735787045, BODY_A, "v1,gwztT6HgAxfNltnRVZ+wJrKpzMefbRczaJFarh+qkTA="),
        (
            bytes(range(0x20, 0x40)),
            "wh_test_0001",
            1735787045,
            BODY_A,
            "v1,ros73OAfrsjDT2ALGIIS4lbNdSuIJqJ0wMdnI35F+Uw=",
        ),
        (KEY_A, "wh_test_0002", 1735787046, BODY_B, "v1,mmy9yIrSKMo7Nr7SNiR3ZuS6M7e5aaFO/cs7S4R9q6w="),
        (
            base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
    ],
    ids=["A", "A2", "B", "C"],
)
def test_published_vector_gives_published_signature(
    key: bytes, webhook_id: str, timestamp: int, body: bytes, signature: str
) -> None:
    assert sign(key, webhook_id, timestamp, body) == signature


@pytest.mark.parametrize("secret", [SECRET, SECRET.removeprefix("whsec_"), SECRET.rstrip("=")])
def test_secret_with_or_without_prefix_and_padding_gives_the_same_key(secret: str, tmp_path: Path) -> None:
    assert replace(config_for(tmp_path / "x", "http://x"), webhook_secret=secret).signing_key() == KEY_A


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_한글", "whsec_a"])
def test_secret_that_no_receiver_could_use_is_refused_at_once(secret: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="webhook_secret"):
        replace(config_for(tmp_path / "x", "http://x"), webhook_secret=secret)
