"""The rosters and boards of a small office, word for word: heads, rows, sums, signatures."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.printing.paper import MASKED, Request, print_paper
from tests.office import numbered
from tests.printing.samples import texts

GOLDEN = Path(__file__).with_name("golden")
KEYS = (
    "grid_worker_roster", "grid_division", "grid_board", "community_worker_roster",
    "community_worker_form", "red_secretary_roster", "part_time_member_roster",
    "appointment_letters", "resident_unit_roster", "red_station_roster",
    "party_merchant_roster", "social_organisation_roster", "labels_grid_worker",
    "sign_in_community_worker",
)  # fmt: skip
_CODE = re.compile(r"校验码 \w{8}")
ZHANG, LI = numbered("19800101", 121), numbered("19850203", 122)
PHONE = "13812345678"


@pytest.fixture
def told_office(desk_office: Office) -> Office:
    """One of everything the rosters name, as a clerk types it."""
    office = desk_office
    office.desk.put("unit", "向阳社区居民委员会")
    place = office.desk.get("community")
    office.save("community", place, {"office_phone": "0539-5211234"})
    grid = office.save(
        "grid", None,
        {"name": "第一网格", "code": "371324001001001", "kind": "一般网格", "boundary": "东至文化路，西至向阳路"},
    ).main  # fmt: skip
    here = {"community_id": place}
    rows: list[tuple[str, dict[str, object]]] = [
        ("compound", {"name": "兰陵花园", **here}),
        ("grid_area", {"grid_id": grid, "compound_id": "兰陵花园", "building": "3"}),
        ("grid_area", {"grid_id": grid, "compound_id": "兰陵花园", "building": "4"}),
        ("grid_worker", {"person.name": "张玉兰", "person.identity_number": ZHANG, "person.phone": PHONE,
                         "grid_id": grid, "role": "网格长", "functions": "综治、创卫"}),
        ("grid_worker", {"person.name": "李建国", "grid_id": grid, "role": "兼职网格员"}),
        ("red_secretary", {"person.name": "陈强", "unit": "县财政局", "rank": "乡科级副职", "full_time": "是", **here}),
        ("resident_unit", {"name": "县医院", "kind": "医院", "members": "42", "contact": "赵敏",
                           "phone": PHONE, **here}),
        ("part_time_member", {"person.name": "周敏", "unit_id": "县医院", "duty": "院长", "certificate_no": "JZ-001",
                              "valid_to": "2029-01-01", **here}),
        ("red_station", {"name": "向阳驿站", "place": "文化路 8 号", "hours": "8:00—20:00", "facilities": "饮水、充电",
                         "keeper": "孙丽", "plaque_on": "2025-05-01", **here}),
        ("party_merchant", {"name": "便民超市", "owner": "吴刚", "trade": "零售", "status": "挂牌",
                            "plaque_no": "SH-001", "plaque_on": "2025-05-01", **here}),
        ("social_organisation", {"name": "夕阳红协会", "legal_kind": "社区备案", "charge": "郑萍", "members": "30",
                                 "service": "为老服务", "hours": "600", **here}),
    ]  # fmt: skip
    for register, row in rows:
        office.save(register, None, row, confirmed=True)
    worker = office.save(
        "community_worker", None,
        {"person.name": "王芳", "person.identity_number": LI, "person.phone": PHONE, "code": "GZ-07",
         "community_work_on": "2015.9", "hired_on": "2020-01-01", "contract": "劳动合同", "duties": "民政", **here},
        confirmed=True,
    ).main  # fmt: skip
    held = {
        "worker_id": worker,
        "post": "副职",
        "title": "居委会副主任",
        "valid_from": "2020-01-01",
    }
    office.save("post_holding", None, held)
    studied = {
        "worker_id": worker,
        "level": "大学本科毕业",
        "school": "临沂大学",
        "awarded_on": "2010.7",
    }
    office.save("worker_education", None, studied)
    with_certificate = {"worker_id": worker, "kind": "社会工作师", "awarded_on": "2021.10"}
    office.save("worker_certificate", None, with_certificate)
    return office


def words(office: Office, key: str, edition: str) -> str:
    paper = catalogue.papers()[key]
    record = office.page(View(paper.register), 0, 1)[0][0] if paper.single else ""
    asked = Request(
        record_id=record, edition=edition if edition in paper.editions else paper.editions[0]
    )
    said = "\f\n".join(texts(print_paper(office, paper, asked).pdf))
    lines = (_CODE.sub("校验码 ********", line).rstrip() for line in said.splitlines())
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("key", KEYS)
def test_every_roster_word_for_word(told_office: Office, key: str) -> None:
    """The words in the order they are drawn. LANLING_GOLDEN=1 writes them anew, to be read."""
    plain = words(told_office, key, "归档版")
    golden = GOLDEN / f"{key}.txt"
    if os.environ.get("LANLING_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(plain, encoding="utf-8")
    assert plain == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_the_public_edition_tells_nobodys_number_or_telephone(
    told_office: Office, key: str
) -> None:
    if MASKED not in catalogue.papers()[key].editions:
        return
    said = words(told_office, key, MASKED)
    assert not any(secret in said for secret in (ZHANG, LI, PHONE))
