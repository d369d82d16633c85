"""What the start page says of the backups: only what somebody should do something about."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lanling_desktop.safety.guard import OLD, Guard, Second
from ui import theme
from ui.session import Session
from ui.widgets.pages import words

_YOUNG = timedelta(days=7)  # an office is left alone for so long before it is asked for a stick


class Keeping(QWidget):
    """A line with the way to 备份与恢复; hidden while all is well."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.words = words("", "note")
        self.go = theme.button("备份与恢复", parent=self)
        self.go.clicked.connect(session.backups_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self.words, 1)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_said(self, said: str) -> None:
        """Show what is to be done; nothing hides the line."""
        self.words.setText(said)
        self.setVisible(bool(said))


def to_say(guard: Guard) -> str:
    """What is wrong with backups, clock or trail, most pressing first; '' when all is well."""
    office = guard.office
    if office.store.read_only or office.desk.get("demo", False):
        return ""
    clock = guard.clock_trouble()
    if clock:
        return f"{clock}。请先把电脑的日期和时间改对，以免登记的日期出错；备份都在，不会因此删除。"
    if office.trail_lags():
        return "操作流水写不进去。记录都已保存，但出事时最近的操作补不回来；请看看磁盘是不是满了。"
    now, last = office.clock.now(), guard.last()
    rows = office.store.raw("SELECT min(at) FROM journal_entry")
    first = datetime.fromisoformat(rows[0][0]) if rows and rows[0][0] else now
    if now - first < _YOUNG:
        return ""
    if last is None or (guard.changed() and now - last.made > OLD):
        age = f"已经 {(now - last.made).days} 天没有备份成功" if last else "还没有备份"
        return f"{age}。请看看备份文件夹所在的磁盘是不是满了、还在不在。"
    return _of_second(guard.second, now)


def _of_second(second: Second, now: datetime) -> str:
    """What is to be done about the second medium."""
    if second.folder is None:
        return "备份还只放在这一台电脑上。请选一个 U 盘或另一个硬盘放第二份：电脑坏了，靠的就是它。"
    if second.copied is None:
        return "第二份备份还没有复制过。请插上选好的 U 盘，程序会自己复制。"
    if second.stale(now):
        days = (now - second.copied).days
        return f"第二份备份已经 {days} 天没有更新。请插上 U 盘，程序会自己复制。"
    return ""
