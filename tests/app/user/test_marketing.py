"""When advertising may be sent."""

from datetime import UTC, date, datetime

import httpx
import pytest

from src.app.user.dtos.fields import MarketingChannel, Policy
from src.app.user.models import Consent, User, UserStatus
from src.app.user.services.marketing.consent import is_night, may_send_marketing
from src.app.user.services.policies import PolicyVersion, version_in_force
from src.common.clock import KST
from tests.app.user.conftest import SignedIn
from tests.app.user.test_consents import answers

DAY = datetime(2026, 11, 20, 12, 0, tzinfo=KST)
NIGHT = datetime(2026, 11, 20, 23, 0, tzinfo=KST)


@pytest.mark.parametrize(
    ("hour", "minute", "second", "expected"),
    [
        (20, 59, 59, False),
        (20, 59, 0, False),
        (21, 0, 0, True),
        (0, 0, 0, True),
        (7, 59, 0, True),
        (7, 59, 59, True),
        (8, 0, 0, False),
    ],
)
def test_night_is_from_21_to_8_in_korea_whatever_the_zone_of_the_moment(
    hour: int, minute: int, second: int, expected: bool
) -> None:
    moment = datetime(2026, 11, 20, hour, minute, second, tzinfo=KST)

    assert is_night(moment) is expected
    assert is_night(moment.astimezone(UTC)) is expected


@pytest.mark.parametrize(("channel", "theirs"), [("email", "sms"), ("sms", "email")])
async def test_each_channel_needs_its_own_consent(
    minji: SignedIn, channel: MarketingChannel, theirs: MarketingChannel
) -> None:
    assert not await may_send_marketing(minji.member.id, channel, DAY)

    await minji.call("PUT", "/me/consents", answers(**{f"marketing_{channel}": True}))

    assert await may_send_marketing(minji.member.id, channel, DAY)
    assert not await may_send_marketing(minji.member.id, theirs, DAY)


async def test_the_night_needs_its_own_consent_and_is_none_by_itself(minji: SignedIn) -> None:
    await minji.call("PUT", "/me/consents", answers(marketing_night=True))
    assert not await may_send_marketing(minji.member.id, "sms", NIGHT)
    await minji.call("PUT", "/me/consents", answers(marketing_night=False, marketing_sms=True))
    at = [datetime(2026, 11, 20, *time, tzinfo=KST) for time in ((20, 59), (21, 0), (7, 59), (8, 0))]

    assert [await may_send_marketing(minji.member.id, "sms", moment) for moment in at] == [True, False, False, True]

    await minji.call("PUT", "/me/consents", answers(marketing_night=True))
    assert [await may_send_marketing(minji.member.id, "sms", moment) for moment in at] == [True] * 4


async def test_taking_it_back_takes_effect_at_once(minji: SignedIn) -> None:
    await minji.call("PUT", "/me/consents", answers(marketing_email=True))
    await minji.call("PUT", "/me/consents", answers(marketing_email=False))

    assert not await may_send_marketing(minji.member.id, "email", DAY)


async def test_a_consent_to_another_version_does_not_count(minji: SignedIn) -> None:
    await minji.call("PUT", "/me/consents", answers(marketing_email=True))
    await Consent.filter(policy="marketing_email").update(version="2025-01")

    assert not await may_send_marketing(minji.member.id, "email", DAY)


@pytest.mark.parametrize("status", [UserStatus.SUSPENDED, UserStatus.WITHDRAWING, UserStatus.WITHDRAWN])
async def test_who_is_no_active_member_gets_none(minji: SignedIn, status: UserStatus) -> None:
    await minji.call("PUT", "/me/consents", answers(marketing_email=True))
    await User.filter(id=minji.member.id).update(status=status)

    assert not await may_send_marketing(minji.member.id, "email", DAY)


async def test_nobody_gets_none(client: httpx.AsyncClient) -> None:
    assert not await may_send_marketing(4711, "email", DAY)


def test_a_version_is_in_force_from_the_first_korean_moment_of_its_day() -> None:
    old, new = PolicyVersion("1", date(2026, 1, 1)), PolicyVersion("2", date(2026, 7, 1))
    versions: dict[Policy, tuple[PolicyVersion, ...]] = {"terms": (new, old), "privacy": (old,), "marketing": (old,)}
    at = [
        datetime(2025, 1, 1, tzinfo=KST),
        datetime(2026, 6, 30, 23, 59, 59, tzinfo=KST),
        datetime(2026, 7, 1, tzinfo=KST),
        datetime(2026, 6, 30, 15, 0, tzinfo=UTC),
    ]

    assert [version_in_force("terms", at=moment, versions=versions) for moment in at] == ["1", "1", "2", "2"]
