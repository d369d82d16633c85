"""Taking a received table into a register: choose the file, match its columns, look, import."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.register import Register
from lanling_desktop.exchange import plan as planning
from lanling_desktop.exchange import returned, transfer
from lanling_desktop.exchange.files import safe_file_name
from lanling_desktop.exchange.plan import CHANGED, NEW, WRONG, ImportPlan, Received
from ui import files, theme
from ui.screens.import_mapping import MappingPage
from ui.screens.import_preview import PreviewPage
from ui.screens.in_place import TroubleBox, Working
from ui.session import Session
from ui.widgets.boxes import LineBox
from ui.widgets.work import Progress

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = ("1 选文件", "2 对列", "3 预览")
_NOTHING = "已取消，没有导入任何一行"


class ImportWizard(QWidget):
    """Three steps in one place; Ctrl+Enter goes on, Esc goes back, nothing is written before."""

    finished = Signal()
    help_topic = "import"

    def __init__(
        self,
        session: Session,
        register_key: str,
        path: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.register = session.office.registers[register_key]
        self._path = path
        self.setAccessibleName(f"导入{self.register.title}")
        self.setAcceptDrops(True)
        self.trouble = TroubleBox(self)
        self.work = Working(session, self.trouble, self)
        self.file = FilePage(self.register, self)
        self.mapping = MappingPage(session, self.register, self)
        self.preview = PreviewPage(self.register, self)
        self._columns = QWidget(self)
        self.pages = QStackedWidget(self)
        for page in (self.file, self._columns, self.preview):
            self.pages.addWidget(page)
        self._build()
        self._connect()
        session.changed.connect(self._changed)

    def _build(self) -> None:
        head = QLabel(f"导入{self.register.title}", self)
        head.setProperty("kind", "head")
        self.steps = QLabel(self)
        self.steps.setTextFormat(Qt.TextFormat.PlainText)
        self.name = QLabel(self)
        self.name.setProperty("kind", "quiet")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        for each in (head, self.steps, self.name):
            line.addWidget(each)
        line.addStretch(1)
        line.addWidget(self.work)
        self.back_to_file = theme.button("换文件(Esc)", parent=self)
        self.to_preview = theme.button("下一步：预览(Ctrl+Enter)", "primary", parent=self)
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        acts.addStretch(1)
        acts.addWidget(self.back_to_file)
        acts.addWidget(self.to_preview)
        column = QVBoxLayout(self._columns)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.mapping, 1)
        column.addLayout(acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addLayout(line)
        layout.addWidget(self.trouble)
        layout.addWidget(self.pages, 1)
        self._show_step()

    def _connect(self) -> None:
        self.file.given.connect(self.read)
        self.file.choose.clicked.connect(self.choose_file)
        self.file.template.clicked.connect(self.write_template)
        self.file.leave.clicked.connect(self.finished)
        self.mapping.sheet_chosen.connect(self._read_sheet)
        self.back_to_file.clicked.connect(self.go_back)
        self.to_preview.clicked.connect(self.make_plan)
        self.preview.back_chosen.connect(self.go_back)
        self.preview.errors_chosen.connect(self.return_errors)
        self.preview.import_chosen.connect(self.carry_out)
        self.preview.corrected.connect(self.make_plan)

    def begin(self) -> None:
        """Come into sight: a file given with the call is read at once."""
        if self._path is not None:
            path, self._path = self._path, None
            self.read(path)
        elif self.pages.currentWidget() is self.file:
            self.file.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def received(self) -> Received | None:
        """The file as read, None before."""
        return self.mapping.received

    @property
    def plan(self) -> ImportPlan | None:
        """What the import would do, None before."""
        return self.preview.plan

    # Reading

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file by the system's dialog."""
        path = files.ask_open(self, f"选择要导入的{self.register.title}表", self.session.settings)
        if path is not None:
            self.read(path)

    @Slot(object)
    def read(self, path: Path, sheet: str = "") -> None:
        """Read a file as far as its columns."""
        self.file.box.setText(str(path))
        office, key = self.session.office, self.register.key

        def job(progress: Progress) -> Received:
            progress.step()
            return planning.receive(office, key, path, sheet=sheet, progress=progress.step)

        self.work.run(f"正在读取 {path.name}", job, self._read, stopped=_NOTHING)

    @Slot(str)
    def _read_sheet(self, sheet: str) -> None:
        if self.received is not None:
            self.read(self.received.path, sheet)

    def _read(self, received: Received) -> None:
        self.preview.corrections.clear()
        files.keep_folder(self.session.settings, received.path)
        self.name.setText(received.path.name)
        self._go(1)
        self.mapping.show_received(received)

    @Slot()
    def write_template(self) -> None:
        """Write an empty table with the columns an import takes."""
        name = safe_file_name(f"{self.register.title}导入模板", ".xlsx")
        path = files.ask_save(self, "写出空白模板", self.session.settings, name, files.WORKBOOK)
        if path is None:
            return
        office, key = self.session.office, self.register.key
        self.work.run(
            "正在写出空白模板",
            lambda _: transfer.write_template(office, key, path),
            lambda _: self.session.notifier.say(f"空白模板已写到 {path}"),
        )

    # Looking

    @Slot()
    def make_plan(self) -> None:
        """Work out what the import would do, with the columns as they are matched now."""
        if self.received is None or self.work.busy:
            return
        self.mapping.commit()
        received, mapping = self.received, dict(self.mapping.mapping)
        office, texts = self.session.office, dict(self.preview.corrections)

        def job(progress: Progress) -> tuple[Received, ImportPlan]:
            right = planning.corrected(received, texts)
            made = planning.plan(office, right, mapping, progress=progress.step)
            progress.step()
            planning.remember(office, received, mapping)
            return right, made

        self.work.run("正在逐行核对", job, self._planned, stopped=_NOTHING)

    def _planned(self, made: tuple[Received, ImportPlan]) -> None:
        self._go(2)
        self.preview.show_plan(*made)

    @Slot(object)
    def _changed(self, _changes: Changes) -> None:
        """Something was changed, or taken back, since the plan was made."""
        if self.pages.currentWidget() is self.preview and not self.work.busy:
            self.make_plan()

    # Writing

    @Slot(bool)
    def carry_out(self, skip: bool) -> None:
        """Write the plan as one act; cancelled, nothing of it is there."""
        plan, office = self.plan, self.session.office
        if plan is None or self.work.busy:
            return

        def job(progress: Progress) -> Changes:
            return transfer.carry_out(office, plan, skip_errors=skip, progress=progress.step)

        said = f"已导入 {plan.path.name}：新增 {plan.count(NEW)}，修改 {plan.count(CHANGED)}"
        if plan.count(WRONG):
            said += f"，跳过有误的 {plan.count(WRONG)} 行"
        notifier, session, key = self.session.notifier, self.session, self.register.key

        def done(_changes: Changes) -> None:
            notifier.say(said, undo=True)
            session.list_requested.emit(View(key))

        self.work.run(
            "正在导入",
            job,
            done,
            stopped=_NOTHING,
            outliving=lambda _: notifier.say(said, undo=True),
        )

    @Slot()
    def return_errors(self) -> None:
        """Hand the table back with its faults marked red."""
        plan = self.plan
        if plan is None:
            return
        name = safe_file_name(f"{plan.path.stem}（错误标红）", ".xlsx")
        path = files.ask_save(self, "返还错误表", self.session.settings, name, files.WORKBOOK)
        if path is None:
            return
        faults = [
            returned.CellError(plan.sheet, each.row, each.column, f"{each.label}：{each.words}")
            for each in plan.troubles
        ]
        head = plan.header.rows[-1]
        self.work.run(
            "正在写出错误表",
            lambda _: returned.write_errors(plan.path, path, faults, header_row=head),
            lambda _: self.session.notifier.say(f"错误表已写到 {path}，{len(faults)} 处标红"),
        )

    # Going on and back

    @Slot()
    def go_back(self) -> None:
        """To the step before; from the first one out of the wizard."""
        at = self.pages.currentIndex()
        self.trouble.hide()
        if at == 0:
            self.finished.emit()
            return
        self._go(at - 1)
        box: QWidget = self.file.box if at == 1 else self.mapping.table
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """What Ctrl+Enter does in the step in sight."""
        at = self.pages.currentIndex()
        if at == 2 and self.preview.take_corrections():
            return  # what is still in the boxes is looked at first
        (self.file.give, self.make_plan, self.preview.take_all)[at]()

    def _go(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self._show_step()

    def _show_step(self) -> None:
        at = self.pages.currentIndex()
        marks = [f"【{each}】" if n == at else each for n, each in enumerate(_STEPS)]
        self.steps.setText("  ›  ".join(marks))
        self.steps.setAccessibleName(f"第 {at + 1} 步，共 3 步：{_STEPS[at][2:]}")
        self.name.setVisible(at > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on, Esc stops what is going on or goes back, Ctrl+O asks for a file."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        focused = self.focusWidget()
        if event.key() in _ENTER and control:
            if not self.work.busy:
                self.go_on()
        elif event.key() in _ENTER and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() == Qt.Key.Key_Escape:
            (self.work.cancel if self.work.busy else self.go_back)()
        elif event.key() == Qt.Key.Key_O and control:
            self.choose_file()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Reading stops when the screen is left; an import goes on to its end."""
        if not event.spontaneous() and not self.work.outlives:
            self.work.cancel()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class FilePage(QWidget):
    """The first step: a file to drop, type or choose; an empty table for who has none."""

    given = Signal(object)  # Path

    def __init__(self, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = LineBox(self)
        self.box.setAccessibleName("要导入的文件")
        self.box.setPlaceholderText("文件的完整路径；也可以把文件拖进来")
        self.choose = theme.button("选择文件…(Ctrl+O)", parent=self)
        self.next = theme.button("读取(Enter)", "primary", parent=self)
        self.next.clicked.connect(self.give)
        self.template = theme.button("写出空白模板", parent=self)
        self.leave = theme.button("返回列表(Esc)", parent=self)
        self._problem = QLabel(self)
        self._problem.setProperty("kind", "wrong")
        self._problem.hide()
        self.box.textEdited.connect(self._problem.hide)
        self._build(register)

    def _build(self, register: Register) -> None:
        caption = QLabel("收到的表格", self)
        caption.setProperty("kind", "section")
        caption.setBuddy(self.box)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for each in (self.box, self.choose, self.next):
            row.addWidget(each, 1 if each is self.box else 0)
        columns = register.exchange_columns
        given = {
            k: f"{register.all_columns[k].field.label}（缺了填“{v}”）"
            for k, v in register.defaults.items()
        }
        required = [given.get(c.key, c.field.label) for c in columns if c.field.required]
        others = [each.field.label for each in columns if not each.field.required]
        sheet = QFrame(self)
        sheet.setProperty("kind", "bar")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(*[theme.px(16)] * 4)
        inside.setSpacing(theme.px(8))
        inside.addWidget(caption)
        inside.addLayout(row)
        inside.addWidget(self._problem)
        inside.addWidget(
            _quiet(
                "读 Excel、WPS 的 .xlsx、.xls 和 .csv。表上的大标题、合并的表头、合计和签字行都认得，"
                "不用先改。导入前先预览，导入后可以撤销。",
                self,
            )
        )
        empty = QHBoxLayout()
        empty.setSpacing(theme.px(8))
        empty.addWidget(self.template)
        empty.addWidget(_quiet("没有现成的表：写出一张空白的，填好再导入。", self), 1)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addWidget(sheet)
        layout.addLayout(empty)
        layout.addWidget(_quiet(f"必须有的栏目：{'、'.join(required)}", self))
        layout.addWidget(_quiet(f"可以有的栏目：{'、'.join(others)}", self))
        zone = QLabel("表格文件也可以直接拖到这里", self)
        zone.setProperty("kind", "drop")
        zone.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(zone, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.leave)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(8))
        outer.addWidget(scroll, 1)
        outer.addLayout(last)

    @Slot()
    def give(self) -> None:
        """Hand over the path that is typed."""
        typed = self.box.text().strip().strip("\"'“”")
        if not typed:
            self._problem.setText("请先选一个文件")
            self._problem.show()
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(Path(typed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line reads the file."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and not control and self.box.hasFocus():
            self.give()
        else:
            super().keyPressEvent(event)


def _quiet(text: str, parent: QWidget) -> QLabel:
    made = QLabel(text, parent)
    made.setProperty("kind", "quiet")
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
