"""The one search box for everything: words in, records of all registers out, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lanling_desktop.core.plain import Hit
from ui.widgets.boxes import LineBox
from ui.widgets.messages import announce
from ui.widgets.popup import Offer, Popup
from ui.widgets.work import Worker

__all__ = ["Hit", "SearchBox"]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINT = "找人、户、会议、事项(Ctrl+K)：姓名、拼音首字母、身份证尾号、电话"


class SearchBox(QWidget):
    """A line with a list of hits under it, grouped by register.

    With a worker `find` runs off the screens' thread; an answer to older words is never shown.
    """

    chosen = Signal(str, str)  # register key, record id
    trouble = Signal(object)

    def __init__(
        self,
        find: Callable[[str], Sequence[Hit]],
        *,
        worker: Worker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._worker = worker
        self._running = ""
        self._answered: str | None = None
        self._take_first = False
        self.box = LineBox(self)
        self.box.setPlaceholderText(_HINT)
        self.box.setAccessibleName("查找")
        self.box.setAccessibleDescription(_HINT)
        self.box.add_button("search", "查找", leading=True).clicked.connect(self._search)
        self.setFocusProxy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.popup = Popup(self.box)
        self.popup.chosen.connect(self._choose)
        self._wait = QTimer(self, singleShot=True, interval=50)
        self._wait.timeout.connect(self._search)
        self.box.textEdited.connect(self._typed)
        self.box.left.connect(self.popup.hide)

    def words(self) -> str:
        """What is looked for."""
        return self.box.text().strip()

    def clear(self) -> None:
        """Empty the box and close the list."""
        self.box.clear()
        self.popup.hide()
        self._take_first = False

    def box_key(self, event: QKeyEvent) -> bool:
        """Down and Enter look and choose; Esc closes the list, then empties the box."""
        if self.popup.key(event):
            return True
        if event.key() in _ENTER:
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Down:
            self._search()
            return True
        if event.key() == Qt.Key.Key_Escape and self.box.text():
            self.clear()
            return True
        return False

    def _enter(self) -> None:
        choice = self.popup.current_choice()
        if choice is not None and self._answered == self.words():
            self._choose(choice)
        elif self.words():
            self._take_first = True
            self._search()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._take_first = False
        if self.words():
            self._wait.start()
        else:
            self._wait.stop()
            self.popup.hide()

    @Slot()
    def _search(self) -> None:
        self._wait.stop()
        words = self.words()
        if not words or self._running:  # the answer under way looks at the box when it comes
            return
        if self._worker is None:
            self._show(words, self._find(words))
            return
        self._running = words
        self._worker.run(lambda _: self._find(words), self._came, self._failed)

    def _came(self, hits: Sequence[Hit]) -> None:
        words, self._running = self._running, ""
        if words == self.words():
            self._show(words, hits)
        else:
            self._search()

    def _failed(self, error: BaseException) -> None:
        self._running = ""
        self.popup.hide()
        self.trouble.emit(error)

    def _show(self, words: str, hits: Sequence[Hit]) -> None:
        self._answered = words
        if not self.box.hasFocus():
            return
        offers: list[Offer] = []
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            groups.setdefault(hit.register_title, []).append(hit)
        for title, group in groups.items():
            offers.append(Offer(f"{title} {len(group)}", heading=True))
            offers += [Offer(hit.title, hit.detail, (hit.register, hit.id)) for hit in group]
        self.popup.offer(offers or [Offer(f"没有找到“{words}”", heading=True)])
        if not hits:
            announce(self.box, "没有找到")
        elif self._take_first:
            self._choose(self.popup.current_choice())

    @Slot(object)
    def _choose(self, choice: tuple[str, str]) -> None:
        self.clear()
        self.chosen.emit(*choice)
