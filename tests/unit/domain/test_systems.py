"""Names are compared folded: no case, no marks, no odd digits, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.systems import LONGEST_NAME, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ÉCLAIR  Chat", "eclair chat"),
        ("Straße-GPT_4", "strasse gpt 4"),
        ("İstanbul", "istanbul"),
        ("مُساعِد ٤", "مساعد 4"),
        ("أحلام", "احلام"),
        ("ليلى", "ليلي"),
        ("چت‌بات ۱۲", "چتبات 12"),
        ("مـــدى", "مدي"),
        ("ｃｈａｔ１", "chat1"),
        ("Чат-Ё", "чат е"),
        ("千问 3", "千问 3"),
        ("\u202eabc\u2066", "abc"),
        ("!?…", ""),
    ],
)
def test_names_fold(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=400))
def test_folding_twice_changes_nothing_and_leaves_no_sign_of_a_pattern(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert not set(folded) & set("%_\\'\"") and len(folded) <= LONGEST_NAME
