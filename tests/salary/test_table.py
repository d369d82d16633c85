"""A scheme as tables: whatever is typed is read or named, and what is not touched stays."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.salary import schemes
from lanling_desktop.salary.scheme import Scheme, empty_cells, examples, loaded
from lanling_desktop.salary.table import State, Working
from tests.salary.payroll import adopt

SCHEMES = {path.stem: loaded(path.read_text("utf-8")) for path in examples()}
DEMO = SCHEMES["90-demo"]


@pytest.mark.parametrize("name", SCHEMES)
def test_what_a_scheme_shows_typed_again_changes_nothing(name: str) -> None:
    working = Working(SCHEMES[name])
    for rule in working.rules():
        assert working.put(rule.place, rule.text) == "", rule
    for post in working.posts:
        for grade in range(1, working.grades + 1):
            shown = working.cell(post, grade)
            if shown.state is State.OWN:
                assert working.put(("grades", post, str(grade)), shown.text) == ""
    assert not working.changed
    assert working.built() == SCHEMES[name]


def test_the_grid_knows_own_common_unknown_and_outside() -> None:
    working = Working(DEMO)
    assert working.posts == ("", "正职", "副职", "工作人员")
    assert working.cell("正职", 7).state is State.COMMON
    assert working.cell("正职", 6).state is State.OUTSIDE
    assert working.put(("grades", "正职", "7"), "1.5") == ""
    assert working.cell("正职", 7) == type(working.cell("正职", 7))("1.5", State.OWN)
    assert working.built().cell("正职", 7) == Decimal("1.5")
    assert working.built().cell("副职", 7) == DEMO.cell("副职", 7)
    working.put(("grades", "", "18"), "")
    assert working.cell("正职", 18).state is State.UNKNOWN, "empty is unknown, not nought"
    assert "正职第 18 级的系数" in empty_cells(working.built())
    assert "没有 6 级" in working.put(("grades", "正职", "6"), "1")


def test_bad_words_are_named_by_cell_and_stay() -> None:
    working = Working(DEMO)
    assert "不是一个数" in working.put(("grades", "", "3"), "一点一")
    assert "不能是 0" in working.put(("grades", "", "4"), "0")
    assert "只能填" in working.put(("base", "kind"), "随便")
    assert working.cell("", 3).text == "一点一"
    assert working.changed
    with pytest.raises(OfficeError, match=r"各岗位 3 级.*各岗位 4 级.*基数 方式"):
        working.built()
    again = Working(DEMO)
    again.resume(working.kept())
    assert again.problems == working.problems
    for place in list(working.problems):
        working.put(place, "1")
    assert working.built().base.kind == "fixed", "a switch is taken by its number"


def test_posts_come_and_go_and_their_grades_are_in_order() -> None:
    working = Working(Scheme("新方案", value_of_grade=None))
    assert working.put(("posts", "正职"), "1") == ""
    for key, typed in (("min", "7"), ("max", "１８"), ("entry", "5")):
        assert working.put(("posts", "正职", key), typed) == ""
    with pytest.raises(OfficeError, match="正职的最低、起点、最高等级"):
        working.built()
    working.put(("posts", "正职", "entry"), "7")
    assert (working.built().posts[0].min, working.built().posts[0].max) == (7, 18)
    working.put(("grades", "正职", "8"), "2")
    working.put(("posts", "正职"), "否")
    assert working.built().posts == working.built().grades == ()


def test_a_table_takes_a_word_away_by_nothing_said() -> None:
    working = Working(DEMO)
    working.put(("assessment", "优秀"), "无")
    working.put(("assessment", "合格"), "")
    assert dict(working.built().assessment)["合格"] is None
    assert "优秀" not in working.built().assessment
    assert "百分数不能超过 100" in working.put(("split", "performance_pct"), "101")
    assert "不是日期" in working.put(("effective_from",), "2026-02-30")
    assert working.put(("effective_from",), "2026年7月1日") == ""
    assert "不能空着" in working.put(("name",), " ")


@given(
    st.sampled_from([rule.place for rule in Working(DEMO).rules()] + [("grades", "", "5")]),
    st.text(max_size=12),
)
def test_nothing_typed_breaks_it(place: tuple[str, ...], typed: str) -> None:
    working = Working(DEMO)
    if working.put(place, typed):
        with pytest.raises(OfficeError):
            working.built()
    elif place[0] != "posts":
        assert loaded(json.dumps(working.kept()["said"])) == working.built()


def test_saved_as_one_act_and_refused_when_changed_meanwhile(desk_office: Office) -> None:
    made = schemes.load(desk_office, schemes.shipped_text("示例：西安")).main
    before = schemes.opened(desk_office, made)
    working = Working(before)
    working.put(("grades", "", "2"), "1.03")
    working.put(("doc_no",), "兰人社〔2026〕1号")
    schemes.save(desk_office, made, working.built(), before=before)
    assert schemes.opened(desk_office, made) == working.built()
    assert desk_office.read("salary_scheme", made)["doc_no"] == "兰人社〔2026〕1号"
    with pytest.raises(OfficeError, match="别处改过"):
        schemes.save(desk_office, made, before, before=before)
    desk_office.undo()
    assert schemes.opened(desk_office, made) == before


def test_a_scheme_in_force_lives_on_as_a_new_version(desk_office: Office) -> None:
    old = adopt(desk_office)
    said = schemes.opened(desk_office, old)
    with pytest.raises(OfficeError, match="已经启用"):
        schemes.save(desk_office, old, said, before=said)
    day = date(2026, 7, 1)
    new = desk_office.perform("salary_scheme", old, "new_version", {"day": day}).main
    made = schemes.opened(desk_office, new)
    assert (made.name, made.grades, made.effective_from) == (
        "本县方案（2026年7月1日起）", said.grades, "2026-07-01",
    )  # fmt: skip
    assert desk_office.read("salary_scheme", new)["status"] == "草稿"
    assert schemes.opened(desk_office, old) == said
    later = schemes.new_version(desk_office, new, day=date(2027, 1, 1)).main
    assert schemes.opened(desk_office, later).name == "本县方案（2027年1月1日起）"
