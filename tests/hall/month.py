"""A hall as the tests of many rooms have it: its roll, its meetings, matters that were decided."""

from __future__ import annotations

from datetime import date

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall import actions

ROLL = (
    ("赵建国", "社区党组织", "社区党委书记"),
    ("钱秀英", "小区党支部", "支部书记"),
    ("孙志强", "业委会", "主任"),
    ("李敏", "物业企业", "项目经理"),
    ("周玉兰", "居民代表", ""),
)


def hall(office: Office, **more: object) -> str:
    """A hall of 兰陵花园 that meets on the tenth of each month."""
    compound = office.save("compound", None, {"name": "兰陵花园"}).main
    typed = {
        "compound_id": compound,
        "fixed_day": "10",
        "place": "党群服务中心二楼",
        "start_time": "19:00",
        "chair": "赵建国",
        "recorder": "王敏",
        "members": "5",
    }
    return office.save("meeting_hall", None, typed | more).main


def meeting(office: Office, hall_id: str, day: date) -> str:
    """A meeting with its roll, on that day."""
    made = actions.open_meeting(office, hall_id=hall_id, planned_on=day).main
    if not people(office, made):
        for at, (name, side, duty) in enumerate(ROLL, 1):
            typed = {"meeting_id": made, "position": at, "name": name, "side": side, "duty": duty}
            office.save("attendee", None, typed)
    return made


def people(office: Office, meeting_id: str) -> dict[str, str]:
    """Ids of the roll by name."""
    view = View("attendee", parent=("meeting_id", meeting_id))
    return {row[1]: row[0] for row in office.page(view, 0, 300, keys=("name",))}


def matters(office: Office, meeting_id: str) -> dict[str, str]:
    """Ids of the agenda by title, in its order."""
    view = View("agenda_item", parent=("meeting_id", meeting_id))
    return {row[1]: row[0] for row in office.page(view, 0, 300, keys=("title",))}


def ledger(office: Office) -> dict[str, str]:
    """Ids of the ledger's lines by title."""
    return {row[1]: row[0] for row in office.page(View("action_item"), 0, 300, keys=("title",))}


def held(office: Office, hall_id: str, day: date) -> str:
    """A meeting held, with three matters: solved at once, with a day, passed on; minutes closed."""
    made = meeting(office, hall_id, day)
    for title in ("楼道堆放杂物", "路灯不亮", "雨水管网改造"):
        actions.raise_matter(office, meeting_id=made, title=title, source="居民来访")
    actions.hold_meeting(office, meeting_id=made, held_on=day, end_time="20:40")
    actions.mark_unmarked_present(office, meeting_id=made)
    ids = matters(office, made)
    actions.decide(
        office, agenda_item_id=ids["楼道堆放杂物"], disposal="当场解决", decision="物业当天清走"
    )
    actions.decide(
        office,
        agenda_item_id=ids["路灯不亮"],
        disposal="限期解决",
        decision="更换 3 盏路灯",
        responsible="李敏",
        workdays=10,
    )
    actions.decide(
        office,
        agenda_item_id=ids["雨水管网改造"],
        disposal="转办",
        decision="报街道",
        lead_unit="卞庄街道城建办",
    )
    actions.finalise(office, meeting_id=made)
    return made
