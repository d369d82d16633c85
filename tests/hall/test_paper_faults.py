"""faults.md 57: nobody and two hundred, twenty pages, names of sixty characters, rare ones.

Nothing is lost and nothing stands on anything: read back from the drawn pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from lanling_desktop.hall import meeting_sheets, official_papers
from lanling_desktop.hall.minutes import Matter, Minutes, Person
from lanling_desktop.hall.record_form import record_form
from lanling_desktop.printing.form import Form, draw_forms
from lanling_desktop.printing.official import OfficialDocument, draw_official
from lanling_desktop.printing.paper import Job, Request
from tests.printing.collisions import collisions, outside
from tests.printing.measure import Page, pages
from tests.printing.samples import RARE, texts

pytestmark = pytest.mark.fault(57)

DAY = date(2026, 11, 23)
JOB = Job(Request(), "2026-00001", "0" * 8, DAY, DAY, "向阳社区居民委员会", demo=True)
SIXTY = "".join(f"{n}号楼东单元".rjust(7, "第") for n in range(100))[:60]


def person(number: int, **more: str) -> Person:
    plain = Person(f"王建国{number}", "居民代表", f"第{number}楼栋长", "出席", "")
    return replace(plain, **more)  # type: ignore[arg-type]


def matter(number: int, discussion: str = "", **more: object) -> Matter:
    plain = Matter(
        number=number, title=f"第{number}件要议的事", source="居民来访", category="环境卫生",
        proposer="周玉兰", place="3号楼", description="", discussion=discussion or "大家都说了话。",
        decision="由物业办理", disposal="限期解决", disposal_reason="", vote_method="举手",
        votes_for=4, votes_against=1, votes_abstain=0, serial="2026-0001", measure="由物业办理",
        lead_unit="物业", responsible="李敏", co_units="", due_on="2026-10-01", status="交办",
        progress="", carried=False,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def minutes(
    people: Iterable[Person] = (), matters: Iterable[Matter] = (), **more: object
) -> Minutes:
    here = tuple(people)
    plain = Minutes(
        meeting_id="m", community="向阳社区", hall="兰陵花园红色议事厅",
        title="兰陵花园红色议事厅2026年第9次会议", serial="2026-09", kind="例会",
        planned_on="2026-09-10", held_on="2026-09-10", start_time="19:00", end_time="20:40",
        place="党群服务中心二楼", chair="赵建国", recorder="王敏", should_attend=len(here),
        attended=len(here), other="", people=here, matters=tuple(matters), number="〔2026〕9号",
        version=1, closed_on="2026-09-11",
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def form_pdf(form: Form) -> bytes:
    out = BytesIO()
    draw_forms([form], out)
    return out.getvalue()


def official_pdf(document: OfficialDocument) -> bytes:
    out = BytesIO()
    draw_official(document, out)
    return out.getvalue()


def drawn(said: Minutes) -> dict[str, bytes]:
    posted = {"title": f"{said.title}议定事项公示", "place": said.place, "posted_on": DAY,
              "posted_to": DAY, "objections": "", "handled": ""}  # fmt: skip
    return {
        "record": form_pdf(record_form(said, JOB)),
        "agenda": form_pdf(meeting_sheets.agenda_form(said, JOB)),
        "sign_in": form_pdf(meeting_sheets.sign_in_form(said, JOB)),
        "photos": form_pdf(meeting_sheets.photo_form(said, posted, JOB)),
        "minutes": official_pdf(official_papers.minutes_document(said, JOB)),
    }


def unharmed(pdf: bytes) -> list[Page]:
    found = pages(pdf)
    for page in found:
        assert collisions(page) == []
        assert outside(page) == []
        assert max(char.right for char in page.chars) <= 197  # the widest paper's edge
    return found


def lost(pdf: bytes, *said: str) -> Counter[str]:
    """Characters that should be on the paper and are not."""
    have = Counter("".join("".join(texts(pdf)).split()))
    return Counter("".join("".join(said).split())) - have


@pytest.mark.parametrize("key", ["record", "agenda", "sign_in", "photos", "minutes"])
@pytest.mark.parametrize("count", [0, 200])
def test_nobody_and_two_hundred(key: str, count: int) -> None:
    said = minutes([person(n) for n in range(count)], [matter(1)])
    pdf = drawn(said)[key]
    unharmed(pdf)
    if key in ("record", "sign_in", "minutes"):
        assert not lost(pdf, *(f"{each.name}{each.duty}" for each in said.people))


def test_the_sign_in_sheet_has_a_box_for_each_and_some_to_spare() -> None:
    nobody = form_pdf(meeting_sheets.sign_in_form(minutes(), JOB))
    assert len(texts(nobody)) == 1
    many = texts(form_pdf(meeting_sheets.sign_in_form(minutes(map(person, range(200))), JOB)))
    assert all("签名" in page for page in many)  # the head stands on every page
    numbers = re.findall(r"^(\d+) 王建国", "\n".join(many), re.MULTILINE)
    assert numbers == [str(n) for n in range(1, 201)]


def long(count: int) -> str:
    return "\n".join(f"第{n}位居民说，{'楼道的灯要修。' * 12}" for n in range(count))


def test_twenty_pages_lose_no_word() -> None:
    said = minutes(map(person, range(12)), [matter(n, long(150)) for n in range(1, 5)])
    pdf = drawn(said)["record"]
    found = unharmed(pdf)
    assert len(found) >= 20
    assert not lost(pdf, *(each.discussion for each in said.matters))
    numbers = list(map(int, re.findall(r"第(\d+)位", running(pdf))))
    assert numbers == list(range(150)) * 4


def running(pdf: bytes) -> str:
    """The text of all pages without what only a page has: its foot, its head, labels at the side."""
    lines = [line for page in texts(pdf) for line in page.splitlines()]
    kept = [line for line in lines if len(line) > 1 and not line.startswith("打印编号")]
    return "".join("".join(line for line in kept if not line.endswith("（续）")).split())


def test_long_text_leaves_no_page_half_empty() -> None:
    """A discussion higher than what is left of a page goes on there, not on the next."""
    said = minutes(map(person, range(12)), [matter(n, long(40)) for n in range(1, 8)])
    found = unharmed(drawn(said)["record"])
    for page in found[:-1]:
        lowest = max(char.bottom for char in page.chars if char.bottom < 282)
        assert lowest > 240


def test_a_heading_of_a_matter_stands_with_its_discussion() -> None:
    for lines in range(1, 40):
        said = minutes([], [matter(1, "字。\n" * lines), matter(2, "后。\n" * 30)])
        page = next(p for p in texts(form_pdf(record_form(said, JOB))) if "第2件要议的事\n" in p)
        assert page.index("第2件要议的事") < page.index("后。")


@pytest.mark.parametrize("key", ["record", "agenda", "sign_in", "photos", "minutes"])
def test_names_of_sixty_characters(key: str) -> None:
    who = person(1, name=SIXTY, duty=SIXTY)
    said = minutes(
        [who, person(2, attendance="请假", reason=SIXTY)],
        [matter(1, title=SIXTY, proposer=SIXTY, responsible=SIXTY, lead_unit=SIXTY, co_units=SIXTY),
         matter(2, carried=True, title=SIXTY, progress=SIXTY, responsible=SIXTY)],
        hall=SIXTY, title=f"{SIXTY}2026年第9次会议", place=SIXTY, chair=SIXTY, recorder=SIXTY,
        number="",
    )  # fmt: skip
    job = replace(JOB, unit=SIXTY)
    for pdf in (drawn(said)[key], form_pdf(record_form(said, job))):
        unharmed(pdf)
        assert not lost(pdf, said.title)


@pytest.mark.parametrize("key", ["record", "agenda", "sign_in", "minutes"])
def test_rare_characters(key: str) -> None:
    said = minutes(
        [person(1, name=f"王{RARE}")],
        [matter(1, title=f"{RARE}家的事", proposer=RARE, decision=RARE)],
        chair=RARE,
    )
    pdf = drawn(said)[key]
    unharmed(pdf)
    assert RARE in "".join(texts(pdf))


def test_a_row_taller_than_a_page_goes_on() -> None:
    said = minutes([], [matter(1, description=long(60)), matter(2, decision=long(60))])
    for key in ("record", "agenda", "minutes"):
        pdf = drawn(said)[key]
        assert len(unharmed(pdf)) > 1
        assert not lost(pdf, said.matters[0].description if key != "minutes" else long(60))
