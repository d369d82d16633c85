"""What a screen reader would find, and what a reader would find cut off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QWidget

_SPOKEN = {
    QAccessible.Role.EditableText,
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.SpinBox,
    QAccessible.Role.ListItem,
    QAccessible.Role.Cell,
}


def interfaces(top: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything below a widget that a screen reader meets."""
    waiting = [QAccessible.queryAccessibleInterface(top)]
    while waiting:
        each = waiting.pop()
        yield each
        children = [each.child(n) for n in range(each.childCount())]
        waiting += [child for child in children if child and child.isValid()]  # not of old rows


def unnamed(top: QWidget) -> list[str]:
    """The visible controls without a name."""
    return [
        f"{each.role()} {each.object()}"
        for each in interfaces(top)
        if each.role() in _SPOKEN
        and not each.state().invisible
        and not each.text(QAccessible.Text.Name).strip()
    ]


def clipped(top: QWidget) -> list[str]:
    """The visible labels, buttons and ticks that have less room than their words need."""
    for _ in range(3):  # a layout may ask for another
        QApplication.processEvents()
    found = []
    for each in top.findChildren(QWidget):
        if not each.isVisible() or not isinstance(each, (QLabel, QAbstractButton, QCheckBox)):
            continue
        need = each.sizeHint()
        if isinstance(each, QLabel) and each.wordWrap():
            short = each.heightForWidth(each.width()) > each.height()
        else:
            short = need.width() > each.width() or need.height() > each.height()
        if short and each.text():
            found.append(f"{each.text()}: {each.size().toTuple()} of {need.toTuple()}")
    return found
