"""备份与恢复: every backup with its tick, what was done since, the way back to any of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core import disk
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.safety import backups, portable
from lanling_desktop.safety.backups import Backup
from lanling_desktop.safety.guard import Guard
from lanling_desktop.safety.replay import Act
from lanling_desktop.safety.restore import Wish
from ui import files, theme
from ui.backup_keeper import BackupKeeper
from ui.session import Session
from ui.widgets.line_list import Line, LineList
from ui.widgets.pages import Page, words
from ui.widgets.work import Progress

_BASE = "base"
_MOST = 500  # acts listed since a backup
_KINDS = f"备份 (*.lanling *{portable.SUFFIX});;所有文件 (*)"


class BackupsScreen(Page):
    """What is kept and where; choosing a backup shows what going back to it would lose."""

    renamed = Signal()
    help_topic = "backups"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.keeper: BackupKeeper = session.keeper
        self._guard = Guard(session.office)
        self._found: dict[Path, Backup] = {}
        self._acts: list[Act] | None = []
        self.places = QGridLayout()
        self.own, self.second = words("", "quiet"), words("", "quiet")
        self.list = LineList("备份", parent=self)
        self.list.empty_text = "还没有备份"
        self.since = LineList("之后的操作", compact=True, parent=self)
        self.lost = words("", "note")
        self._buttons()
        self._build()
        self.list.current_changed.connect(self._chosen)
        self.since.current_changed.connect(self._point_chosen)
        self.keeper.changed.connect(self.reload)

    def _buttons(self) -> None:
        made = theme.button
        self.now = made("立即备份", "primary", key="F5", parent=self)
        self.carry = made("存成便携备份…", key="F8", parent=self)
        self.check = made("检查数据文件", key="F9", parent=self)
        self.folder = made("换文件夹…", parent=self)
        self.folder.setAccessibleName("换备份文件夹")
        self.stick = made("选 U 盘或另一个硬盘…", key="F4", parent=self)
        self.back = made("恢复", key="F7", parent=self)
        self.other = made("从别的文件恢复…", parent=self)
        for button, act in (
            (self.now, self.back_up),
            (self.carry, self.save_portable),
            (self.check, self._session.check_requested.emit),
            (self.folder, self._choose_folder),
            (self.stick, self._choose_second),
            (self.back, self.restore),
            (self.other, self._choose_file),
        ):
            button.clicked.connect(act)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(words("备份与恢复", "head"), 1)
        for each in (self.check, self.carry, self.now):
            head.addWidget(each)
        self.places.setHorizontalSpacing(theme.px(12))
        self.places.setVerticalSpacing(theme.px(4))
        self.places.setColumnStretch(1, 1)
        rows = (("备份放在", self.own, self.folder), ("第二份", self.second, self.stick))
        for row, (name, said, act) in enumerate(rows):
            self.places.addWidget(QLabel(name, self), row, 0)
            self.places.addWidget(said, row, 1)
            self.places.addWidget(act, row, 2)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.px(4))
        left.addWidget(words("已有的备份", "section"))
        left.addWidget(self.list, 1)
        right.addWidget(words("选中的备份之后做过的事", "section"))
        right.addWidget(self.since, 1)
        right.addWidget(self.lost)
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        acts.addWidget(self.back)
        acts.addWidget(self.other)
        acts.addStretch(1)
        right.addLayout(acts)
        body = QHBoxLayout()
        body.setSpacing(theme.px(16))
        body.addLayout(left, 4)
        body.addLayout(right, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addLayout(head)
        layout.addLayout(self.places)
        layout.addLayout(body, 1)

    def begin(self) -> None:
        """The backups as they are now, the focus on the newest."""
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """The two lists, for F6."""
        return [self.list, self.since]

    @Slot()
    def reload(self) -> None:
        """Read the notes at once; the ticks come as each file has been read through."""
        self._places()
        found = {each.path: each for each in backups.listed(self._guard.folder)}
        for path, each in self._found.items():
            if path in found and found[path].sha256 == each.sha256:
                found[path] = each
        self._found = found
        self._show()
        self._session.reader.run(self._look, lambda _: self._show(), self._failed)

    def _look(self, progress: Progress) -> None:
        for path, each in list(self._found.items()):
            progress.step()
            if each.checked is None:
                self._found[path] = backups.checked(each)

    def _show(self) -> None:
        point = self.since.key()
        self.list.show_lines([_line(each) for each in self._found.values()])
        self._chosen(self.list.key())
        self.since.choose(point)

    def _places(self) -> None:
        now = self._session.office.clock.now()
        self.own.setText(str(self._guard.folder))
        self.second.setText(second_words(self._guard, now))
        kind = "note" if self._guard.second.stale(now) else "quiet"
        theme.mark(self.second, "kind", kind)

    @Slot(object)
    def _chosen(self, path: Path | None) -> None:
        backup = self._found.get(path) if path is not None else None
        self.back.setEnabled(backup is not None)
        if backup is None:
            self._acts = []
            self.since.show_lines([])
            self.lost.setText("")
            return
        self._acts = self._guard.since(backup)
        acts = (self._acts or [])[-_MOST:]
        lines = [
            Line(each.digest, f"{each.at[5:16]}  {each.title}", each.actor) for each in acts[::-1]
        ]
        base = Line(_BASE, f"{backup.made:%m-%d %H:%M}  这份备份做好的时候")
        self.since.show_lines([*lines, base])
        self.since.choose(_BASE)
        self._point_chosen(_BASE)

    @Slot(object)
    def _point_chosen(self, point: object) -> None:
        count = self._losing(point)
        if self._acts is None:
            said = "这份备份之后走的是另一条路（中间恢复过）；恢复它，现在的内容另存一份"
        elif count:
            said = f"恢复到这里，会失去之后的 {count} 项操作；现在的内容另存一份，随时能换回来"
        else:
            said = "恢复到这里，什么也不会失去"
        self.lost.setText(said)
        self.back.setText("恢复到这里(F7)" if point != _BASE else "恢复这份备份(F7)")
        self.back.setShortcut("F7")  # Qt takes it away with the words

    def _losing(self, point: object) -> int:
        """How many acts would be lost by going back to a point of the list."""
        acts = self._acts or []
        if point == _BASE:
            return len(acts)
        at = next((n for n, each in enumerate(acts) if each.digest == point), len(acts) - 1)
        return len(acts) - 1 - at

    @Slot()
    def back_up(self) -> None:
        """Make a backup now."""
        say = self._session.notifier.say
        self.keeper.back_up("手动", lambda made: say(f"已备份 {made.records:,} 条记录，并检查无误"))

    @Slot()
    def restore(self) -> None:
        """Go back to what is chosen, once the clerk has said yes to what it costs."""
        path, point = self.list.key(), self.since.key()
        if path is None or not self._allowed("恢复备份"):
            return
        count = self._losing(point)
        backup = self._found[path]
        if backup.checked is False:
            what = f"{backup.made:%Y-%m-%d %H:%M} 的备份已损坏"
            self._session.notifier.trouble(
                OfficeError(what, "现在的数据没有改动", "请选另一份打了勾的备份")
            )
            return
        wish = Wish(path) if point in (_BASE, None) else Wish(path, replayed=True, until=point)
        cost = f"会失去之后的 {count} 项操作。" if count else ""
        if self._session.notifier.ask(
            f"恢复到 {self._when(backup, point)} 的样子", "恢复", f"{cost}现在的数据文件另存一份。"
        ):
            self._session.restore_requested.emit(wish)

    def _when(self, backup: Backup, point: object) -> str:
        act = next((each for each in self._acts or [] if each.digest == point), None)
        return act.at[:16] if act is not None else f"{backup.made:%Y-%m-%d %H:%M}"

    def restore_file(self, path: Path) -> None:
        """Restore a backup that lies elsewhere, a portable one too."""
        detail = "现在的数据文件另存一份。"
        if self._allowed("恢复备份") and self._session.notifier.ask(
            f"用 {path.name} 换掉现在的数据", "恢复", detail
        ):
            self._session.restore_requested.emit(Wish(path))

    @Slot()
    def _choose_file(self) -> None:
        chosen = files.ask_open(self, "选一份备份", self._session.settings, _KINDS)
        if chosen:
            self.restore_file(chosen)

    @Slot()
    def save_portable(self) -> None:
        """Everything in one file, for the stick."""
        office = self._session.office
        name = f"{office.path.stem}-{office.clock.now():%Y%m%d}{portable.SUFFIX}"
        chosen = files.ask_save(
            self, "便携备份存到", self._session.settings, name, f"便携备份 (*{portable.SUFFIX})"
        )
        if chosen:
            self.write_portable(chosen)

    def write_portable(self, target: Path) -> None:
        """Write the portable file and read it back."""
        from lanling_desktop.opening import backup_office

        if not target.name.endswith(portable.SUFFIX):
            target = target.with_name(target.name.removesuffix(".zip") + portable.SUFFIX)

        def done(_result: None) -> None:
            self._session.notifier.say(f"已存成便携备份 {target.name}，并检查无误")
            self.reload()

        def job(progress: Progress) -> None:
            backup_office(self._session.office, target, progress.step)

        self._session.worker.run(job, done, self._failed, text="正在存便携备份")

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, "备份放在哪个文件夹", str(self._guard.folder.parent)
        )
        if chosen and self._allowed("换备份文件夹"):
            self._guard.choose_folder(Path(chosen))
            self.back_up()

    @Slot()
    def _choose_second(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "第二份备份放在哪里", str(Path.home()))
        if chosen:
            self.put_second(Path(chosen))

    def put_second(self, folder: Path) -> None:
        """Copy every backup to this folder too; the first copy is made at once."""
        try:
            self._guard.choose_second(folder)
        except OfficeError as error:
            self._session.notifier.trouble(error)
            return
        self.back_up()

    def _allowed(self, what: str) -> bool:
        try:
            self._session.office.rights.refuse_administering(what)
        except OfficeError as error:
            self._session.notifier.trouble(error)
            return False
        return True

    def _failed(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        say_or_report(self._session.notifier, error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Left between the two lists."""
        if event.key() == Qt.Key.Key_Right and self.list.hasFocus():
            self.since.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Left and self.since.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def _line(backup: Backup) -> Line:
    state, icon, tone = {
        None: ("正在检查", "clock", theme.QUIET),
        True: ("检查无误", "check", theme.GREEN),
        False: ("已损坏", "warning", theme.RED),
    }[backup.checked]
    detail = f"{backup.records:,} 条记录  {disk.megabytes(backup.size)}  {backup.reason}"
    title = f"{backup.made:%Y-%m-%d %H:%M}"
    return Line(backup.path, title, detail, state, icon, tone)


def second_words(guard: Guard, now: datetime) -> str:
    """What there is on the second medium, and how old it is."""
    second = guard.second
    if second.folder is None:
        return "还没有选。电脑坏了、丢了，靠的就是它：选一个 U 盘或另一个硬盘"
    where = str(second.folder)
    if second.copied is None:
        return f"{where}（还没有复制过，请插上）"
    days = max((now - second.copied).days, 0)
    age = f"{days} 天前" if days else f"今天 {second.copied:%H:%M}"
    there = "" if second.there else "，现在没有插上"
    same = "；它和数据在同一个磁盘上，磁盘坏了会一起丢，最好换成 U 盘" if second.same_disk else ""
    return f"{where}（{age}复制过{there}）{same}"
