"""The words of a choice are the office's to change, and everything that offers them follows."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core import code_tables
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.values import choices_of
from lanling_desktop.hall import actions
from lanling_desktop.opening import open_office
from tests.hall import month


def offered(office: Office) -> tuple[str, ...]:
    return choices_of(office.registers["agenda_item"].all_columns["category"].field)


def test_a_word_is_added_used_undone_and_kept(desk_office: Office) -> None:
    meeting = month.meeting(desk_office, month.hall(desk_office), date(2026, 11, 10))
    item = actions.raise_matter(desk_office, meeting_id=meeting, title="加装电梯").main
    with pytest.raises(RejectedError, match="没有“加装电梯”这一项"):
        desk_office.save("agenda_item", item, {"category": "加装电梯"})
    first = offered(desk_office)
    assert first[0] == "环境卫生"
    words = "、".join((*first, "加装电梯"))
    assert code_tables.put(desk_office, key="matter_category", words=words) is not None
    assert code_tables.put(desk_office, key="matter_category", words=words) is None, "unchanged"
    desk_office.save("agenda_item", item, {"category": "加装电梯"})
    path = desk_office.path
    desk_office.undo()
    desk_office.undo()
    assert offered(desk_office) == first
    desk_office.redo()
    desk_office.close()
    with open_office(path, clock=fixed(2026, 11, 24)) as again:
        assert offered(again)[-1] == "加装电梯"


def test_a_table_of_one_word_is_refused(desk_office: Office) -> None:
    with pytest.raises(RejectedError, match="至少要有 2 个词"):
        code_tables.put(desk_office, key="matter_category", words="其他")
