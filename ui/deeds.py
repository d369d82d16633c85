"""The window's own commands and keys: find, undo, redo, text size, help, the way round."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from lanling_desktop.core.plain import Changes
from ui import preferences, theme
from ui.commands import Command
from ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from ui.navigation import Navigator

_MINUTE = 60_000


class Deeds(QObject):
    """Owns the shortcuts of the window and what the foot says at its right end."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._session = navigator.session
        self._shell = navigator.shell
        self._busy = False
        self.all = tuple(self._commands())
        for each in self.all:
            for keys in each.keys.split(" "):
                if keys:
                    self._shortcut(keys, each)
        for key, keys in self._rail_keys().items():
            self._shell.rail.set_shortcut(key, keys)
        foot = self._shell.foot
        foot.undo_requested.connect(self.undo)
        foot.cancel_requested.connect(self._session.worker.cancel)
        foot.right_chosen.connect(self._press_right)
        worker = self._session.worker
        worker.started.connect(self._work_started)
        worker.progressed.connect(foot.show_progress)
        worker.finished.connect(foot.end_work)
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self._session.keeper.changed.connect(self.refresh)
        self._filtered: QWidget | None = None
        _application().focusChanged.connect(self._focus_moved)
        self.refresh()

    def _rail_keys(self) -> dict[str, str]:
        from ui.window import ENTRIES

        return {key: f"Alt+{at}" for at, (key, _, _) in enumerate(ENTRIES[:9], 1)}

    def _commands(self) -> list[Command]:
        from ui.window import ENTRIES

        go, keys = self._navigator.go, self._rail_keys()
        made = [
            Command(f"go:{key}", title, partial(go, key), keys.get(key, ""))
            for key, title, _ in ENTRIES
            if key != "help" and self._navigator.offers(key)
        ]
        ask = self._session.import_requested.emit
        return [
            *made,
            Command("hall_figures", "议事统计", partial(go, "hall_figures"), "Ctrl+Shift+G"),
            *self._pay_commands(),
            Command("help", "帮助", self.help, "F1"),
            Command("find", "查找", self.find, "Ctrl+K"),
            Command("undo", "撤销", self.undo, "Ctrl+Z"),
            Command("redo", "重做", self.redo, "Ctrl+Y Ctrl+Shift+Z"),
            Command("bigger", "放大文字", partial(self.step_scale, 1), "Ctrl++ Ctrl+="),
            Command("smaller", "缩小文字", partial(self.step_scale, -1), "Ctrl+-"),
            Command("normal", "文字恢复原大小", partial(self.set_scale, 100), "Ctrl+0"),
            Command("around", "到下一区", partial(self.around, 1), "F6"),
            Command("around_back", "到上一区", partial(self.around, -1), "Shift+F6"),
            Command("hold", "开会", self._navigator.hold_meeting, "Ctrl+M"),
            Command("new_meeting", "新建会议", self._navigator.new_meeting, "Ctrl+Shift+M"),
            Command("board", "议事跟进", self._navigator.show_board, "Ctrl+G"),
            Command("import:party_member", "导入党员名册", partial(ask, "party_member")),
            Command("backup", "备份与恢复", self.backup, "Ctrl+Shift+B"),
            Command("check", "检查数据文件", partial(go, "check")),
            *self._journal_commands(),
            Command("lock", "锁定", self._navigator.window.lock, "Ctrl+Alt+L"),
        ]

    def _pay_commands(self) -> list[Command]:
        go, key = self._navigator.go, "grade_coming"
        offered = self._navigator.offers(key)
        return [Command(key, "等级变动预告", partial(go, key))] if offered else []

    def _journal_commands(self) -> list[Command]:
        go, key = self._navigator.go, "journal"
        offered = self._navigator.offers(key)
        return [Command(key, "操作记录", partial(go, key), "Ctrl+Shift+H")] if offered else []

    def _shortcut(self, keys: str, command: Command) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._navigator.window)
        shortcut.activated.connect(command.act)
        self._navigator.destroyed.connect(shortcut.deleteLater)

    def run(self, key: str) -> None:
        """Do a command by its key."""
        next(each for each in self.all if each.key == key).act()

    @Slot()
    def find(self) -> None:
        """The focus into the search line, what stands there marked."""
        self._shell.search.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._shell.search.box.selectAll()

    @Slot()
    def help(self) -> None:
        """The help page of the screen in sight."""
        topic = str(getattr(self._navigator.screen, "help_topic", "")) or self._navigator.key
        screen = self._navigator.go("help")
        show = getattr(screen, "show_topic", None)
        if show is not None:
            show(topic)

    @Slot()
    def backup(self) -> None:
        """The backups: making one, going back to one."""
        self._navigator.go("backups")

    @Slot()
    def undo(self) -> None:
        """Take back the last act."""
        self._invert("撤销", self._session.office.undo, 0)

    @Slot()
    def redo(self) -> None:
        """Do again what was last taken back."""
        self._invert("重做", self._session.office.redo, 1)

    def _invert(self, verb: str, act: object, which: int) -> None:
        entry = self._session.office.undoable()[which]
        if entry is None:
            self._session.notifier.say(f"没有可以{verb}的事")
            return
        if self._busy:
            return
        self._busy = True

        def done(changes: Changes | None) -> None:
            self._busy = False
            if changes is not None:
                self._session.notifier.say(f"已{verb} {entry.title}", undo=which == 1)

        def failed(error: BaseException) -> None:
            self._busy = False
            self._navigator.trouble(error)

        assert callable(act)
        self._session.worker.run(lambda _: act(), done, failed)

    def step_scale(self, step: int) -> None:
        """One step larger or smaller."""
        scales = preferences.SCALES
        at = scales.index(theme.scale()) if theme.scale() in scales else 0
        self.set_scale(scales[max(0, min(len(scales) - 1, at + step))])

    def set_scale(self, scale: int) -> None:
        """Show everything at that text size, and at the next start too."""
        theme.apply(_application(), scale)
        self._navigator.window.settings.setValue("window/scale", scale)
        self.refresh()

    def around(self, step: int) -> None:
        """The focus to the next region: rail, list, record."""
        regions = self._regions()
        focused = QApplication.focusWidget()
        at = next(
            (n for n, each in enumerate(regions) if focused and _holds(each, focused)),
            len(regions) - 1 if step > 0 else 0,
        )
        target = regions[(at + step) % len(regions)]
        inner = target.focusWidget()
        first = self._shell.rail.current() if target is self._shell.rail else inner or target
        if not first.isVisible() or first.focusPolicy() == Qt.FocusPolicy.NoFocus:
            first = _first_inside(target) or target
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _regions(self) -> list[QWidget]:
        screen = self._navigator.screen
        own = getattr(screen, "regions", None)
        if own is not None:
            found = [each for each in own() if each.isVisible()]
        else:
            found = [each for each in screen.findChildren(PagedTable) if each.isVisible()]
        return [self._shell.rail, *(found or [screen])]

    @Slot()
    def refresh(self) -> None:
        """The right end of the foot: backup, who is at the desk, text size."""
        office = self._session.office
        foot = self._shell.foot
        now = office.clock.now()
        foot.set_right(
            "backup", backup_words(str(office.desk.get("last_backup", "")), now), act=True
        )
        foot.set_right("actor", f"录入员 {office.actor}" if office.actor != "录入员" else "录入员")
        foot.set_right("scale", f"文字 {theme.scale()}%", act=True)

    @Slot(str)
    def _press_right(self, key: str) -> None:
        if key == "scale":
            scales = preferences.SCALES
            at = scales.index(theme.scale()) if theme.scale() in scales else -1
            self.set_scale(scales[(at + 1) % len(scales)])
        elif key == "backup":
            self.backup()

    @Slot(str)
    def _work_started(self, text: str) -> None:
        if text:
            self._shell.foot.start_work(text)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._filtered is not None:
            self._filtered.removeEventFilter(self)
        self._filtered = now if isinstance(now, (QLineEdit, QPlainTextEdit)) else None
        if self._filtered is not None:
            self._filtered.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z in a box that has nothing of its own to take back is the office's."""
        if event.type() == QEvent.Type.ShortcutOverride and _has_nothing_to_undo(watched, event):
            event.ignore()
            return True
        return False


def backup_words(stamp: str, now: datetime) -> str:
    """The age of the last backup as the foot says it."""
    try:
        age = now - datetime.fromisoformat(stamp)
    except (ValueError, TypeError):
        return "尚未备份"
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "刚刚备份"
    if minutes < 60:
        return f"备份 {minutes} 分钟前"
    if minutes < 24 * 60:
        return f"备份 {minutes // 60} 小时前"
    return f"备份 {minutes // 1440} 天前"


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _holds(region: QWidget, focused: QWidget) -> bool:
    return region is focused or region.isAncestorOf(focused)


def _first_inside(region: QWidget) -> QWidget | None:
    return next(
        (
            each
            for each in region.findChildren(QWidget)
            if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ),
        None,
    )


def _has_nothing_to_undo(watched: QObject, event: QEvent) -> bool:
    matches = getattr(event, "matches", None)
    if matches is None or getattr(watched, "composing", False):
        return False
    undo, redo = matches(QKeySequence.StandardKey.Undo), matches(QKeySequence.StandardKey.Redo)
    if not (undo or redo):
        return False
    if isinstance(watched, QLineEdit):
        if watched.isReadOnly():
            return True
        return not (watched.isUndoAvailable() if undo else watched.isRedoAvailable())
    if isinstance(watched, QPlainTextEdit):
        document = watched.document()
        return not (document.isUndoAvailable() if undo else document.isRedoAvailable())
    return False
