from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanling_desktop.printing.fonts import clean, typeface
from lanling_desktop.printing.text import NO_END, NO_START, Line, atoms, lay_out

SONG = typeface("song")
ALPHABET = "社区党员中心户金牛小网格一二三，。、；：？！（）《》“”‘’…—·％abcXYZ0123456789 .,()"
# marks that pile up to more than a line cannot all be kept off its ends
prose = st.lists(
    st.one_of(st.text("社区党员中心户", min_size=1, max_size=8), st.text(ALPHABET, max_size=3)),
    max_size=30,
).map("".join)


def joined(lines: list[Line]) -> str:
    return "".join(line.text for line in lines)


@settings(max_examples=300, deadline=None)
@given(prose, st.sampled_from([12, 16, 28, 40]))
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str, ems: int) -> None:
    if max(map(len, atoms(text)), default=0) >= ems - 1:
        return
    lines = lay_out(text, SONG, 10.0, ems * 10.0)
    for line in lines[1:]:
        assert line.text[:1] not in NO_START
    for line in lines[:-1]:
        assert line.text[-1:] not in NO_END


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET + "\n\t", max_size=120), st.integers(1, 30))
def test_nothing_is_lost_and_nothing_stands_out(text: str, ems: int) -> None:
    lines = lay_out(text, SONG, 10.0, ems * 10.0)
    assert "".join(joined(lines).split()) == "".join(clean(text).split())
    for line in lines:
        assert len(line.shifts) == len(line.text)
        assert line.width <= ems * 10.0 + 1e-3 or len(line.text) == 1


@settings(max_examples=200, deadline=None)
@given(prose)
def test_justified_lines_are_exactly_as_wide_as_asked(text: str) -> None:
    for line in lay_out(text, SONG, 10.0, 200.0):
        shifts = line.spaced(200.0, 10.0)
        if shifts is line.shifts:
            continue
        width = sum(map(SONG.em, line.text)) * 10.0 + sum(shifts) * 10.0
        assert width == pytest.approx(200.0) or width == pytest.approx(205.0)  # hanging half


def test_marks_that_meet_are_squeezed() -> None:
    loose = SONG.width("（中）、“文”。", 10.0)
    (line,) = lay_out("（中）、“文”。", SONG, 10.0, 500.0)
    assert line.width == pytest.approx(loose - 3 * 5.0)


def test_numbers_and_words_stay_whole() -> None:
    lines = lay_out("会议安排第一批资金260000.00元，由PartyBranch办理", SONG, 10.0, 105.0)
    said = [line.text for line in lines]
    assert any("260000.00" in line for line in said)
    assert any("PartyBranch" in line for line in said)


def test_a_run_longer_than_the_line_is_broken() -> None:
    lines = lay_out("1" * 100, SONG, 10.0, 60.0)
    assert joined(lines) == "1" * 100
    assert all(line.width <= 60.0 + 1e-3 for line in lines)


def test_words_are_not_spread_letter_by_letter() -> None:
    (first, *_) = lay_out("金牛社区abcdef金牛社区金牛社区金牛社区", SONG, 10.0, 123.0)
    start = first.text.index("a")
    assert not set(range(start + 1, start + 6)) & set(first.stretch)


def test_paragraphs_begin_indented() -> None:
    first, second = lay_out("金牛社区" * 4, SONG, 10.0, 100.0, first_indent=20.0)
    assert (first.indent, second.indent) == (20.0, 0.0)
    assert len(first.text) == 8


names = st.lists(st.text("赵钱孙李周吴郑王建国秀英（主任）", min_size=2, max_size=9), min_size=1)


@settings(max_examples=200, deadline=None)
@given(names, st.integers(3, 30))
def test_of_names_none_is_broken_that_fits_on_a_line(people: list[str], ems: int) -> None:
    text = "居民代表：" + "、".join(people)
    lines = lay_out(text, SONG, 10.0, ems * 10.0, names=True)
    assert joined(lines) == text
    whole = [each for each in people if len(each) + 1 <= ems]
    for each in whole:
        assert any(each in line.text for line in lines), (each, [line.text for line in lines])
