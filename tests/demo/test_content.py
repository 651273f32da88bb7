"""What the demo shop tells its shoppers."""

import pytest

from src.app.notice.dtos.admin import FaqCreate, NoticeCreate, PolicyCreate
from src.app.storefront.dtos.admin import PromoBar
from src.app.user.services.policies import POLICY_VERSIONS
from src.demo.content import EVENTS, FAQS, NOTICES, POLICIES, SAMPLE, DemoPolicy
from src.demo.telling import EFFECTIVE_ON, PROMO_BAR, VERSION


def test_all_of_it_is_what_staff_could_have_written() -> None:
    for notice in NOTICES:
        NoticeCreate.model_validate({"category": notice.category, "title": notice.title, "body": notice.body})
    for faq in FAQS:
        FaqCreate.model_validate({"category": faq.category, "question": faq.question, "answer": faq.answer})
    PromoBar.model_validate(PROMO_BAR)


@pytest.mark.parametrize("demo", POLICIES, ids=lambda demo: demo.policy)
def test_policies_are_marked_as_samples(demo: DemoPolicy) -> None:
    body = "\n\n".join((SAMPLE, *demo.paragraphs))
    PolicyCreate.model_validate({"policy": demo.policy, "version": VERSION, "title": demo.title, "body": body})
    assert "예시" in demo.title
    assert SAMPLE.startswith("[예시]")


def test_the_versions_are_those_that_members_agree_to() -> None:
    texts = {demo.policy for demo in POLICIES}
    for policy, (first, *_) in POLICY_VERSIONS.items():
        assert policy in texts
        assert (first.version, first.effective_on) == (VERSION, EFFECTIVE_ON)


def test_events_are_ongoing_and_over() -> None:
    assert all(event.starts_in_days < event.ends_in_days for event in EVENTS)
    assert all(event.starts_in_days < 0 for event in EVENTS)
    assert {event.ends_in_days > 0 for event in EVENTS} == {True, False}


@pytest.mark.fault("A9")
def test_nothing_promises_what_the_shop_does_not_have() -> None:
    told = [faq.question + faq.answer for faq in FAQS] + [notice.title + notice.body for notice in NOTICES]
    # No inquiries, no bank transfers, no receipts at the checkout, no claims by the shopper: none of it exists yet.
    for promise in (
        "문의하기",
        "무통장",
        "입금 기한",
        "결제 단계에서 신청",
        "마이페이지에서 주문을 취소",
        "신청하실 수 있습니다. 사용",
    ):
        assert [text for text in told if promise in text] == [], promise
