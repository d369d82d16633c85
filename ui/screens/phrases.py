"""常用语: a kept text found by its pinyin initials and put where the cursor stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.hall.board import phrases
from lanling_desktop.hall.rules import PHRASE_USES
from lanling_desktop.standards.codes import initials_match
from ui import theme
from ui.screens.bars import AskBar, Bar
from ui.session import Session
from ui.widgets.boxes import LineBox
from ui.widgets.popup import Offer, Popup

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PhraseBar(Bar):
    """Letters find a text, Enter puts it at the cursor of the box it was called from."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("常用语", parent)
        self._session = session
        self._target: QPlainTextEdit | None = None
        self._known: dict[str, str] = {}
        self.add_words("常用语")
        self.box = LineBox(self)
        self.box.setAccessibleName("常用语：名称或拼音首字母")
        self.box.setPlaceholderText("名称或拼音首字母")
        self.box.setMinimumWidth(theme.px(220))
        self.line.addWidget(self.box)
        self.add_button("插入(Enter)", "primary").clicked.connect(self.done)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        self.popup = Popup(self.box)
        self.popup.chosen.connect(self._put)
        self.box.textEdited.connect(self._find)
        self.box.left.connect(self.popup.hide)
        self.closed.connect(self._give_back)
        self.setFocusProxy(self.box)

    def begin(self, target: QPlainTextEdit, used_in: str) -> None:
        """Come up for a box."""
        found = phrases(self._session.office, used_in)
        if not found:
            said = "还没有常用语：在文字框里选中一段话，按 Ctrl+Shift+J 存为常用语"
            self._session.notifier.say(said)
            return
        self._target = target
        self._known = {name: text for name, _, text in found}
        self.box.clear()
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._find("")

    @Slot(str)
    def _find(self, typed: str) -> None:
        names = initials_match(tuple(self._known), typed)
        offers = [Offer(each, " ".join(self._known[each].split()), each) for each in names]
        self.popup.offer(offers or [Offer("没有找到", heading=True)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list; Esc closes the bar at once."""
        if event.key() != Qt.Key.Key_Escape and self.popup.key(event):
            return
        super().keyPressEvent(event)

    @Slot()
    def done(self) -> None:
        """Put the marked text."""
        choice = self.popup.current_choice()
        if choice is not None:
            self._put(choice)

    @Slot(object)
    def _put(self, name: object) -> None:
        target = self._target
        self.popup.hide()
        self.close_bar()
        if target is not None:
            target.insertPlainText(self._known[str(name)])

    @Slot()
    def _give_back(self) -> None:
        self.popup.hide()
        if self._target is not None:
            self._target.setFocus(Qt.FocusReason.OtherFocusReason)


class KeepPhrase(AskBar):
    """Keeps a piece of what was written under a name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("存为常用语", "存", parent)
        self._session = session
        self._target: QPlainTextEdit | None = None
        self._words, self._use = "", PHRASE_USES[0]
        self.given.connect(self._keep)
        self.closed.connect(self._give_back)

    def begin(self, target: QPlainTextEdit, used_in: str) -> None:
        """Ask for the name of what is selected in a box."""
        words = target.textCursor().selection().toPlainText().strip()
        if not words:
            self._session.notifier.say("先选中要存的一段话，再按 Ctrl+Shift+J")
            return
        self._target, self._words, self._use = target, words, used_in
        self.ask("这段话叫什么", "如：路灯报修")

    @Slot(str)
    def _keep(self, name: str) -> None:
        raw = {"name": name, "used_in": self._use, "words": self._words}
        try:
            self._session.office.save("phrase", None, raw, confirmed=True)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
        else:
            self._session.notifier.say(f"已存为常用语 {name}", undo=True)

    @Slot()
    def _give_back(self) -> None:
        if self._target is not None:
            self._target.setFocus(Qt.FocusReason.OtherFocusReason)
