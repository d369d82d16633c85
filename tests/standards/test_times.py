"""Times of day as they are typed."""

from __future__ import annotations

import datetime

import pytest

from lanling_desktop.standards import times


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("19:30", "19:30"), ("１９：３０", "19:30"), ("1930", "19:30"), ("930", "09:30"),
        ("9", "09:00"), ("9点", "09:00"), ("9点半", "09:30"), ("晚上7点半", "19:30"),
        ("下午2:05", "14:05"), ("中午12点", "12:00"), ("上午 9 时 5 分", "09:05"),
        ("19:30:00", "19:30"), (0.8125, "19:30"), (datetime.time(8, 5), "08:05"),
        (datetime.datetime(2026, 1, 2, 8, 5, tzinfo=datetime.UTC), "08:05"),
    ],
)  # fmt: skip
def test_read(typed: object, kept: str) -> None:
    assert times.parse(typed) == kept


@pytest.mark.parametrize("typed", ["", "25:00", "9:75", "明天", "19:30到21:00", "193000", 3.5])
def test_refused(typed: object) -> None:
    assert times.parse(typed) is None
