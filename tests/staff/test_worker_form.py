"""社区工作者个人登记表: everything on file, of its day; the photograph or a frame for it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from lanling_desktop import catalogue
from lanling_desktop.core import attachments
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.printing.paper import MASKED, Request, print_paper
from tests.core.pictures import jpeg
from tests.office import numbered
from tests.printing.collisions import collisions
from tests.printing.measure import pages
from tests.printing.samples import RARE, texts

NUMBER = numbered("19880506", 122)


@pytest.fixture
def worker(desk_office: Office) -> str:
    typed = {
        "person.name": f"王{RARE}", "person.identity_number": NUMBER, "person.phone": "13812345678",
        "code": "GZ-07", "hired_on": "2020-01-01", "contract": "劳动合同", "duties": "民政、养老",
    }  # fmt: skip
    made = desk_office.save("community_worker", None, typed, confirmed=True).main
    rows = (
        ("post_holding", {"post": "工作人员", "title": "专干", "valid_from": "2020-01-01", "valid_to": "2026-01-01"}),
        ("post_holding", {"post": "副职", "title": "居委会副主任", "valid_from": "2026-01-01"}),
        ("worker_education", {"level": "大学本科毕业", "school": "临沂大学", "awarded_on": "2010.7"}),
        ("worker_certificate", {"kind": "社会工作师", "number": "SW-1", "awarded_on": "2026-11-01"}),
        ("worker_honour", {"name": "优秀社区工作者", "level": "县", "awarded_on": "2024-03"}),
        ("worker_assessment", {"year": "2025", "result": "优秀"}),
        ("worker_service", {"place": "城关社区", "valid_from": "2015-01-01", "valid_to": "2019-12-31",
                            "counted": "是"}),
    )  # fmt: skip
    for register, row in rows:
        desk_office.save(register, None, row | {"worker_id": made}, confirmed=True)
    return made


def printed(office: Office, record: str = "", **more: object) -> bytes:
    key = "community_worker_form" if record else "community_worker_forms"
    asked = Request(record_id=record, **more)  # type: ignore[arg-type]
    return print_paper(office, catalogue.papers()[key], asked).pdf


def flat(pdf: bytes) -> str:
    return "".join("".join(texts(pdf)).split())


def test_everything_on_file_stands_on_the_form(desk_office: Office, worker: str) -> None:
    pdf = printed(desk_office, worker)
    said = flat(pdf)
    for each in (
        f"王{RARE}", NUMBER, "1988-05-06", "女", "13812345678", "GZ-07", "劳动合同", "民政、养老",
        "专干", "居委会副主任", "大学本科毕业", "临沂大学", "2010-07-01", "社会工作师", "SW-1",
        "优秀社区工作者", "2025", "优秀", "城关社区", "照片", "社区意见", "街道意见", "本人签名：",
    ):  # fmt: skip
        assert each in said, each
    for page in pages(pdf):
        assert collisions(page) == []


def test_the_form_of_an_earlier_day_knows_nothing_later(desk_office: Office, worker: str) -> None:
    said = flat(printed(desk_office, worker, day=date(2025, 6, 30)))
    assert "专干" in said
    assert "居委会副主任" not in said
    assert "SW-1" not in said
    assert "优秀社区工作者" in said


def test_the_public_edition_masks_number_and_telephone(desk_office: Office, worker: str) -> None:
    said = flat(printed(desk_office, worker, edition=MASKED))
    assert NUMBER not in said
    assert "13812345678" not in said
    assert f"王{RARE}" in said


def test_the_photograph_stands_in_its_frame(desk_office: Office, worker: str) -> None:
    def drawn(pdf: bytes) -> int:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return len(opened.pages[0].get_images())

    assert drawn(printed(desk_office, worker)) == 0
    (person,) = (row[0] for row in desk_office.page(View("person"), 0, 1))
    photo = attachments.Incoming("一寸照.jpg", jpeg())
    attachments.add(desk_office, "person", person, [photo])
    pdf = printed(desk_office, worker)
    assert drawn(pdf) == 1
    assert "照片" not in flat(pdf)


def test_all_of_a_list_in_one_file(demo_office: Office) -> None:
    count = demo_office.count(View("community_worker"))
    said = flat(printed(demo_office))
    assert said.count("社区意见") == count
