"""What the papers of a hall say: each word for word, the frozen copy once minutes are closed."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf.pdfa import validate_written

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.hall import actions, follow_up, official_papers
from lanling_desktop.people.papers import NothingToPrintError
from lanling_desktop.printing.paper import MASKED
from lanling_desktop.printing.preview import page_count
from tests.hall.month import ledger
from tests.hall.told import drawn, printed, told
from tests.printing.collisions import collisions
from tests.printing.measure import pages
from tests.printing.samples import texts

GOLDEN = Path(__file__).with_name("golden")
ALONE = (
    "meeting_notice",
    "meeting_agenda",
    "meeting_sign_in",
    "meeting_record",
    "meeting_minutes",
    "meeting_publicity",
    "publicity_photos",
    "action_ledger",
    "action_receipt",
    "visitor_book",
)


def visitor(office: Office, hall: str) -> None:
    typed = {
        "visited_on": "2026-09-02",
        "hall_id": hall,
        "name": "周玉兰",
        "phone": "13812345678",
        "address": "兰陵花园3号楼2单元501室",
        "people": "2",
        "matter": "楼道堆放杂物",
        "handler": "王敏",
        "outcome": "列入九月议题",
    }
    office.save("visitor_reception", None, typed)


def record_of(office: Office, key: str, made: tuple[str, str, str]) -> str:
    _, first, second = made
    if key == "action_receipt":
        return ledger(office)["小区东门路灯不亮"]
    if key in ("action_ledger", "visitor_book"):
        return ""
    return second if key == "meeting_agenda" else first


@pytest.mark.parametrize("key", ALONE)
def test_every_paper_word_for_word(told_office: Office, key: str) -> None:
    """The words in the order they are drawn. LANLING_GOLDEN=1 writes them anew, to be read."""
    made = told(told_office)
    visitor(told_office, made[0])
    said = "\f\n".join(texts(drawn(told_office, key, record_of(told_office, key, made))))
    plain = "\n".join(line.rstrip() for line in said.splitlines()) + "\n"
    golden = GOLDEN / f"{key}.txt"
    if os.environ.get("LANLING_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(plain, encoding="utf-8")
    assert plain == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", [*ALONE, "meeting_set", "year_set"])
def test_every_paper_is_pdf_a_and_nothing_stands_on_anything(told_office: Office, key: str) -> None:
    made = told(told_office)
    visitor(told_office, made[0])
    record = made[0] if key == "year_set" else record_of(told_office, key, made)
    pdf = printed(told_office, key, record)
    assert [str(finding) for finding in validate_written(BytesIO(pdf), "2b").findings] == []
    for page in pages(pdf):
        assert collisions(page) == []


def test_the_record_has_the_boxes_of_the_form_in_their_order(told_office: Office) -> None:
    _, first, _ = told(told_office)
    said = "".join("".join(texts(printed(told_office, "meeting_record", first))).split())
    boxes = ["会议记录", "时间", "地点", "主持人", "记录人", "出席人员", "列席人员", "及原因", "情况",
             "提出人", "讨论摘要", "议定意见", "责任人", "完成时限", "表决情况", "其他", "主持人签字",
             "记录人签字", "见签到表"]  # fmt: skip
    places = []
    at = 0
    for box in boxes:
        at = said.index(box, at)
        places.append(at)
    assert places == sorted(places)


def test_open_minutes_say_so_and_closed_ones_do_not(told_office: Office) -> None:
    _, first, second = told(told_office)
    for key in ("meeting_record", "meeting_minutes"):
        assert "（未定稿）" not in "".join(texts(printed(told_office, key, first)))
        assert "（未定稿）" in "".join(texts(printed(told_office, key, second)))


def test_closed_minutes_are_drawn_of_the_frozen_copy(told_office: Office) -> None:
    hall, first, second = told(told_office)
    before = {key: drawn(told_office, key, first) for key in ("meeting_record", "meeting_minutes")}
    office = told_office
    office.save("meeting_hall", hall, {"name": "改了名的红色议事厅"})
    line = ledger(office)["雨水管网改造"]
    office.save("action_item", line, {"title": "改了名的事项", "co_units": "改了的单位"})
    for key, pdf in before.items():
        assert texts(drawn(office, key, first)) == texts(pdf)
    assert "改了名的事项" not in "".join(texts(drawn(office, "meeting_record", first)))
    assert "改了名" in "".join(texts(drawn(office, "meeting_minutes", second)))


def test_a_correction_is_a_version_that_says_why(told_office: Office) -> None:
    _, first, _ = told(told_office)
    actions.begin_correction(told_office, meeting_id=first, reason="漏记一名列席人员")
    assert "（未定稿）" in "".join(texts(printed(told_office, "meeting_record", first)))
    actions.finalise(told_office, meeting_id=first)
    said = "".join(texts(printed(told_office, "meeting_record", first)))
    assert "（第2版）" in said
    assert "更正理由：漏记一名列席人员" in said


def test_the_ledger_says_in_a_word_what_is_overdue(told_office: Office) -> None:
    told(told_office)
    said = "".join(texts(printed(told_office, "action_ledger")))
    assert "超期54天" in said  # 2026-09-30 to 2026-11-23
    assert "共 3 项" in said
    assert "已销号 1 项，未销号 2 项" in said
    assert "超期 1 项" in said


def test_a_ledger_of_two_halls_names_them(told_office: Office) -> None:
    told(told_office)
    other = told_office.save("meeting_hall", None, {"name": "金牛小区", "fixed_day": "5"}).main
    typed = {"hall_id": other, "title": "车位划线", "raised_on": "2026-09-05", "responsible": "甲",
             "due_on": "2026-12-01", "status": "交办"}  # fmt: skip
    told_office.save("action_item", None, typed)
    said = "".join("".join(texts(printed(told_office, "action_ledger"))).split())
    assert "车位划线（金牛小区）" in said
    assert "雨水管网改造（兰陵花园）" in said


def test_the_public_editions_hide_telephone_door_and_who_asked(told_office: Office) -> None:
    made = told(told_office)
    visitor(told_office, made[0])
    book = "".join(texts(printed(told_office, "visitor_book", edition=MASKED)))
    assert "138****5678" in book
    assert "501" not in book
    board = "".join(texts(printed(told_office, "action_ledger", edition=MASKED)))
    assert "孙志强" not in board
    for key in ("action_ledger", "meeting_publicity"):
        record = record_of(told_office, key, made)
        assert "周玉兰" not in "".join(texts(printed(told_office, key, record, edition=MASKED)))


def test_what_is_not_there_yet_is_said(told_office: Office) -> None:
    _, _, second = told(told_office)
    with pytest.raises(NothingToPrintError, match="还没有登记公示"):
        printed(told_office, "meeting_publicity", second)
    with pytest.raises(NothingToPrintError, match="还没有办结，现在是“办理中”"):
        printed(told_office, "action_receipt", ledger(told_office)["雨水管网改造"])
    with pytest.raises(NothingToPrintError, match="来访登记是空的"):
        printed(told_office, "visitor_book")


def test_the_receipt_shows_what_people_said_alone_and_in_the_sets(told_office: Office) -> None:
    hall, first, _ = told(told_office)
    item = ledger(told_office)["小区东门路灯不亮"]
    follow_up.ask_satisfaction(told_office, item_id=item, satisfied="基本满意")
    for key, record in (("action_receipt", item), ("meeting_set", first), ("year_set", hall)):
        said = "".join("".join(texts(printed(told_office, key, record))).split())
        assert "□满意■基本满意□不满意" in said, key


def test_copies_of_the_minutes_stand_in_their_foot(told_office: Office) -> None:
    _, first, _ = told(told_office)
    pdf = printed(told_office, "meeting_minutes", first, copies="卞庄街道党工委、兰陵花园物业")
    assert "抄送：卞庄街道党工委，兰陵花园物业。" in "".join(texts(pdf))


def test_the_notice_is_one_page_however_many_topics(told_office: Office) -> None:
    _, _, second = told(told_office)
    for number in range(40):
        title = f"第{number + 1}件需要大家商量的事情，说来话长一些"
        actions.raise_matter(told_office, meeting_id=second, title=title)
    pdf = printed(told_office, "meeting_notice", second)
    assert page_count(pdf) == 1
    assert "共41项，见附件" in "".join("".join(texts(pdf)).split())
    listed = "".join("".join(texts(printed(told_office, "meeting_agenda", second))).split())
    assert all(f"第{number}件需要" in listed for number in range(1, 41))


def test_a_notice_bears_the_day_the_meeting_was_called(told_office: Office) -> None:
    hall, first, _ = told(told_office)
    coming = actions.open_meeting(told_office, hall_id=hall, planned_on=date(2026, 12, 10)).main
    said = "".join(texts(printed(told_office, "meeting_notice", coming)))
    assert "2026年11月23日" in said
    assert "2026年11月23日" not in "".join(texts(printed(told_office, "meeting_notice", first)))


def test_minutes_and_record_as_word(told_office: Office, tmp_path: Path) -> None:
    from docx import Document

    _, first, _ = told(told_office)
    out = tmp_path / "纪要.docx"
    official_papers.minutes_to_word(told_office, first, out)
    said = "\n".join(each.text for each in Document(str(out)).paragraphs)
    assert "兰陵花园红色议事厅会议纪要" in said
    assert "更换东门3盏路灯" in said
    official_papers.record_to_word(told_office, first, tmp_path / "记录.docx")
    assert list(tmp_path.glob("*.part")) == []
    with pytest.raises(OfficeError, match="文件夹不存在"):
        official_papers.minutes_to_word(told_office, first, tmp_path / "无" / "纪要.docx")


def test_a_public_notice_hides_what_somebody_typed_into_a_matter(told_office: Office) -> None:
    _, _, second = told(told_office)
    actions.raise_matter(
        told_office,
        meeting_id=second,
        title="3号楼2单元501室漏水（13812345678，371324198001011234）",
    )
    follow_up.publish(told_office, meeting_id=second)
    said = "".join("".join(texts(printed(told_office, "meeting_publicity", second))).split())
    assert "3号楼2单元漏水（138****5678，" in said
    assert "501" not in said
    assert "19800101" not in said
    assert "0539-5211234" in said


def test_a_meeting_to_come_has_a_record_to_write_on_and_no_minutes(told_office: Office) -> None:
    where = told_office.save(
        "meeting_hall", None, {"name": "金牛小区", "fixed_day": "5", "chair": "甲"}
    ).main
    coming = actions.open_meeting(told_office, hall_id=where, planned_on=date(2026, 12, 5)).main
    said = "".join("".join(texts(printed(told_office, "meeting_record", coming))).split())
    assert said.count("讨论摘要") == 2
    assert "——" not in said
    with pytest.raises(NothingToPrintError, match="还没有召开，没有纪要可印"):
        printed(told_office, "meeting_minutes", coming)
    with pytest.raises(NothingToPrintError, match="还没有召开"):
        official_papers.minutes_to_word(told_office, coming, Path("x.docx"))


def test_a_streets_office_signs_for_the_halls_own_community(told_office: Office) -> None:
    hall, first, _ = told(told_office)
    told_office.desk.put("unit", "卞庄街道办事处")
    for key in ("meeting_notice", "meeting_record", "meeting_minutes", "meeting_publicity"):
        said = "".join(texts(printed(told_office, key, first)))
        assert "向阳社区居民委员会" in said
        assert "卞庄街道办事处" not in said
    year = texts(printed(told_office, "year_set", hall))
    assert "单位（盖章）：卞庄街道办事处" in year[0]
    assert "向阳社区居民委员会" in year[0]  # 责任者
