import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from lanling_desktop.standards import uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
first17s = st.tuples(
    st.text("159A", min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
).map("".join)


@pytest.mark.parametrize(
    "typed", ["91110000600037341L", "9111 0000 6000 3734 1l", "９１110000600037341L"]
)
def test_a_published_code_is_valid(typed):
    assert uscc.check(typed) == ("91110000600037341L", None)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("9111000060003734", "16位"),
        ("91110000600037341I", "第18位“I”"),
        ("911100006000373412", "校验"),
        ("9111A000600037341L", "登记机关"),
    ],
)
def test_problems(typed, word):
    assert word in (uscc.check(typed)[1] or "")


def test_nothing_is_no_problem():
    assert uscc.check(" ") == ("", None)


@given(first17s)
def test_agrees_with_the_oracle(first17):
    code = first17 + uscc.check_character(first17)
    assert uscc.check(code)[1] is None
    assert oracle.calc_check_digit(code) == code[-1]


@given(first17s, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(first17, at, other):
    code = first17 + uscc.check_character(first17)
    wrong = code[:at] + other + code[at + 1 :]
    assert (uscc.check(wrong)[1] is None) == (wrong == code)
