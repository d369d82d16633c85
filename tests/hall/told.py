"""A hall whose papers say something: two meetings with discussions, votes, follow-ups, a notice."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from lanling_desktop import catalogue
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall import actions, follow_up
from lanling_desktop.printing.paper import Job, Request, print_paper
from tests.hall.month import hall, ledger, matters, meeting, people

SEPTEMBER, OCTOBER = date(2026, 9, 10), date(2026, 10, 10)


def told(office: Office) -> tuple[str, str, str]:
    """The hall, its September meeting (closed), its October one (held, minutes open)."""
    hall_id = office.page(View("meeting_hall"), 0, 1)[0][0]
    second, first = (row[0] for row in office.page(View("hall_meeting"), 0, 2))
    return hall_id, first, second


def tell(office: Office) -> None:
    """Write it all into an office."""
    office.desk.put("unit", "向阳社区居民委员会")
    community = office.desk.get("community")
    office.save("community", community, {"office_phone": "0539-5211234"})
    where = hall(office, community_id=community)
    first = meeting(office, where, SEPTEMBER)
    office.save(
        "attendee",
        None,
        {"meeting_id": first, "position": 6, "name": "郑伟", "side": "民警", "duty": "社区民警"},
    )
    raised = {
        "楼道堆放杂物影响消防通道": ("居民来访", "消防安全", "周玉兰", "3号楼2单元"),
        "小区东门路灯不亮": ("网格上报", "公共设施", "李敏", "东门"),
        "雨水管网改造": ("12345", "公共设施", "钱秀英", ""),
        "设置宠物便桶": ("党组织提议", "环境卫生", "孙志强", ""),
    }
    for title, (source, category, proposer, building) in raised.items():
        actions.raise_matter(
            office,
            meeting_id=first,
            title=title,
            source=source,
            category=category,
            proposer=proposer,
            building=building,
        )
    actions.hold_meeting(office, meeting_id=first, held_on=SEPTEMBER, end_time="20:40")
    ids = people(office, first)
    actions.mark_attendance(office, meeting_id=first, marks={ids["郑伟"]: "列席"})
    actions.mark_attendance(
        office, meeting_id=first, marks={ids["孙志强"]: "请假"}, reason="外出培训"
    )
    actions.mark_unmarked_present(office, meeting_id=first)
    _decide(office, first)
    actions.finalise(office, meeting_id=first)
    follow_up.publish(office, meeting_id=first, posted_on=date(2026, 9, 11))
    lines = ledger(office)
    follow_up.report_progress(
        office,
        item_id=lines["小区东门路灯不亮"],
        note="已购置灯具，约定周五施工。",
        made_on=date(2026, 9, 15),
    )
    follow_up.close_action_item(
        office,
        item_id=lines["小区东门路灯不亮"],
        verified_by="钱秀英",
        result="更换3盏路灯，夜间照明恢复，居民表示满意。",
        finished_on=date(2026, 9, 18),
        verified_on=date(2026, 9, 20),
    )
    second = actions.open_meeting(office, hall_id=where, planned_on=OCTOBER).main
    actions.raise_matter(
        office, meeting_id=second, title="电动自行车飞线充电", source="居民来访", proposer="周玉兰"
    )
    actions.hold_meeting(office, meeting_id=second, held_on=OCTOBER, end_time="20:10")
    actions.mark_unmarked_present(office, meeting_id=second)
    follow_up.report_progress(
        office,
        item_id=lines["雨水管网改造"],
        note="街道已答复，列入2027年改造计划。",
        made_on=OCTOBER,
        meeting_id=second,
    )


def _decide(office: Office, meeting_id: str) -> None:
    ids = matters(office, meeting_id)
    actions.decide(
        office,
        agenda_item_id=ids["楼道堆放杂物影响消防通道"],
        disposal="当场解决",
        decision="物业当天清理3号楼2单元楼道，楼栋长每周巡查一次",
        discussion="周玉兰反映3号楼2单元楼道长期堆放纸箱和旧家具，居民出入不便，消防通道被占。\n"
        "物业李敏表示已两次张贴告知书，住户未清理；社区党委提出由党员楼栋长上门做工作，物业配合清运。",
    )
    actions.decide(
        office,
        agenda_item_id=ids["小区东门路灯不亮"],
        disposal="限期解决",
        decision="更换东门3盏路灯，费用从公共维修资金列支",
        discussion="东门3盏路灯损坏已有半月，晚间出入存在安全隐患。业主委员会委托物业询价，每盏约260元。",
        lead_unit="兰陵花园物业",
        responsible="李敏",
        co_units="业委会",
        workdays=10,
        vote_method="举手",
        votes_for=4,
        votes_against=0,
        votes_abstain=0,
    )
    actions.decide(
        office,
        agenda_item_id=ids["雨水管网改造"],
        disposal="转办",
        decision="报卞庄街道城建办，纳入老旧小区改造项目",
        lead_unit="卞庄街道城建办",
        due_on=date(2026, 9, 30),
    )
    actions.decide(
        office,
        agenda_item_id=ids["设置宠物便桶"],
        disposal="暂缓",
        decision="待业委会征求居民意见后再议",
        reason="选址意见不一致",
    )


def printed(office: Office, key: str, record_id: str = "", **arguments: str) -> bytes:
    """A paper's PDF."""
    paper = catalogue.papers()[key]
    edition = arguments.pop("edition", paper.editions[0])
    request = Request(record_id=record_id, edition=edition, arguments=arguments)
    return print_paper(office, paper, request).pdf


def drawn(office: Office, key: str, record_id: str = "") -> bytes:
    """A paper's PDF with nothing on it that changes from print to print."""
    paper = catalogue.papers()[key]
    request = Request(record_id=record_id, edition=paper.editions[0])
    unit = office.desk.get("unit", "")
    job = Job(request, "2026-00001", "0" * 8, office.today, office.today, unit, demo=False)
    out = BytesIO()
    paper.draw(office, job, out, None)
    return out.getvalue()
