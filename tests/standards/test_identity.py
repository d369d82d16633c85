from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from lanling_desktop.standards import identity

TODAY = date(2026, 11, 22)
births = st.dates(date(1900, 1, 1), TODAY)


def numbered(division: str, birth: date, order: int) -> str:
    first17 = f"{division}{birth:%Y%m%d}{order:03d}" if birth.year > 999 else ""
    return first17 + identity.check_character(first17)


numbers = st.builds(numbered, st.just("371324"), births, st.integers(0, 999))


@pytest.mark.parametrize("number", ["34052419800101001X", "370101190102039973"])
def test_published_numbers_are_valid(number):
    assert identity.check(number, TODAY).problem is None


def test_published_wrong_number_is_refused():
    assert "校验" in (identity.check("340524198001010011", TODAY).problem or "")


def test_a_number_says_birth_sex_and_division():
    result = identity.check(
        "37132419650412123" + identity.check_character("37132419650412123"), TODAY
    )
    assert result.problem is None
    assert (result.birth, result.sex) == (date(1965, 4, 12), "男")
    assert result.division == "山东省临沂市兰陵县"


@pytest.mark.parametrize(
    ("prefix", "birth", "said"),
    [
        ("371324", "20001231", "山东省临沂市兰陵县（原苍山县）"),
        ("371324", "20200101", "山东省临沂市兰陵县"),
        ("372823", "19700101", "山东省临沂地区苍山县"),
        ("110101", "19700101", "北京市"),
        ("999999", "19700101", ""),
    ],
)
def test_division_is_named_and_never_refused(prefix, birth, said):
    first17 = f"{prefix}{birth}001"
    result = identity.check(first17 + identity.check_character(first17), TODAY)
    assert (result.division, result.problem) == (said, None)


@pytest.mark.parametrize(
    "typed",
    [
        " 34052419800101001x ",
        "３４０５２４１９８００１０１００１Ｘ",
        "'34052419800101001X",
        "340524 19800101 001X",
        "\ufeff3405\u200b2419\xa0800101001X",
        "\t34052419800101001X\r\n",
    ],
)
def test_normalise(typed):
    assert identity.normalise(typed) == "34052419800101001X"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "没有填"),
        ("3405241980010100", "补全"),
        ("34052419800101001X9", "删去多余"),
        ("3.40524E+17", "科学计数"),
        ("3405241980O101001X", "第11位“O”不是数字，应为数字0吗"),
        ("34052419800101001Y", "第18位"),
        ("X4052419800101001X", "第1位是X"),
        ("340524198002300010", "没有这一天"),
        ("340524202611230010", "晚于今天"),
        ("340524185012310010", "年份过早"),
        ("340524198001010000", "截断"),
        ("三四〇", "不是数字"),
    ],
)
def test_problems_say_the_cure(typed, word):
    assert word in (identity.check(typed, TODAY).problem or "")


def test_fifteen_digits_are_proposed_in_eighteen():
    result = identity.check("340524800101001", TODAY)
    assert result.proposal == "34052419800101001X"
    assert result.proposal in (result.problem or "")
    assert result.number == "340524800101001"


def test_fifteen_digits_with_an_impossible_date_propose_nothing():
    assert identity.check("340524800230001", TODAY).proposal is None


@given(births.filter(lambda d: d.year < 2000), st.integers(0, 999))
def test_upgraded_numbers_are_valid(birth, order):
    old = f"371324{birth:%y%m%d}{order:03d}"
    new = identity.upgrade_15(old)
    assert (new[:6] + new[8:17], new[6:8]) == (old, "19")
    assert identity.check(new, TODAY).birth == birth
    assert ric.calc_check_digit(new) == new[-1]


@given(numbers)
def test_our_numbers_are_valid_to_the_oracle(number):
    assert identity.check(number, TODAY).problem is None
    assert ric.calc_check_digit(number) == number[-1]
    assert ric.get_birth_date(number) == identity.check(number, TODAY).birth


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_always_caught(number, at, other):
    wrong = number[:at] + other + number[at + 1 :]
    assert (identity.check(wrong, TODAY).problem is None) == (wrong == number)


@given(numbers, st.integers(0, 16))
def test_two_digits_swapped_are_always_caught(number, at):
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert (identity.check(wrong, TODAY).problem is None) == (wrong == number)


@given(st.text())
def test_any_text_is_read_or_refused_in_words(typed):
    result = identity.check(typed, TODAY)
    assert result.problem is None or result.problem.strip()
    assert identity.mask(typed) is not None


@pytest.mark.parametrize("first17", ["", "1234", "3405241980010100X", "3" * 18])
def test_check_character_needs_17_digits(first17):
    with pytest.raises(ValueError, match="17位"):
        identity.check_character(first17)


def test_only_fifteen_digits_are_upgraded():
    with pytest.raises(ValueError, match="15位"):
        identity.upgrade_15("34052419800101001X")


def test_group_and_mask():
    assert identity.group("371324196504121234") == "371324 19650412 1234"
    assert identity.mask("371324196504121234") == "371324********1234"
    assert identity.mask("371324650412123") == "371324******123"
    assert identity.group("12") == "12"
    assert identity.mask("G12345678") == "G*******8"
    assert identity.mask("12") == "**"
    assert identity.mask("") == ""


@given(numbers)
def test_a_mask_hides_the_birth_date(number):
    assert number[6:14] not in identity.mask(number)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0539-5211234", "0539-***1234"),
        ("05395211234", "0539-***1234"),
        ("010-62345678", "010-****5678"),
        ("5211234", "***1234"),
        ("0539-5211234转801", "0539-***1234-801"),
        ("13812345678、0539-5211234", "138****5678、0539-***1234"),
        ("13812345678/13987654321", "138****5678/139****4321"),
        ("1381234567", "********67"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_mask_phone(number, masked):
    assert identity.mask_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("兰陵县卞庄街道阳光花园3号楼2单元501室", "兰陵县卞庄街道阳光花园3号楼"),
        ("兰陵县卞庄街道阳光花园３号楼２单元５０１", "兰陵县卞庄街道阳光花园3号楼"),
        ("阳光花园3-2-501", "阳光花园3"),
        ("阳光花园3-501室", "阳光花园3"),
        ("阳光花园A栋1201", "阳光花园A栋"),
        ("阳光花园12#楼1单元东户", "阳光花园12#楼"),
        ("会宝路12号院3号楼502", "会宝路12号院3号楼"),
        ("会宝路12号院2单元502", "会宝路12号院"),
        ("会宝路12号", "会宝路"),
        ("卞庄街道小庄村123号", "卞庄街道小庄村"),
        ("卞庄街道小庄村123号（李四家）", "卞庄街道小庄村"),
        ("卞庄街道小庄村5组23号", "卞庄街道小庄村5组"),
        ("阳光花园501室", "阳光花园"),
        ("阳光花园东户", "阳光花园"),
        ("教育局家属院2单元3楼西户", "教育局家属院"),
        ("文峰社区", "文峰社区"),
        ("南楼社区文峰路东段B区8号楼", "南楼社区文峰路东段B区8号楼"),
        ("一" * 30_000, "一" * 30_000),
        ("", ""),
    ],
)
def test_mask_address(address, masked):
    assert identity.mask_address(address) == masked


def test_age():
    assert identity.age(date(2000, 2, 29), date(2018, 2, 28)) == 17
    assert identity.age(date(2000, 2, 29), date(2018, 3, 1)) == 18
    assert identity.age(date(1965, 4, 12), date(2026, 4, 12)) == 61
    assert identity.age(TODAY, TODAY) == 0
    with pytest.raises(ValueError, match="早于出生"):
        identity.age(TODAY, TODAY - timedelta(days=1))
