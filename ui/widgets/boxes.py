"""The bare boxes under every editor: keys of an input method's composition stay inside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from ui import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_THE_METHOD = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class LineBox(QLineEdit):
    """One line. Its owner may take keys first by a method `box_key(event) -> bool`."""

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._buttons: list[QToolButton] = []

    def put(self, text: str) -> None:
        """Another text altogether, shown from its beginning."""
        self.setText(text)
        self.setCursorPosition(0)

    def add_button(
        self, icon_name: str, words: str, *, leading: bool = False, checkable: bool = False
    ) -> QToolButton:
        """A button inside the box that Tab passes by."""
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setCheckable(checkable)
        button.setProperty("leading", leading)
        self._buttons.append(button)
        self.dress_button(button, icon_name, words)
        self._place_buttons()
        return button

    def dress_button(self, button: QToolButton, icon_name: str, words: str) -> None:
        """Give one of the buttons another icon and another word."""
        button.setObjectName(icon_name)
        button.setIcon(theme.icon(icon_name, theme.QUIET))
        button.setToolTip(words)
        button.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stay at the ends."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """The buttons follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_buttons"):
            for button in self._buttons:
                button.setIcon(theme.icon(button.objectName(), theme.QUIET))
            self._place_buttons()

    def _place_buttons(self) -> None:
        side = theme.px(theme.CONTROL) - 8
        room = {True: 0, False: 0}
        for button in self._buttons:
            leading = bool(button.property("leading"))
            room[leading] += side + 2
            left = room[True] - side + 2 if leading else self.width() - room[False] - 2
            button.setIconSize(theme.icon_size(16))
            button.setGeometry(left, (self.height() - side) // 2, side, side)
        spare = theme.px(6)  # the box pads its text already
        self.setTextMargins(max(0, room[True] - spare), 0, max(0, room[False] - spare), 0)

    def event(self, event: QEvent) -> bool:
        """No shortcut fires while something is being composed."""
        if self.composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a composition is open."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc of a composition end here; other keys go to the owner first."""
        if self.composing and event.key() in _OF_THE_METHOD:
            event.accept()
            return
        owner = getattr(self.parent(), "box_key", None)
        if owner is not None and owner(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab chooses a candidate while something is being composed."""
        return False if self.composing else super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the owner before the text is selected."""
        self.entered.emit()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the owner, unless only a menu came up over it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.composing = False
            self.left.emit()


class TextBox(QPlainTextEdit):
    """Several lines: Enter is a new line, Ctrl+Enter and Esc go to the form."""

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.setTabChangesFocus(True)

    def put(self, text: str) -> None:
        """Another text altogether."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a composition is open."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the form what is the form's."""
        if self.composing and event.key() in _OF_THE_METHOD:
            event.accept()
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() in _ENTER and event.modifiers() & _CONTROL
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab chooses a candidate while something is being composed."""
        return False if self.composing else super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the owner."""
        self.entered.emit()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the owner, unless only a menu came up over it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.composing = False
            self.left.emit()


class TickBox(QCheckBox):
    """A tick that tells when the focus comes and goes; arrows are its owner's."""

    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt would take an arrow for a Tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the owner."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the owner."""
        super().focusOutEvent(event)
        self.left.emit()
