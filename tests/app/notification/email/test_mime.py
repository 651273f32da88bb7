"""The bytes of a mail, beside those that Python's own library makes of the same."""

from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import product

import pytest

from src.app.notification.services.email import mime
from src.app.notification.services.senders import Mail

SENDERS = (
    "no-reply@micgolf.example",
    "믹골프 <no-reply@micgolf.example>",
    '"Shop, The" <shop@micgolf.example>',
    "아주 긴 이름의 상점 믹골프 공식 온라인 스토어 고객센터 알림 <no-reply@micgolf.example>",
)
ADDRESSES = ("a@b.co", "o'neil+x@sub.ex-ample.org", '"a b"@x.example', f"{'l' * 64}@{'d' * 60}.example")
SUBJECTS = (
    "Your order",
    "[믹골프] 결제가 완료되었습니다",
    "[믹골프] 주문하신 투어 프리미엄 스탠드백 외 12건의 결제가 완료되어 주문이 확정되었습니다 " * 2,
    "(광고) [믹골프] 🏌️ 50% ✨ off, today only",
    "=?utf-8?b?7JWI?= is not ours",
    "word " * 40,
    "l" * 190,
)
TEXTS = ("\n", "plain\n", ".\n..\n.dots\n", "한 줄\n\n두 줄\n", "x" * 2000 + "\n", "--=_x\nFrom me\n", "a\rb\r\nc\n")


def by_library(mail: Mail, sender: str) -> EmailMessage:
    """The same message made by `EmailMessage`."""
    name, address = parseaddr(sender)
    made = EmailMessage(policy=mime.POLICY)
    made["To"] = Address(addr_spec=mail.to)
    made["From"] = Address(name, addr_spec=address)
    made["Subject"] = mime.one_line(mail.subject)
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    parsed = message_from_bytes(made.as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def head_of(message: bytes) -> list[bytes]:
    return message.partition(b"\r\n\r\n")[0].split(b"\r\n")


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    assert not part.defects
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize(("sender", "to"), product(SENDERS, ADDRESSES))
def test_a_mail_reads_as_the_one_that_the_library_makes(sender: str, to: str) -> None:
    for subject, text in zip(SUBJECTS, TEXTS, strict=True):
        mail = Mail(to=to, subject=subject, text=text, html=f"<p>{text}</p>", number="01ABC")
        raw, expected = mime.built(mail, sender=sender), by_library(mail, sender)
        made = message_from_bytes(raw, policy=policy.default)
        assert isinstance(made, EmailMessage)
        assert not made.defects
        for name in ("To", "From", "Subject"):
            assert made[name] == expected[name]
        assert made["Message-ID"] == "<01abc@micgolf.example>"
        assert body(made, "plain") == body(expected, "plain")
        assert body(made, "html") == body(expected, "html")


@pytest.mark.parametrize(("sender", "subject"), product(SENDERS, SUBJECTS))
def test_lines_are_short_ascii_and_end_alike(sender: str, subject: str) -> None:
    mail = Mail(to="a@b.co", subject=subject, text="가" * 500, html="<p>" + "b" * 900, number="01ABC")
    raw = mime.built(mail, sender=sender)
    lines = raw.split(b"\r\n")
    assert raw.isascii()
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 78 or subject == "l" * 190  # what has no blank cannot be folded
    assert max(map(len, lines)) <= 998


def test_an_opt_out_stays_one_line_as_it_is() -> None:
    link = "https://shop.example/opt-out?token=" + "t" * 300
    mail = Mail(to="a@b.co", subject="s", text="t", html="h", opt_out=link, is_one_click=True)
    head = head_of(mime.built(mail, sender=SENDERS[0]))
    assert f"List-Unsubscribe: <{link}>".encode() in head
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head


@pytest.mark.parametrize("link", ["https://a.b/\r\nBcc: x@y.z", "https://a.b/\nx", "https://도메인.한국/"])
def test_an_opt_out_that_is_no_line_of_ascii_is_not_sent(link: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        mime.built(Mail(to="a@b.co", subject="s", text="t", html="h", opt_out=link), sender=SENDERS[0])


def test_no_two_mails_have_the_same_boundary_and_new_ones_have_an_id() -> None:
    mail = Mail(to="a@b.co", subject="s", text="t", html="h")
    first, second = (message_from_bytes(mime.built(mail, sender=SENDERS[1])) for _ in range(2))
    assert first.get_boundary() != second.get_boundary()
    assert first["Message-ID"] != second["Message-ID"]
    assert str(first["Message-ID"]).endswith("@micgolf.example>")
