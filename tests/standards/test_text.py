import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.standards import text


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("ＡＢＣａｂｃ１２３", "ABCabc123"),
        ("　兰陵县　", "兰陵县"),
        ("兰\u200b陵\ufeff县\u2060", "兰陵县"),
        ("兰陵\xa0县", "兰陵 县"),
        ("'001", "001"),
        ("'红色'物业", "'红色'物业"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("一   二", "一 二"),
        ("", ""),
        # Kept: full-width punctuation, compatibility and rare ideographs, private use, marks.
        ("王（大）：，。", "王（大）：，。"),
        ("\uf929\U00020bb7\ue863", "\uf929\U00020bb7\ue863"),
        ("ǖe\u0301", "ǖe\u0301"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("①㎡½", "①㎡½"),
    ],
)
def test_clean(said, plain):
    assert text.clean(said) == plain


def test_long_text_keeps_its_lines():
    assert text.clean("一 \r\n 二\n\n三\n", multiline=True) == "一\n二\n\n三"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(said):
    once = text.clean_name(said)
    if not once.startswith(("'", "＇")):
        assert text.clean_name(once) == once


@pytest.mark.fault(48)
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("张 三", "张三"),
        ("张　　三", "张三"),
        ("张\n三", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提‧艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("John A. Smith", "John A. Smith"),
        ("\U00020bb7 野", "\U00020bb7野"),
        ("王\ue863 明", "王\ue863明"),
    ],
)
def test_clean_name(said, name):
    assert text.clean_name(said) == name


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("'13812345678", "13812345678"),
        ("05395211234", "0539-5211234"),
        ("0539-5211234", "0539-5211234"),
        ("（0539）5211234", "0539-5211234"),
        ("0539—5211234", "0539-5211234"),
        ("+86 0539 5211234", "0539-5211234"),
        ("010-62345678", "010-62345678"),
        ("02162345678", "021-62345678"),
        ("5211234", "5211234"),
        ("62345678", "62345678"),
        ("0539-5211234转801", "0539-5211234-801"),
        ("0539-5211234-801", "0539-5211234-801"),
        ("400-812-3456", "4008123456"),
        ("", ""),
    ],
)
def test_phones(said, number):
    assert text.phone(said) == (number, None)
    assert text.phone(number) == (number, None)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("1381234567", "10位"),
        ("138123456789", "12位"),
        ("1.38E+10", "科学计数"),
        ("13812345678/13912345678", "一格只填一个"),
        ("0539", "区号"),
        ("12345", "5位"),
        ("1381234567O", "不是数字"),
        ("无", "不是数字"),
    ],
)
def test_wrong_phones_say_why(said, word):
    assert word in (text.phone(said)[1] or "")
