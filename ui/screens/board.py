"""议事跟进: every matter that is not struck off, the most pressing first, closed where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes
from lanling_desktop.hall.board import SECTIONS, Item, open_items, sections
from ui import theme
from ui.screens.item_acts import key_number
from ui.screens.item_page import ItemPage, item_line
from ui.session import Session
from ui.widgets.cards import FilterRow
from ui.widgets.line_list import Line, LineList
from ui.widgets.pages import words
from ui.widgets.work import Cancelled

_ALL = "all"
_SHARE = 0.45
_NARROW = 600  # px at 100 % under which lines and matter do not stand side by side
_HEADS = {"overdue": theme.RED, "today": theme.AMBER, "week": theme.AMBER}


class FollowUpBoard(QWidget):
    """The board: parts with their counts at the left, the matter in hand at the right."""

    help_topic = "hall"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._asked = 0
        self._items: tuple[Item, ...] = ()
        self._wanted = ""  # the matter to go to when the lines have come
        self._then_close = False
        self.title = words("议事跟进", "head")
        self.filters = FilterRow(self)
        for key, title in ((_ALL, "全部"), *SECTIONS.items()):
            self.filters.add(key, title)
        self.list = LineList("议事跟进", parent=self)
        self.list.empty_text = "没有要跟进的事项"
        self.page = ItemPage(session, self)
        self.ledger = theme.button("在台账里打开", "link", key="Ctrl+O", parent=self)
        self._build()
        self.filters.chosen.connect(self._narrow)
        self.list.current_changed.connect(self._show)
        self.list.opened.connect(self._open)
        self.page.left.connect(self.enter_list)
        self.page.acted.connect(self._acted)
        self.ledger.clicked.connect(self._to_ledger)
        session.changed.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._to_filters)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.reload)

    def _build(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(*[theme.px(12)] * 3, theme.px(8))
        column.setSpacing(theme.px(8))
        for each in (self.title, self.filters):
            column.addWidget(each)
        column.addWidget(self.list, 1)
        panel = QFrame(self)
        panel.setProperty("kind", "panel")
        panel.setAccessibleName("事项的内容")
        right = QVBoxLayout(panel)
        right.setContentsMargins(*[theme.px(12)] * 4)
        right.setSpacing(theme.px(8))
        right.addWidget(self.page, 1)
        right.addWidget(self.ledger, 0, Qt.AlignmentFlag.AlignRight)
        self._left, self._panel, self._inside = left, panel, False
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.px(4))
        self.split.addWidget(left)
        self.split.addWidget(panel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def begin(self) -> None:
        """The screen came into sight."""
        self._later.start()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """For F6."""
        return [self.list, self.page]

    def show_part(self, section: str = "", item_id: str = "", *, close: bool = False) -> None:
        """Show one part of the board, or go to one matter; `close` begins to strike it off."""
        self.filters.choose(section or _ALL)
        self._wanted, self._then_close = item_id, close
        self._later.start()

    @Slot()
    def reload(self) -> None:
        """Read the board behind the screen."""
        self._asked += 1
        asked, office = self._asked, self.session.office

        def came(items: tuple[Item, ...]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._items = items
                self._write()

        self.session.reader.run(lambda _: open_items(office), came, self._trouble)

    def _write(self) -> None:
        counts = {key: len(mine) for key, _, mine in sections(self._items)}
        self.filters.set_count(_ALL, len(self._items))
        for key in SECTIONS:
            self.filters.set_count(key, counts.get(key, 0))
        part = self.filters.current
        shown = [each for each in self._items if part in (_ALL, each.section)]
        self.list.show_lines(lines_of(shown))
        if self._wanted:
            found, close = self.list.choose(self._wanted), self._then_close
            self._wanted, self._then_close = "", False
            if found and close:
                self._fold(inside=True)
                self.page.begin_close()
        if self.page.item is None or self.page.item.id != self.list.key():
            self._show(self.list.key())

    @Slot(str)
    def _narrow(self, _key: str) -> None:
        self._write()
        self.enter_list()

    @Slot(object)
    def _show(self, item_id: object) -> None:
        self.page.show_item(str(item_id) if item_id is not None else None)
        self.ledger.setVisible(item_id is not None)

    @Slot(object)
    def _open(self, _item_id: object) -> None:
        self._fold(inside=True)
        self.page.begin_close()

    @Slot(object)
    def _acted(self, _changes: Changes) -> None:
        self._later.start()

    @Slot()
    def enter_list(self) -> None:
        """The focus onto the lines."""
        self._fold(inside=False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_filters(self) -> None:
        chips = [each for each in self.filters.findChildren(QWidget) if each.isVisible()]
        current = next((each for each in chips if each.property("checked")), None)
        (current or self.list).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _to_ledger(self) -> None:
        if self.list.key() is not None:
            self.session.record_requested.emit("action_item", str(self.list.key()))

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if not changes.records or {"action_item", "meeting_hall"} & changes.tables:
            self._later.start()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self.session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit on the lines begins an act about the matter in hand."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.list.hasFocus() and not held and 0 <= key_number(event.key()) < 9:
            self._fold(inside=True)
            self.page.begin(key_number(event.key()))
        elif event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self.enter_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The matter keeps its width, the lines take the rest."""
        super().resizeEvent(event)
        self._share_out()

    def changeEvent(self, event: QEvent) -> None:
        """Large text needs a wider page."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "split"):
            self._share_out()

    def _share_out(self) -> None:
        wide = min(theme.px(420), round(self.width() * _SHARE))
        self.split.setSizes([max(1, self.width() - wide), wide])
        self._fold(inside=self._inside)

    def _fold(self, *, inside: bool) -> None:
        """Where there is no room for both, the lines or the matter in hand."""
        self._inside = inside
        narrow = self.width() * 100 / theme.scale() < _NARROW
        self._left.setVisible(not narrow or not inside)
        self._panel.setVisible(not narrow or inside)


def lines_of(items: Sequence[Item]) -> list[Line]:
    """The lines of the board: a heading with its count over each part."""
    found: list[Line] = []
    for key, title, mine in sections(items):
        tone = _HEADS.get(key, theme.QUIET)
        found.append(Line(f"#{key}", f"{title} {len(mine)}", tone=tone, heading=True))
        found += [item_line(each) for each in mine]
    return found
