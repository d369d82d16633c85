"""薪酬方案表: the grid of posts and grades and every rule beside it, filled in by keys alone."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHeaderView, QLabel, QSplitter, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes
from lanling_desktop.salary import rules, schemes
from lanling_desktop.salary.scheme import empty_cells
from lanling_desktop.salary.table import Working
from ui import theme
from ui.screens.bars import AskBar, ChooseBar
from ui.screens.scheme_acts import REGISTER, SchemeActs, SchemeDraft
from ui.screens.scheme_models import SAYS, GridModel, RulesModel
from ui.session import Session
from ui.widgets.cells import Cells, stand_at_first
from ui.widgets.flow import FlowLayout
from ui.widgets.pages import words

_KEEP = 1_500  # milliseconds after which what is typed is put by
_SHOWN = 3
_POST = 84
_LARGE = 150  # from this text scale on the tables take turns at being wide
_WIDTHS = {0: 64, 1: 176, SAYS: 150}


class SchemeScreen(QWidget):
    """One pay scheme. What is typed is saved as one act; a scheme in force is only looked at."""

    finished = Signal()
    help_topic = "pay"

    def __init__(self, session: Session, scheme_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.scheme_id = session, scheme_id
        self.draft = SchemeDraft(session, scheme_id)
        self.title, self.tag = QLabel(self), QLabel("示例", self)
        self.when, self.empty = words("", "quiet"), words("", "note")
        self.wrong = words("", "wrong")
        self.grid = Cells("各岗位各等级", self)
        self.table = Cells("方案的其他规定", self)
        self.asks = AskBar("新版从哪天起执行", "另存", self)
        self.leaving = ChooseBar("还有没保存的内容", self)
        self.acts = SchemeActs(self)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP)
        self._build()
        self._connect()
        self.load()

    # Made

    def _build(self) -> None:
        self.save_it = theme.button("保存(Ctrl+Enter)", "primary", parent=self)
        self.version = theme.button("另存为新版", key="F8", parent=self)
        self.compare = theme.button("对比", key="Ctrl+Shift+D", parent=self)
        self.take_in = theme.button("导入方案", key="Ctrl+L", parent=self)
        self.export = theme.button("导出方案", key="Ctrl+E", parent=self)
        self.more = theme.button("办理", key="F7", parent=self)
        self.back = theme.button("返回(Esc)", parent=self)
        self.title.setProperty("kind", "head")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.tag.setProperty("kind", "tag")
        head = QWidget(self)
        top = FlowLayout(head, theme.px(8), theme.px(4))
        for each in (self.title, self.tag, self.save_it, self.version, self.compare):
            top.addWidget(each)
        for each in (self.take_in, self.export, self.more, self.back):
            top.addWidget(each)
        self.hint = words(
            "直接打字填写　Enter 下一格　Tab 右一格　Del 清空　Ctrl+C、Ctrl+V 与 Excel 互相复制"
            "　F6 换到另一张表　有选项的可填序号",
            "quiet",
        )
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.grid)
        self.split.addWidget(self.table)
        self.split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(6))
        for each in (head, self.when, self.empty, self.wrong, self.asks, self.leaving):
            layout.addWidget(each)
        layout.addWidget(self.split, 1)
        layout.addWidget(self.hint)

    def _connect(self) -> None:
        self.save_it.clicked.connect(self.acts.save)
        self.version.clicked.connect(self.acts.ask_version)
        self.compare.clicked.connect(self.acts.compare)
        self.take_in.clicked.connect(self.acts.import_file)
        self.export.clicked.connect(self.acts.export_file)
        self.more.clicked.connect(self.acts.procedures)
        self.back.clicked.connect(self.acts.leave)
        self.asks.given.connect(self.acts.new_version)
        self.asks.closed.connect(self.begin)
        self.leaving.chosen.connect(self.acts.leave_so)
        self.leaving.closed.connect(self.begin)
        self.session.changed.connect(self._changed)
        self._keep.timeout.connect(self.keep_draft)
        for table in (self.grid, self.table):
            table.installEventFilter(self)
            table.trouble.connect(self.session.notifier.trouble)
            table.barred.connect(self.barred)
            table.closed.connect(self._reshape)
            esc = QShortcut(QKeySequence(Qt.Key.Key_Escape), table)
            esc.setContext(
                Qt.ShortcutContext.WidgetShortcut
            )  # in a cell's box Esc is the box's own
            esc.activated.connect(self.acts.leave)
        for key in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(key), self).activated.connect(self.acts.save)

    def load(self) -> None:
        """The scheme as the office has it, and what was typed and not saved the last time."""
        office = self.session.office
        entry = office.read(REGISTER, self.scheme_id)
        self.status = str(entry["status"] or rules.DRAFTED)
        self.editable = self.status == rules.DRAFTED and office.writes(REGISTER)
        self.working = Working(schemes.opened(office, self.scheme_id))
        self.when.setText(self._since(entry["valid_from"], entry["valid_to"]))
        if self.editable:
            self.draft.resume(self.working)
        for table, kind in ((self.grid, GridModel), (self.table, RulesModel)):
            old = table.model()
            model = kind(self.working, open_=self.editable, parent=table)
            model.typed.connect(self._typed)
            table.setModel(model)
            stand_at_first(table, model)
            if old is not None:
                old.deleteLater()
        self.table.verticalHeader().hide()
        self._show()
        self._widen()

    @staticmethod
    def _since(begun: object, ended: object) -> str:
        if not begun:
            return "草稿：填好并写明文件编号后，按 F7 改为本单位方案、启用"
        return f"{begun} 起执行{f'，到 {ended} 止' if ended else ''}；已经启用，不能改，标准有变请按 F8"

    def _widen(self) -> None:
        header = self.table.horizontalHeader()
        for column, width in _WIDTHS.items():
            header.resizeSection(column, theme.px(width))
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.grid.horizontalHeader().setDefaultSectionSize(theme.px(_POST))
        self._share()

    def _share(self) -> None:
        """In large text the table that keys go to has the wider part."""
        wide = theme.px(_POST) * min(5, self.grid.model().columnCount()) + theme.px(92)
        if theme.scale() >= _LARGE:
            wide = round(self.width() * (0.24 if self.table.hasFocus() else 0.62))
        self.split.setSizes([wide, max(1, self.width() - wide)])

    def eventFilter(self, table: QObject, event: QEvent) -> bool:
        """Keys go to the other table now."""
        if event.type() == QEvent.Type.FocusIn and theme.scale() >= _LARGE:
            self._share()
        return super().eventFilter(table, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both tables keep their shares."""
        super().resizeEvent(event)
        if hasattr(self, "working"):
            self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Columns follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "working"):
            self._widen()

    def begin(self) -> None:
        """The screen came into sight."""
        focused = self.focusWidget()
        inside = focused if focused in (self.grid, self.table) else self.grid
        inside.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """For F6."""
        return [self.grid, self.table]

    # Shown

    def _show(self) -> None:
        said = self.working
        name = said.text(("name",)) or "（没有名称）"
        self.title.setText(f"{name}　{self.status}{'　有改动' if said.changed else ''}")
        self.tag.setVisible(said.before.is_example)
        self.hint.setVisible(self.editable and theme.scale() < _LARGE)
        self.save_it.setEnabled(self.editable)
        self.take_in.setEnabled(self.editable)
        wrong = [f"{said.named(place)}：{why}" for place, (_, why) in said.problems.items()]
        self._say(self.wrong, "看不懂", wrong)
        try:
            lacking = list(empty_cells(said.built()))
        except OfficeError:
            lacking = []
        self._say(self.empty, "未填", lacking)

    @staticmethod
    def _say(label: QLabel, what: str, found: list[str]) -> None:
        more = f" 等 {len(found)} 格" if len(found) > _SHOWN else ""
        label.setText(f"{what}：{'；'.join(found[:_SHOWN])}{more}" if found else "")
        label.setVisible(bool(found))

    @Slot()
    def _typed(self) -> None:
        for table in (self.grid, self.table):
            table.model().renew()
        if not (self.grid.writing or self.table.writing):
            self._reshape()
        self._show()
        self._keep.start()

    @Slot()
    def _reshape(self) -> None:
        """A post that came or went has its column and its rows; where one stood stays."""
        for table in (self.grid, self.table):
            now = table.currentIndex()
            row, column, model = now.row(), now.column(), table.model()
            model.reshape()
            if not table.currentIndex().isValid():
                last = model.rowCount() - 1, model.columnCount() - 1
                table.setCurrentIndex(model.index(min(row, last[0]), min(column, last[1])))

    @Slot()
    def barred(self) -> None:
        """Say why a cell takes no words."""
        if not self.editable:
            text = f"方案{self.status}，不能再改；标准有变请按 F8 另存为新版"
        else:
            text = "这一格不用填：这个岗位没有这一级，或这一栏只是说明"
        self.session.notifier.say(text)

    @Slot()
    def keep_draft(self) -> None:
        """Put by what is not saved yet, so that neither the power nor another screen takes it."""
        self._keep.stop()
        if self.editable:
            self.draft.keep(self.working)

    def commit_open(self) -> None:
        """A box that is open over a cell gives its words first."""
        box = self.focusWidget()
        for table in (self.grid, self.table):
            if box is not None and box is not table and table.viewport().isAncestorOf(box):
                table.editor.commitData.emit(box)
                table.closeEditor(box, table.editor.EndEditHint.NoHint)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if self.acts.busy or not shiboken6.isValid(self):
            return
        if changes.records and REGISTER not in changes.tables:
            return
        try:
            if not self.working.changed:
                self.load()
        except OfficeError:
            self.finished.emit()  # it was taken back
