"""How the clerk meets schemes, decisions, rates, the facts of a month, and months paid."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.records import table_of
from lanling_desktop.core.register import Child, Derived, Ready, Register
from lanling_desktop.people.records import Person
from lanling_desktop.salary import deciding, procedures, rules
from lanling_desktop.salary.records import (
    ContributionBase,
    ContributionRate,
    GradeDecision,
    MonthItem,
    PayAbsence,
    PayCorrection,
    PayHistory,
    PayLine,
    PayRun,
    PaySlip,
    PerformanceScore,
    SalaryScheme,
    TaxDeduction,
    TaxOpening,
)
from lanling_desktop.staff.records import CommunityWorker


def _whose(scope: Scope) -> ColumnElement[Any]:
    """The name of the worker a record is of."""
    worker = table_of(CommunityWorker).alias("whose_worker")
    person = table_of(Person).alias("whose_person")
    named = select(person.c.name).join_from(worker, person, person.c.id == worker.c.person_id)
    mine = named.where(worker.c.id == scope.main.c.worker_id).correlate(scope.main)
    return mine.scalar_subquery()


_NAME = Derived("worker_name", Field("姓名", Kind.NAME, width_mm=18), _whose)


def _facts(key: str, title: str, record: Any, fields: tuple[str, ...], **more: Any) -> Register:
    """A register of facts about workers, that a sheet may bring."""
    said: dict[str, Any] = {"order": fields[0], "menu": False, "icon": "staff"} | more
    return Register(
        key=key,
        title=title,
        noun=title,
        record=record,
        sections=((title, ("worker_id", *fields)),),
        columns=("worker_name", "worker_id", *fields),
        derived=(_NAME,),
        **said,
    )


_DATED = ("valid_from", "valid_to")

REGISTERS = (
    Register(
        key="pay_run",
        title="工资发放",
        noun="工资",
        record=PayRun,
        sections=(
            ("月份", ("month", "batch", "scope", "title", "status", "demo", "left_out", "remark")),
            ("合计", ("people", "gross", "deductions", "net", "employer")),
            (
                "经办",
                (
                    "made_by",
                    "calculated_on",
                    "reviewed_by",
                    "reviewed_on",
                    "approved_by",
                    "approved_on",
                    "paid_on",
                    "archived_on",
                    "digest",
                ),
            ),
        ),
        columns=("title", "status", "people", "gross", "deductions", "net", "paid_on"),
        order="month",
        newest_first=True,
        ready=(
            Ready("open", "未发放", lambda s: s.column("status").not_in(rules.CLOSED)),
            Ready("paid", "已发放", lambda s: s.column("status").in_(rules.CLOSED)),
        ),
        children=(Child("pay_slip", "run_id", "工资单"),),
        papers=(
            "pay_sheet", "pay_strips", "pay_changes", "pay_retro", "pay_insured", "pay_tax",
            "pay_year",
        ),
        rules=(rules.run_problems,),
        settle=rules.settle_month,
        frozen=rules.run_frozen,
        procedures=procedures.RUN,
        defaults={"status": rules.DRAFT},
        hidden=("community_id",),
        icon="ledger",
    ),
    Register(
        key="grade_decision",
        title="岗位等级认定",
        noun="等级认定",
        record=GradeDecision,
        sections=(
            (
                "认定",
                ("worker_id", "scheme_id", "post", "computed_grade", "grade", "override_reason"),
            ),
            ("批准", ("decided_on", "doc_no", *_DATED, "end_reason")),
            ("过程", ("steps",)),
        ),
        columns=(
            "worker_name", "worker_id", "post", "computed_grade", "grade", "valid_from", "doc_no",
        ),
        derived=(_NAME,),
        order="valid_from",
        newest_first=True,
        ready=(
            Ready("no_doc", "无批准文号", lambda s: s.column("doc_no").is_(None)),
            Ready("override", "与规则不同", lambda s: s.column("override_reason").is_not(None)),
        ),
        rules=(deciding.check,),
        proposed=deciding.proposed,
        frozen=rules.decision_frozen,
        papers=("grade_form",),
        icon="staff",
    ),
    Register(
        key="salary_scheme",
        title="薪酬方案",
        noun="薪酬方案",
        record=SalaryScheme,
        sections=(
            ("方案", ("name", "doc_no", "issuer", "status", "is_example")),
            ("起止", (*_DATED, "end_reason")),
        ),
        columns=("name", "doc_no", "status", "is_example", *_DATED),
        order="name",
        rules=(rules.scheme_problems,),
        frozen=rules.scheme_frozen,
        procedures=procedures.SCHEME,
        defaults={"status": rules.DRAFTED},
        icon="ledger",
    ),
    Register(
        key="contribution_rate",
        title="五险一金比例",
        noun="缴费比例",
        record=ContributionRate,
        sections=(
            ("比例", ("kind", "employer_pct", "worker_pct", "base_min", "base_max", "whole_yuan")),
            ("依据", ("doc_no", *_DATED)),
        ),
        columns=("kind", "employer_pct", "worker_pct", "base_min", "base_max", *_DATED),
        order="kind",
        rules=(rules.rate_problems,),
        hidden=("end_reason",),
        menu=False,
        icon="ledger",
    ),
    _facts(
        "contribution_base",
        "缴费基数",
        ContributionBase,
        ("kind", "base", *_DATED),
        rules=(rules.dated_problems,),
        hidden=("end_reason",),
    ),
    _facts(
        "tax_deduction",
        "专项附加扣除",
        TaxDeduction,
        ("kind", "amount", *_DATED),
        rules=(rules.dated_problems,),
        hidden=("end_reason",),
    ),
    _facts(
        "tax_opening",
        "个税期初",
        TaxOpening,
        ("year", "months", "income", "contributions", "additional", "withheld", "relief"),
        rules=(rules.opening_problems,),
        recognised=(("worker_id", "year"),),
    ),
    _facts(
        "pay_item",
        "月度补贴与扣款",
        MonthItem,
        ("month", "kind", "amount", "reason"),
        rules=(rules.item_problems,),
        settle=rules.settle_month,
        frozen=rules.month_frozen,
        recognised=(("worker_id", "month", "kind", "reason"),),
        newest_first=True,
    ),
    _facts(
        "performance_score",
        "月度考核",
        PerformanceScore,
        ("month", "result", "percent", "note"),
        rules=(rules.score_problems,),
        settle=rules.settle_month,
        frozen=rules.month_frozen,
        recognised=(("worker_id", "month"),),
        newest_first=True,
    ),
    _facts(
        "pay_absence",
        "请假与停发",
        PayAbsence,
        ("kind", "percent", *_DATED, "note"),
        rules=(rules.absence_problems,),
        hidden=("end_reason",),
    ),
    _facts(
        "pay_history",
        "以往工资",
        PayHistory,
        (
            "month", "post", "grade", "basic", "performance", "certificate", "other", "gross",
            "pension", "medical", "unemployment", "housing", "tax", "other_deduction", "net",
        ),
        rules=(rules.history_problems,),
        settle=rules.settle_month,
        recognised=(("worker_id", "month"),),
        newest_first=True,
    ),
    Register(
        key="pay_slip",
        title="工资单",
        noun="工资单",
        record=PaySlip,
        sections=(
            ("工资单", ("run_id", "worker_id", "month", "position", "name", "post", "grade")),
            ("金额", ("coefficient", "gross", "deductions", "net", "employer", "taxable")),
            ("个税", ("contributions", "additional", "tax", "held")),
            ("变动", ("difference", "why")),
        ),
        columns=("position", "name", "post", "grade", "gross", "deductions", "net", "difference",
                 "why"),
        order="position",
        children=(Child("pay_line", "slip_id", "工资明细"),),
        rules=(rules.worked_out,),
        frozen=rules.slip_frozen,
        menu=False,
        icon="ledger",
    ),
    Register(
        key="pay_line",
        title="工资明细",
        noun="工资明细",
        record=PayLine,
        sections=(
            ("明细", ("slip_id", "position", "code", "name", "kind", "amount")),
            ("来历", ("rule", "arithmetic", "for_month", "corrects_id")),
        ),
        columns=("position", "name", "kind", "amount", "arithmetic"),
        order="position",
        rules=(rules.worked_out,),
        frozen=rules.line_frozen,
        menu=False,
        icon="ledger",
    ),
    _facts(
        "pay_correction",
        "补发与扣回",
        PayCorrection,
        ("month", "for_month", "name", "amount", "reason", "slip_id", "code", "arithmetic"),
        rules=(rules.worked_out,),
        settle=rules.settle_month,
        frozen=rules.month_frozen,
    ),
)  # fmt: skip
