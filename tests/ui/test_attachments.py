"""附件 by real keys: chosen, dropped, pasted, opened, saved, named, taken away and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core import attachments
from lanling_desktop.core.attachments import PHOTO, SCAN, Attached, Incoming
from lanling_desktop.core.plain import View
from tests.core.pictures import jpeg, pdf, written
from tests.hall.told import drawn
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import files, opened_files, theme
from ui.screens.attachments import AttachmentList
from ui.screens.children import ChildPage
from ui.screens.register import RegisterScreen

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def worker(at: Desk) -> str:
    return at.office.save("community_worker", None, {"person.name": "张玉兰"}, confirmed=True).main


def shown(at: Desk, record_id: str, key: str = "community_worker") -> RegisterScreen:
    screen = at.screen(key)
    screen.open_record(record_id)
    at.settle()
    return screen


def section(screen: RegisterScreen) -> AttachmentList:
    assert screen.panel.attached is not None
    return screen.panel.attached


def of(at: Desk, worker: str, *, binned: bool = False) -> list[Attached]:
    return attachments.of(at.office, "community_worker", worker, binned=binned)


def pictured(part: AttachmentList) -> list[bool]:
    """Which lines show their small picture."""
    model = part.list.model()
    found = [
        model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) for row in range(model.rowCount())
    ]
    return [isinstance(each, QPixmap) and not each.isNull() for each in found]


def noted(at: Desk) -> list[str]:
    """What the journal says of who looked at files."""
    rows = at.office.store.raw("SELECT title FROM journal_entry WHERE kind = 'note' ORDER BY seq")
    return [row[0] for row in rows if "附件" in row[0]]


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(files, "ask_open_many", lambda *_: list(paths))


def test_a_certificate_scan_is_added_to_a_worker_and_opened(
    at: Desk, worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, hands = shown(at, worker), at.typist
    choose(monkeypatch, written(tmp_path, "社会工作师证.pdf", pdf()))
    opened: list[Path] = []
    monkeypatch.setattr(opened_files, "launch", lambda path: bool(opened.append(path)) or True)
    hands.think()
    hands.press(Key.Key_F9)
    at.settle()
    assert section(screen).head.text() == "附件 1 (Ctrl+7)"
    assert at.said.said[-1] == ("已给社区工作者 张玉兰 加附件 社会工作师证", True)
    assert section(screen).list.hasFocus(), "what was added is in hand"
    hands.press(Key.Key_Return)
    at.settle()
    (copy,) = opened
    assert copy.read_bytes() == pdf()
    assert copy.suffix == ".pdf"
    assert "社会工作师证" not in str(copy), "a name on the disk may be about a person"
    assert not copy.stat().st_mode & 0o222, "read-only"
    assert hands.modal_stops == 0
    at.session.opened.clean()
    assert not copy.exists()
    assert noted(at) == ["打开社区工作者 张玉兰 的附件 社会工作师证"]


def test_the_section_is_reached_by_its_number_and_renamed(
    at: Desk, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachments.add(at.office, "community_worker", worker, [Incoming("IMG_1.jpg", jpeg())])
    screen, hands = shown(at, worker), at.typist
    hands.press(Key.Key_7, CTRL)
    assert section(screen).list.hasFocus()
    hands.press(Key.Key_F2)
    hands.press(Key.Key_A, CTRL)
    hands.compose("学历证书")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert [(each.title, each.what) for each in of(at, worker)] == [("学历证书", SCAN)]
    assert section(screen).list.hasFocus()
    assert section(screen).list.titles() == ["学历证书"]
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Escape)
    assert section(screen).list.hasFocus()


def test_taken_away_with_why_undone_shown_and_restored(at: Desk, worker: str) -> None:
    attachments.add(at.office, "community_worker", worker, [Incoming("证.jpg", jpeg())])
    screen, hands = shown(at, worker), at.typist
    part = section(screen)
    hands.press(Key.Key_7, CTRL)
    hands.press(Key.Key_Delete)
    hands.compose("加错人")
    hands.press(Key.Key_Return)
    at.settle()
    assert of(at, worker) == []
    assert part.list.titles() == []
    assert part.removed.text() == "显示已移除的 1 件"
    part.removed.click()
    at.settle()
    assert part.list.titles() == ["证"]
    hands.press(Key.Key_R, CTRL)
    at.settle()
    assert [each.title for each in of(at, worker)] == ["证"]
    at.office.undo()
    at.settle()
    assert of(at, worker) == []
    at.office.undo()
    at.settle()
    assert part.list.titles() == ["证"]


def test_a_copy_is_saved_where_the_clerk_wants_it(
    at: Desk, worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachments.add(at.office, "community_worker", worker, [Incoming("甲/乙:证.jpg", jpeg())])
    asked: list[str] = []

    def ask(_widget: object, _title: str, _settings: object, name: str, _kind: str) -> Path:
        asked.append(name)
        return tmp_path / "出.jpg"

    monkeypatch.setattr(files, "ask_save", ask)
    shown(at, worker)
    at.typist.press(Key.Key_7, CTRL)
    at.typist.press(Key.Key_S, CTRL)
    at.settle()
    assert (tmp_path / "出.jpg").read_bytes() == jpeg()
    assert asked == ["乙_证.jpg"]
    assert noted(at) == ["另存社区工作者 张玉兰 的附件 乙:证"]


def test_a_picture_is_pasted_from_the_clipboard(at: Desk, worker: str) -> None:
    screen = shown(at, worker)
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    at.typist.press(Key.Key_7, CTRL)
    at.typist.press(Key.Key_V, CTRL)
    at.settle()
    (kept,) = of(at, worker)
    assert kept.media_type == "image/png"
    back = QImage()
    back.loadFromData(attachments.content(at.office, kept))
    assert (back.size().toTuple(), back.pixelColor(3, 3).name()) == ((40, 20), "#ff0000")
    QGuiApplication.clipboard().setText("只是字")
    at.typist.press(Key.Key_V, CTRL)
    assert at.said.said[-1][0] == "剪贴板里没有图片或文件，没有添加"
    assert len(of(at, worker)) == 1
    assert section(screen).head.text().startswith("附件 1")


def test_files_are_dropped_on_it(at: Desk, worker: str, tmp_path: Path) -> None:
    part = section(shown(at, worker))
    given = QMimeData()
    paths = [written(tmp_path, "一.jpg", jpeg()), written(tmp_path, "二.pdf", pdf())]
    given.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    middle = part.rect().center()
    entered = QDragEnterEvent(middle, copy, given, left, none)
    QApplication.sendEvent(part, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(middle), copy, given, left, none)
    QApplication.sendEvent(part, dropped)
    at.settle()
    assert [each.title for each in of(at, worker)] == ["一", "二"]
    assert part.list.titles() == ["一", "二"]


def test_what_is_refused_is_said_in_words(
    at: Desk, worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(at, worker)
    good = written(tmp_path, "好.jpg", jpeg())
    choose(monkeypatch, good, written(tmp_path, "坏.exe", b"MZ" + b"\0" * 99))
    at.typist.press(Key.Key_F9)
    at.settle()
    assert at.said.troubles[-1].what == "“坏.exe”不是能加的文件"
    assert of(at, worker) == []
    choose(monkeypatch, good)
    at.typist.press(Key.Key_F9)
    at.settle()
    at.typist.press(Key.Key_F9)
    at.settle()
    assert at.said.said[-1][0] == "这些文件已经在附件里了，没有重复添加"


def test_a_damaged_file_is_said_when_it_is_opened(at: Desk, worker: str) -> None:
    attachments.add(at.office, "community_worker", worker, [Incoming("证.jpg", jpeg())])
    (kept,) = of(at, worker)
    place = at.office.vault.place(kept.digest)
    place.write_bytes(b"changed")
    shown(at, worker)
    at.typist.press(Key.Key_7, CTRL)
    at.typist.press(Key.Key_Return)
    at.settle()
    assert "“证”：附件的文件被改动过" in at.said.troubles[-1].what


def test_a_posted_notice_gets_its_photograph_where_its_row_is_typed(
    at: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = at.office
    typed = {"compound_id": "兰陵花园", "name": "兰陵花园红色议事厅", "fixed_day": "10"}
    hall = office.save("meeting_hall", None, typed, confirmed=True).main
    meeting = office.save(
        "hall_meeting", None, {"hall_id": hall, "planned_on": "2026-11-10"}, confirmed=True
    ).main
    raw = {"title": "议定事项公示", "meeting_id": meeting, "posted_on": "2026-11-12"}
    posted = office.save("publicity", None, raw, confirmed=True).main
    screen, hands = shown(at, meeting, "hall_meeting"), at.typist
    hands.press(Key.Key_3, CTRL)
    hands.press(Key.Key_Return)
    at.settle()
    page = screen.panel.stack.currentWidget()
    assert isinstance(page, ChildPage)
    choose(monkeypatch, written(tmp_path, "近景.jpg", jpeg()))
    hands.press(Key.Key_F9)
    at.settle()
    (kept,) = attachments.of(office, "publicity", posted)
    assert (kept.title, kept.what) == ("近景", PHOTO)
    assert page.attached is not None
    assert pictured(page.attached) == [True]
    paper = drawn(office, "publicity_photos", meeting)
    with pikepdf.open(BytesIO(paper)) as file:
        assert len(file.pages[0].Resources.XObject) == 1, "it is printed"
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Escape)
    assert screen.panel.stack.currentWidget() is page
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_3, CTRL)
    hands.press(Key.Key_Return)
    at.settle()
    assert pictured(page.attached) == [True], "seen again"
    hands.press(Key.Key_F9)
    at.settle()
    assert page.attached.list.hasFocus()


def test_a_record_of_another_day_is_only_looked_at(
    at: Desk, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachments.add(at.office, "community_worker", worker, [Incoming("证.jpg", jpeg())])
    screen = shown(at, worker)
    screen.panel.show_record(worker, View("community_worker", day=date(2026, 11, 23)))
    at.settle()
    part = section(screen)
    monkeypatch.setattr(files, "ask_open_many", lambda *_: pytest.fail("asked for files"))
    hands = at.typist
    hands.press(Key.Key_F9)
    hands.press(Key.Key_7, CTRL)
    assert part.list.titles() == ["证"]
    hands.press(Key.Key_Delete)
    hands.press(Key.Key_N, CTRL)
    QGuiApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    hands.press(Key.Key_V, CTRL)
    at.settle()
    assert part.why.isHidden()
    assert part.act.isHidden()
    assert len(of(at, worker)) == 1


@pytest.mark.parametrize("scale", [100, 150])
def test_everything_is_named_and_nothing_is_cut_off(
    at: Desk, worker: str, scale: int, qapp: QApplication
) -> None:
    given = [Incoming("一张名字很长很长的社会工作者职业水平证书扫描件正面.jpg", jpeg())]
    attachments.add(at.office, "community_worker", worker, given)
    theme.apply(qapp, scale, contrast=False)
    part = section(shown(at, worker))
    at.typist.press(Key.Key_7, CTRL)
    assert unnamed(part) == []
    assert clipped(part) == []
