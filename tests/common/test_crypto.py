"""Stored secrets: sealed, or hashed under a key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from src.common import crypto
from src.common.crypto import CannotUnseal, hash_matches, keyed_hash, keyed_hashes, seal, unseal
from src.core.configs import Settings, settings, use
from src.core.configs.identity_groups import IdentitySettings


@contextmanager
def keys(newest: str, *old: str) -> Iterator[Settings]:
    identity = IdentitySettings(data_key=newest, old_data_keys=old)
    with use(replace(settings(), identity=identity)) as chosen:
        yield chosen


FIRST, SECOND = "first-key-of-the-shop-0123456789", "second-key-of-the-shop-0123456789"


def test_what_was_sealed_is_read_again_and_does_not_show(shop_settings: Settings) -> None:
    sealed = seal("비밀 키")
    assert unseal(sealed) == "비밀 키"
    assert "비밀" not in sealed
    assert sealed != seal("비밀 키")


def test_a_rotated_key_still_opens_and_new_values_need_only_the_new_one(shop_settings: Settings) -> None:
    with keys(FIRST):
        old = seal("secret")
    with keys(SECOND, FIRST):
        assert unseal(old) == "secret"
        new = seal("secret")
    with keys(SECOND):
        assert unseal(new) == "secret"
        with pytest.raises(CannotUnseal):
            unseal(old)


@pytest.mark.parametrize("broken", ["", "gAAAA", "x" * 200, "한글"])
def test_what_we_did_not_seal_is_refused_without_showing_it(shop_settings: Settings, broken: str) -> None:
    with pytest.raises(CannotUnseal) as caught:
        unseal(broken)
    assert str(caught.value) == "sealed with another key, or changed"
    assert caught.value.__cause__ is None


def test_a_changed_value_is_refused(shop_settings: Settings) -> None:
    sealed = seal("secret")
    with pytest.raises(CannotUnseal):
        unseal(sealed[:-6] + "AAAA" + sealed[-2:])


def test_hashes_differ_by_text_purpose_and_key(shop_settings: Settings) -> None:
    with keys(FIRST):
        one = keyed_hash("code", "123456")
        assert len(one) == 64
        assert one == keyed_hash("code", "123456")
        assert len({one, keyed_hash("code", "123457"), keyed_hash("reset", "123456")}) == 3
    with keys(SECOND, FIRST):
        assert keyed_hash("code", "123456") != one
        assert keyed_hashes("code", "123456") == (keyed_hash("code", "123456"), one)
        assert hash_matches("code", "123456", one)
        assert not hash_matches("code", "123457", one)
        assert not hash_matches("code", "123456", "해시")
    with keys(SECOND):
        assert not hash_matches("code", "123456", one)


def test_the_keys_of_sealing_and_hashing_are_not_the_setting_itself(shop_settings: Settings) -> None:
    derived = {crypto._derived(FIRST, use_) for use_ in (crypto.SEAL, crypto.HASH)}
    assert len(derived) == 2
    assert FIRST.encode() not in derived
