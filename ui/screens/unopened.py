"""The pages in place of an office that is damaged, or lacks its newest acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.register import Register
from lanling_desktop.safety import damage, rescue
from lanling_desktop.safety.backups import Backup
from lanling_desktop.safety.damage import BehindError, DamagedError, TakenError
from lanling_desktop.safety.replay import Act
from ui import theme
from ui.widgets.line_list import Line, LineList
from ui.widgets.pages import Page, words
from ui.widgets.work import Progress, Worker


@dataclass(frozen=True, slots=True)
class Way:
    """A backup, and the acts the trail adds to it."""

    backup: Backup
    acts: tuple[Act, ...]


class _Unopened(Page):
    """A sign, three sentences, a list, and buttons."""

    open_other_requested = Signal()

    def __init__(self, error: OfficeError, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = QLabel(self)
        self.sign.setPixmap(theme.icon("warning", theme.RED, 32).pixmap(theme.icon_size(32)))
        self.sign.setAccessibleName("出了问题")
        said = [f"{each}。" for each in (error.safe, error.then) if each]
        self.head, self.what = words(f"{error.what}。", "head"), words("".join(said))
        self.list = LineList(name, parent=self)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(8))
        self.acts = QHBoxLayout()
        self.acts.setSpacing(theme.px(8))
        self.inner = QWidget(self)
        self.inner.setLayout(self.column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.addStretch(1)
        layout.addWidget(self.inner, 100)
        layout.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.sign)
        top.addWidget(self.head, 1)
        self.column.addLayout(top)
        self.column.addWidget(self.what)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """As wide as the text size asks for."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "inner"):
            self._fit()

    def _fit(self) -> None:
        self.inner.setMaximumWidth(theme.px(900))


class BehindPage(_Unopened):
    """The acts that are not in the file but in the trail."""

    catch_up_requested = Signal()
    as_is_requested = Signal()

    def __init__(self, error: BehindError, parent: QWidget | None = None) -> None:
        super().__init__(error, "缺少的操作", parent)
        lines = [Line(each.digest, f"{each.at[:16]}  {each.title}", each.actor)
                 for each in error.acts[::-1]]  # fmt: skip
        self.list.compact = True
        self.list.show_lines(lines)
        self.column.addWidget(self.list, 1)
        self.put_back = theme.button("补回这些操作", "primary", key="F7", parent=self)
        self.as_is = theme.button("不补，按现在的样子打开", parent=self)
        self.other = theme.button("打开其他数据文件", parent=self)
        self.put_back.clicked.connect(self.catch_up_requested)
        self.as_is.clicked.connect(self.as_is_requested)
        self.other.clicked.connect(self.open_other_requested)
        for each in (self.put_back, self.as_is, self.other):
            self.acts.addWidget(each)
        self.acts.addStretch(1)
        self.column.addLayout(self.acts)

    def begin(self) -> None:
        """The focus on what most will press."""
        self.put_back.setFocus(Qt.FocusReason.OtherFocusReason)


class TakenPage(_Unopened):
    """Somebody else has the file open: read it beside them, or not."""

    look_requested = Signal()
    cancelled = Signal()

    def __init__(self, error: TakenError, parent: QWidget | None = None) -> None:
        super().__init__(error, "", parent)
        self.list.hide()
        self.look = theme.button("只读打开", "primary", key="F9", parent=self)
        self.cancel = theme.button("取消", key="Esc", parent=self)
        self.look.clicked.connect(self.look_requested)
        self.cancel.clicked.connect(self.cancelled)
        for each in (self.look, self.cancel):
            self.acts.addWidget(each)
        self.acts.addStretch(1)
        self.column.addLayout(self.acts)

    def begin(self) -> None:
        """The focus on what changes nothing."""
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)


class DamagedPage(_Unopened):
    """What can be read of a damaged file, the backups that are sound, and the ways out."""

    rebuild_requested = Signal(object)  # Way
    file_requested = Signal(object)  # Path of another backup
    look_requested = Signal()  # open it to be read
    rescued = Signal(object)  # Path of the new office

    def __init__(
        self,
        error: DamagedError,
        registers: Mapping[str, Register],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(error, "没有损坏的备份", parent)
        self._error, self._registers = error, registers
        self.worker = Worker(self)
        self.ways: dict[Path, Way] = {}
        self.state = words("正在逐份检查备份…", "quiet")
        self.readable = LineList("能读的内容", compact=True, reading=True, parent=self)
        self.readable.empty_text = "正在看还能读出多少…"
        self.list.empty_text = "没有找到能用的备份"
        made = theme.button
        self.back = made("恢复选中的备份", "primary", key="F7", parent=self)
        self.back.setEnabled(False)
        self.file = made("从 U 盘选一份备份…", key="F4", parent=self)
        self.rescue = made("救出能读的记录…", key="F8", parent=self)
        self.look = made("只读打开", key="F9", parent=self)
        self.other = made("打开其他数据文件", parent=self)
        for button, act in (
            (self.back, self._restore),
            (self.file, self._choose_file),
            (self.rescue, self._choose_rescue),
            (self.look, self.look_requested),
            (self.other, self.open_other_requested),
        ):
            button.clicked.connect(act)
        self._build()
        self.list.current_changed.connect(self._chosen)
        self.worker.run(self._find, self._show, self._failed)

    def _build(self) -> None:
        lists = QHBoxLayout()
        lists.setSpacing(theme.px(16))
        for title, each, share in (
            ("没有损坏的备份，加上操作流水能补回的", self.list, 5),
            ("坏文件里还能读出的", self.readable, 4),
        ):
            column = QVBoxLayout()
            column.setSpacing(theme.px(4))
            column.addWidget(words(title, "section"))
            column.addWidget(each, 1)
            lists.addLayout(column, share)
        self.column.addLayout(lists, 1)
        self.column.addWidget(self.state)
        for button in (self.back, self.file, self.rescue):
            self.acts.addWidget(button)
        self.acts.addStretch(1)
        self.column.addLayout(self.acts)
        more = QHBoxLayout()
        more.setSpacing(theme.px(8))
        for button in (self.look, self.other):
            more.addWidget(button)
        more.addStretch(1)
        self.column.addLayout(more)

    def begin(self) -> None:
        """The focus into the backups."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, progress: Progress) -> tuple[list[Way], list[rescue.Readable]]:
        error = self._error
        ways = []
        for backup, acts in damage.ways_back(error.path, key=error.key):
            progress.step()
            ways.append(Way(backup, tuple(acts)))
        readable = []
        if error.path.is_file():
            try:
                readable = rescue.readable(error.path, self._registers, key=error.key)
            except rescue.TROUBLE:
                readable = []
        return ways, readable

    def _show(self, found: tuple[list[Way], list[rescue.Readable]]) -> None:
        ways, readable = found
        self.ways = {each.backup.path: each for each in ways}
        self.list.show_lines([_way_line(each) for each in ways])
        self.readable.empty_text = "读不出任何内容"
        known = [each for each in readable if each.table in self._registers and each.rows]
        self.readable.show_lines([_readable_line(each) for each in known])
        self.rescue.setEnabled(bool(known))
        self.look.setEnabled(bool(known))
        if not ways:
            self.state.setText("这台电脑上没有能用的备份。请插上 U 盘选一份，或先救出能读的记录。")
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin()

    @Slot(object)
    def _chosen(self, path: Path | None) -> None:
        way = self.ways.get(path) if path is not None else None
        self.back.setEnabled(way is not None)
        if way is None:
            return
        last = way.acts[-1].at[:16] if way.acts else f"{way.backup.made:%Y-%m-%d %H:%M}"
        more = f"，再按操作流水补回 {len(way.acts)} 项操作" if way.acts else ""
        self.state.setText(f"恢复这份备份{more}，内容到 {last} 为止；坏文件另存一份。")

    @Slot()
    def _restore(self) -> None:
        way = self.ways.get(self.list.key())
        if way is not None:
            self.rebuild_requested.emit(way)

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "选一份备份", str(Path.home()), "备份 (*.lanling *.zip);;所有文件 (*)"
        )
        if chosen:
            self.file_requested.emit(Path(chosen))

    @Slot()
    def _choose_rescue(self) -> None:
        path = self._error.path
        start = str(path.with_name(f"{path.stem}.救出{path.suffix}"))
        chosen, _ = QFileDialog.getSaveFileName(
            self, "救出的记录存到", start, "台账数据 (*.lanling)"
        )
        if chosen:
            self.save_readable(Path(chosen))

    def save_readable(self, target: Path) -> None:
        """What can be read, into a new office file and Excel tables beside it."""
        error = self._error
        self.state.setText("正在救出能读的记录…")

        def job(_progress: Progress) -> rescue.Rescued:
            return rescue.rescue(error.path, target, self._registers, key=error.key)

        def done(saved: rescue.Rescued) -> None:
            rows = sum(each.rows for each in saved.saved)
            lost = sum(each.lost for each in saved.saved)
            more = f"，{lost:,} 条读不出来" if lost else ""
            self.state.setText(
                f"救出 {rows:,} 条记录{more}。新的数据文件：{saved.office}；"
                f"另有 {len(saved.tables)} 张 Excel 表在它旁边。"
            )
            self.rescued.emit(saved.office)

        self.worker.run(job, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self.state.setText(str(error))

    def leave(self) -> None:
        """Let what runs end."""
        self.worker.close()


def _way_line(way: Way) -> Line:
    backup = way.backup
    detail = f"{backup.records:,} 条记录  {backup.reason}"
    if way.acts:
        detail += f"  可补到 {way.acts[-1].at[5:16]}（{len(way.acts)} 项操作）"
    return Line(
        backup.path, f"{backup.made:%Y-%m-%d %H:%M}", detail, "检查无误", "check", theme.GREEN
    )


def _readable_line(each: rescue.Readable) -> Line:
    if each.lost:
        state, icon, tone = f"少 {each.lost:,} 条", "warning", theme.RED
    elif each.expected is None:
        state, icon, tone = "可能不全", "warning", theme.AMBER
    else:
        state, icon, tone = "全部", "check", theme.GREEN
    return Line(each.table, f"{each.title}  {each.rows:,} 条", "", state, icon, tone)
