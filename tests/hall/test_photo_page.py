"""公示照片页: the photographs of the notice stand where they would be pasted."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf.pdfa import validate_written
from PIL import Image

from lanling_desktop.core import attachments
from lanling_desktop.core.attachments import Incoming
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.hall import meeting_papers
from lanling_desktop.printing.preview import page_count
from tests.core.pictures import jpeg, pdf
from tests.hall.told import drawn, told
from tests.printing.collisions import collisions
from tests.printing.measure import pages
from tests.printing.samples import texts


@pytest.fixture
def meeting(told_office: Office) -> str:
    return told(told_office)[1]


def posted(office: Office, meeting: str) -> str:
    found = meeting_papers.posting(office, meeting)
    assert found is not None
    return str(found["id"])


def attach(office: Office, meeting: str, *given: Incoming) -> None:
    attachments.add(office, "publicity", posted(office, meeting), given)


def pictures_of(paper: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(BytesIO(paper)) as file:
        shown = file.pages[0].Resources.get("/XObject", {})
        return [(int(each.Width), int(each.Height)) for each in shown.values()]


def test_two_photographs_stand_in_place_of_the_frames(told_office: Office, meeting: str) -> None:
    near = jpeg("red", (2400, 1200), turned=6, taken="2026:09:03 10:20:30")
    attach(told_office, meeting, Incoming("近景.jpg", near), Incoming("远景.jpg", jpeg("blue")))
    paper = drawn(told_office, "publicity_photos", meeting)
    said = "".join(texts(paper))
    assert "此处粘贴" not in said
    assert "近景" in said
    assert "远景" in said
    assert "2026年9月3日" in said, "the day the camera says"
    assert sorted(pictures_of(paper)) == [(80, 40), (700, 1400)], "turned upright, scaled"
    assert page_count(paper) == 1
    assert [each for page in pages(paper) for each in collisions(page)] == []
    assert [str(each) for each in validate_written(BytesIO(paper), "2b").findings] == []
    with pikepdf.open(BytesIO(paper)) as file:
        for each in file.pages[0].Resources.XObject.values():
            assert not Image.open(BytesIO(each.read_raw_bytes())).getexif()


def test_one_photograph_leaves_one_frame(told_office: Office, meeting: str) -> None:
    attach(told_office, meeting, Incoming("近景.jpg", jpeg()), Incoming("原稿.pdf", pdf()))
    paper = drawn(told_office, "publicity_photos", meeting)
    said = "".join(texts(paper))
    assert "此处粘贴照片二" in said
    assert "此处粘贴照片一" not in said
    assert len(pictures_of(paper)) == 1
    assert page_count(paper) == 1


def test_five_photographs_flow_over_pages_each_with_its_words(
    told_office: Office, meeting: str
) -> None:
    colours = ("red", "blue", "green", "black", "orange")
    attach(told_office, meeting, *(Incoming(f"第{c}张.jpg", jpeg(c)) for c in colours))
    paper = drawn(told_office, "publicity_photos", meeting)
    assert page_count(paper) == 3
    assert "照片五" in texts(paper)[2]
    assert [each for page in pages(paper) for each in collisions(page)] == []


def test_a_photograph_taken_away_leaves_its_frame(told_office: Office, meeting: str) -> None:
    attach(told_office, meeting, Incoming("近景.jpg", jpeg()))
    told_office.undo()
    paper = drawn(told_office, "publicity_photos", meeting)
    assert "此处粘贴照片一" in "".join(texts(paper))
    assert pictures_of(paper) == []


def test_a_damaged_photograph_is_said_and_not_left_out(told_office: Office, meeting: str) -> None:
    attach(told_office, meeting, Incoming("近景.jpg", jpeg()))
    (kept,) = attachments.photos(told_office, "publicity", posted(told_office, meeting))
    told_office.vault.place(kept.digest).write_bytes(b"changed")
    with pytest.raises(OfficeError, match=r"近景.*被改动过"):
        drawn(told_office, "publicity_photos", meeting)
