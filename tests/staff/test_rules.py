"""What a personnel file refuses: two posts at once, two assessments of a year, leaving without a day."""

from __future__ import annotations

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office


@pytest.fixture
def worker(desk_office: Office) -> str:
    typed = {"person.name": "王芳", "hired_on": "2020-01-01"}
    return desk_office.save("community_worker", None, typed, confirmed=True).main


def test_who_left_says_when(desk_office: Office, worker: str) -> None:
    with pytest.raises(RejectedError, match="请填离职日期"):
        desk_office.save("community_worker", worker, {"status": "离职"}, confirmed=True)
    gone = {"status": "离职", "left_on": "2019-01-01"}
    with pytest.raises(RejectedError, match="早于聘用日期"):
        desk_office.save("community_worker", worker, gone, confirmed=True)


def test_one_post_at_a_time(desk_office: Office, worker: str) -> None:
    post = {"worker_id": worker, "post": "工作人员", "valid_from": "2020-01-01"}
    ended = desk_office.save("post_holding", None, post | {"valid_to": "2024-01-01"})
    second = post | {"post": "副职", "valid_from": "2023-12-31"}
    with pytest.raises(RejectedError, match="任职时间重叠"):
        desk_office.save("post_holding", None, second)
    assert desk_office.save("post_holding", None, second | {"valid_from": "2024-01-01"}) != ended


def test_one_assessment_a_year(desk_office: Office, worker: str) -> None:
    typed = {"worker_id": worker, "year": 2025, "result": "称职"}
    desk_office.save("worker_assessment", None, typed)
    with pytest.raises(RejectedError, match="这一年已有考核"):
        desk_office.save("worker_assessment", None, typed | {"result": "优秀"})
