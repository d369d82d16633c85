"""The part of the settings about the door: one's password, the accounts, the recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.accounts import actions
from lanling_desktop.core.plain import View
from ui import theme
from ui.session import Session
from ui.widgets.pages import buttons, words
from ui.widgets.password import NewPassword, PasswordBox


class PasswordSettings(QWidget):
    """Change the password, print a new sheet, go to the accounts, lock now."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(words("账户与密码", "section"))
        self.state = words("", "quiet")
        column.addWidget(self.state)
        self.old = PasswordBox("现在的密码", self)
        self.new = NewPassword(self)
        self.new.add("现在的密码", self.old)
        self.new.submitted.connect(self.change)
        self.why_not = words("", "wrong")
        self.change_it = theme.button("改密码", "plain", parent=self)
        self.change_it.clicked.connect(self.change)
        self.sheet = theme.button("换一张恢复单", "plain", parent=self)
        self.sheet.clicked.connect(session.recovery_requested)
        self.accounts = theme.button("管理账户", "plain", parent=self)
        self.accounts.clicked.connect(self._show_accounts)
        column.addWidget(self.new)
        column.addWidget(self.why_not)
        column.addLayout(buttons(self.change_it, self.sheet, self.accounts))
        self._show()

    def _show(self) -> None:
        office = self._session.office
        ring, first = office.keyring, office.rights.administers
        self.old.setVisible(ring is not None)
        self.new.labels[-1].setVisible(ring is not None)
        self.change_it.setText("改密码" if ring is not None else "给它上锁")
        self.sheet.setVisible(ring is not None and first)
        self.accounts.setVisible(ring is not None and first)
        if ring is None:
            self.state.setText(
                "这个数据文件没有上锁，谁都能打开。上锁后要用账户和密码才能打开，文件内容全部加密。"
            )
        elif not ring.recovery_made:
            self.state.setText("还没有密钥恢复单：密码都忘了就打不开了，请现在打印一张。")
        else:
            self.state.setText(
                f"现在用“{office.actor}”打开；恢复单制于 {ring.recovery_made[:16]}。"
                "离开时按 Ctrl+Alt+L 锁定；十分钟不动会自己锁上。"
            )

    @Slot()
    def _show_accounts(self) -> None:
        self._session.list_requested.emit(View("account"))

    @Slot()
    def change(self) -> None:
        """Change one's own password, which the old one proves; or lock what was open to anybody."""
        office = self._session.office
        problem = self.new.problem(office.actor)
        self.why_not.setText(problem)
        if problem:
            return
        old, new = self.old.text(), self.new.first.text()
        if office.keyring is None:
            self._session.lock_up_requested.emit(office.actor, new)
            return
        self.change_it.setEnabled(False)

        def done(_result: None) -> None:
            self.change_it.setEnabled(True)
            self.new.wipe()
            self.old.clear()
            self._session.notifier.say("已改密码，下次打开用新密码")

        def failed(error: BaseException) -> None:
            from ui.crash import say_or_report

            self.change_it.setEnabled(True)
            say_or_report(self._session.notifier, error)

        self._session.worker.run(
            lambda _: actions.change_password(office, old, new), done, failed, text="正在改密码"
        )
