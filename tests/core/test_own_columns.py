"""A column the office adds itself is like any other: form, list, sheet, search, paper, history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lanling_desktop.core import own_columns
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import open_office
from lanling_desktop.printing.list_paper import list_paper
from lanling_desktop.printing.paper import Request, draw_paper
from tests.office import add_member, state_of
from tests.printing.samples import texts

MEMBERS = "party_member"


def added(office: Office, label: str, kind: str, **more: object) -> str:
    made = own_columns.add(office, register=MEMBERS, label=label, kind=kind, **more)  # type: ignore[arg-type]
    return own_columns.key_of(made.main)


def test_it_is_everywhere_at_once(desk_office: Office, tmp_path: Path) -> None:
    office = desk_office
    skill = added(office, "特长", "文字")
    since = added(office, "志愿服务起", "日期")
    blood = added(office, "血型", "选项", options="A、B、AB、O")
    register = office.registers[MEMBERS]
    assert register.form_sections[-1] == ("本单位栏目", (skill, since, blood))
    member = add_member(office, "张玉兰")
    add_member(office, "李建国")
    office.save(MEMBERS, member, {skill: "书法", since: "2020.5.1", blood: "AB"})

    entry = office.read(MEMBERS, member)
    assert (entry[skill], entry[since], entry[blood]) == ("书法", date(2020, 5, 1), "AB")
    assert [hit.id for hit in office.find("书法")] == [member]
    narrowed = View(MEMBERS, conditions=(Condition(since, "<", "2021-01-01"),), order=skill)
    rows = office.page(narrowed, 0, 9, keys=("person.name", skill, since))
    assert [row[1:] for row in rows] == [("张玉兰", "书法", "2020-05-01")]
    history = {line.label: line.after for line in office.history(MEMBERS, member)}
    assert (history["特长"], history["志愿服务起"]) == ("书法", "2020-05-01")

    with pytest.raises(RejectedError, match="血型没有"):
        office.save(MEMBERS, member, {blood: "C"})

    sheet = tmp_path / "名册.xlsx"
    keys = ("person.name", skill, since, blood)
    transfer.export_view(office, View(MEMBERS), sheet, masked=False, keys=keys)
    book = openpyxl.load_workbook(sheet)
    page = book.active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    at = next(n for row in rows for n, value in enumerate(row, 1) if value == "特长")
    line = next(n for n, row in enumerate(rows, 1) if "李建国" in row)
    page.cell(line, at).value = "电工"
    book.save(sheet)
    outcome = transfer.import_file(office, MEMBERS, sheet)
    assert outcome.changes is not None, list(outcome.lines())
    assert outcome.plan.summary.startswith("新增 0 行，修改 1 行")
    assert [hit.title for hit in office.find("电工")] == ["李建国"]

    paper = draw_paper(
        office,
        list_paper(office.registers[MEMBERS]),
        Request(view=View(MEMBERS), arguments={"columns": ",".join(keys)}),
    )
    printed = "".join(texts(paper.pdf))
    assert all(each in printed for each in ("特长", "书法", "电工"))


def test_adding_dropping_and_all_of_it_is_undone(desk_office: Office) -> None:
    office = desk_office
    member = add_member(office, "张玉兰")
    before = state_of(office)
    skill = added(office, "特长", "文字")
    office.save(MEMBERS, member, {skill: "书法"})
    own_columns.drop(office, column_id=skill[1:])
    assert skill not in office.registers[MEMBERS].all_columns
    office.undo()
    assert office.read(MEMBERS, member)[skill] == "书法", "what was typed came back with it"
    office.undo()
    office.undo()
    assert skill not in office.registers[MEMBERS].all_columns
    assert state_of(office) == before


def test_a_second_of_the_same_name_and_an_empty_choice_are_refused(desk_office: Office) -> None:
    added(desk_office, "特长", "文字")
    for label, kind, words in (
        ("特长", "日期", "已经有"),
        ("入党日期", "日期", "已经有"),
        ("血型", "选项", "至少两个"),
    ):
        with pytest.raises(RejectedError, match=words):
            added(desk_office, label, kind)


def test_it_is_there_when_the_office_is_opened_again(desk_office: Office) -> None:
    skill = added(desk_office, "特长", "文字")
    path = desk_office.path
    desk_office.close()
    with open_office(path, clock=fixed(2026, 11, 24)) as again:
        assert again.registers[MEMBERS].all_columns[skill].field.label == "特长"
