"""Months of pay through the office: worked out, refused, sealed, put right later."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import func, select, update

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.salary import actions, deciding, schemes
from lanling_desktop.salary.records import GradeDecision, PayCorrection, PayLine, PayRun, PaySlip
from lanling_desktop.salary.scheme import examples
from lanling_desktop.salary.scores import set_scores
from lanling_desktop.salary.soundness import unsound
from lanling_desktop.salary.used import inputs_back, rules_back
from tests.salary.payroll import (
    JANUARY,
    adopt,
    close,
    hire,
    lines_of,
    paid,
    run_of,
    scheme_id,
    slip_of,
    staffed,
)

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def test_a_month_from_draft_to_archive(desk_office: Office) -> None:
    zhang, _ = staffed(desk_office, "张三", "李四")
    run = actions.start(desk_office, month=date(2026, 1, 20)).main
    row = run_of(desk_office, run)
    assert (row.title, row.status, row.people, row.demo) == ("2026年1月工资", "已核算", 2, False)
    close(desk_office, run)
    actions.archive(desk_office, run)
    done = run_of(desk_office, run)
    assert (done.status, done.paid_on) == ("已归档", date(2026, 1, 15))
    assert done.digest
    slip = slip_of(desk_office, run, zhang)
    again = rules_back(done.rules_used).slip(inputs_back(slip.inputs))
    told = [(each.code, each.amount) for each in lines_of(desk_office, run, zhang)]
    assert [(each.code, each.amount) for each in again.lines] == told
    assert slip.net + slip.deductions == slip.gross == again.gross == 315_000
    assert not list(unsound(desk_office))


def test_acts_are_refused_out_of_their_order(desk_office: Office) -> None:
    staffed(desk_office, "张三", since=date(2025, 12, 1))
    run = actions.start(desk_office, month=JANUARY).main
    with pytest.raises(OfficeError, match="现在不能审批"):
        actions.approve(desk_office, run)
    with pytest.raises(OfficeError, match="现在不能发放"):
        actions.pay(desk_office, run, day=JANUARY)
    with pytest.raises(OfficeError, match="还没有发放"):
        actions.start(desk_office, month=FEBRUARY)
    close(desk_office, run)
    with pytest.raises(OfficeError, match="不能再做更早的"):
        actions.start(desk_office, month=date(2025, 12, 1))
    with pytest.raises(OfficeError, match="请填批次"):
        actions.start(desk_office, month=JANUARY)
    with pytest.raises(OfficeError, match="以后的月份里补发"):
        actions.calculate(desk_office, run)


def test_an_example_pays_nobody_but_the_demo(desk_office: Office) -> None:
    text = schemes.shipped_text("示例：演示方案")
    example = schemes.load(desk_office, text).main
    with pytest.raises(OfficeError, match="是示例，不能用来发工资"):
        schemes.adopt(desk_office, example, day=JANUARY)
    desk_office.desk.put("demo", True)
    schemes.adopt(desk_office, example, day=JANUARY)
    hire(desk_office, "张三")
    deciding.decide_all(desk_office, scheme_id=example, day=JANUARY)
    run = actions.start(desk_office, month=JANUARY).main
    assert run_of(desk_office, run).demo is True
    desk_office.desk.put("demo", False)
    with pytest.raises(OfficeError, match="是示例，不能用来发工资"):
        actions.calculate(desk_office, run)


def test_an_empty_cell_is_named_and_an_unused_one_is_not_asked_for(desk_office: Office) -> None:
    xian = schemes.load(desk_office, schemes.shipped_text("示例：西安")).main
    with pytest.raises(OfficeError, match="方案还有空格"):
        schemes.make_own(desk_office, xian, name="县方案", doc_no="1号", issuer="")
    (zhang,) = staffed(desk_office, "张三")
    certificate = {"worker_id": zhang, "kind": "社会工作师", "awarded_on": "2025-01-01"}
    desk_office.save("worker_certificate", None, certificate)
    from lanling_desktop.salary.records import SalaryScheme

    with desk_office.act("抹去一格") as unit:
        (row,) = unit.all(select(SalaryScheme).where(SalaryScheme.status == "启用"))
        said = json.loads(row.content or "")
        said["certificate"]["allowance"]["中级"] = None
        said["certificate"]["allowance"]["高级"] = None
        row.content = json.dumps(said)
    with pytest.raises(OfficeError, match="证书津贴“中级”还没有填"):
        actions.start(desk_office, month=JANUARY)
    with desk_office.act("填上") as unit:
        (row,) = unit.all(select(SalaryScheme).where(SalaryScheme.status == "启用"))
        said["certificate"]["allowance"]["中级"] = "200"
        row.content = json.dumps(said)
    run = actions.start(desk_office, month=JANUARY).main
    assert slip_of(desk_office, run, zhang).gross == 335_000


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_a_scheme_is_filled_in_by_its_own_words(desk_office: Office, path) -> None:
    draft = schemes.load(desk_office, path.read_text("utf-8")).main
    before = deciding.scheme_of(desk_office, draft)
    schemes.fill_in(desk_office, draft, schemes.words_of(before))
    assert deciding.scheme_of(desk_office, draft) == before
    schemes.fill_in(desk_office, draft, "年限 几年一档\t2\n绩效 办法：按比例\n年限 扣除间断：否")
    after = deciding.scheme_of(desk_office, draft)
    assert (after.tenure.years_per_band, after.split.mode) == (2, "percent")
    assert after.tenure.exclude_gaps is False
    with pytest.raises(OfficeError, match="方案里没有“工龄”"):
        schemes.fill_in(desk_office, draft, "工龄：2")


def test_a_scheme_in_force_is_not_changed_and_the_next_one_ends_it(desk_office: Office) -> None:
    first = adopt(desk_office)
    with pytest.raises(OfficeError, match="已经启用"):
        schemes.fill_in(desk_office, first, "年限 几年一档：2")
    with pytest.raises(OfficeError, match="已经启用"):
        desk_office.save("salary_scheme", first, {"doc_no": "别的"})
    second = adopt(desk_office, day=date(2026, 7, 1))
    assert desk_office.read("salary_scheme", first)["valid_to"] == date(2026, 7, 1)
    assert desk_office.read("salary_scheme", second)["status"] == "启用"


def test_a_grade_other_than_the_rules_needs_reason_and_document(desk_office: Office) -> None:
    (zhang,) = staffed(desk_office, "张三")
    chosen = {"worker_id": zhang, "scheme_id": scheme_id(desk_office), "day": FEBRUARY}
    with pytest.raises(OfficeError, match="按规则应为 2 级，认定为 5 级"):
        deciding.decide(desk_office, **chosen, grade=5, doc_no="2号")
    made = deciding.decide(desk_office, **chosen, grade=5, doc_no="2号", reason="县委研究").main
    said = desk_office.read("grade_decision", made)
    assert (said["computed_grade"], said["grade"], said["override_reason"]) == (2, 5, "县委研究")
    assert said["steps"].endswith("认定为 2 级")
    typed = {
        "worker_id": zhang, "scheme_id": scheme_id(desk_office), "post": "工作人员",
        "grade": "4", "valid_from": "2026-05-01", "doc_no": "3号",
    }  # fmt: skip
    with pytest.raises(OfficeError, match="按规则应为 2 级"):
        desk_office.save("grade_decision", None, typed)
    by_form = desk_office.save("grade_decision", None, typed | {"grade": "2"}).main
    assert desk_office.read("grade_decision", by_form)["computed_grade"] == 2


def test_nobody_without_a_decision_is_paid_or_forgotten(desk_office: Office) -> None:
    staffed(desk_office, "张三")
    hire(desk_office, "王五")
    run = actions.start(desk_office, month=JANUARY).main
    row = run_of(desk_office, run)
    assert (row.people, row.left_out) == (1, "王五")


def test_facts_changed_since_the_calculation_hold_the_review_back(desk_office: Office) -> None:
    zhang, li = staffed(desk_office, "张三", "李四")
    run = actions.start(desk_office, month=JANUARY).main
    set_scores(desk_office, month=JANUARY, scores={zhang: "优秀", li: "95.5"})
    with pytest.raises(OfficeError, match="张三、李四等 2 人的情况或标准又有改动"):
        actions.review(desk_office, run)
    actions.calculate(desk_office, run)
    actions.review(desk_office, run)
    performance = {w: lines_of(desk_office, run, w)[1].amount for w in (zhang, li)}
    assert performance == {zhang: 113_400, li: 90_248}
    actions.send_back(desk_office, run)
    set_scores(desk_office, month=JANUARY, scores={zhang: ""})
    actions.calculate(desk_office, run)
    assert lines_of(desk_office, run, zhang)[1].amount == 94_500


def test_calculating_again_keeps_the_same_records(desk_office: Office) -> None:
    zhang, li = staffed(desk_office, "张三", "李四")
    run = actions.start(desk_office, month=JANUARY).main
    before = slip_of(desk_office, run, zhang).id
    item = {"worker_id": zhang, "month": "2026-01", "kind": "其他补贴", "amount": "100",
            "reason": "高温"}  # fmt: skip
    added = desk_office.save("pay_item", None, item).main
    gone = {"status": "离职", "left_on": "2025-12-31"}
    desk_office.save("community_worker", li, gone, confirmed=True)
    actions.calculate(desk_office, run)
    assert slip_of(desk_office, run, zhang).id == before
    assert slip_of(desk_office, run, zhang).gross == 325_000
    assert run_of(desk_office, run).people == 1
    desk_office.bin("pay_item", added, "登错了")
    desk_office.save("community_worker", li, {"status": "在职", "left_on": ""}, confirmed=True)
    actions.calculate(desk_office, run)
    assert run_of(desk_office, run).gross == 630_000
    here = table_of(PaySlip).c
    assert desk_office.rows(select(func.count()).where(here.run_id == run))[0][0] == 2


def test_a_paid_month_is_closed_to_everything(desk_office: Office) -> None:
    (zhang,) = staffed(desk_office, "张三")
    run = paid(desk_office, JANUARY)
    slip = slip_of(desk_office, run, zhang).id
    line = lines_of(desk_office, run, zhang)[0].id
    for key, record, values in (
        ("pay_run", run, {"remark": "x"}),
        ("pay_slip", slip, {"gross": 1}),
        ("pay_line", line, {"amount": 1}),
    ):
        with pytest.raises(OfficeError, match="已经发放"):
            desk_office.save(key, record, values)
    (decision,) = desk_office.rows(select(table_of(GradeDecision).c.id))
    with pytest.raises(OfficeError, match="已经按这条认定发放"):
        desk_office.save("grade_decision", decision[0], {"grade": "9"}, confirmed=True)
    with desk_office.store.writing() as session:
        session.execute(update(PayLine).where(PayLine.id == line).values(amount=1))
    said = [what for _, what in unsound(desk_office)]
    assert said == ["工资明细与所用规则算出的不符", "发放以后被改动过，校验值不符"]


def test_slips_are_not_typed(desk_office: Office) -> None:
    with pytest.raises(OfficeError, match="不能手工填写"):
        desk_office.save("pay_slip", None, {})
    for key in ("pay_slip", "pay_line", "pay_correction"):
        assert not desk_office.registers[key].exchange_columns


@pytest.mark.fault(60)
def test_retro_pay_once_over_past_months(desk_office: Office) -> None:
    zhang, _ = staffed(desk_office, "张三", "李四")
    runs = [paid(desk_office, JANUARY), paid(desk_office, FEBRUARY)]
    certificate = {"worker_id": zhang, "kind": "社会工作师", "awarded_on": "2025-12-20"}
    desk_office.save("worker_certificate", None, certificate)
    march = actions.start(desk_office, month=MARCH).main
    assert slip_of(desk_office, march, zhang).gross == 335_000
    actions.retro_pay(desk_office, march, since=JANUARY, reason="证书补登记")
    lines = [each for each in lines_of(desk_office, march, zhang) if each.for_month]
    assert [(each.name, each.amount) for each in lines] == [
        ("补发2026年1月职业资格津贴", 20_000),
        ("补发2026年2月职业资格津贴", 20_000),
    ]
    assert lines[0].corrects_id == slip_of(desk_office, runs[0], zhang).id
    assert slip_of(desk_office, march, zhang).gross == 375_000
    with pytest.raises(OfficeError, match="没有要补发或扣回的"):
        actions.retro_pay(desk_office, march, since=JANUARY, reason="再来一次")
    close(desk_office, march)
    april = actions.start(desk_office, month=date(2026, 4, 1)).main
    with pytest.raises(OfficeError, match="没有要补发或扣回的"):
        actions.retro_pay(desk_office, april, since=JANUARY, reason="又来一次")
    assert slip_of(desk_office, april, zhang).gross == 335_000
    here = table_of(PayCorrection).c
    assert desk_office.rows(select(func.sum(here.amount)))[0][0] == 40_000
    assert not list(unsound(desk_office))


def _written(office: Office, runs: list[str]) -> list[object]:
    """Everything the database has of months: the run, its slips, their lines."""
    run, slip, line = table_of(PayRun), table_of(PaySlip), table_of(PayLine)
    mine = select(slip.c.id).where(slip.c.run_id.in_(runs))
    return [
        office.rows(select(run).where(run.c.id.in_(runs)).order_by(run.c.id)),
        office.rows(select(slip).where(slip.c.run_id.in_(runs)).order_by(slip.c.id)),
        office.rows(select(line).where(line.c.slip_id.in_(mine)).order_by(line.c.id)),
    ]


@pytest.mark.fault(59)
@pytest.mark.fault(60)
def test_retro_pay_over_a_closed_year_adds_lines_and_changes_nothing(desk_office: Office) -> None:
    zhang, li = staffed(desk_office, "张三", "李四", since=date(2025, 1, 1))
    runs = [paid(desk_office, date(2025, month, 1)) for month in (10, 11, 12)]
    for run in runs:
        actions.archive(desk_office, run)
    before, seals = _written(desk_office, runs), [run_of(desk_office, run).digest for run in runs]
    assert len(set(seals)) == 3
    certificate = {"worker_id": zhang, "kind": "社会工作师", "awarded_on": "2025-10-20"}
    desk_office.save("worker_certificate", None, certificate)
    january = actions.start(desk_office, month=JANUARY).main
    actions.retro_pay(desk_office, january, since=date(2025, 10, 1), reason="证书补登记")
    added = [each for each in lines_of(desk_office, january, zhang) if each.for_month]
    assert [(each.for_month.month, each.amount) for each in added] == [(11, 20_000), (12, 20_000)]
    paid_then = [slip_of(desk_office, run, zhang).id for run in runs[1:]]
    assert [each.corrects_id for each in added] == paid_then
    assert not [each for each in lines_of(desk_office, january, li) if each.for_month]
    close(desk_office, january)
    assert _written(desk_office, runs) == before
    assert [run_of(desk_office, run).digest for run in runs] == seals
    assert list(unsound(desk_office)) == []
    # what is paid late counts as income of the month it is paid in
    assert slip_of(desk_office, january, zhang).taxable == 375_000


@pytest.mark.fault(60)
def test_retro_pay_reaches_performance_that_still_waits(desk_office: Office) -> None:
    """A half-yearly scheme: a grade put right in March pays basic now, performance with June's."""
    loaded = schemes.load(desk_office, schemes.shipped_text("示例：演示方案")).main
    said = schemes.words_of(deciding.scheme_of(desk_office, loaded))
    place = next(each for each in said.splitlines() if "绩效发放" in each).partition("：")[0]
    schemes.fill_in(desk_office, loaded, f"{place}：half_year")
    schemes.make_own(desk_office, loaded, name="本县方案", doc_no="兰人社〔2020〕1号", issuer="")
    schemes.adopt(desk_office, loaded, day=date(2020, 1, 1))
    worker = hire(desk_office, "张三")
    deciding.decide_all(desk_office, scheme_id=loaded, day=JANUARY, doc_no="1号")
    paid(desk_office, JANUARY)
    paid(desk_office, FEBRUARY)
    was = deciding.computed(desk_office, worker, loaded, JANUARY).found.grade
    deciding.decide(
        desk_office, worker_id=worker, scheme_id=loaded, day=date(2026, 1, 2), doc_no="2号",
        grade=was + 2, reason="漏算年限",
    )  # fmt: skip
    march = actions.start(desk_office, month=MARCH).main
    held = slip_of(desk_office, march, worker).held
    actions.retro_pay(desk_office, march, since=JANUARY, reason="重新认定")
    assert slip_of(desk_office, march, worker).held > held
    with pytest.raises(OfficeError, match="没有要补发或扣回的"):
        actions.retro_pay(desk_office, march, since=JANUARY, reason="再来一次")
    close(desk_office, march)
    assert list(unsound(desk_office)) == []


def test_who_left_is_still_paid_what_was_owed(desk_office: Office) -> None:
    zhang, _ = staffed(desk_office, "张三", "李四")
    paid(desk_office, JANUARY)
    certificate = {"worker_id": zhang, "kind": "助理社会工作师", "awarded_on": "2025-12-20"}
    desk_office.save("worker_certificate", None, certificate)
    gone = {"status": "离职", "left_on": "2026-01-31"}
    desk_office.save("community_worker", zhang, gone, confirmed=True)
    february = actions.start(desk_office, month=FEBRUARY).main
    assert run_of(desk_office, february).people == 1
    actions.retro_pay(desk_office, february, since=JANUARY, reason="证书补登记")
    assert slip_of(desk_office, february, zhang).gross == 10_000


def test_undo_takes_a_calculation_back_and_payment_too(desk_office: Office) -> None:
    staffed(desk_office, "张三")
    run = actions.start(desk_office, month=JANUARY).main
    close(desk_office, run)
    desk_office.undo()
    assert run_of(desk_office, run).status == "已审批"
    for _ in range(3):
        desk_office.undo()
    assert not desk_office.rows(select(table_of(PaySlip).c.id))


def test_a_worker_is_named_in_a_sheet_as_everybody_calls_him(desk_office: Office) -> None:
    zhang, li = staffed(desk_office, "张三", "李四")
    item = {"month": "2026-01", "kind": "奖金", "amount": "100", "reason": "年终"}
    made = desk_office.save("pay_item", None, item | {"worker_id": "张三"}).main
    assert desk_office.read("pay_item", made)["worker_id"] == zhang
    assert [each[0] for each in desk_office.lookup("community_worker", "李四")] == [li]
    desk_office.save("community_worker", zhang, {"code": "GZ001"}, confirmed=True)
    hire(desk_office, "张三")
    with pytest.raises(OfficeError, match="有几个社区工作者叫“张三”，例如写成“张三 工号”"):
        desk_office.save("pay_item", None, item | {"worker_id": "张三"})
    item["reason"] = "季度"
    made = desk_office.save("pay_item", None, item | {"worker_id": "张三 GZ001"}).main
    assert desk_office.read("pay_item", made)["worker_id"] == zhang
    assert desk_office.page(View("pay_item"), 0, 5)[0][1] == "张三"
