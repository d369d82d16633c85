"""An office looked over: sound ones pass, every kind of damage is named where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select, text

from lanling_desktop.check import check
from lanling_desktop.core.office import Office
from lanling_desktop.organisation.records import CentralHousehold, PartyMember
from lanling_desktop.people.records import HouseholdMember


def tamper(office: Office, sql: str, values: Sequence[object] = ()) -> None:
    """Change the file behind the office's back."""
    with office.store.writing() as session:
        session.connection().exec_driver_sql(sql, tuple(values))


def said(office: Office) -> str:
    return "\n".join(f"{each.where} {each.what}" for each in check(office))


def test_a_fresh_office_is_sound(desk_office: Office) -> None:
    assert check(desk_office) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE journal_entry SET title = '别的' WHERE seq = 1",
            "操作记录第 1 行 操作记录被改动过",
        ),
        ("DELETE FROM search_entry WHERE number = 5", "检索 索引"),
        ("UPDATE person SET sex = '猫' WHERE name_key >= 'z'", "性别：没有“猫”这一项"),
        (
            "UPDATE person SET birth = '1901-01-01' WHERE name_key >= 'z'",
            "出生日期：与身份证号里的",
        ),
        ("UPDATE compound SET name = NULL WHERE name = '兰陵花园'", "小区名称：小区名称必须填写"),
        ("UPDATE central_household SET plaque_on = NULL WHERE code = 'ZXH-001'", "请填写挂牌日期"),
        (
            "UPDATE minutes_version SET content = replace(content, '出席', '缺席')",
            "定稿后被改动过",
        ),
        (
            "DELETE FROM minutes_version WHERE id = (SELECT min(id) FROM minutes_version)",
            "找不到这一版的定稿内容",
        ),
        ("UPDATE action_item SET serial = '2026-0001'", "台账编号“2026-0001”用了不止一次"),
        (
            "UPDATE hall_meeting SET serial = '2026-05' WHERE serial = '2026-06'",
            "红色议事厅 届次“2026-05”用了不止一次",
        ),
        ("UPDATE action_item SET verified_by = responsible", "核实人不能是责任人本人"),
        (
            "UPDATE visitor_reception SET people = people + 1"
            " WHERE id = (SELECT min(id) FROM visitor_reception)",
            "来访应为 932 人次，现有 933 人次",
        ),
        (
            "UPDATE meeting_hall SET compound_id = NULL WHERE name LIKE '兰陵花园%'",
            "红色议事厅应为 89 个，现有 88 个",
        ),
        ("DELETE FROM compound WHERE name = '兰陵花园'", "小区应为 89 个，现有 88 个"),
    ],
)
def test_damage_is_named(demo_office: Office, sql: str, found: str) -> None:
    with demo_office.store.writing() as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        if sql.startswith("DELETE FROM compound"):
            name = "SELECT id FROM compound WHERE name = '兰陵花园'"
            for table in ("building", "household", "meeting_hall", "grid_area"):
                session.execute(
                    text(f"UPDATE {table} SET compound_id = NULL WHERE compound_id = ({name})")
                )
        session.connection().exec_driver_sql(sql)
    assert found in said(demo_office)


def test_a_host_of_two_is_named(demo_office: Office) -> None:
    hosts = select(CentralHousehold.id, CentralHousehold.host_id)
    rows = demo_office.rows(hosts.where(CentralHousehold.state == "挂牌").limit(2))
    tamper(
        demo_office,
        "UPDATE central_household SET host_id = ? WHERE id = ?",
        (rows[1][1], rows[0][0]),
    )
    assert "一人只能有一个在册中心户" in said(demo_office)


def test_two_homes_at_once_are_named(demo_office: Office) -> None:
    (member,) = demo_office.rows(select(PartyMember.person_id).limit(1))
    (home,) = demo_office.rows(select(HouseholdMember.household_id).limit(1))
    with demo_office.act("重复登记") as unit:
        link = HouseholdMember(person_id=member[0], household_id=home[0], relation="其他")
        link.valid_from = date(2024, 1, 1)
        unit.add(link)
    assert "同一时间登记了两条" in said(demo_office)


def test_many_faults_are_counted_not_listed(demo_office: Office) -> None:
    tamper(demo_office, "UPDATE person SET sex = '猫'")
    found = [each for each in check(demo_office) if each.where.startswith("居民")]
    assert len(found) == 51
    assert found[-1].where == "居民"
    assert "另有" in found[-1].what
