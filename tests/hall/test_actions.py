"""A month at one hall through the one door: what a clerk does, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core import code_tables
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall import actions, follow_up, minutes, whole_sets
from tests.hall import month
from tests.office import state_of

TENTH = date(2026, 11, 10)


@pytest.fixture
def closed(desk_office: Office) -> tuple[Office, str, str]:
    hall = month.hall(desk_office)
    return desk_office, hall, month.held(desk_office, hall, TENTH)


def test_a_hall_is_called_after_its_compound(desk_office: Office) -> None:
    made = desk_office.read("meeting_hall", month.hall(desk_office))
    assert made["name"] == "兰陵花园红色议事厅"


def test_a_meeting_is_closed_numbered_and_frozen(closed: tuple[Office, str, str]) -> None:
    office, _, meeting = closed
    now = office.read("hall_meeting", meeting)
    assert now["minutes_no"] == "〔2026〕1号"
    assert now["title"] == "兰陵花园红色议事厅2026年第1次会议"
    said = minutes.minutes_of(office, meeting)
    assert (said.should_attend, said.attended, said.version) == (5, 5, 1)
    assert [each.disposal for each in said.topics] == ["当场解决", "限期解决", "转办"]
    assert said.topics[2].due_on == "2026-11-17", "five working days"
    before = state_of(office)
    item = month.matters(office, meeting)["路灯不亮"]
    person = month.people(office, meeting)["李敏"]
    for attempt in (
        lambda: office.save("agenda_item", item, {"discussion": "改一改"}),
        lambda: office.bin("agenda_item", item, "不要了"),
        lambda: office.save("attendee", person, {"attendance": "缺席"}),
        lambda: office.save("hall_meeting", meeting, {"place": "别处"}),
        lambda: actions.raise_matter(office, meeting_id=meeting, title="迟到的"),
        lambda: actions.finalise(office, meeting_id=meeting),
    ):
        with pytest.raises(OfficeError, match="已经定稿"):
            attempt()
    assert state_of(office) == before


def test_an_earlier_act_on_a_closed_meeting_is_not_undone(
    closed: tuple[Office, str, str],
) -> None:
    office, _, meeting = closed
    made = [
        each.seq
        for each in office.history("agenda_item", month.matters(office, meeting)["路灯不亮"])
    ]
    with pytest.raises(OfficeError, match="已经定稿"):
        office.undo(max(made))
    assert office.undo() is not None, "closing them is taken back by name"
    assert office.read("hall_meeting", meeting)["minutes_no"] is None
    office.save("agenda_item", month.matters(office, meeting)["路灯不亮"], {"discussion": "说过"})


def test_a_correction_is_a_version_and_the_first_stays(closed: tuple[Office, str, str]) -> None:
    office, _, meeting = closed
    with pytest.raises(RejectedError, match="理由"):
        actions.begin_correction(office, meeting_id=meeting, reason=" ")
    actions.begin_correction(office, meeting_id=meeting, reason="地点写错")
    office.save("hall_meeting", meeting, {"place": "小区凉亭"})
    actions.finalise(office, meeting_id=meeting)
    now = minutes.minutes_of(office, meeting)
    assert (now.version, now.place, now.reason, now.number) == (
        2,
        "小区凉亭",
        "地点写错",
        "〔2026〕1号",
    )
    first = minutes.minutes_of(office, meeting, version=1)
    assert first.place == "党群服务中心二楼"


def test_a_matter_needs_its_outcome(desk_office: Office) -> None:
    hall = month.hall(desk_office)
    meeting = month.meeting(desk_office, hall, TENTH)
    item = actions.raise_matter(desk_office, meeting_id=meeting, title="停车难").main
    for said, words in (
        ({"disposal": "限期解决", "decision": "划线"}, "责任人"),
        ({"disposal": "限期解决", "responsible": "李敏"}, "完成时限"),
        ({"disposal": "转办"}, "转给哪个单位"),
        ({"disposal": "不予采纳"}, "理由"),
        ({"disposal": "暂缓"}, "理由"),
        ({"disposal": "当场解决"}, "怎样解决"),
    ):
        with pytest.raises(RejectedError, match=words):
            actions.decide(desk_office, agenda_item_id=item, **said)
    actions.hold_meeting(desk_office, meeting_id=meeting, held_on=TENTH)
    with pytest.raises(RejectedError) as refused:
        actions.finalise(desk_office, meeting_id=meeting)
    said = [each.words for each in refused.value.problems]
    assert any("停车难" in each for each in said)
    assert any("还没有点名" in each for each in said)


def test_a_vote_needs_more_than_half_of_the_members(desk_office: Office) -> None:
    meeting = month.held(desk_office, month.hall(desk_office), date(2026, 10, 12))
    hall = desk_office.read("hall_meeting", meeting)["hall_id"]
    now = month.meeting(desk_office, hall, TENTH)
    item = actions.raise_matter(desk_office, meeting_id=now, title="划线").main
    decided = {"agenda_item_id": item, "disposal": "当场解决", "decision": "通过"}
    votes = {"vote_method": "举手", "votes_for": 2, "votes_against": 1, "votes_abstain": 0}
    with pytest.raises(RejectedError, match="半数"):
        actions.decide(desk_office, **decided, **votes)
    with pytest.raises(RejectedError, match="多于应到"):
        actions.decide(desk_office, **decided, **(votes | {"votes_for": 9}), confirmed=True)
    actions.decide(desk_office, **decided, **(votes | {"votes_for": 3}))


def test_the_next_meeting_comes_out_of_the_last(closed: tuple[Office, str, str]) -> None:
    office, hall, meeting = closed
    actions.begin_correction(office, meeting_id=meeting, reason="补议题")
    again = actions.raise_matter(office, meeting_id=meeting, title="党务财务公开", recurring=True)
    actions.decide(office, agenda_item_id=again.main, disposal="当场解决", decision="已公开")
    actions.finalise(office, meeting_id=meeting)
    proposed = actions.propose_day(office, hall)
    assert proposed.day == date(2026, 12, 10)
    made = actions.open_meeting(office, hall_id=hall).main
    said = minutes.minutes_of(office, made)
    assert [each.title for each in said.carried] == ["雨水管网改造", "路灯不亮"], "by deadline"
    assert [each.title for each in said.topics] == ["党务财务公开"]
    assert [(each.name, each.attendance) for each in said.people] == [
        (name, "") for name, _, _ in month.ROLL
    ]
    assert (said.place, said.chair, said.start_time) == ("党群服务中心二楼", "赵建国", "19:00")


def test_what_was_struck_off_since_is_told_at_the_next_meeting_and_only_there(
    closed: tuple[Office, str, str],
) -> None:
    office, hall, _ = closed
    item = month.ledger(office)["路灯不亮"]
    follow_up.close_action_item(office, item_id=item, result="换了 3 盏", verified_by="王敏")
    made = actions.open_meeting(office, hall_id=hall, planned_on=date(2026, 11, 23)).main
    said = minutes.minutes_of(office, made).carried
    assert [(each.title, each.status, each.progress) for each in said] == [
        ("雨水管网改造", "交办", ""),
        ("路灯不亮", "销号", "换了 3 盏"),
    ]
    actions.hold_meeting(office, meeting_id=made, held_on=date(2026, 11, 23))
    after = actions.open_meeting(office, hall_id=hall).main
    assert [each.title for each in minutes.minutes_of(office, after).carried] == ["雨水管网改造"]


def test_the_day_moves_off_a_holiday(desk_office: Office) -> None:
    hall = month.hall(desk_office, fixed_day="1")
    month.held(desk_office, hall, date(2025, 9, 1))
    from lanling_desktop.hall import rules
    from lanling_desktop.standards.workdays import shipped

    found = rules.next_day(1, date(2025, 9, 1), shipped())
    assert found.day == date(2025, 10, 9)
    assert "国庆" in found.steps[-1]
    assert rules.next_day(31, date(2026, 1, 5), shipped()).day.month == 2


def test_follow_up_to_the_end_and_back(closed: tuple[Office, str, str]) -> None:
    office, _, _ = closed
    item = month.ledger(office)["路灯不亮"]
    follow_up.report_progress(office, item_id=item, note="灯已订")
    assert office.read("action_item", item)["status"] == "办理中"
    with pytest.raises(RejectedError, match="批准人"):
        follow_up.extend(
            office, item_id=item, new_due_on=date(2026, 12, 20), reason="缺货", approver=""
        )
    with pytest.raises(RejectedError, match="延期"):
        office.save("action_item", item, {"due_on": "2026-12-20"})
    follow_up.extend(
        office, item_id=item, new_due_on=date(2026, 12, 20), reason="缺货", approver="赵建国"
    )
    with pytest.raises(RejectedError, match="核实人不能是责任人"):
        follow_up.close_action_item(office, item_id=item, result="换好了", verified_by="李敏")
    follow_up.finish(office, item_id=item, result="换好了")
    follow_up.close_action_item(office, item_id=item, verified_by="王敏")
    now = office.read("action_item", item)
    assert (now["status"], now["result"], now["verified_by"]) == ("销号", "换好了", "王敏")
    with pytest.raises(OfficeError, match="不能延期"):
        follow_up.extend(
            office, item_id=item, new_due_on=date(2027, 1, 1), reason="再", approver="赵建国"
        )
    follow_up.reopen(office, item_id=item, reason="又不亮了", new_due_on=date(2027, 1, 4))
    kinds = [line[1] for line in follow_up.history_of(office, item)]
    assert sorted(kinds) == sorted(["会上议", "进展", "延期", "办结待核", "销号", "退回重办"])
    assert office.read("action_item", item)["finished_on"] is None


def test_what_is_put_off_stays_on_the_long_list(desk_office: Office) -> None:
    meeting = month.meeting(desk_office, month.hall(desk_office), TENTH)
    item = actions.raise_matter(desk_office, meeting_id=meeting, title="加装电梯").main
    actions.decide(desk_office, agenda_item_id=item, disposal="暂缓", reason="等政策")
    line = desk_office.read("action_item", month.ledger(desk_office)["加装电梯"])
    assert (line["status"], line["deferred_reason"], line["due_on"]) == ("挂账", "等政策", None)
    assert desk_office.count(View("action_item", ready="overdue")) == 0
    actions.decide(desk_office, agenda_item_id=item, disposal="当场解决", decision="有政策了")
    assert desk_office.count(View("action_item")) == 0, "its line went to the recycle bin"


def test_a_visitor_becomes_a_matter(desk_office: Office) -> None:
    meeting = month.meeting(desk_office, month.hall(desk_office), TENTH)
    visit = desk_office.save(
        "visitor_reception",
        None,
        {"visited_on": "2026-11-3", "name": "周玉兰", "matter": "三号楼单元门坏了"},
    ).main
    item = actions.raise_visitor_matter(desk_office, visitor_id=visit, meeting_id=meeting).main
    said = desk_office.read("agenda_item", item)
    assert (said["title"], said["source"], said["proposer"]) == (
        "三号楼单元门坏了",
        "居民来访",
        "周玉兰",
    )
    assert desk_office.read("visitor_reception", visit)["agenda_item_id"] == item
    assert desk_office.read("visitor_reception", visit)["people"] == 1


def test_what_was_decided_is_posted_for_seven_days(closed: tuple[Office, str, str]) -> None:
    office, _, meeting = closed
    posted = follow_up.publish(office, meeting_id=meeting, posted_on=date(2026, 11, 11)).main
    assert office.read("publicity", posted)["posted_to"] == date(2026, 11, 17)
    assert office.read("action_item", month.ledger(office)["路灯不亮"])["publicity_id"] == posted


def test_what_people_say_of_a_matter_is_asked_after_it_is_done(
    closed: tuple[Office, str, str],
) -> None:
    office, _, _ = closed
    item = month.ledger(office)["路灯不亮"]
    follow_up.finish(office, item_id=item, result="换了 3 盏")
    follow_up.close_action_item(office, item_id=item, verified_by="赵建国")
    offered = {
        p.key
        for p in office.registers["action_item"].procedures
        if p.offered(office.read("action_item", item).values)
    }
    assert "satisfied" in offered
    office.perform("action_item", item, "satisfied", {"satisfied": "非常满意"})
    assert office.read("action_item", item)["satisfied"] == "满意"
    office.undo()
    assert office.read("action_item", item)["satisfied"] is None
    with pytest.raises(RejectedError, match="群众评价"):
        office.perform("action_item", item, "satisfied", {"satisfied": ""})


def test_what_people_said_does_not_outlive_a_matter_sent_back(
    closed: tuple[Office, str, str],
) -> None:
    office, _, _ = closed
    item = month.ledger(office)["路灯不亮"]
    follow_up.finish(office, item_id=item, result="换了 3 盏")
    follow_up.close_action_item(office, item_id=item, verified_by="赵建国", satisfied="满意")
    follow_up.reopen(office, item_id=item, reason="又不亮了", new_due_on=date(2026, 12, 20))
    follow_up.finish(office, item_id=item, result="换了线路")
    follow_up.close_action_item(office, item_id=item, verified_by="赵建国")
    assert office.read("action_item", item)["satisfied"] is None, "nobody was asked again"


def test_the_agenda_is_put_in_another_order_and_back(desk_office: Office) -> None:
    hall = month.hall(desk_office)
    month.held(desk_office, hall, date(2026, 10, 10))
    made = month.meeting(desk_office, hall, date(2026, 11, 10))
    for title in ("停车难", "门禁更换"):
        actions.raise_matter(desk_office, meeting_id=made, title=title)
    before = list(month.matters(desk_office, made))
    assert before[-2:] == ["停车难", "门禁更换"]
    last = month.matters(desk_office, made)["门禁更换"]
    assert actions.move_matter(desk_office, item_id=last, by=-1) is not None
    assert list(month.matters(desk_office, made))[-2:] == ["门禁更换", "停车难"]
    assert actions.move_matter(desk_office, item_id=last, by=-1) is None, "not above the carried"
    numbers = [
        desk_office.read("agenda_item", each)["number"]
        for each in month.matters(desk_office, made).values()
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    desk_office.undo()
    assert list(month.matters(desk_office, made)) == before


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("已办结", "办结待核"),
        ("正在办理", "办理中"),
        ("结案", "销号"),
        ("长期推进", "挂账"),
        ("已交办", "交办"),
        ("办理中", "办理中"),
    ],
)
def test_a_ledgers_own_words_for_a_state_are_understood(
    desk_office: Office, said: str, meant: str
) -> None:
    prepared = desk_office.prepare("action_item", {"status": said})
    assert prepared.values["status"] == meant
    assert (said == meant) == (not prepared.notes)


def test_how_long_papers_are_kept_is_the_offices_to_say(closed: tuple[Office, str, str]) -> None:
    office = closed[0]
    terms = whole_sets.kept_for(office)
    assert (terms["会议记录"], terms["会议通知"]) == ("永久", "10年")
    code_tables.put(office, key="retention_10", words="议题单、公示、公示照片页")
    code_tables.put(office, key="retention_30", words="会议通知")
    assert whole_sets.kept_for(office)["会议通知"] == "30年"
