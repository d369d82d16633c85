"""A pay scheme being filled in, as the models of its two tables."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from lanling_desktop.salary.scheme import UNKNOWN
from lanling_desktop.salary.table import EVERY, Place, Rule, Shown, State, Working
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_TOP = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_INKS = {
    State.OWN: theme.INK,
    State.COMMON: theme.QUIET,
    State.UNKNOWN: theme.AMBER,
    State.OUTSIDE: theme.QUIET,
    State.WRONG: theme.RED,
}
HEADS = ("部分", "项目", "填写", "可填")
SAYS = 2


class _Filled(QAbstractTableModel):
    """Cells of a working copy; `typed` when one of them took words."""

    typed = Signal()

    def __init__(self, working: Working, *, open_: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.working, self.open = working, open_
        self._shape = self.shape()

    def place(self, index: _Index) -> Place:
        """Where a cell stands in the scheme."""
        raise NotImplementedError

    def shape(self) -> Any:
        """What rows and columns there are now."""
        raise NotImplementedError

    def renew(self) -> None:
        """Other words in the cells that there are; a box that is open over one stays."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def reshape(self) -> None:
        """Rows and columns may be others than before: a post came or went."""
        if self.shape() != self._shape:
            self.beginResetModel()
            self._shape = self.shape()
            self.endResetModel()

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Take what was typed; words that cannot be read stay, and are named."""
        if role != _Role.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value) == str(self.data(index, _Role.EditRole)):
            return True
        self.working.put(self.place(index), str(value))
        self.typed.emit()
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Whether a cell may be filled in."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self.takes(index) else found

    def takes(self, _index: _Index) -> bool:
        """Whether a cell may be filled in at all."""
        return self.open

    def problem(self, index: _Index) -> str:
        """What is wrong with a cell."""
        return self.working.problems.get(self.place(index), ("", ""))[1]


class GridModel(_Filled):
    """Grades down, posts across."""

    def shape(self) -> tuple[tuple[str, ...], int]:
        """Posts and grades."""
        return self.working.posts, self.working.grades

    def rowCount(self, parent: _Index = _TOP) -> int:
        """The grades."""
        return 0 if parent.isValid() else self._shape[1]

    def columnCount(self, parent: _Index = _TOP) -> int:
        """All posts together, then each."""
        return 0 if parent.isValid() else len(self._shape[0])

    def place(self, index: _Index) -> Place:
        """Post and grade."""
        return ("grades", self._shape[0][index.column()], str(index.row() + 1))

    def shown(self, index: _Index) -> Shown:
        """The cell as it stands."""
        return self.working.cell(self._shape[0][index.column()], index.row() + 1)

    def takes(self, index: _Index) -> bool:
        """A post has figures in its own grades only."""
        post = self._shape[0][index.column()]
        return self.open and self.working.open(post, index.row() + 1)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """A figure, or that it is not known; in the colour of how it stands."""
        shown = self.shown(index)
        ground = not self.takes(index) and self.open
        found: dict[int, Any] = {
            _Role.TextAlignmentRole: _RIGHT,
            _Role.DisplayRole: shown.text,
            _Role.EditRole: shown.text if shown.state in (State.OWN, State.WRONG) else "",
            _Role.ForegroundRole: theme.colour(_INKS[shown.state]),
            _Role.BackgroundRole: theme.colour(theme.RAIL) if ground else None,
            _Role.AccessibleTextRole: (
                f"{self.working.named(self.place(index))} {shown.text or '不填'}"
            ),
            _Role.ToolTipRole: self.problem(index) or None,
        }
        return found.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """The posts above, the grades beside."""
        if role != _Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1} 级"
        return self._shape[0][section] or EVERY


class RulesModel(_Filled):
    """Everything beside the grid, a row each."""

    def __init__(self, working: Working, *, open_: bool, parent: QObject | None = None) -> None:
        self.rules: list[Rule] = working.rules()
        super().__init__(working, open_=open_, parent=parent)

    def shape(self) -> tuple[Place, ...]:
        """The places of the rules that there are."""
        return tuple(each.place for each in self.rules)

    def renew(self) -> None:
        """Other words in the rules that there are."""
        said = {each.place: each for each in self.working.rules()}
        self.rules = [said.get(each.place, each) for each in self.rules]
        super().renew()

    def reshape(self) -> None:
        """A post came or went with its rules."""
        found = self.working.rules()
        if tuple(each.place for each in found) != self.shape():
            self.beginResetModel()
            self.rules = found
            self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:
        """The rules."""
        return 0 if parent.isValid() else len(self.rules)

    def columnCount(self, parent: _Index = _TOP) -> int:
        """Section, rule, what it says, what it may say."""
        return 0 if parent.isValid() else len(HEADS)

    def place(self, index: _Index) -> Place:
        """Where the rule stands."""
        return self.rules[index.row()].place

    def takes(self, index: _Index) -> bool:
        """Only what it says is typed."""
        return self.open and index.column() == SAYS

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """The words of a rule."""
        rule = self.rules[index.row()]
        before = self.rules[index.row() - 1].section if index.row() else ""
        section = rule.section if rule.section != before else ""
        if role == _Role.DisplayRole:
            return (section, rule.label, rule.text, rule.hint)[index.column()]
        if role == _Role.EditRole:
            return "" if rule.text == UNKNOWN and not rule.wrong else rule.text
        if role == _Role.TextAlignmentRole:
            return _LEFT
        if role == _Role.ForegroundRole:
            return theme.colour(self._ink(rule, index.column()))
        if role == _Role.AccessibleTextRole:
            return f"{self.working.named(rule.place)} {rule.text or '空'} {rule.hint}".strip()
        return self.problem(index) or None if role == _Role.ToolTipRole else None

    @staticmethod
    def _ink(rule: Rule, column: int) -> theme.Token:
        if column != SAYS:
            return theme.INK if column == 1 else theme.QUIET
        if rule.wrong:
            return theme.RED
        return theme.AMBER if rule.text == UNKNOWN else theme.INK

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if role == _Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None
