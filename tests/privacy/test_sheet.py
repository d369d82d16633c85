"""本人信息查询单: everything about one person, nobody else's name, whence it came and who saw it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from lanling_desktop import catalogue, opening
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.rights import Level, Rights
from lanling_desktop.printing.paper import MASKED, Request, print_log, print_paper, reprint
from lanling_desktop.privacy import sheet
from lanling_desktop.salary import rules
from tests.office import add_member, id_of, numbered, person_of
from tests.printing.collisions import collisions
from tests.printing.measure import pages
from tests.printing.samples import texts

NUMBER = numbered("19800101", 12)
PHONE = "13812345678"
KEY = "person_information"


@pytest.fixture
def person(desk_office: Office) -> str:
    """A member with a home, a post, pay, a visit, a matter; and others around her."""
    office = desk_office
    typed = {"person__identity_number": NUMBER, "person__phone": PHONE}
    member = add_member(office, "张玉兰", **typed)
    add_member(office, "李建国")
    at = person_of(office, member)
    worker = {"person.name": "张玉兰", "person.identity_number": NUMBER, "code": "GZ-07",
              "account": "6217000012345678", "status": "在职"}  # fmt: skip
    made = office.save("community_worker", None, worker, confirmed=True).main
    honour = {"worker_id": made, "name": "优秀社区工作者", "awarded_on": "2024-03-01"}
    office.save("worker_honour", None, honour, confirmed=True)
    base = {"worker_id": made, "kind": rules.BASES[0], "base": "4000", "valid_from": "2026-01-01"}
    office.save("contribution_base", None, base, confirmed=True)
    visit = {"name": "张玉兰", "phone": PHONE, "visited_on": "2026-05-06", "matter": "路灯不亮",
             "handler": "王敏"}  # fmt: skip
    office.save("visitor_reception", None, visit, confirmed=True)
    home = id_of(office, "household", "兰陵花园 3号楼 2单元 501")
    office.save("household", home, {"head_id": at})
    office.note("查看完整身份证号：居民 张玉兰")
    return at


def printed(office: Office, at: str, **more: Any) -> str:
    pdf = print_paper(office, catalogue.papers()[KEY], Request(record_id=at, **more)).pdf
    for page in pages(pdf):
        assert collisions(page) == []
    return "".join("".join(texts(pdf)).split())


def test_everything_kept_of_a_person_stands_on_it(desk_office: Office, person: str) -> None:
    said = printed(
        desk_office,
        person,
        arguments={"asked_by": "张玉兰", "relation": "本人", "credential": "身份证"},
    )
    for each in (
        "张玉兰", NUMBER, PHONE, "第4网格党支部", "兰陵花园3号楼2单元501", "正式党员", "2001-07-01",
        "GZ-07", "6217000012345678", "优秀社区工作者", "4,000.00", "来访登记", "2026-05-06",
        "户主", "新增党员张玉兰", "查看完整身份证号：居民张玉兰", "查询人签收", "第四十五条",
    ):  # fmt: skip
        assert each in said, each


def test_nobody_elses_name_stands_on_it(desk_office: Office, person: str) -> None:
    office = desk_office
    other = person_of(office, add_member(office, "赵铁柱"))
    office.save("party_organisation", id_of(office, "party_organisation", "第4网格党支部"),
                {"secretary_id": other})  # fmt: skip
    said = printed(office, person)
    assert "赵铁柱" not in said
    assert "李建国" not in said
    found = sheet.sheet_of(office, other, "归档版")
    assert [(row[0], row[1], row[3]) for row in found.mentions] == [("党组织", "书记", "确定")]


def test_one_of_the_same_name_is_said(desk_office: Office, person: str) -> None:
    add_member(desk_office, "张玉兰", person__identity_number=numbered("19900101", 14))
    other = {"name": "张玉兰", "visited_on": "2026-06-01", "matter": "停车"}
    desk_office.save("visitor_reception", None, other, confirmed=True)
    found = sheet.sheet_of(desk_office, person, "归档版")
    visits = [row[3] for row in found.mentions if row[0] == "来访登记"]
    assert sorted(visits) == ["姓名相同", "确定"], "the telephone tells one of them"
    assert found.namesakes == 1
    assert "另有1人与本人同名" in printed(desk_office, person)


def test_pay_stands_on_it_only_for_who_may_see_it(desk_office: Office, person: str) -> None:
    office = desk_office
    office.rights = replace(office.rights, levels={"salary": Level.CLOSED})
    said = printed(office, person)
    assert "4,000.00" not in said
    assert "不在制单账户的查看范围内" in said
    assert "优秀社区工作者" in said


def test_the_masked_edition_hides_numbers_and_who_may_not_see_them_gets_no_other(
    desk_office: Office, person: str
) -> None:
    said = printed(desk_office, person, edition=MASKED)
    assert NUMBER not in said
    assert PHONE not in said
    desk_office.rights = Rights(unmask=False)
    with pytest.raises(OfficeError, match="不能看完整号码"):
        printed(desk_office, person)


def test_the_print_is_in_the_journal_by_name_and_no_copy_is_kept(
    desk_office: Office, person: str
) -> None:
    printed(desk_office, person)
    (line,) = print_log(desk_office)
    assert reprint(desk_office, line.number) is None
    again = sheet.sheet_of(desk_office, person, "归档版")
    assert any("打印本人信息查询单" in row[2] and "张玉兰" in row[2] for row in again.looks)
    assert again.lists == [], "a print of one record is no list"


def test_a_whole_list_that_left_in_full_is_told(desk_office: Office, person: str) -> None:
    roster = catalogue.papers()["list_party_member"]
    print_paper(desk_office, roster, Request())
    print_paper(desk_office, roster, Request(edition=MASKED))
    found = sheet.sheet_of(desk_office, person, "归档版")
    assert len(found.lists) == 1


def test_a_list_that_left_before_the_person_was_there_is_not_told(tmp_path: Path) -> None:
    """By the office's clock: the machine's, which identifiers hold, may be wrong by years."""
    now = [datetime(2019, 3, 4, 9, 0)]  # noqa: DTZ001
    clock = Clock(now=lambda: now[0])
    roster = catalogue.papers()["list_party_member"]
    with opening.create_office(tmp_path / "甲.lanling", clock=clock, actor="王敏") as office:
        print_paper(office, roster, Request())
        now[0] = datetime(2019, 3, 5, 9, 0)  # noqa: DTZ001
        at = person_of(office, add_member(office, "张玉兰"))
        assert sheet.sheet_of(office, at, "归档版").lists == []
        now[0] = datetime(2019, 3, 6, 9, 0)  # noqa: DTZ001
        print_paper(office, roster, Request())
        said = sheet.sheet_of(office, at, "归档版")
    assert [line[0] for line in said.lists] == ["2019-03-06 09:00"]
    assert {line[1] for line in said.sources} == {"2019-03-05 09:00"}


def test_everybody_of_the_demo_office_has_a_sheet(demo_office: Office) -> None:
    """Whoever has most: a worker with pay, posts, a grid; no column falls over its edge."""
    office = demo_office
    worker = catalogue.registers()["pay_slip"].record.__table__
    staff = catalogue.registers()["community_worker"].record.__table__
    most = office.rows(
        select(staff.c.person_id)
        .join(worker, worker.c.worker_id == staff.c.id)
        .group_by(staff.c.person_id)
        .order_by(func.count().desc())
        .limit(1)
    )[0][0]
    said = printed(office, most)
    assert "工资单" in said
