"""The sheet of a form: titles, labels and editors in their places; it scrolls to what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from lanling_desktop.core.field import Field
from ui import theme
from ui.widgets.editor import Editor

Sections = Sequence[tuple[str, Sequence[tuple[str, Field]]]]
_ABOVE = 150  # from this text scale on a label stands above its box
_LABEL = 112  # px at 100 %; a longer label takes a second line
_TOP = Qt.AlignmentFlag.AlignTop


class FormBody(QScrollArea):
    """Rows of a form. A label stands left of its box, above it when the text is large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = QWidget()
        self.sheet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self.sheet)
        self._rows: list[tuple[QWidget | None, QWidget]] = []
        self._above: bool | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._reveal)
        self._target: QWidget | None = None
        self._whole = False
        self.setWidget(self.sheet)
        for each in (self.sheet, self.viewport()):  # it stands on whatever the screen is made of
            each.setAutoFillBackground(False)

    def add_title(self, title: str) -> None:
        """The head of a section."""
        head = QLabel(title, self.sheet)
        head.setProperty("kind", "section")
        self._rows.append((None, head))

    def add_row(self, key: str, editor: Editor) -> None:
        """A label and its editor."""
        said = editor.field
        text = f"{said.label} *" if said.required else said.label
        label = QLabel(text.replace("&", "&&"), self.sheet)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(editor.box)
        label.setToolTip(said.help)
        editor.setObjectName(key)
        editor.box.setObjectName(f"{key}.box")
        if not editor.box.accessibleName():
            editor.box.setAccessibleName(said.label)
        editor.box.setToolTip(said.help)
        editor.set_problem("")
        self._rows.append((label, editor))

    def show_row(self, editor: Editor, *, shown: bool) -> None:
        """Show a row or leave it out."""
        for label, widget in self._rows:
            if widget is editor:
                for each in (label, widget):
                    if each is not None and each.isHidden() == shown:
                        each.setVisible(shown)

    def show_whole(self) -> None:
        """Take the height the rows need and do not scroll: a form that stands among others."""
        self._whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_whole()

    def _fit_whole(self) -> None:
        if self._whole:
            width = max(1, self.width())
            high = self._grid.heightForWidth(width) if self._grid.hasHeightForWidth() else -1
            high = max(high, self._grid.minimumSize().height())
            if high != self.height() or self.minimumHeight() != high:
                self.setFixedHeight(high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rows ask for another height."""
        if watched is self.sheet and event.type() == QEvent.Type.LayoutRequest:
            self._fit_whole()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be another height."""
        super().resizeEvent(event)
        self._fit_whole()

    def add_widget(self, widget: QWidget) -> None:
        """Something of the screen's own over the whole width."""
        self._rows.append((None, widget))
        self.arrange(anew=True)

    def arrange(self, *, anew: bool = False) -> None:
        """Put every row where it goes at the text scale in force."""
        above = theme.scale() >= _ABOVE
        grid, pad = self._grid, theme.px(12)
        grid.setContentsMargins(pad, theme.px(8), pad, theme.px(8))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4 if above else 8))
        for label, _ in self._rows:
            if isinstance(label, QLabel):
                _fit(label, above=above)
        if above == self._above and not anew:
            return
        self._above = above
        while grid.count():
            grid.takeAt(0)
        at = 0
        for label, widget in self._rows:
            if label is None:
                grid.addWidget(widget, at, 0, 1, 2)
            elif above:
                grid.addWidget(label, at, 0, 1, 2)
                at += 1
                grid.addWidget(widget, at, 0, 1, 2)
            else:
                grid.addWidget(label, at, 0, _TOP)
                grid.addWidget(widget, at, 1)
            at += 1
        grid.setColumnStretch(1, 1)
        for row in range(grid.rowCount()):
            grid.setRowStretch(row, 0)
        grid.setRowStretch(at, 1)

    def reveal(self, editor: QWidget) -> None:
        """Scroll until an editor and the words under it can be seen."""
        self._target = editor
        self._reveal()
        self._soon.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_target"):
            self.arrange()

    @Slot()
    def _reveal(self) -> None:
        if self._target is not None:
            self._grid.activate()
            self.ensureWidgetVisible(self._target, 0, theme.px(24))


class PinButton(QToolButton):
    """Keeps a value for the next record; Tab passes by."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"下一条沿用：{label}")
        self.setToolTip("下一条沿用此值(Ctrl+T)")
        self.toggled.connect(self.draw)
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Show whether it is pinned."""
        on = self.isChecked()
        self.setIcon(theme.icon("pinned" if on else "pin", theme.RED if on else theme.QUIET))
        self.setIconSize(theme.icon_size())


class ProblemBar(QFrame):
    """What is wrong, with a jump to each."""

    jump_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setProperty("kind", "wrong")
        self._words.linkActivated.connect(self.jump_requested)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), 0)
        grid.addWidget(self._words)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, str, str]]) -> None:
        """Problems as key, label, words; those without a place in the form are said in full."""
        self.setVisible(bool(problems))
        if not problems:
            return
        links = [f'<a href="{key}">{_safe(label)}</a>' for key, label, _ in problems if label]
        general = [_safe(words) for _, label, words in problems if not label]
        head = f"有 {len(links)} 处要改(F8)：" + "、".join(links) if links else ""
        self._words.setText("<br>".join([*general, *([head] if head else [])]))
        plain = [words for _, label, words in problems]
        self._words.setAccessibleName("；".join(plain))


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fit(label: QLabel, *, above: bool) -> None:
    label.setWordWrap(False)
    label.setMinimumSize(0, 0 if above else theme.px(theme.CONTROL))
    label.setMaximumWidth(16_777_215)
    if not above and label.sizeHint().width() > theme.px(_LABEL):
        label.setWordWrap(True)
        label.setFixedWidth(theme.px(_LABEL))
