"""Passwords, subkeys, tokens, comparing, framing and the recovery kit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.compare import same_secret
from app.crypto.errors import KitTypo
from app.crypto.framing import frame
from app.crypto.kdf import Argon2Cost, organisation_key, stretch, stretch_password, subkey
from app.crypto.recovery import kit_key, new_recovery_kit
from app.crypto.tokens import new_token, token_id, token_key

CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)
SALT = b"s" * 16


def test_verifier_and_wrapping_key_are_stable_and_different() -> None:
    verifier, wrapping_key = stretch_password("long enough", SALT, CHEAP)
    assert (verifier, wrapping_key) == stretch_password("long enough", SALT, CHEAP)
    assert verifier != wrapping_key
    assert len(verifier) == len(wrapping_key) == 32


def test_password_salt_and_cost_change_everything() -> None:
    first = stretch_password("long enough", SALT, CHEAP)
    dearer = Argon2Cost(memory_kib=16, iterations=1, lanes=1)
    others = [
        stretch_password("long enougH", SALT, CHEAP),
        stretch_password("long enough", b"t" * 16, CHEAP),
        stretch_password("long enough", SALT, dearer),
    ]
    for other in others:
        assert other.verifier != first.verifier
        assert other.wrapping_key != first.wrapping_key


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert stretch_password("caf\u00e9 noir", SALT, CHEAP) == stretch_password("cafe\u0301 noir", SALT, CHEAP)


def test_argon2id_as_published() -> None:
    expected = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
    assert stretch(b"password", b"somesalt", Argon2Cost(65536, 2, 1)).hex() == expected


def test_each_label_has_a_key_of_its_own() -> None:
    master = bytes(32)
    made = {subkey(master, label) for label in ("a", "b", "ab", "organisation keys")}
    assert len(made | {organisation_key(master)}) == 5


@given(st.lists(st.binary(max_size=9), max_size=4), st.lists(st.binary(max_size=9), max_size=4))
def test_different_parts_never_give_the_same_frame(left: list[bytes], right: list[bytes]) -> None:
    assert (frame(*left) == frame(*right)) == (left == right)


def test_same_secret() -> None:
    assert same_secret(b"abc", b"abc")
    assert not same_secret(b"abc", b"abd")
    assert not same_secret(b"abc", b"ab")


def test_a_token_gives_an_id_and_a_key_that_do_not_tell_of_each_other() -> None:
    token = new_token()
    assert token != new_token()
    assert len(token) == 43
    assert token_id(token) == token_id(token)
    assert len({token_id(token), token_key(token).hex(), token}) == 3


def test_a_kit_opens_however_it_is_typed() -> None:
    kit = new_recovery_kit()
    assert kit != new_recovery_kit()
    assert [len(group) for group in kit.split("-")] == [4] * 14
    sloppy = kit.lower().replace("-", " \u00a0").replace("0", "o").replace("1", "l")
    assert kit_key(sloppy) == kit_key(kit)
    assert len(kit_key(kit)) == 32


def test_every_single_wrong_letter_of_a_kit_is_told_and_never_opens() -> None:
    kit = new_recovery_kit()
    for at, letter in enumerate(kit):
        if letter != "-":
            wrong = "Z" if letter != "Z" else "Y"
            with pytest.raises(KitTypo, match="wrong_check"):
                kit_key(kit[:at] + wrong + kit[at + 1 :])


@pytest.mark.parametrize(
    "typed, why",
    [
        ("", "wrong_length"),
        ("A" * 57, "wrong_length"),
        ("A" * 9999, "wrong_length"),
        ("U" * 56, "wrong_character"),
    ],
)
def test_what_cannot_be_a_kit_says_why(typed: str, why: str) -> None:
    with pytest.raises(KitTypo, match=why):
        kit_key(typed)
