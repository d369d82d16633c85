"""What a screen says in its own place: work that is going on, trouble in three sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from ui import theme
from ui.session import Session
from ui.widgets.messages import announce
from ui.widgets.work import Cancelled, Progress, Worker


class TroubleBox(QFrame):
    """A trouble of the user's world: what happened, whether the data is safe, what to press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "trouble")
        self.setAccessibleName("出了问题")
        self._sign = QLabel(self)
        self._sign.setAccessibleName("出了问题")
        self._lines = [_words(kind, self) for kind in ("wrong", "quiet", "")]
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        for line in self._lines:
            column.addWidget(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        self.hide()

    def show_trouble(self, error: OfficeError) -> None:
        """Say it."""
        self._sign.setPixmap(theme.icon("warning", theme.RED).pixmap(theme.icon_size()))
        for line, text in zip(self._lines, (error.what, error.safe, error.then), strict=True):
            line.setText(text)
            line.setVisible(bool(text))
        self.show()
        announce(self, str(error))

    def text(self) -> str:
        """What it says, empty when it says nothing."""
        return "" if self.isHidden() else "\n".join(line.text() for line in self._lines)


class Working(QFrame):
    """Runs one long job at a time for a screen and says how far it is; Esc stops it."""

    ended = Signal()

    def __init__(self, session: Session, trouble: TroubleBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._trouble = trouble
        self._running: Progress | None = None
        self._said = ""
        self.outlives = False  # what is going on goes on without the screen
        self.words = _words("quiet", self)
        self.words.setWordWrap(False)
        self.words.setAccessibleName("正在做的事")
        self.stop = theme.button("取消(Esc)", "link", parent=self)
        self.stop.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.words)
        layout.addWidget(self.stop)
        layout.addStretch(1)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self._running is not None

    def run(
        self,
        said: str,
        job: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        worker: Worker | None = None,
        stopped: str = "",
        outliving: Callable[[Any], None] | None = None,
    ) -> bool:
        """Begin a job unless one is going on; `stopped` is said when it was cancelled.

        Where the screen is gone by the end, `outliving` takes the result in place of `done`.
        """
        if self.busy:
            return False
        self._trouble.hide()
        self._said = said
        self._stopped = stopped
        self._done = done
        self.outlives = outliving is not None
        self.words.setText(f"{said}…")
        self.show()
        worker = worker or self._session.worker
        worker.progressed.connect(self._progressed)
        self._worker = worker
        notifier = self._session.notifier

        def failed(error: BaseException) -> None:
            if shiboken6.isValid(self):
                self._failed(error)
            elif outliving is not None and isinstance(error, OfficeError):
                notifier.trouble(error)

        def finished(result: Any) -> None:
            if shiboken6.isValid(self):
                self._finished(result)
            elif outliving is not None:
                outliving(result)

        self._running = worker.run(job, finished, failed, text=said)
        return True

    @Slot()
    def cancel(self) -> None:
        """Ask it to stop; nothing of it will have happened."""
        if self._running is not None:
            self._running.cancel()
            self.words.setText("正在停下…")

    @Slot(int, int, str)
    def _progressed(self, current: int, total: int, text: str) -> None:
        if self._running is None or self._running.cancelled:
            return
        far = f" {current:,} / {total:,}" if total else ""
        self.words.setText(f"{text or self._said}{far}…")

    def _over(self) -> None:
        self._worker.progressed.disconnect(self._progressed)
        self._running = None
        self.hide()

    def _finished(self, result: Any) -> None:
        self._over()
        self._done(result)
        self.ended.emit()

    def _failed(self, error: BaseException) -> None:
        self._over()
        if isinstance(error, Cancelled):
            self._session.notifier.say(self._stopped or f"已取消：{self._said}")
        elif isinstance(error, OfficeError):
            self._trouble.show_trouble(error)
        self.ended.emit()
        if not isinstance(error, (Cancelled, OfficeError)):
            raise error


def _words(kind: str, parent: QWidget) -> QLabel:
    made = QLabel(parent)
    made.setProperty("kind", kind)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
