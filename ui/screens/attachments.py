"""附件 of a record: seen, added by key, by drop and by paste, opened, saved, named, taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import shiboken6
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core import attachments, pictures
from lanling_desktop.core.attachments import Attached, Incoming
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.register import Register
from lanling_desktop.exchange.files import safe_file_name
from lanling_desktop.printing.files import write_whole
from ui import files, theme
from ui.screens.bars import AskBar
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.picture_list import PictureLine, PictureList
from ui.widgets.work import Cancelled

_THUMB, _KEPT = 192, 200  # points of a small picture; how many are remembered
_EMPTY = "还没有附件。按 F9 选文件，也可以把文件拖到这里，或在这里按 Ctrl+V 粘贴截图"


class AttachmentList(QWidget):
    """The attachments of one record with their count and their keys."""

    edit_requested = Signal(str)  # id of an attachment
    grown = Signal(QWidget)  # something of it came up that should be in sight

    def __init__(
        self, session: Session, register: Register, number: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._register = session, register
        self._record_id, self._asked, self._locked = "", 0, False
        self._removed_shown = False
        self._rows: dict[str, Attached] = {}
        self._thumbs: dict[str, QPixmap] = {}
        self._key = f"(Ctrl+{number})" if number else ""
        self.head = QLabel(self)
        self.head.setProperty("kind", "section")
        self.act = theme.button("添加附件", "link", key="F9", parent=self)
        self.list = PictureList("附件", _EMPTY, self)
        self.why = AskBar("为什么移除", "移除", self)
        self._acts = QWidget(self)
        flow = FlowLayout(self._acts, theme.px(4), 0)
        verbs: tuple[tuple[str, Callable[[], None]], ...] = (
            ("打开(Enter)", self.open),
            ("改名(F2)", self.edit),
            ("另存(Ctrl+S)", self.save),
            ("移除(Del)", self.remove),
            ("恢复(Ctrl+R)", self.restore),
        )
        self.verbs = {}
        for text, act in verbs:
            made = theme.button(text, "link", parent=self._acts)
            made.clicked.connect(act)
            flow.addWidget(made)
            self.verbs[text[:2]] = made
        self.removed = theme.button("", "link", parent=self)
        self._place()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.list)
        self.act.clicked.connect(self.add)
        self.list.opened.connect(self.open)
        self.list.asked.connect(self._pressed)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.why.given.connect(self._remove)
        self.why.closed.connect(self.enter)
        self.removed.clicked.connect(self._toggle_removed)
        session.changed.connect(self._changed)
        self._show([], 0)

    def _place(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(4), 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addLayout(top)
        for each in (self.list, self.why, self._acts, self.removed):
            layout.addWidget(each)

    # What is shown

    def load(self, record_id: str) -> None:
        """Show the attachments of a record; read behind the screen."""
        if record_id != self._record_id:
            self._record_id, self._removed_shown = record_id, False
            self.why.hide()
            self._show([], 0)
        self._asked += 1
        asked, office, key = self._asked, self._session.office, self._register.key

        def read() -> tuple[list[Attached], list[Attached]]:
            return (
                attachments.of(office, key, record_id),
                attachments.of(office, key, record_id, binned=True),
            )

        def came(found: tuple[list[Attached], list[Attached]]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                kept, gone = found
                shown = bool(gone) and self._removed_shown
                self._show([*kept, *(gone if shown else ())], len(kept), len(gone))
                self._read_thumbs(asked)

        self._session.reader.run(lambda _: read(), came, self._lost)

    def set_locked(self, *, locked: bool) -> None:
        """Only to be looked at."""
        self._locked = locked
        self.act.setVisible(not locked)
        self._moved()

    def enter(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def _show(self, rows: Sequence[Attached], count: int, gone: int = 0) -> None:
        self._rows = {each.id: each for each in rows}
        self.head.setText(f"附件 {count} {self._key}".rstrip())
        self.list.show_lines([_line(each) for each in rows])
        for each in rows:
            if each.digest in self._thumbs:
                self.list.show_picture(each.id, self._thumbs[each.digest])
        verb = "收起" if self._removed_shown else "显示"
        self.removed.setText(f"{verb}已移除的 {gone} 件")
        self.removed.setVisible(gone > 0)
        self._acts.setVisible(bool(rows))
        self._moved()

    def _read_thumbs(self, asked: int) -> None:
        wanted = [e for e in self._rows.values() if e.is_picture and e.digest not in self._thumbs]
        office = self._session.office
        if not wanted:
            return

        def read() -> list[tuple[Attached, bytes]]:
            found = []
            for each in wanted:
                try:
                    small = pictures.thumbnail(attachments.content(office, each), _THUMB)
                except (OfficeError, OSError, ValueError):
                    continue  # it is said when it is opened, and by a check
                found.append((each, small))
            return found

        def came(found: list[tuple[Attached, bytes]]) -> None:
            if not shiboken6.isValid(self) or asked != self._asked:
                return
            if len(self._thumbs) > _KEPT:
                self._thumbs.clear()
            for each, small in found:
                picture = QPixmap()
                picture.loadFromData(small)
                self._thumbs[each.digest] = picture
                self.list.show_picture(each.id, picture)

        self._session.reader.run(lambda _: read(), came, self._lost)

    @Slot()
    def _moved(self, *_index: object) -> None:
        current, free = self._current(), not self._locked
        gone = current is not None and current.binned_why is not None
        shown = {"改名": free and not gone, "移除": free and not gone, "恢复": free and gone}
        for text, made in self.verbs.items():
            made.setVisible(shown.get(text, True))

    def _current(self) -> Attached | None:
        return self._rows.get(self.list.key())

    @Slot()
    def _toggle_removed(self) -> None:
        self._removed_shown = not self._removed_shown
        self.load(self._record_id)
        self.enter()

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        touched = not changes.records or "attachment" in changes.tables
        if self._record_id and touched:
            self.load(self._record_id)

    # What is done

    @Slot(str)
    def _pressed(self, asked: str) -> None:
        acts = {
            "add": self.add,
            "paste": self.paste,
            "save": self.save,
            "restore": self.restore,
            "edit": self.edit,
            "remove": self.remove,
        }
        acts[asked]()

    @Slot()
    def add(self) -> None:
        """F9: choose files."""
        if not self._locked and self._record_id:
            title = f"给这条{self._register.noun}加附件"
            self.add_paths(files.ask_open_many(self, title, self._session.settings, files.PAPERS))

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files of the disk in one act."""
        if paths:
            self._add(lambda: [attachments.read_in(each) for each in paths])

    @Slot()
    def paste(self) -> None:
        """Ctrl+V: files copied in the file manager, or a picture copied anywhere."""
        found = QGuiApplication.clipboard().mimeData()
        if not self._take(found):
            self._session.notifier.say("剪贴板里没有图片或文件，没有添加")

    def _take(self, given: QMimeData) -> bool:
        """Add what was dropped or copied; whether there was anything to add."""
        if self._locked or not self._record_id:
            return False
        paths = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
            return True
        image = given.imageData() if given.hasImage() else None
        if isinstance(image, QPixmap):
            image = image.toImage()
        if not isinstance(image, QImage) or image.isNull():
            return False
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        data, now = bytes(buffer.data().data()), self._session.office.clock.now()
        self._add(lambda: [Incoming(f"粘贴的图片 {now:%m-%d %H%M%S}.png", data)])
        return True

    def _add(self, read: Callable[[], list[Incoming]]) -> None:
        office, key, record_id = self._session.office, self._register.key, self._record_id

        def came(changes: Changes | None) -> None:
            if changes is None:
                self._session.notifier.say("这些文件已经在附件里了，没有重复添加")
            else:
                self._session.notifier.say(f"已{changes.title}", undo=True)
            if shiboken6.isValid(self):
                self.enter()
                self.grown.emit(self)

        self._session.worker.run(
            lambda _: attachments.add(office, key, record_id, read()),
            came,
            self._lost,
            text="正在加附件",
        )

    @Slot()
    def open(self) -> None:
        """Enter: a read-only copy in the system's own program."""
        current = self._current()
        if current is not None:
            self._with_content(
                current,
                "打开",
                lambda data: self._session.opened.show(current.what, current.ending, data),
            )

    @Slot()
    def save(self) -> None:
        """Ctrl+S: a copy where the clerk wants it."""
        current = self._current()
        if current is None:
            return
        name = safe_file_name(current.title, current.ending)
        kind = f"文件 (*{current.ending})"
        path = files.ask_save(self, "附件另存为", self._session.settings, name, kind)
        if path is None:
            return

        def write(data: bytes) -> None:
            write_whole(path, data)
            self._session.notifier.say(f"附件已另存到 {path}")

        self._with_content(current, "另存", write)

    def _with_content(self, attached: Attached, how: str, act: Callable[[bytes], None]) -> None:
        office, mine = self._session.office, (self._register.key, self._record_id)

        def came(data: bytes) -> None:
            try:
                act(data)
            except OfficeError as trouble:
                self._session.notifier.trouble(trouble)
                return
            self._session.worker.run(lambda _: attachments.note_seen(office, *mine, attached, how))

        self._session.reader.run(lambda _: attachments.content(office, attached), came, self._lost)

    @Slot()
    def edit(self) -> None:
        """F2: what it is called, what it is."""
        current = self._current()
        if current is not None and not self._locked and current.binned_why is None:
            self.edit_requested.emit(current.id)

    @Slot()
    def remove(self) -> None:
        """Del: into the recycle bin, with why."""
        current = self._current()
        if current is not None and not self._locked and current.binned_why is None:
            self.why.ask(f"为什么移除“{current.title}”", "如：加错人了")
            self.grown.emit(self.why)

    @Slot(str)
    def _remove(self, why: str) -> None:
        self._do(lambda key: self._session.office.bin("attachment", key, why))

    @Slot()
    def restore(self) -> None:
        """Ctrl+R: back out of the recycle bin."""
        current = self._current()
        if current is not None and not self._locked and current.binned_why is not None:
            self._do(lambda key: self._session.office.restore("attachment", key))

    def _do(self, act: Callable[[str], Changes]) -> None:
        current = self._current()
        if current is None:
            return
        try:
            changes = act(current.id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
        else:
            self._session.notifier.say(f"已{changes.title}", undo=True)

    def _lost(self, error: BaseException) -> None:
        if isinstance(error, OfficeError):
            self._session.notifier.trouble(error)
        elif not isinstance(error, Cancelled):
            raise error

    # Dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped here."""
        given = event.mimeData()
        if not self._locked and self._record_id and (given.hasUrls() or given.hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add them."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()


def _line(each: Attached) -> PictureLine:
    day = _day(each.added_on)
    gone = f"已移除：{each.binned_why}" if each.binned_why is not None else ""
    said = (gone, each.what, attachments.in_words(each.size), day)
    badge = "" if each.is_picture else each.ending.lstrip(".").upper()
    return PictureLine(each.id, each.title, " · ".join(part for part in said if part), badge)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
