"""Which editor a column gets; only the form builder asks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from lanling_desktop.core.field import Field, Kind
from ui.widgets.choice_editors import ChoiceEditor, LinkEditor, Lookup, ManyEditor, YesNoEditor
from ui.widgets.editor import Editor, Today, TypedEditor
from ui.widgets.value_editors import (
    DateEditor,
    IdentityEditor,
    LongTextEditor,
    MoneyEditor,
    NameEditor,
    NumberEditor,
    PhoneEditor,
)

__all__ = ["EDITORS", "Editor", "Lookup", "TypedEditor", "editor_for", "nothing_found"]

EDITORS: dict[Kind, type[Editor]] = {
    Kind.TEXT: TypedEditor,
    Kind.NAME: NameEditor,
    Kind.LONG_TEXT: LongTextEditor,
    Kind.IDENTITY: IdentityEditor,
    Kind.PHONE: PhoneEditor,
    Kind.DATE: DateEditor,
    Kind.TIME: TypedEditor,
    Kind.INTEGER: NumberEditor,
    Kind.MONEY: MoneyEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.MANY: ManyEditor,
    Kind.LINK: LinkEditor,
    Kind.YES_NO: YesNoEditor,
}


def nothing_found(_words: str) -> list[tuple[object, str, str]]:
    """The lookup of a link nobody gave one for."""
    return []


def editor_for(
    said: Field, today: Today, lookup: Lookup = nothing_found, parent: QWidget | None = None
) -> Editor:
    """The editor of a column; a link searches by `lookup`, a computed one only shows."""
    made = (
        LinkEditor(said, today, lookup, parent)
        if said.kind is Kind.LINK
        else EDITORS[said.kind](said, today, parent)
    )
    if said.computed:
        made.set_read_only(True)
    return made
