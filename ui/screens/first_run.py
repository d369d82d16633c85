"""The first three pages: the unit, the list that was received, the first paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from lanling_desktop import paths
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field
from lanling_desktop.core.location import advice, refuse_for_live_data
from lanling_desktop.core.plain import View
from lanling_desktop.exchange.files import safe_file_name
from ui import theme
from ui.session import Session
from ui.widgets.form import Form
from ui.widgets.pages import Page, lay_out, words
from ui.widgets.password import NewPassword

_SECTIONS = (
    (
        "",
        (
            ("community", Field("社区名称", required=True, help="如 向阳社区")),
            ("unit", Field("单位名称", help="印在表格的“单位（盖章）”处，可空")),
            (
                "actor",
                Field("管理员姓名", required=True, help="用它和下面的密码打开，写进操作记录"),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first page asks."""

    path: Path
    community: str
    unit: str
    actor: str
    password: str


_STEPS = {
    1: (
        "密钥恢复单",
        "打印一张密钥恢复单，放进保险柜。密码都忘了的时候，只有它能打开这个数据文件。",
        "打印恢复单",
        "以后再打印",
    ),
    2: (
        "导入名册",
        "街道发来的党员花名册（.xlsx、.xls 或 .csv）原样就可以导入，列名不同也认得。",
        "导入党员名册",
        "以后再导入",
    ),
    3: (
        "第一张表",
        "打印党员花名册看看。先看预览，再打印或存成 PDF。",
        "打印党员花名册",
        "进入今天要办",
    ),
}
"""Title, words and the two buttons of each page after the first."""


class FirstRun(Page):
    """Page one: who the office is and where its file lies; or another way in."""

    create_requested = Signal(object)  # Answers
    open_other_requested = Signal()
    demo_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.folder = folder or paths.data_dir()
        self._refused = False
        self.form = Form(_SECTIONS, parent=self)
        self.form.body.show_whole()
        self.form.submitted.connect(self._go_on)
        self.password = NewPassword(self)
        self.password.submitted.connect(self.form.submit)
        self.why_not = words("", "wrong")
        self.place = words("")
        self.warning = words("", "note")
        self.choose = theme.button("换个文件夹", "plain", parent=self)
        self.choose.clicked.connect(self._choose)
        self.create = theme.button("建立数据文件", "primary", key="Ctrl+Return", parent=self)
        self.create.setText("建立数据文件(Ctrl+Enter)")
        self.create.clicked.connect(self.form.submit)
        self.other = theme.button("打开已有数据文件", "plain", parent=self)
        self.other.clicked.connect(self.open_other_requested)
        self.demo = theme.button("看演示库", "plain", parent=self)
        self.demo.clicked.connect(self.demo_requested)
        parts = [
            words("第 1 页，共 3 页 · 单位", "head"),
            words("兰陵社区台账只在这台电脑上工作，从不联网。先告诉它这是哪个社区。", "quiet"),
            self.form,
            words(
                "数据文件从第一个字起就是加密的。密码忘了只有恢复单能打开，下一步就打印它。",
                "quiet",
            ),
            self.password,
            self.why_not,
            _row(self.place, self.choose),
            self.warning,
        ]
        lay_out(self, parts, [self.create, self.other, self.demo])
        self._show_place()

    def begin(self) -> None:
        """The focus into the first box."""
        self.form.focus_first()

    def set_folder(self, folder: Path) -> None:
        """Put the data file there; say what speaks against it."""
        self.folder = folder
        self._show_place()

    def _show_place(self) -> None:
        self.place.setText(f"数据文件放在：{self.folder}")
        against = advice(self.folder)
        try:
            refuse_for_live_data(self.folder)
        except OfficeError as trouble:
            against = str(trouble)
            self._refused = True
        else:
            self._refused = False
        theme.mark(self.warning, "kind", "wrong" if self._refused else "note")
        self.warning.setText(against)
        self.warning.setVisible(bool(against))
        self.create.setEnabled(not self._refused)
        self.create.setToolTip("请先换个文件夹" if self._refused else "")

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择文件夹", str(self.folder))
        if chosen:
            self.set_folder(Path(chosen))

    @Slot()
    def _go_on(self) -> None:
        """From the last box into the passwords, from there into the office."""
        if self._refused:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = {key: str(value or "") for key, value in self.form.values().items()}
        path = self.folder / f"{_file_name(said['community'])}.lanling"
        if path.exists():
            self.form.set_problem(
                "community", f"{path.name} 已经存在，请打开已有数据文件，或换个名称"
            )
            return
        if not self.password.first.text():
            self.password.first.setFocus(Qt.FocusReason.TabFocusReason)
            return
        problem = self.password.problem(said["actor"])
        self.why_not.setText(problem)
        if problem:
            self.password.first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        password = self.password.first.text()
        self.create_requested.emit(
            Answers(path, said["community"], said["unit"], said["actor"], password)
        )


class FirstSteps(Page):
    """Pages two and three, over the office that was just made."""

    finished = Signal()
    help_topic = "first"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        ring = session.office.keyring
        self._page = 1 if ring is not None and not ring.recovery_made else 2
        self.head, self.words = words("", "head"), words("", "quiet")
        self.act = theme.button("", "primary", parent=self)
        self.act.clicked.connect(self._act)
        self.skip = theme.button("", "plain", parent=self)
        self.skip.clicked.connect(self.go_on)
        lay_out(self, [self.head, self.words], [self.act, self.skip])
        self._show()

    @property
    def goes_on(self) -> bool:
        """Whether the next page follows when the members are in."""
        return self._page == 2 and bool(self._session.office.count(View("party_member")))

    def begin(self) -> None:
        """Back from the import with members in: the third page."""
        ring = self._session.office.keyring
        if self.goes_on:
            self._page = 3
        elif self._page == 1 and ring is not None and ring.recovery_made:
            self._page = 2
        self._show()
        self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        title, said, act, skip = _STEPS[self._page]
        self.head.setText(f"第 {self._page} 页，共 3 页 · {title}")
        self.words.setText(said)
        self.act.setText(act)
        self.skip.setText(skip)
        for each in (self.act, self.skip):
            each.setAccessibleName(each.text())

    @Slot()
    def _act(self) -> None:
        if self._page == 1:
            self._session.recovery_requested.emit()
            return
        if self._page == 2:
            self._session.import_requested.emit("party_member")
            return
        from lanling_desktop import catalogue
        from lanling_desktop.printing.paper import Request

        known = catalogue.papers().values()
        paper = next((p for p in known if p.register == "party_member" and not p.single), None)
        if paper is None:
            self._session.list_requested.emit(View("party_member"))
            return
        self._session.paper_requested.emit(paper.key, Request(view=View("party_member")))

    @Slot()
    def go_on(self) -> None:
        """The next page, or into the office."""
        if self._page < 3:
            self._page += 1
            self._show()
            self.act.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finished.emit()


def _file_name(name: str) -> str:
    """A community's name as a file may be called on Windows too."""
    return safe_file_name(name)[:60].rstrip(" .")


def _row(label: QLabel, button: QWidget) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(8))
    line.addWidget(label, 1)
    line.addWidget(button)
    return made
