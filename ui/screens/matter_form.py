"""The boxes of a matter: what was said, what was decided, and what each kind of outcome needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Entry
from lanling_desktop.hall import actions, rules
from ui import theme
from ui.session import Session
from ui.widgets.form import Form
from ui.widgets.value_editors import GrowingBox

TEXTS = ("discussion", "decision")
"""Saved as they are left, whatever becomes of the outcome."""

_VOTES = ("vote_method", "votes_for", "votes_against", "votes_abstain")
_LINE = ("responsible", "lead_unit", "due_on", "co_units")
NEEDS: Mapping[str, tuple[str, ...]] = {
    rules.AT_ONCE: (),
    rules.BY_A_DAY: ("responsible", "workdays", "due_on", "lead_unit", "co_units"),
    rules.PASSED_ON: ("to_unit", "workdays", "due_on", "responsible"),
    rules.PUT_OFF: ("disposal_reason",),
    rules.REJECTED: ("disposal_reason",),
}
"""The boxes an outcome asks for, in their order."""

_WORKDAYS = Field("几个工作日", Kind.INTEGER, help="填工作日数，完成时限自动算出；也可以直接填日期")
_LEAST, _MOST, _CARRIED = 4, 30, 3  # lines of the discussion's box


class MatterForm(Form):
    """讨论摘要, 议定意见, the outcome by a digit, the boxes that outcome needs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._office = session.office
        self._day = session.office.today
        item = session.office.registers["agenda_item"].all_columns
        line = session.office.registers["action_item"].all_columns
        said = {key: item[key].field for key in (*TEXTS, "disposal", "disposal_reason", *_VOTES)}
        said |= {key: replace(line[key].field, required=False, pinned=False) for key in _LINE}
        said["workdays"] = _WORKDAYS
        said["to_unit"] = replace(said["lead_unit"], label="转给单位")
        first = ("disposal", "disposal_reason", "to_unit")
        order = (*TEXTS, *first, "responsible", "workdays", "due_on")
        keys = (*order, "lead_unit", "co_units", *_VOTES)
        super().__init__(
            [("", [(key, said[key]) for key in keys])],
            today=lambda: session.office.today,
            parent=parent,
        )
        self.carried = False
        self.votes = False
        self._passed = ""  # the outcome whose boxes stand there
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_text)
        self.edited.connect(self._follow)
        self.editor("disposal").left.connect(self.show_needs)

    def show_matter(self, item: Entry, line: Entry | None, day: date, *, carried: bool) -> None:
        """Show a matter with its line in the ledger; deadlines count from `day`."""
        self._day, self.carried = day, carried
        self.votes = any(item[key] is not None for key in _VOTES)
        self.reset(values_of(item, line))
        steps = str(line["due_steps"] or "") if line is not None else ""
        self.editor("due_on").explain("；".join(_short(steps.splitlines())))
        self.show_needs(anew=True)

    def outcome(self) -> str:
        """The outcome as chosen, read from what is typed."""
        return str(self.editor("disposal").value() or "")

    def outcome_touched(self) -> bool:
        """Whether anything of the outcome was changed and is not kept."""
        return bool(self.touched([key for key in self._open() if key not in TEXTS]))

    def decided(self) -> dict[str, Any]:
        """The outcome as `actions.decide` takes it."""
        typed = self.values()
        found = {key: typed.get(key) or "" for key in ("disposal", "decision")}
        found["reason"] = typed.get("disposal_reason") or ""
        for key in ("responsible", "lead_unit", "co_units"):
            found[key] = typed.get(key) or ""
        found["lead_unit"] = found["lead_unit"] or typed.get("to_unit") or ""
        found["due_on"], found["workdays"] = typed.get("due_on"), None
        if typed.get("workdays"):
            found["due_on"], found["workdays"] = None, typed["workdays"]
        found["discussion"] = typed.get("discussion")
        found.update({key: typed[key] for key in _VOTES if key in typed})
        return found

    @Slot()
    def show_needs(self, *, anew: bool = False) -> None:
        """Ask for what the outcome chosen needs, and for nothing else."""
        now = self.outcome()
        if now == self._passed and not anew:
            return
        self._passed = now
        wanted: tuple[str, ...] = ("discussion",)
        if not self.carried:
            votes = _VOTES if self.votes else ()
            wanted = (*TEXTS, "disposal", *NEEDS.get(now, ()), *votes)
        self.show_only(wanted)
        if now == rules.PASSED_ON and self.editor("due_on").is_empty():
            self.editor("workdays").explain(f"不填按 {rules.PASSED_ON_DAYS} 个工作日内答复")
        else:
            self.editor("workdays").explain("")
        self._fit.start()

    def show_votes(self) -> None:
        """Ask for the votes too."""
        self.votes = True
        self.show_needs(anew=True)
        self.jump(_VOTES[0])

    def choose(self, disposal: str) -> None:
        """Take an outcome, and go to the first box it needs."""
        editor = self.editor("disposal")
        editor.set_draft(disposal)
        self.show_needs(anew=True)
        self.edited.emit("disposal")
        needed = [*(["decision"] if disposal == rules.AT_ONCE else []), *NEEDS[disposal]]
        empty = [key for key in needed if self.editor(key).is_empty()]
        self.jump(next(iter(empty), "disposal"))

    def text_box(self) -> tuple[QPlainTextEdit, str] | None:
        """The large box the focus is in, and what is written there; None elsewhere."""
        for key in TEXTS:
            box = self.editor(key).box
            if isinstance(box, QPlainTextEdit) and box.hasFocus():
                return box, self.editor(key).field.label
        return None

    @Slot(str)
    def _follow(self, key: str) -> None:
        if key == "disposal":
            self.show_needs()
        elif key == "workdays":
            self._count_days()
        elif key == "due_on":
            self.editor("workdays").set_value(None)
            self.editor("due_on").explain("")

    def _count_days(self) -> None:
        days, due = self.editor("workdays").value(), self.editor("due_on")
        if isinstance(days, int) and 0 < days <= 999:
            counted = actions.deadline(self._office, self._day, days)
            due.set_value(counted.date)
            due.explain("；".join(_short(counted.steps)))
        else:
            due.explain("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The discussion has what the other boxes leave."""
        super().resizeEvent(event)
        self._fit.start()

    @Slot()
    def _fit_text(self) -> None:
        for key, least, most in (("discussion", _LEAST, _MOST), ("decision", 2, 8)):
            box = self.editor(key).box
            assert isinstance(box, GrowingBox)
            box.set_bounds(_CARRIED if self.carried else least, most)
        box = self.editor("discussion").box
        assert isinstance(box, GrowingBox)
        if self.carried:
            return
        sheet = self.body.sheet
        layout = sheet.layout()
        if layout is None:
            return
        layout.activate()
        others = layout.totalMinimumSize().height() - box.height()
        room = self.body.viewport().height() - others - theme.px(18)
        lines = room // max(1, box.fontMetrics().lineSpacing())
        box.set_bounds(max(_LEAST, min(_MOST, lines)), _MOST)


def _short(steps: Sequence[str]) -> list[str]:
    """How a day was counted, without the plain weeks between."""
    last = len(steps) - 1
    plain = ("工作日，计", "周末，不计")
    return [
        each
        for at, each in enumerate(steps)
        if at in (0, last) or not any(word in each for word in plain)
    ]


def values_of(item: Entry, line: Entry | None) -> dict[str, Any]:
    """The values of the boxes as they are kept."""
    found = {key: item[key] for key in (*TEXTS, "disposal", "disposal_reason", *_VOTES)}
    for key in _LINE:
        found[key] = line[key] if line is not None else None
    return {**found, "to_unit": found["lead_unit"], "workdays": None}
