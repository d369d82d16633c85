"""Schemes as data: the eleven published ones load, say what they lack, and differ by place."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.salary import scheme
from lanling_desktop.salary.comparing import compared
from lanling_desktop.salary.scheme import Scheme, dumped, empty_cells, examples, loaded


def example(key: str) -> Scheme:
    return loaded(next(p for p in examples() if key in p.name).read_text("utf-8"))


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_every_shipped_scheme_loads_is_marked_and_is_written_as_it_was(path) -> None:
    said = loaded(path.read_text("utf-8"))
    assert said.is_example
    assert said.name.startswith("示例")
    assert loaded(dumped(said)) == said


def test_there_are_the_eleven_and_only_the_invented_one_is_whole() -> None:
    assert len(examples()) == 12
    whole = {p.stem for p in examples() if not empty_cells(loaded(p.read_text("utf-8")))}
    assert whole == {"90-demo"}


def test_an_empty_cell_is_named() -> None:
    assert "正职第 8 级的系数" in empty_cells(example("xian"))
    with pytest.raises(OfficeError, match="正职第 8 级的系数还没有填"):
        example("xian").cell("正职", 8)


def test_two_schemes_differ_by_place() -> None:
    one = example("demo")
    rows = tuple(replace(r, value=Decimal("1.33")) if r.grade == 7 else r for r in one.grades)
    other = replace(one, grades=rows, tenure=replace(one.tenure, years_per_band=2))
    found = {each.place: (each.before, each.after) for each in compared(one, other)}
    assert found == {"各岗位 7 级": ("1.30", "1.33"), "年限 几年一档": ("3", "2")}
    longer = tuple(replace(r, value=r.value and r.value.quantize(Decimal("0.0001"))) for r in rows)
    assert not compared(one, one)
    assert not compared(other, replace(other, grades=longer))
    assert all(c.isascii() is False for each in compared(example("jinan"), example("hebei"))
               for c in each.place[:1])  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    ['{"name": 3}', "[]", "not json", '{"name": "甲", "wage": 1}',
     '{"name": "甲", "base": {"kind": "sideways"}}', '{"name": "甲", "concurrent_post": "NaN"}'],
)  # fmt: skip
def test_what_is_no_scheme_is_refused_in_words(broken: str) -> None:
    with pytest.raises(OfficeError) as refusal:
        loaded(broken)
    assert refusal.value.safe == "没有改动任何数据"


def test_figures_in_a_file_never_become_floats() -> None:
    said = json.loads(dumped(example("demo")))
    said["base"]["value"] = 0.1
    assert scheme.loaded(json.dumps(said)).base.value == Decimal("0.1")
