"""The door of a locked office: account and password, or the recovery sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from lanling_desktop.core import recovery_code
from lanling_desktop.core.errors import OfficeError
from ui import theme
from ui.widgets.boxes import TextBox
from ui.widgets.pages import Page, lay_out, words
from ui.widgets.password import Boxes, NewPassword, PasswordBox

_SECOND = 1000  # milliseconds


class LoginPage(Page):
    """Who opens the office. `waits` says how long no password is looked at.

    The same page covers an office that is locked while somebody is away; then no other file and
    no recovery sheet is offered, and the form behind it stays as it was.
    """

    unlock_requested = Signal(str, str)  # account id, password
    recover_requested = Signal()
    open_other_requested = Signal()

    def __init__(
        self,
        name: str,
        accounts: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        last: str = "",
        away: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self._left = 0
        self.who = QComboBox(self)
        self.who.setAccessibleName("账户")
        for account, title in accounts:
            self.who.addItem(title, account)
        self.who.setCurrentIndex(max(0, self.who.findData(last)))
        self.who.setEnabled(not away)
        self.password = PasswordBox("密码", self)
        self.boxes = Boxes(self)
        self.boxes.add("账户", self.who)
        self.boxes.add("密码", self.password)
        self.boxes.submitted.connect(self._submit)
        self.trouble = words("", "wrong")
        self.open = theme.button("解锁" if away else "打开", "primary", parent=self)
        self.open.clicked.connect(self._submit)
        self.forgot = theme.button("忘记密码", "plain", parent=self)
        self.forgot.clicked.connect(self.recover_requested)
        self.other = theme.button("打开其他数据文件", "plain", parent=self)
        self.other.clicked.connect(self.open_other_requested)
        row = [self.open] if away else [self.open, self.forgot, self.other]
        if away:
            self.forgot.hide()
            self.other.hide()
        said = "暂时离开，已锁定。没保存完的内容还在，解锁后接着做。" if away else "请输入密码。"
        parts = [words(name, "head"), words(hint or said, "quiet"), self.boxes, self.trouble]
        lay_out(self, parts, row)
        self._tick = QTimer(self, interval=_SECOND)
        self._tick.timeout.connect(self._wait_on)

    def begin(self) -> None:
        """The focus into the password."""
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _submit(self) -> None:
        if not self.open.isEnabled():
            return
        if not self.password.text():
            self._say("请先输入密码。")
            return
        self._hold("正在核对密码")
        self.unlock_requested.emit(str(self.who.currentData()), self.password.text())

    def refused(self, trouble: OfficeError, wait: int = 0) -> None:
        """Say why not; nothing is taken for `wait` seconds."""
        self.password.clear()
        self._left = wait
        self._say(str(trouble))
        self._show_wait()
        if wait:
            self._tick.start()
        self.begin()

    def wipe(self) -> None:
        """Leave nothing of the password in the box."""
        self.password.clear()

    def _hold(self, text: str) -> None:
        self.trouble.setText(text)
        self.open.setEnabled(False)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.open.setEnabled(True)

    @Slot()
    def _wait_on(self) -> None:
        self._left -= 1
        self._show_wait()
        if self._left <= 0:
            self._tick.stop()
            self._say("现在可以再试。")

    def _show_wait(self) -> None:
        self.open.setEnabled(self._left <= 0)
        if self._left > 0:
            self.trouble.setText(f"输错次数多，请等 {self._left} 秒再试。")


class RecoverPage(Page):
    """The 24 groups of the recovery sheet and a new password for the administrator."""

    recover_requested = Signal(str, str)  # groups, new password
    back_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = TextBox(self)
        self.groups.setAccessibleName("恢复单上的 24 组数字")
        self.groups.setPlaceholderText("从恢复单第 1 组起照抄，中间有没有空格都行")
        self.groups.textChanged.connect(self._look)
        self.groups.setFixedHeight(theme.px(120))
        self.count = words("还没有输入", "quiet")
        self.password = NewPassword(self)
        self.password.submitted.connect(self._submit)
        self.trouble = words("", "wrong")
        self.open = theme.button("换新密码并打开", "primary", parent=self)
        self.open.clicked.connect(self._submit)
        self.back = theme.button("返回", "plain", key="Esc", parent=self)
        self.back.clicked.connect(self.back_requested)
        parts = [
            words(f"{name}：用密钥恢复单打开", "head"),
            words("恢复单在保险柜里，上面有 24 组数字。打开后给管理员账户换上新密码。", "quiet"),
            self.groups,
            self.count,
            self.password,
            self.trouble,
        ]
        lay_out(self, parts, [self.open, self.back])

    def begin(self) -> None:
        """The focus into the groups."""
        self.groups.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look(self) -> None:
        """Say at once which group is wrong, while the eye is still on the sheet."""
        typed = self.groups.toPlainText()
        digits = sum(each.isdecimal() for each in typed)
        whole = digits // 5
        wrong = [each for each in recovery_code.wrong_groups(typed) if each <= whole]
        said = f"已输入 {whole} 组，共 {recovery_code.GROUPS} 组"
        if wrong:
            said += "；" + "、".join(f"第 {each} 组" for each in wrong) + "不对，请对照恢复单"
        self.count.setText(said)

    @Slot()
    def _submit(self) -> None:
        problem = self.password.problem("")
        if problem:
            self.trouble.setText(problem)
            return
        self.open.setEnabled(False)
        self.trouble.setText("正在核对")
        self.recover_requested.emit(self.groups.toPlainText(), self.password.first.text())

    def refused(self, trouble: OfficeError, _wait: int = 0) -> None:
        """Say why not; a wrong sheet is no guess, and waits for nothing."""
        self.open.setEnabled(True)
        self.trouble.setText(str(trouble))
