import csv
from datetime import date
from itertools import pairwise

import pytest

from lanling_desktop.paths import resource
from lanling_desktop.standards import codes


@pytest.mark.parametrize("name", codes.TABLES)
def test_every_table_is_sound(name):
    table = codes.table(name)
    assert len({line.code for line in table}) == len(table)
    assert len(set(codes.words(name))) == len(table)
    said = [alias.upper() for line in table for alias in line.aliases]
    assert len(set(said)) == len(said)
    assert not set(said) & {word.upper() for word in codes.words(name)}
    for line in table:
        assert codes.match(name, line.name) == line.name
        assert codes.match(name, line.code) == line.name
        assert codes.match(name, f"{line.code} {line.name}") == line.name
        assert codes.code_of(name, line.name) == line.code
        for alias in line.aliases:
            assert codes.match(name, alias) == line.name


def test_sizes():
    assert len(codes.words("ethnicity")) == 58
    assert codes.words("sex") == ("男", "女")
    assert len(codes.words("political_status")) == 13
    assert codes.words("degree") == ("无", "学士", "硕士", "博士")


@pytest.mark.parametrize(
    ("name", "said", "word"),
    [
        ("sex", "男性", "男"),
        ("sex", "1", "男"),
        ("sex", "01", "男"),
        ("sex", "2.0", "女"),
        ("sex", "f", "女"),
        ("sex", "9", None),
        ("ethnicity", "01", "汉族"),
        ("ethnicity", "1", "汉族"),
        ("ethnicity", "汉", "汉族"),
        ("ethnicity", " 汉 族 ", "汉族"),
        ("ethnicity", "０１", "汉族"),
        ("ethnicity", "汉族(01)", "汉族"),
        ("ethnicity", "01、汉族", "汉族"),
        ("ethnicity", "02汉族", None),
        ("ethnicity", "毛难族", "毛南族"),
        ("ethnicity", "57", None),
        ("education", "本科", "大学本科毕业"),
        ("education", "大专", "大学专科毕业"),
        ("education", "高中", "普通高中毕业"),
        ("education", "21", "大学本科毕业"),
        ("education", "硕士研究生", "硕士研究生毕业"),
        ("education", "20", "大学本科教育"),
        ("political_status", "党员", "中共党员"),
        ("political_status", "预备党员", "中共预备党员"),
        ("political_status", "3", "共青团员"),
        ("household_relation", "儿子", "子"),
        ("household_relation", "二儿子", "次子"),
        ("household_relation", "户主", "户主"),
        ("household_relation", "1", None),
        ("household_relation", "01", "本人"),
        ("marriage", "离异", "离婚"),
        ("ethnicity", "", None),
        ("ethnicity", "胡说", None),
    ],
)
def test_match(name, said, word):
    assert codes.match(name, said) == word


@pytest.mark.parametrize(
    ("name", "typed", "first"),
    [
        ("ethnicity", "hz", "汉族"),
        ("ethnicity", "han", "汉族"),
        ("ethnicity", "01", "汉族"),
        ("ethnicity", "回", "回族"),
        ("education", "dxbk", "大学本科毕业"),
        ("education", "bk", "大学本科毕业"),
        ("education", "31", "大学专科毕业"),
        ("political_status", "gqt", "共青团员"),
        ("political_status", "ZGYB", "中共预备党员"),
        ("household_relation", "zz", "长子"),
        ("household_relation", "cz", "长子"),
        ("household_relation", "女婿", "女婿"),
        ("household_relation", "n", "女"),
        ("household_relation", "nx", "女婿"),
        ("household_relation", "z", "子"),
        ("household_relation", "q", "妻"),
        ("household_relation", "3", "女"),
        ("sex", "n", "男"),
    ],
)
def test_choice_boxes(name, typed, first):
    assert codes.initials_match(codes.words(name), typed)[0] == first


def test_choice_boxes_without_a_table():
    words = ("网格长", "专职网格员", "兼职网格员")
    assert codes.initials_match(words, "wgz") == ("网格长",)
    assert codes.initials_match(words, "网格") == words
    assert codes.initials_match(words, "") == words
    assert codes.initials_match(words, "qq") == ()
    assert codes.initials_match((), "q") == ()


def test_divisions():
    assert codes.division_name("371324", date(2014, 1, 20)) == "山东省临沂市兰陵县（原苍山县）"
    assert codes.division_name("371324", date(2014, 1, 21)) == "山东省临沂市兰陵县"
    assert codes.division_name("371302", date(2020, 1, 1)) == "山东省临沂市兰山区"
    assert codes.division_name("370000", date(2020, 1, 1)) == "山东省"
    assert codes.division_name("370100", date(2020, 1, 1)) == "山东省济南市"
    county = {d.name for d in codes.divisions() if d.code.startswith("3713")}
    assert len(county) == 14
    assert len({d.code for d in codes.divisions() if len(d.code) == 2}) == 34


def test_divisions_of_one_code_do_not_overlap():
    by_code: dict[str, list[codes.Division]] = {}
    for division in codes.divisions():
        assert division.valid_from <= division.valid_to
        by_code.setdefault(division.code, []).append(division)
    for same in by_code.values():
        same.sort(key=lambda d: d.valid_from)
        assert all(a.valid_to < b.valid_from for a, b in pairwise(same))


def test_unknown_tables_are_a_bug():
    with pytest.raises(KeyError):
        codes.table("nothing")


def test_files_have_whole_lines():
    for path in resource("codes").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name
