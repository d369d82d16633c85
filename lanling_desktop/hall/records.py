"""Halls, meetings, who came, matters, what is to be done about them, notices, visitors."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import AnySelect, Dated, Record, column
from lanling_desktop.hall import rules
from lanling_desktop.places.records import Compound, InCommunity


def _hall(*, required: bool = True) -> Mapped[Any]:
    return column(
        Field(
            "议事厅",
            Kind.LINK,
            link="meeting_hall",
            required=required,
            pinned=True,
            width_mm=40,
            aliases=("红色议事厅", "小区", "小区名称", "所在小区"),
        )
    )


def _following(session: Session, taken: AnySelect, kind: Any, year: str, digits: int) -> str:
    """The next number of a year, YYYY-NN, counting those this flush is about to write too."""
    kept = [row[0] for row in session.execute(taken)]
    kept += [each.serial for each in session.new if isinstance(each, kind)]
    numbers = [
        int(said[5:]) for said in kept if said and said[:5] == f"{year}-" and said[5:].isdigit()
    ]
    return f"{year}-{max(numbers, default=0) + 1:0{digits}d}"


def _meeting() -> Mapped[Any]:
    return column(
        Field("会议", Kind.LINK, link="hall_meeting", required=True, pinned=True, width_mm=50)
    )


class MeetingHall(InCommunity, Dated, Record):
    """红色议事厅 of a compound, with its fixed day of the month."""

    __tablename__ = "meeting_hall"

    name: Mapped[str | None] = column(
        Field(
            "议事厅名称",
            search=True,
            key=1,
            width_mm=44,
            aliases=("议事厅",),
            help="不填就叫“小区名＋红色议事厅”",
        )
    )
    compound_id: Mapped[str | None] = column(
        Field("所在小区", Kind.LINK, link="compound", width_mm=36, aliases=("小区",))
    )
    place: Mapped[str | None] = column(Field("议事地点", width_mm=40, aliases=("地点",)))
    branch_id: Mapped[str | None] = column(
        Field(
            "责任党支部",
            Kind.LINK,
            link="party_organisation",
            width_mm=44,
            aliases=("党支部", "所属党支部"),
        )
    )
    fixed_day: Mapped[int | None] = column(
        Field(
            "固定议事日",
            Kind.INTEGER,
            required=True,
            width_mm=20,
            help="每月几日，填 1 至 31，如 15 或 每月15日；逢法定假日顺延到节后第一个工作日",
            aliases=("议事日", "每月议事日"),
        )
    )
    start_time: Mapped[str | None] = column(Field("开会时间", Kind.TIME, width_mm=18))
    chair: Mapped[str | None] = column(Field("主持人", Kind.NAME, width_mm=18))
    recorder: Mapped[str | None] = column(Field("记录人", Kind.NAME, width_mm=18))
    members: Mapped[int | None] = column(
        Field(
            "议事成员数", Kind.INTEGER, width_mm=18, help="表决时按它的过半数算", aliases=("应到",)
        )
    )
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))

    def derive(self, session: Session) -> None:
        """Call it after its compound; belong to the compound's community."""
        compound = session.get(Compound, self.compound_id) if self.compound_id else None
        if compound is not None:
            self.name = self.name or rules.hall_name(compound.name or "")
            self.community_id = self.community_id or compound.community_id


class HallMeeting(InCommunity, Record):
    """One meeting of a hall. Its minutes are numbered and closed when `finalised_on` is set."""

    __tablename__ = "hall_meeting"
    title_column = "title"
    __table_args__ = (Index(None, "hall_id", "planned_on"),)

    hall_id: Mapped[str | None] = _hall()
    serial: Mapped[str | None] = column(
        Field("届次", width_mm=18, computed=True, help="年份和当年第几次，由程序编号")
    )
    title: Mapped[str | None] = column(Field("会议名称", computed=True, search=True, width_mm=60))
    kind: Mapped[str | None] = column(
        Field("会议类型", Kind.CHOICE, required=True, choices=rules.MEETING_KINDS, width_mm=16)
    )
    planned_on: Mapped[date | None] = column(
        Field(
            "计划日期",
            Kind.DATE,
            required=True,
            width_mm=22,
            aliases=("会议日期", "召开日期", "议事日期", "日期", "时间"),
        )
    )
    held_on: Mapped[date | None] = column(Field("召开日期", Kind.DATE, width_mm=22))
    start_time: Mapped[str | None] = column(Field("开始时间", Kind.TIME, width_mm=16))
    end_time: Mapped[str | None] = column(Field("结束时间", Kind.TIME, width_mm=16))
    place: Mapped[str | None] = column(Field("地点", width_mm=36, aliases=("会议地点", "议事地点")))
    chair: Mapped[str | None] = column(
        Field("主持人", Kind.NAME, search=True, width_mm=18, aliases=("主持",))
    )
    recorder: Mapped[str | None] = column(
        Field("记录人", Kind.NAME, width_mm=18, aliases=("记录",))
    )
    should_attend: Mapped[int | None] = column(
        Field("应到人数", Kind.INTEGER, width_mm=16, aliases=("应到",))
    )
    attended: Mapped[int | None] = column(
        Field(
            "实到人数",
            Kind.INTEGER,
            width_mm=16,
            aliases=("实到", "参会人数"),
            help="逐人点名的会议由程序计数",
        )
    )
    status: Mapped[str | None] = column(
        Field("会议状态", Kind.CHOICE, required=True, choices=rules.MEETING_STATES, width_mm=16)
    )
    status_reason: Mapped[str | None] = column(Field("延期或取消原因", width_mm=40))
    other: Mapped[str | None] = column(Field("其他事项", Kind.LONG_TEXT, width_mm=60))
    minutes_no: Mapped[str | None] = column(
        Field("纪要编号", width_mm=24, computed=True, search=True)
    )
    finalised_on: Mapped[date | None] = column(
        Field("定稿日期", Kind.DATE, width_mm=22, computed=True)
    )
    version: Mapped[int | None] = column(Field("版次", Kind.INTEGER, width_mm=12, computed=True))
    correcting: Mapped[str | None] = column(
        Field("正在更正", width_mm=40, computed=True, help="更正的理由；定稿后清空")
    )

    def derive(self, session: Session) -> None:
        """Compose the title; number the meeting within its hall and year."""
        hall = session.get(MeetingHall, self.hall_id) if self.hall_id else None
        if hall is not None and self.planned_on is not None:
            if not self.serial:
                mine = select(HallMeeting.serial).where(HallMeeting.hall_id == hall.id)
                self.serial = _following(session, mine, HallMeeting, str(self.planned_on.year), 2)
            self.title = rules.meeting_title(hall.name or "", self.serial)
            self.community_id = self.community_id or hall.community_id


class MinutesVersion(Record):
    """The minutes as they were closed: a frozen copy, of which the papers are drawn."""

    __tablename__ = "minutes_version"
    title_column = "number"

    meeting_id: Mapped[str | None] = _meeting()
    number: Mapped[str | None] = column(Field("纪要编号", width_mm=24))
    version: Mapped[int | None] = column(Field("版次", Kind.INTEGER, width_mm=12))
    closed_on: Mapped[date | None] = column(Field("定稿日期", Kind.DATE, width_mm=22))
    closed_by: Mapped[str | None] = column(Field("定稿人", width_mm=18))
    reason: Mapped[str | None] = column(Field("更正理由", width_mm=50))
    digest: Mapped[str | None] = column(Field("校验值", width_mm=30))
    content: Mapped[str | None] = mapped_column()  # JSON of hall.minutes.Minutes


class Attendee(Record):
    """Who is expected at a meeting, for which side, and whether he came."""

    __tablename__ = "attendee"

    meeting_id: Mapped[str | None] = _meeting()
    position: Mapped[int | None] = column(Field("次序", Kind.INTEGER, width_mm=12))
    name: Mapped[str | None] = column(
        Field("姓名", Kind.NAME, required=True, search=True, width_mm=18, aliases=("参会人员",))
    )
    side: Mapped[str | None] = column(
        Field("代表方面", Kind.CHOICE, required=True, choices=rules.SIDES, pinned=True, width_mm=26)
    )
    duty: Mapped[str | None] = column(Field("职务", width_mm=26))
    phone: Mapped[str | None] = column(
        Field("联系电话", Kind.PHONE, sensitive=True, width_mm=28, aliases=("电话", "手机"))
    )
    attendance: Mapped[str | None] = column(
        Field("出席情况", Kind.CHOICE, choices=rules.ATTENDANCE, width_mm=18)
    )
    reason: Mapped[str | None] = column(Field("缺席原因", width_mm=30, aliases=("请假原因",)))


class AgendaItem(Record):
    """议题: a matter of one meeting, what was said, what was decided."""

    __tablename__ = "agenda_item"
    title_column = "title"

    meeting_id: Mapped[str | None] = _meeting()
    number: Mapped[int | None] = column(Field("序号", Kind.INTEGER, width_mm=12))
    title: Mapped[str | None] = column(
        Field("议题", required=True, search=True, width_mm=60, aliases=("事项", "议题名称"))
    )
    source: Mapped[str | None] = column(
        Field("议题来源", Kind.CHOICE, choices=rules.SOURCES, pinned=True, width_mm=24)
    )
    category: Mapped[str | None] = column(
        Field("议题类别", Kind.CHOICE, choices="office:matter_category", width_mm=24)
    )
    proposer: Mapped[str | None] = column(
        Field("提出人", Kind.NAME, width_mm=18, aliases=("提议人", "反映人"))
    )
    household_id: Mapped[str | None] = column(
        Field("涉及户", Kind.LINK, link="household", width_mm=46)
    )
    building: Mapped[str | None] = column(Field("涉及楼栋", width_mm=24))
    description: Mapped[str | None] = column(Field("情况说明", Kind.LONG_TEXT, width_mm=60))
    recurring: Mapped[bool | None] = column(
        Field("每次都议", Kind.YES_NO, width_mm=16, help="新建下次会议时自动列入")
    )
    discussion: Mapped[str | None] = column(
        Field("讨论摘要", Kind.LONG_TEXT, width_mm=70, max_length=20_000, aliases=("讨论情况",))
    )
    decision: Mapped[str | None] = column(
        Field("议定意见", Kind.LONG_TEXT, width_mm=70, aliases=("决议", "处理意见"))
    )
    disposal: Mapped[str | None] = column(
        Field("处理方式", Kind.CHOICE, choices=rules.DISPOSALS, width_mm=20)
    )
    disposal_reason: Mapped[str | None] = column(Field("暂缓或不采纳理由", width_mm=40))
    vote_method: Mapped[str | None] = column(
        Field("表决方式", Kind.CHOICE, choices=rules.VOTE_METHODS, width_mm=18)
    )
    votes_for: Mapped[int | None] = column(Field("赞成", Kind.INTEGER, width_mm=12))
    votes_against: Mapped[int | None] = column(Field("反对", Kind.INTEGER, width_mm=12))
    votes_abstain: Mapped[int | None] = column(Field("弃权", Kind.INTEGER, width_mm=12))
    action_item_id: Mapped[str | None] = column(
        Field(
            "台账事项",
            Kind.LINK,
            link="action_item",
            width_mm=60,
            help="议出来的事项，或上次遗留下来接着议的事项",
        )
    )


class ActionItem(InCommunity, Record):
    """议事台账: a matter that somebody has to do something about, until it is struck off."""

    __tablename__ = "action_item"
    title_column = "title"
    __table_args__ = (Index(None, "status", "due_on"),)

    serial: Mapped[str | None] = column(
        Field("台账编号", key=1, search=True, width_mm=26, aliases=("编号",))
    )
    hall_id: Mapped[str | None] = _hall()
    title: Mapped[str | None] = column(
        Field("事项", required=True, search=True, width_mm=60, aliases=("议定事项", "议题"))
    )
    raised_on: Mapped[date | None] = column(
        Field("议定日期", Kind.DATE, required=True, width_mm=22, pinned=True, aliases=("登记日期",))
    )
    measure: Mapped[str | None] = column(
        Field("办理措施", Kind.LONG_TEXT, width_mm=60, aliases=("措施", "议定意见"))
    )
    lead_unit: Mapped[str | None] = column(
        Field("牵头单位", width_mm=36, aliases=("责任单位", "承办单位"))
    )
    responsible: Mapped[str | None] = column(
        Field("责任人", Kind.NAME, required=True, search=True, width_mm=18, aliases=("负责人",))
    )
    co_units: Mapped[str | None] = column(Field("配合单位", width_mm=36))
    due_on: Mapped[date | None] = column(
        Field("完成时限", Kind.DATE, width_mm=22, aliases=("办理时限", "完成日期", "时限"))
    )
    due_steps: Mapped[str | None] = column(
        Field("时限怎么算的", Kind.LONG_TEXT, width_mm=60, computed=True)
    )
    status: Mapped[str | None] = column(
        Field(
            "办理状态",
            Kind.CHOICE,
            required=True,
            choices=rules.STATES,
            meanings=rules.STATES_IN_SHEETS,
            width_mm=18,
            aliases=("状态", "办理情况", "进度"),
        )
    )
    result: Mapped[str | None] = column(
        Field("办理结果", Kind.LONG_TEXT, width_mm=60, aliases=("结果",))
    )
    finished_on: Mapped[date | None] = column(
        Field("办结日期", Kind.DATE, width_mm=22, aliases=("完成时间",))
    )
    verified_by: Mapped[str | None] = column(Field("核实人", Kind.NAME, width_mm=18))
    verified_on: Mapped[date | None] = column(
        Field("销号日期", Kind.DATE, width_mm=22, aliases=("核实日期",))
    )
    satisfied: Mapped[str | None] = column(
        Field(
            "群众评价",
            Kind.CHOICE,
            choices=rules.SATISFACTION,
            meanings=(("非常满意", rules.SATISFACTION[0]), ("一般", rules.SATISFACTION[1])),
            width_mm=18,
            help="回访问到了才填",
            aliases=("满意度", "群众满意度", "反映人评价"),
        )
    )
    deferred_reason: Mapped[str | None] = column(Field("挂账理由", width_mm=40))
    publicity_id: Mapped[str | None] = column(
        Field("公示", Kind.LINK, link="publicity", width_mm=40)
    )

    def derive(self, session: Session) -> None:
        """Number the matter within its hall and year; belong to the hall's community."""
        hall = session.get(MeetingHall, self.hall_id) if self.hall_id else None
        if hall is not None and self.raised_on is not None:
            if not self.serial:
                year = str(self.raised_on.year)
                self.serial = _following(session, select(ActionItem.serial), ActionItem, year, 4)
            self.community_id = self.community_id or hall.community_id


class FollowUp(Record):
    """What happened to a matter on a day: progress, an extension, a return, its end."""

    __tablename__ = "follow_up"
    title_column = "note"

    action_item_id: Mapped[str | None] = column(
        Field("事项", Kind.LINK, link="action_item", required=True, width_mm=60)
    )
    made_on: Mapped[date | None] = column(Field("日期", Kind.DATE, required=True, width_mm=22))
    kind: Mapped[str | None] = column(
        Field("跟进类别", Kind.CHOICE, required=True, choices=rules.FOLLOW_UPS, width_mm=18)
    )
    note: Mapped[str | None] = column(Field("进展情况", Kind.LONG_TEXT, required=True, width_mm=70))
    made_by: Mapped[str | None] = column(Field("经办人", Kind.NAME, width_mm=18))
    new_due_on: Mapped[date | None] = column(Field("新的时限", Kind.DATE, width_mm=22))
    approver: Mapped[str | None] = column(Field("批准人", Kind.NAME, width_mm=18))
    meeting_id: Mapped[str | None] = column(
        Field("在哪次会上", Kind.LINK, link="hall_meeting", width_mm=50)
    )


class Publicity(InCommunity, Record):
    """公示: what was posted where, from when to when, and what was said against it."""

    __tablename__ = "publicity"
    title_column = "title"

    title: Mapped[str | None] = column(Field("公示标题", required=True, search=True, width_mm=60))
    meeting_id: Mapped[str | None] = column(
        Field("会议", Kind.LINK, link="hall_meeting", pinned=True, width_mm=50)
    )
    place: Mapped[str | None] = column(Field("公示地点", width_mm=36, pinned=True))
    posted_on: Mapped[date | None] = column(
        Field("公示起始", Kind.DATE, required=True, width_mm=22)
    )
    posted_to: Mapped[date | None] = column(
        Field("公示截止", Kind.DATE, width_mm=22, help="不填按 7 天算")
    )
    objections: Mapped[str | None] = column(Field("反馈意见", Kind.LONG_TEXT, width_mm=60))
    handled: Mapped[str | None] = column(Field("意见处理", Kind.LONG_TEXT, width_mm=60))


class VisitorReception(InCommunity, Record):
    """来访登记: who came with what, who heard him, which matter it became."""

    __tablename__ = "visitor_reception"
    title_column = "name"

    visited_on: Mapped[date | None] = column(
        Field(
            "来访日期",
            Kind.DATE,
            required=True,
            width_mm=22,
            pinned=True,
            aliases=("日期", "来访时间", "接待日期"),
        )
    )
    hall_id: Mapped[str | None] = _hall(required=False)
    name: Mapped[str | None] = column(
        Field(
            "来访人",
            Kind.NAME,
            required=True,
            search=True,
            width_mm=18,
            aliases=("姓名", "来访人姓名"),
        )
    )
    phone: Mapped[str | None] = column(
        Field("联系电话", Kind.PHONE, sensitive=True, width_mm=28, aliases=("电话", "手机"))
    )
    address: Mapped[str | None] = column(Field("住址", sensitive=True, width_mm=46))
    people: Mapped[int | None] = column(
        Field("来访人次", Kind.INTEGER, width_mm=16, aliases=("人数", "人次"))
    )
    matter: Mapped[str | None] = column(
        Field(
            "来访事项",
            Kind.LONG_TEXT,
            required=True,
            search=True,
            width_mm=70,
            aliases=("事由", "反映问题", "诉求"),
        )
    )
    handler: Mapped[str | None] = column(
        Field("接待人", Kind.NAME, width_mm=18, pinned=True, aliases=("接待人员",))
    )
    outcome: Mapped[str | None] = column(
        Field("答复处理", Kind.LONG_TEXT, width_mm=60, aliases=("处理结果",))
    )
    agenda_item_id: Mapped[str | None] = column(
        Field("列为议题", Kind.LINK, link="agenda_item", width_mm=60)
    )

    def derive(self, session: Session) -> None:
        """One came where nothing else is said; the hall's community."""
        self.people = self.people if self.people is not None else 1
        hall = session.get(MeetingHall, self.hall_id) if self.hall_id else None
        if hall is not None:
            self.community_id = self.community_id or hall.community_id


class Phrase(Record):
    """常用语: a text that is put into minutes and notices with a few keys."""

    __tablename__ = "phrase"
    title_column = "name"

    name: Mapped[str | None] = column(Field("名称", required=True, search=True, key=1, width_mm=30))
    used_in: Mapped[str | None] = column(
        Field("用在", Kind.CHOICE, choices=rules.PHRASE_USES, required=True, width_mm=20)
    )
    words: Mapped[str | None] = column(Field("内容", Kind.LONG_TEXT, required=True, width_mm=90))
