"""The case code as people really type it, and every slip of the finger the check digits must tell."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import codes
from app.crypto.codes import derive, derive_candidates, groups, new_code, normalise
from app.crypto.errors import CodeTypo
from app.crypto.kdf import Argon2Cost

CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)
SALT, PEPPER = b"s" * 32, b"p" * 32
ZEROS = {"Arabic-Indic": "\u0660", "Persian": "\u06f0", "Devanagari": "\u0966", "fullwidth": "\uff10"}
ZEROS |= {"Bengali": "\u09e6", "Thai": "\u0e50", "Myanmar": "\u1040", "bold": "\U0001d7ce"}


def in_script(code: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


def test_a_new_code_has_28_ascii_digits_and_no_two_are_alike() -> None:
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == 28 and code.isascii() and code.isdigit() for code in made)
    assert all(normalise(code) == code for code in made)


def test_the_check_digits_are_those_of_iso_7064(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes.secrets, "randbelow", lambda _: 794)
    assert new_code() == "0" * 23 + "79444"


def test_groups_are_seven_of_four() -> None:
    code = new_code()
    assert [len(group) for group in groups(code)] == [4] * 7
    assert "".join(groups(code)) == code


@pytest.mark.parametrize("zero", ZEROS.values(), ids=ZEROS)
def test_digits_of_any_script_are_read(zero: str) -> None:
    code = new_code()
    assert normalise(in_script(code, zero)) == code
    assert normalise(in_script(code[:9], zero) + code[9:]) == code


SEPARATORS = " \t\n\u00a0\u202f\u3000-\u2010\u2011\u2013\u2014\u2212\uff0d"
INVISIBLE = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2069\u200b\u200d\ufeff\u00ad"


@pytest.mark.parametrize(
    "mark", SEPARATORS + INVISIBLE, ids=lambda mark: unicodedata.name(mark, hex(ord(mark)))
)
def test_separators_and_invisible_marks_do_not_matter(mark: str) -> None:
    code = new_code()
    assert normalise(mark + mark.join(groups(code)) + mark) == code


def test_every_single_wrong_digit_is_told() -> None:
    code = new_code()
    for at in range(28):
        for digit in set("0123456789") - {code[at]}:
            with pytest.raises(CodeTypo, match="wrong_check"):
                normalise(code[:at] + digit + code[at + 1 :])


def test_every_swap_of_two_different_neighbours_is_told() -> None:
    code = new_code()
    for at in range(27):
        if code[at] != code[at + 1]:
            with pytest.raises(CodeTypo, match="wrong_check"):
                normalise(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@pytest.mark.parametrize(
    "typed, why",
    [
        ("", "wrong_length"),
        ("1234", "wrong_length"),
        ("1" * 29, "wrong_length"),
        (" " * 100_000, "wrong_length"),
        ("1" * 27 + "x", "wrong_character"),
        ("1" * 27 + "\u00b2", "wrong_character"),
        ("1" * 27 + "\u2460", "wrong_character"),
        ("1" * 27 + "+", "wrong_character"),
    ],
)
def test_what_cannot_be_a_code_says_why(typed: str, why: str) -> None:
    with pytest.raises(CodeTypo) as told:
        normalise(typed)
    assert told.value.code == why


@given(st.text(max_size=400))
def test_nothing_typed_breaks_the_reader(typed: str) -> None:
    try:
        assert len(normalise(typed)) == 28
    except CodeTypo as error:
        assert error.code in {"wrong_character", "wrong_length", "wrong_check"}


def test_a_typing_error_costs_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "stretch", lambda *_: pytest.fail("Argon2 ran for a typing error"))
    with pytest.raises(CodeTypo):
        derive("0" * 28, SALT, PEPPER, CHEAP)


def test_one_code_gives_one_set_of_keys_however_it_is_typed() -> None:
    code = new_code()
    typed = "\u200f" + " ".join(groups(in_script(code, ZEROS["Arabic-Indic"])))
    assert derive(code, SALT, PEPPER, CHEAP) == derive(typed, SALT, PEPPER, CHEAP)


def test_code_and_salt_change_both_keys() -> None:
    code = new_code()
    keys = derive(code, SALT, PEPPER, CHEAP)
    for other in (derive(new_code(), SALT, PEPPER, CHEAP), derive(code, b"t" * 32, PEPPER, CHEAP)):
        assert other.lookup != keys.lookup
        assert other.wrapping_key != keys.wrapping_key


def test_the_pepper_changes_the_look_up_id_and_never_the_case_key() -> None:
    code = new_code()
    new, old = derive_candidates(code, SALT, (b"new", b"old"), CHEAP)
    assert new == derive(code, SALT, b"new", CHEAP)
    assert new.lookup != old.lookup
    assert new.wrapping_key == old.wrapping_key


def test_the_wrapping_key_never_shows() -> None:
    keys = derive(new_code(), SALT, PEPPER, CHEAP)
    assert "wrapping_key" not in repr(keys)
    assert keys.wrapping_key.hex() != keys.lookup
