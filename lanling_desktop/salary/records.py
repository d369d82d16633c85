"""Pay schemes, grade decisions, what a month is paid from, the months paid and their lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.places.records import InCommunity
from lanling_desktop.salary import rules
from lanling_desktop.staff.rules import POSTS


def _worker(*, computed: bool = False) -> Mapped[Any]:
    return column(
        Field(
            "工作者",
            Kind.LINK,
            link="community_worker",
            required=True,
            computed=computed,
            width_mm=20,
            aliases=("工号", "姓名"),
        )
    )


def _month(*, computed: bool = False) -> Mapped[Any]:
    return column(
        Field(
            "月份",
            Kind.DATE,
            required=True,
            computed=computed,
            month_enough=True,
            pinned=True,
            width_mm=20,
            aliases=("所属月份", "年月", "工资月份"),
        ),
        index=True,
    )


def _money(label: str, *, computed: bool = False, width_mm: float = 20, **more: Any) -> Mapped[Any]:
    return column(Field(label, Kind.MONEY, width_mm=width_mm, computed=computed, **more))


class SalaryScheme(Dated, Record):
    """薪酬方案 by its document: posts, grades, coefficients and every switch, as one JSON text."""

    __tablename__ = "salary_scheme"

    name: Mapped[str | None] = column(
        Field("方案名称", required=True, search=True, key=1, width_mm=50)
    )
    doc_no: Mapped[str | None] = column(Field("文件编号", width_mm=40, aliases=("文号",)))
    issuer: Mapped[str | None] = column(Field("制定机关", width_mm=40))
    status: Mapped[str | None] = column(
        Field("方案状态", Kind.CHOICE, choices=rules.SCHEME_STATES, computed=True, width_mm=18)
    )
    is_example: Mapped[bool | None] = column(
        Field("示例", Kind.YES_NO, computed=True, width_mm=12, help="示例方案不能用来发工资")
    )
    content: Mapped[str | None] = mapped_column()  # JSON of salary.scheme.Scheme


class GradeDecision(Dated, Record):
    """岗位等级认定: what the rules gave, what was approved, by which document, from when."""

    __tablename__ = "grade_decision"
    title_column = "grade"
    __table_args__ = (Index(None, "worker_id", "valid_from"),)

    worker_id: Mapped[str | None] = _worker()
    scheme_id: Mapped[str | None] = column(
        Field("薪酬方案", Kind.LINK, link="salary_scheme", required=True, pinned=True, width_mm=40)
    )
    post: Mapped[str | None] = column(
        Field("岗位类别", Kind.CHOICE, choices=POSTS, required=True, width_mm=20)
    )
    computed_grade: Mapped[int | None] = column(
        Field("按规则应为", Kind.INTEGER, computed=True, width_mm=18)
    )
    grade: Mapped[int | None] = column(
        Field(
            "认定等级",
            Kind.INTEGER,
            required=True,
            least=1,
            width_mm=16,
            aliases=("岗位等级", "等级"),
        )
    )
    override_reason: Mapped[str | None] = column(
        Field("与规则不同的理由", width_mm=40, help="认定等级与规则算出的不同时必须写明")
    )
    decided_on: Mapped[date | None] = column(Field("认定日期", Kind.DATE, width_mm=22))
    doc_no: Mapped[str | None] = column(Field("批准文号", width_mm=36, aliases=("文号",)))
    steps: Mapped[str | None] = column(
        Field("怎么认定的", Kind.LONG_TEXT, computed=True, width_mm=70, max_length=20_000)
    )
    inputs: Mapped[str | None] = mapped_column()  # JSON of salary.grade.Facts

    def derive(self, session: Session) -> None:
        """What the rules give, when it was typed or imported without."""
        from lanling_desktop.salary.deciding import fill

        fill(self, session)


class ContributionRate(Dated, Record):
    """A rate of 五险一金 with its bounds, from a day to a day, as the document says it."""

    __tablename__ = "contribution_rate"
    title_column = "kind"

    kind: Mapped[str | None] = column(
        Field("险种", Kind.CHOICE, choices=rules.CONTRIBUTIONS, required=True, width_mm=20)
    )
    employer_pct: Mapped[str | None] = column(
        Field("单位比例", width_mm=18, help="百分数，如 16 或 0.7", aliases=("单位缴费比例",))
    )
    worker_pct: Mapped[str | None] = column(
        Field("个人比例", width_mm=18, help="百分数，如 8 或 0.3", aliases=("个人缴费比例",))
    )
    base_min: Mapped[int | None] = _money("基数下限", aliases=("缴费基数下限",))
    base_max: Mapped[int | None] = _money("基数上限", aliases=("缴费基数上限",))
    whole_yuan: Mapped[bool | None] = column(Field("缴存额取整到元", Kind.YES_NO, width_mm=22))
    doc_no: Mapped[str | None] = column(Field("依据文件", width_mm=40))


class ContributionBase(Dated, Record):
    """What a worker's contributions are counted from, from a day to a day."""

    __tablename__ = "contribution_base"
    title_column = "kind"

    worker_id: Mapped[str | None] = _worker()
    kind: Mapped[str | None] = column(
        Field(
            "基数类别",
            Kind.CHOICE,
            choices=rules.BASES,
            required=True,
            width_mm=22,
            aliases=("险种", "缴费类别"),
        )
    )
    base: Mapped[int | None] = _money("缴费基数", required=True, aliases=("基数", "缴存基数"))


class TaxDeduction(Dated, Record):
    """专项附加扣除 of a worker, by month, as he declared it."""

    __tablename__ = "tax_deduction"
    title_column = "kind"

    worker_id: Mapped[str | None] = _worker()
    kind: Mapped[str | None] = column(
        Field("扣除项目", Kind.CHOICE, choices=rules.ADDITIONAL, required=True, width_mm=28)
    )
    amount: Mapped[int | None] = _money("每月扣除额", required=True, aliases=("金额",))


class TaxOpening(Record):
    """A worker's tax year before the first month kept here, and the relief of 60,000."""

    __tablename__ = "tax_opening"
    title_column = "year"

    worker_id: Mapped[str | None] = _worker()
    year: Mapped[int | None] = column(
        Field("年度", Kind.INTEGER, required=True, pinned=True, width_mm=14)
    )
    months: Mapped[int | None] = column(Field("已计月数", Kind.INTEGER, width_mm=16))
    income: Mapped[int | None] = _money("累计收入")
    contributions: Mapped[int | None] = _money("累计专项扣除", help="本人缴纳的三险一金")
    additional: Mapped[int | None] = _money("累计专项附加扣除")
    withheld: Mapped[int | None] = _money("累计已扣个税")
    relief: Mapped[bool | None] = column(
        Field("一次扣除六万元", Kind.YES_NO, width_mm=22, help="上年全年在本单位且收入不超过六万元")
    )


class MonthItem(Record):
    """One more amount for a worker in a month: an allowance, a deduction, a fine, a prize."""

    __tablename__ = "pay_item"
    title_column = "kind"

    worker_id: Mapped[str | None] = _worker()
    month: Mapped[date | None] = _month()
    kind: Mapped[str | None] = column(
        Field("项目", Kind.CHOICE, choices=rules.ITEMS, required=True, width_mm=22)
    )
    amount: Mapped[int | None] = _money("金额", required=True)
    reason: Mapped[str | None] = column(Field("事由", required=True, width_mm=44))


class PerformanceScore(Record):
    """What a worker's performance pay of a month is multiplied by."""

    __tablename__ = "performance_score"
    title_column = "result"

    worker_id: Mapped[str | None] = _worker()
    month: Mapped[date | None] = _month()
    result: Mapped[str | None] = column(
        Field(
            "考核等次",
            Kind.CHOICE,
            choices=rules.SCORES,
            width_mm=20,
            aliases=("考核结果", "考核", "等次"),
        )
    )
    percent: Mapped[str | None] = column(
        Field(
            "发放比例",
            width_mm=18,
            help="百分数，如 100 或 95.5；填了它就不按等次算",
            aliases=("得分", "分数", "考核得分"),
        )
    )
    note: Mapped[str | None] = column(Field("说明", width_mm=40))


class PayAbsence(Dated, Record):
    """Days for which a worker is paid a part, or nothing: sick leave, leave without pay."""

    __tablename__ = "pay_absence"
    title_column = "kind"

    worker_id: Mapped[str | None] = _worker()
    kind: Mapped[str | None] = column(
        Field("假别", Kind.CHOICE, choices=rules.ABSENCES, required=True, width_mm=18)
    )
    percent: Mapped[str | None] = column(
        Field("发放比例", required=True, width_mm=18, help="百分数；不发填 0")
    )
    note: Mapped[str | None] = column(Field("说明", width_mm=40))


class PayRun(InCommunity, Record):
    """A month of pay. Closed when paid: with its own copy of the rules it was worked out by."""

    __tablename__ = "pay_run"
    title_column = "title"

    month: Mapped[date | None] = _month()
    batch: Mapped[str | None] = column(Field("批次", width_mm=20, help="同一个月分几次发的才填"))
    title: Mapped[str | None] = column(
        Field("工资月份", computed=True, search=True, width_mm=40, key=1)
    )
    status: Mapped[str | None] = column(
        Field("发放状态", Kind.CHOICE, choices=rules.RUN_STATES, computed=True, width_mm=18)
    )
    demo: Mapped[bool | None] = column(Field("演示", Kind.YES_NO, computed=True, width_mm=12))
    people: Mapped[int | None] = column(Field("人数", Kind.INTEGER, computed=True, width_mm=14))
    gross: Mapped[int | None] = _money("应发合计", computed=True, width_mm=28)
    deductions: Mapped[int | None] = _money("扣款合计", computed=True, width_mm=28)
    net: Mapped[int | None] = _money("实发合计", computed=True, width_mm=28)
    employer: Mapped[int | None] = _money("单位缴纳合计", computed=True, width_mm=28)
    made_by: Mapped[str | None] = column(Field("制表人", computed=True, width_mm=18))
    calculated_on: Mapped[date | None] = column(
        Field("核算日期", Kind.DATE, computed=True, width_mm=22)
    )
    reviewed_by: Mapped[str | None] = column(Field("审核人", computed=True, width_mm=18))
    reviewed_on: Mapped[date | None] = column(
        Field("审核日期", Kind.DATE, computed=True, width_mm=22)
    )
    approved_by: Mapped[str | None] = column(Field("审批人", computed=True, width_mm=18))
    approved_on: Mapped[date | None] = column(
        Field("审批日期", Kind.DATE, computed=True, width_mm=22)
    )
    paid_on: Mapped[date | None] = column(Field("发放日期", Kind.DATE, computed=True, width_mm=22))
    archived_on: Mapped[date | None] = column(
        Field("归档日期", Kind.DATE, computed=True, width_mm=22)
    )
    left_out: Mapped[str | None] = column(
        Field("没有认定等级、未列入", Kind.LONG_TEXT, computed=True, width_mm=40)
    )
    scope: Mapped[str | None] = column(
        Field("核算范围", computed=True, width_mm=40, max_length=1000, help="空着是全部人员")
    )
    chosen: Mapped[str | None] = mapped_column()  # JSON of salary.chosen.Chosen; None is everybody
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))
    digest: Mapped[str | None] = column(Field("校验值", computed=True, width_mm=30))
    rules_used: Mapped[str | None] = mapped_column()  # JSON: schemes, rates, tax table

    def derive(self, session: Session) -> None:
        """Call it after its month."""
        if self.month is not None:
            self.title = rules.run_title(self.month, self.batch)


class PaySlip(Record):
    """A worker's pay of a month, as worked out; `inputs` is all it was worked out from."""

    __tablename__ = "pay_slip"
    title_column = "name"
    __table_args__ = (Index(None, "run_id", "position"),)

    run_id: Mapped[str | None] = column(
        Field("工资月份", Kind.LINK, link="pay_run", required=True, computed=True, width_mm=30)
    )
    worker_id: Mapped[str | None] = _worker(computed=True)
    month: Mapped[date | None] = _month(computed=True)
    position: Mapped[int | None] = column(Field("序号", Kind.INTEGER, computed=True, width_mm=12))
    name: Mapped[str | None] = column(
        Field("姓名", Kind.NAME, search=True, computed=True, width_mm=18)
    )
    post: Mapped[str | None] = column(Field("岗位", computed=True, width_mm=18))
    grade: Mapped[int | None] = column(Field("等级", Kind.INTEGER, computed=True, width_mm=10))
    coefficient: Mapped[str | None] = column(Field("系数", computed=True, width_mm=12))
    gross: Mapped[int | None] = _money("应发", computed=True)
    deductions: Mapped[int | None] = _money("扣款合计", computed=True, width_mm=28)
    net: Mapped[int | None] = _money("实发", computed=True)
    employer: Mapped[int | None] = _money("单位缴纳", computed=True)
    taxable: Mapped[int | None] = _money("计税收入", computed=True)
    contributions: Mapped[int | None] = _money("专项扣除", computed=True)
    additional: Mapped[int | None] = _money("专项附加扣除", computed=True)
    tax: Mapped[int | None] = _money("个税", computed=True)
    held: Mapped[int | None] = _money("留待以后发的绩效", computed=True)
    difference: Mapped[int | None] = _money("比上月", computed=True)
    why: Mapped[str | None] = column(Field("变动原因", Kind.LONG_TEXT, computed=True, width_mm=60))
    inputs: Mapped[str | None] = mapped_column()  # JSON of salary.month.Inputs


class PayLine(Record):
    """One amount of a slip, with the rule, the inputs and the arithmetic it comes from."""

    __tablename__ = "pay_line"
    title_column = "name"
    __table_args__ = (Index(None, "slip_id", "position"),)

    slip_id: Mapped[str | None] = column(
        Field("工资单", Kind.LINK, link="pay_slip", required=True, computed=True, width_mm=30)
    )
    position: Mapped[int | None] = column(Field("次序", Kind.INTEGER, computed=True, width_mm=12))
    code: Mapped[str | None] = column(Field("代码", computed=True, width_mm=18))
    name: Mapped[str | None] = column(Field("工资项目", computed=True, width_mm=26))
    kind: Mapped[str | None] = column(
        Field("性质", Kind.CHOICE, choices=rules.LINE_KINDS, computed=True, width_mm=18)
    )
    amount: Mapped[int | None] = _money("金额", computed=True)
    rule: Mapped[str | None] = column(Field("依据", computed=True, width_mm=44))
    arithmetic: Mapped[str | None] = column(
        Field("怎么算的", Kind.LONG_TEXT, computed=True, width_mm=80)
    )
    for_month: Mapped[date | None] = column(
        Field("所补月份", Kind.DATE, computed=True, width_mm=20)
    )
    corrects_id: Mapped[str | None] = column(
        Field("更正的工资单", Kind.LINK, link="pay_slip", computed=True, width_mm=30)
    )


class PayCorrection(Record):
    """What a worker is still owed for a paid month, or owes: paid as a line of a later one."""

    __tablename__ = "pay_correction"
    title_column = "name"

    worker_id: Mapped[str | None] = _worker(computed=True)
    month: Mapped[date | None] = column(
        Field(
            "随哪个月发", Kind.DATE, required=True, month_enough=True, computed=True, width_mm=20
        ),
        index=True,
    )
    for_month: Mapped[date | None] = column(
        Field("所补月份", Kind.DATE, required=True, month_enough=True, computed=True, width_mm=20)
    )
    slip_id: Mapped[str | None] = column(
        Field("更正的工资单", Kind.LINK, link="pay_slip", required=True, computed=True, width_mm=30)
    )
    code: Mapped[str | None] = column(Field("代码", computed=True, width_mm=18))
    name: Mapped[str | None] = column(Field("工资项目", computed=True, width_mm=26))
    amount: Mapped[int | None] = _money("补发金额", required=True, computed=True)
    reason: Mapped[str | None] = column(Field("事由", required=True, computed=True, width_mm=44))
    arithmetic: Mapped[str | None] = column(
        Field("怎么算的", Kind.LONG_TEXT, computed=True, width_mm=80)
    )


class PayHistory(Record):
    """A month paid before this program, from the office's own sheet: for history and the tax year."""

    __tablename__ = "pay_history"
    title_column = "month"
    __table_args__ = (Index(None, "worker_id", "month"),)

    worker_id: Mapped[str | None] = _worker()
    month: Mapped[date | None] = _month()
    post: Mapped[str | None] = column(Field("岗位", width_mm=18))
    grade: Mapped[int | None] = column(Field("等级", Kind.INTEGER, width_mm=10))
    basic: Mapped[int | None] = _money("基本工资")
    performance: Mapped[int | None] = _money("绩效工资", aliases=("绩效",))
    certificate: Mapped[int | None] = _money("职业资格津贴", aliases=("职业津贴",))
    other: Mapped[int | None] = _money("其他补贴", aliases=("其他",))
    gross: Mapped[int | None] = _money("应发合计", required=True, aliases=("应发", "应发工资"))
    pension: Mapped[int | None] = _money("养老保险", aliases=("养老",))
    medical: Mapped[int | None] = _money("医疗保险", aliases=("医疗",))
    unemployment: Mapped[int | None] = _money("失业保险", aliases=("失业",))
    housing: Mapped[int | None] = _money("住房公积金", aliases=("公积金",))
    tax: Mapped[int | None] = _money("个人所得税", aliases=("个税",))
    other_deduction: Mapped[int | None] = _money("其他扣款", aliases=("其他扣",))
    net: Mapped[int | None] = _money("实发合计", required=True, aliases=("实发", "实发工资"))
