import csv
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from lanling_desktop.paths import resource
from lanling_desktop.standards import pinyin


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("张建国", "zhang jian guo"),
        ("单小雨", "shan xiao yu"),
        ("仇和平", "qiu he ping"),
        ("曾庆红", "zeng qing hong"),
        ("解放", "xie fang"),
        ("查良镛", "zha liang yong"),
        ("区小明", "ou xiao ming"),
        ("盖叫天", "ge jiao tian"),
        ("朴正花", "piao zheng hua"),
        ("翟志刚", "zhai zhi gang"),
        ("覃国伟", "qin guo wei"),
        ("尉迟恭", "yu chi gong"),
        ("尉健行", "wei jian xing"),
        ("万俟雪", "mo qi xue"),
        ("万里", "wan li"),
        ("长孙无忌", "zhang sun wu ji"),
        ("令狐冲", "ling hu chong"),
        ("纪晓岚", "ji xiao lan"),
        ("任长霞", "ren chang xia"),
        ("华罗庚", "hua luo geng"),
        ("宁静", "ning jing"),
        ("卜学亮", "bu xue liang"),
        ("种师道", "chong shi dao"),
        ("逄增玉", "pang zeng yu"),
        ("缪荣株", "miao rong zhu"),
        ("乐毅", "yue yi"),
        ("员半千", "yun ban qian"),
        ("召公", "shao gong"),
        ("折可适", "she ke shi"),
        ("洗星海", "xian xing hai"),
        ("佴荣本", "nai rong ben"),
        ("阚清子", "kan qing zi"),
        ("晁盖", "chao gai"),
        ("应采儿", "ying cai er"),
        ("石磊", "shi lei"),
        ("吕布", "lv bu"),
        ("欧阳修", "ou yang xiu"),
        ("李长青", "li chang qing"),
        ("王晟", "wang sheng"),
        ("买买提·艾力", "mai mai ti ai li"),
        ("John 王", "john wang"),
        ("张\ue000", "zhang \ue000"),
        ("〇", "ling"),
        ("", ""),
    ],
)
def test_names(name, read):
    assert " ".join(pinyin.syllables(name)) == read


def test_every_reading_of_the_surname_is_searched():
    assert pinyin.readings("单雄信")[0] == ("shan", "xiong", "xin")
    assert ("dan", "xiong", "xin") in pinyin.readings("单雄信")
    assert pinyin.readings("乐毅") == (("yue", "yi"), ("le", "yi"))
    assert pinyin.readings("隗小明")[:2] == (("wei", "xiao", "ming"), ("kui", "xiao", "ming"))
    assert pinyin.readings("单于飞")[0] == ("chan", "yu", "fei")
    assert ("shan", "yu", "fei") in pinyin.readings("单于飞")
    assert ("yu", "chi", "gong") in pinyin.readings("尉迟恭")
    assert pinyin.readings("") == ()


@given(st.text("张单曾长乐万俟尉迟行重李小·a1 〇\ue000", max_size=6))
def test_readings_agree_with_syllables(name):
    readings = pinyin.readings(name)
    assert len(readings) <= 4
    assert len(set(readings)) == len(readings)
    assert {len(one) for one in readings} <= {len(pinyin.syllables(name))}
    assert not readings or readings[0] == pinyin.syllables(name)


def test_initials():
    assert pinyin.initials("张建国") == "zjg"
    assert pinyin.initials("单小雨") == "sxy"
    assert pinyin.initials("长孙无忌") == "zswj"


def test_order():
    names = [
        "章伟",
        "张伟",
        "詹静",
        "张敏",
        "曾强",
        "安然",
        "张卫国",
        "单雪",
        "丹增",
        "郑爽",
        "章敏",
    ]
    assert sorted(names, key=pinyin.sort_key) == [
        "安然",
        "丹增",
        "单雪",
        "曾强",
        "詹静",
        "张敏",
        "张伟",
        "张卫国",
        "章敏",
        "章伟",
        "郑爽",
    ]


def test_order_is_the_same_as_bytes():
    names = ["章伟", "张伟", "詹静", "\U00020bb7野", "John", "王\ue863"]
    keys = [pinyin.sort_key(name) for name in names]
    assert sorted(keys) == sorted(keys, key=lambda key: key.encode())


def test_the_table_covers_what_a_register_meets():
    known = sum(
        pinyin.character_readings(chr(point))[0] != chr(point) for point in range(0x4E00, 0x9FA6)
    )
    assert known > 20_880  # of 20 902; the rest are Japanese and Korean inventions
    assert pinyin.character_readings("\u4dae")[0] != "\u4dae"
    assert pinyin.character_readings("\U00020bb7") == ("ji",)
    assert resource("pinyin.csv").stat().st_size < 1_000_000


def test_common_characters_agree_with_pypinyin():
    gb2312 = (
        bytes((high, low)).decode("gb2312")
        for high in range(0xB0, 0xD7)
        for low in range(0xA1, 0xFA)
    )
    differing = [c for c in gb2312 if pinyin.character_readings(c)[0] != lazy_pinyin(c)[0]]
    assert set(differing) <= set("长都晟覃卜")


def test_surnames_are_sound():
    with resource("surnames.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    surnames = [row["surname"] for row in rows]
    assert len(set(surnames)) == len(surnames)
    assert sum(len(one) == 1 for one in surnames) >= 77
    assert sum(len(one) == 2 for one in surnames) >= 60
    for row in rows:
        for reading in (row["reading"], *filter(None, row["also"].split("|"))):
            assert len(reading.split()) == len(row["surname"])


def test_nothing_is_read_when_imported():
    code = (
        "import sys, lanling_desktop.standards.codes as c, lanling_desktop.standards.pinyin as p;"
        "assert c.table.cache_info().currsize == 0;"
        "assert p._lines.cache_info().currsize == 0;"
        "assert 'pypinyin' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
