"""办理 with the personnel file: what each act changes, refuses, and gives back when undone."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from tests.office import state_of


@pytest.fixture
def worker(desk_office: Office) -> str:
    typed = {"person.name": "王芳", "hired_on": "2020-01-01", "contract_to": "2026-12-31"}
    made = desk_office.save("community_worker", None, typed, confirmed=True).main
    post = {"worker_id": made, "post": "工作人员", "title": "网格专干", "valid_from": "2020-01-01"}
    desk_office.save("post_holding", None, post)
    return made


OF_ALL = ("correct", "keep_longer", "destroy")  # the rights of people, tests/privacy


def offered(office: Office, register: str, record: str) -> list[str]:
    values = office.read(register, record).values
    every = office.registers[register].procedures
    return [each.key for each in every if each.offered(values) and each.key not in OF_ALL]


def posts(office: Office, worker: str, day: date | None = None) -> list[tuple[str, ...]]:
    keys = ("post", "title", "valid_from", "valid_to")
    view = View("post_holding", parent=("worker_id", worker), day=day)
    return sorted(row[1:] for row in office.walk(view, keys=keys))


def test_who_leaves_holds_no_post_any_more(desk_office: Office, worker: str) -> None:
    office, before = desk_office, state_of(desk_office)
    said = {"status": "离职", "day": "2026-11-01", "left_why": "个人原因"}
    office.perform("community_worker", worker, "leave", said)
    now = office.read("community_worker", worker)
    assert (now["status"], now["left_on"], now["left_why"]) == (
        "离职", date(2026, 11, 1), "个人原因"
    )  # fmt: skip
    assert now["post.title"] is None
    assert office.read("community_worker", worker, day=date(2026, 10, 31))["post.title"]
    assert offered(office, "community_worker", worker) == []
    office.undo()
    assert state_of(office) == before


def test_a_post_is_changed_on_a_day(desk_office: Office, worker: str) -> None:
    office = desk_office
    said = {"post": "副职", "title": "居委会副主任", "day": "2026-11-01"}
    office.perform("community_worker", worker, "change_post", said)
    assert office.read("community_worker", worker)["post.title"] == "居委会副主任"
    earlier = office.read("community_worker", worker, day=date(2026, 10, 31))
    assert earlier["post.title"] == "网格专干"
    assert offered(office, "community_worker", worker) == ["change_post", "renew_contract", "leave"]


def test_another_community_goes_with_the_post(desk_office: Office, worker: str) -> None:
    office = desk_office
    other = office.save("community", None, {"name": "东苑社区"}).main
    said = {"post": "正职", "day": "2026-11-01", "community_id": other}
    office.perform("community_worker", worker, "change_post", said)
    assert office.read("community_worker", worker)["community_id"] == other


def test_no_post_ends_before_it_began(desk_office: Office, worker: str) -> None:
    before = state_of(desk_office)
    said = {"post": "副职", "day": "2019-01-01"}
    with pytest.raises(RejectedError, match="现任岗位从 2020-01-01 起"):
        desk_office.perform("community_worker", worker, "change_post", said)
    assert state_of(desk_office) == before


def test_a_contract_is_renewed_for_later(desk_office: Office, worker: str) -> None:
    office = desk_office
    said = {"contract": "劳动合同", "contract_to": "2026-12-31"}
    with pytest.raises(RejectedError, match="续签的应晚于这一天"):
        office.perform("community_worker", worker, "renew_contract", said)
    office.perform(
        "community_worker", worker, "renew_contract", said | {"contract_to": "2029.12.31"}
    )
    assert office.read("community_worker", worker)["contract_to"] == date(2029, 12, 31)


def test_a_trial_ends(desk_office: Office, worker: str) -> None:
    office = desk_office
    office.save("community_worker", worker, {"status": "试用"}, confirmed=True)
    assert "confirm" in offered(office, "community_worker", worker)
    office.perform("community_worker", worker, "confirm", {"day": "2026-11-01"})
    assert office.read("community_worker", worker)["status"] == "在职"
    rows = office.walk(View("post_holding", parent=("worker_id", worker)), keys=("probation_to",))
    assert [row[1] for row in rows] == ["2026-11-01"]


def test_a_red_secretary_goes_back(desk_office: Office) -> None:
    office = desk_office
    typed = {"person.name": "李强", "unit": "县财政局", "valid_from": "2025-01-01"}
    sent = office.save("red_secretary", None, typed, confirmed=True).main
    with pytest.raises(RejectedError, match="离任的请填终止日期"):
        office.save("red_secretary", sent, {"status": "离任"}, confirmed=True)
    with pytest.raises(RejectedError, match="应为轮换或离任"):
        office.save("red_secretary", sent, {"valid_to": "2026-11-01"}, confirmed=True)
    office.perform("red_secretary", sent, "end", {"status": "轮换", "day": "2026-11-01"})
    now = office.read("red_secretary", sent)
    assert (now["status"], now["valid_to"]) == ("轮换", date(2026, 11, 1))
    assert offered(office, "red_secretary", sent) == []
