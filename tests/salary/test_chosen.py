"""A month of pay for some of the people: chosen by a list, narrowed later, nobody paid twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.printing import preview
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions, chosen
from lanling_desktop.salary.chosen import Chosen
from lanling_desktop.salary.records import PaySlip
from tests.salary.payroll import JANUARY, close, run_of, staffed


def paid_in(office: Office, run_id: str) -> set[str]:
    slip = table_of(PaySlip).c
    where = (slip.run_id == run_id, slip.binned_at.is_(None))
    return {row[0] for row in office.rows(select(slip.name).where(*where))}


def test_two_batches_of_a_month_share_nobody(desk_office: Office) -> None:
    zhang, li, wang = staffed(desk_office, "张三", "李四", "王五")
    some = Chosen("选中的", (zhang, li))
    first = actions.start(desk_office, month=JANUARY, chosen=some).main
    assert paid_in(desk_office, first) == {"张三", "李四"}
    assert run_of(desk_office, first).scope == "选中的，共 2 人"
    assert run_of(desk_office, first).left_out is None, "who was not meant is not missing"
    rest = Chosen("全部", (zhang, li, wang))
    second = actions.start(desk_office, month=JANUARY, batch="第2批", chosen=rest).main
    assert paid_in(desk_office, second) == {"王五"}
    assert run_of(desk_office, second).scope == "全部，共 3 人，其中 2 人已在同月别的批次"
    with pytest.raises(OfficeError, match="都已列入同一个月别的批次"):
        actions.start(desk_office, month=JANUARY, batch="第3批", chosen=some)
    actions.calculate(desk_office, first)
    assert paid_in(desk_office, first) == {"张三", "李四"}, "worked out again it is the same set"
    close(desk_office, first)
    close(desk_office, second)


def test_a_month_is_narrowed_and_widened_by_names(desk_office: Office) -> None:
    zhang, _, other = staffed(desk_office, "张三", "李四", "张三")
    run = actions.start(desk_office, month=JANUARY).main
    assert run_of(desk_office, run).scope is None
    assert chosen.names_now(desk_office, run) == ""
    for text, said in (("赵六", "第 1 个“赵六”没有这个人"), ("李四\n张三", "第 2 个“张三”有 2 人")):
        with pytest.raises(OfficeError, match=said):
            actions.narrow(desk_office, run, text)
        assert run_of(desk_office, run).people == 3
    code = "GZ007"
    desk_office.save("community_worker", zhang, {"code": code})
    actions.narrow(desk_office, run, f"李四，{code}")
    assert run_of(desk_office, run).people == 2
    assert run_of(desk_office, run).scope == "按名单，共 2 人"
    assert set(chosen.names_now(desk_office, run).split()) == {"李四", code}
    actions.narrow(desk_office, run, "")
    assert run_of(desk_office, run).people == 3
    desk_office.undo()
    assert run_of(desk_office, run).people == 2
    assert other


def test_papers_say_whom_they_are_about(desk_office: Office) -> None:
    zhang, _ = staffed(desk_office, "张三", "李四")
    run = actions.start(desk_office, month=JANUARY, chosen=Chosen("公开招聘", (zhang,))).main
    paper = catalogue.papers()["pay_sheet"]
    pdf = print_paper(desk_office, paper, Request(record_id=run)).pdf
    text = preview.page_text(pdf, 0)
    assert "核算范围：公开招聘，共 1 人" in text
    assert "李四" not in text
