from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.standards import amounts

cents = st.integers(-(10**18) + 1, 10**18 - 1)
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read_integer(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, _, low = words.rpartition(unit)
            return read_integer(high) * size + read_integer(low)
    total, digit = 0, 0
    for character in words:
        if character in PLACES:
            total, digit = total + digit * PLACES[character], 0
        else:
            digit = DIGITS.index(character)
    return total + digit


def read_words(words: str) -> Decimal:
    sign = -1 if words.startswith("负") else 1
    whole, _, rest = words.removeprefix("负").removesuffix("整").rpartition("元")
    total = read_integer(whole) * 100
    for unit, size in (("角", 10), ("分", 1)):
        if unit in rest:
            total += DIGITS.index(rest[rest.index(unit) - 1]) * size
    return Decimal(sign * total).scaleb(-2)


@pytest.mark.fault(58)
@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("260000", "贰拾陆万元整"),
        ("0.05", "伍分"),
        ("10", "壹拾元整"),
        ("10005.30", "壹万零伍元叁角"),
        ("200000006", "贰亿零陆元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("10001.05", "壹万零壹元零伍分"),
        ("1000100", "壹佰万零壹佰元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000000", "壹亿元整"),
        ("1000000000000", "壹万亿元整"),
        ("1010", "壹仟零壹拾元整"),
        ("0.5", "伍角"),
        ("0.55", "伍角伍分"),
        ("0", "零元整"),
        ("-0.00", "零元整"),
        ("-5.2", "负伍元贰角"),
        ("1E+2", "壹佰元整"),
        ("3.500", "叁元伍角"),
    ],
)
def test_capital_words(figure, words):
    assert amounts.in_words(Decimal(figure)) == words
    assert read_words(words) == Decimal(figure)


def test_prefix():
    assert amounts.in_words(Decimal(10), "人民币") == "人民币壹拾元整"
    assert amounts.in_words(Decimal(-10), "人民币") == "人民币负壹拾元整"


@pytest.mark.parametrize("figure", ["12.345", "0.001", "1E-9", "NaN", "Infinity", "1E+40", "1E+16"])
def test_what_cannot_be_said_is_refused(figure):
    with pytest.raises(ValueError, match="金额"):
        amounts.in_words(Decimal(figure))


def test_floats_are_refused():
    with pytest.raises(TypeError):
        amounts.fen(0.1)  # type: ignore[arg-type]


@pytest.mark.fault(58)
@given(cents)
def test_words_can_be_read_back(total):
    assert read_words(amounts.in_words(amounts.yuan(total))) == amounts.yuan(total)


@pytest.mark.fault(58)
@given(cents)
def test_fen_and_yuan_are_inverse(total):
    assert amounts.fen(amounts.yuan(total)) == total
    assert amounts.yuan(total).as_tuple().exponent == -2


@pytest.mark.fault(58)
@given(st.integers(1, 10**12))
def test_the_oracle_reads_the_same_figure(total):
    figure = amounts.yuan(total)
    words = amounts.in_words(figure)
    oracle = cn2an.an2cn(str(figure), "rmb")
    assert read_words(oracle.removesuffix("整")) == read_words(words)
    if total % 100 == 0 and "零" not in words + oracle:
        assert oracle == words


def test_format():
    assert amounts.format_yuan(Decimal("1234.5")) == "1,234.50"
    assert amounts.format_yuan(Decimal("-1234567")) == "-1,234,567.00"
    assert amounts.format_yuan(Decimal(0)) == "0.00"
    assert amounts.format_yuan(Decimal("9999999999999999.99")) == "9,999,999,999,999,999.99"
    with pytest.raises(ValueError, match="两位小数"):
        amounts.format_yuan(Decimal("0.005"))
