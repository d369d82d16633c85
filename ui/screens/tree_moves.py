"""Moving a node of a tree: taken up, put down elsewhere, and from which day on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Changes
from lanling_desktop.organisation.tree import Node
from ui import theme
from ui.screens.bars import Bar, Notice
from ui.screens.tree_pictures import Picture
from ui.session import Session
from ui.widgets.fields import editor_for


class MoveBar(Bar):
    """Asks from which day on something hangs elsewhere; Enter does it."""

    given = Signal(object)  # date

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("从哪天起调整", parent)
        self._session = session
        self.question = QLabel(self)
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.column.insertWidget(0, self.question)
        self.day = editor_for(
            Field("从哪天起", Kind.DATE), lambda: session.office.today, parent=self
        )
        self.day.setMinimumWidth(theme.px(148))
        self.day.box.setAccessibleName("从哪天起")
        self.line.addWidget(self.day)
        self.add_button("调整(Enter)", "primary").clicked.connect(self.done)
        self.add_button("不调整(Esc)").clicked.connect(self.close_bar)
        self.setFocusProxy(self.day)

    def ask(self, words: str) -> None:
        """Come up with today's date."""
        self.question.setText(words)
        self.day.set_value(self._session.office.today)
        self.say("")
        self.show()
        self.day.focus()

    @Slot()
    def done(self) -> None:
        """Hand over the day that stands in the box."""
        if not self.day.commit_text() or self.day.value() is None:
            self.say("请填从哪天起调整", "wrong")
            return
        self.close_bar()
        self.given.emit(self.day.value())


class Moves(QObject):
    """What is being moved in a tree, by keys or by the mouse; one act, undone like any."""

    ended = Signal()  # the focus may go back to the tree

    def __init__(self, session: Session, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._cut: Node | None = None
        self._waiting: tuple[Node, Node] | None = None  # for its day
        self.picture = picture
        self.past = False  # another day is only looked at
        self.notice = Notice(parent)
        self.bar = MoveBar(session, parent)
        self.paste: QPushButton = theme.button("挂到这里", key="Ctrl+V", parent=parent)
        self.paste.hide()
        self.bar.given.connect(self._begin)
        self.bar.closed.connect(self.ended)

    @property
    def under_way(self) -> bool:
        """Whether something was taken up."""
        return self._cut is not None

    def take_up(self, node: Node) -> None:
        """Remember what is to be moved."""
        if self.picture.look.movable(node) and not self.past:
            self._cut = node
            self.notice.tell(
                f"要把“{node.title}”挂到哪里：{self.picture.where}，按 Ctrl+V；Esc 不调整", "note"
            )
            self.paste.show()

    def put_down(self, into: Node) -> None:
        """What was taken up is to hang here."""
        if self._cut is not None:
            moved = self._cut
            self.drop()
            self.ask(moved, into)

    def drop(self) -> None:
        """Give up what was taken up."""
        self._cut = None
        self.notice.tell("")
        self.paste.hide()

    @Slot(object, object)
    def ask(self, moved: Node, into: Node) -> None:
        """Ask from which day on a node hangs under another one."""
        look = self.picture.look
        if self.past or not look.movable(moved) or not look.takes(into):
            self._session.notifier.say(self.picture.refusal)
            return
        self._waiting = moved, into
        self.bar.ask(f"把“{moved.title}”挂到“{into.title}”，从哪天起")

    @Slot(object)
    def _begin(self, day: date) -> None:
        if self._waiting is None:
            return
        (moved, into), self._waiting = self._waiting, None
        office, picture = self._session.office, self.picture

        def done(changes: Changes) -> None:
            self._session.notifier.say(f"已{changes.title}", undo=True)

        def failed(error: BaseException) -> None:
            if not isinstance(error, OfficeError):
                raise error
            self._session.notifier.trouble(error)

        self._session.worker.run(lambda _: picture.move(office, moved, into, day), done, failed)
