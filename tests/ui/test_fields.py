"""The editors: what is typed, what is kept, what stands under the box."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lanling_desktop.core.field import Field, Kind
from ui.widgets.choice_editors import ChoiceEditor, LinkEditor, ManyEditor
from ui.widgets.editor import Editor, TypedEditor
from ui.widgets.fields import EDITORS, editor_for
from ui.widgets.value_editors import DateEditor, IdentityEditor

Keys = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 22)
GOOD = "37132419650412123X"


@pytest.fixture
def good() -> str:
    from lanling_desktop.standards import identity

    head = "37132419650412123"
    return head + identity.check_character(head)


def today() -> date:
    return TODAY


PEOPLE = [
    ("id-1", "张玉兰", "3-2-501"),
    ("id-2", "张玉梅", "4-1-101"),
    ("id-3", "李建国", "1-1-101"),
    ("id-4", "李建国", "9-2-301"),
]


def lookup(words: str) -> list[tuple[object, str, str]]:
    return [each for each in PEOPLE if words in each[1]]


def shown(qtbot: QtBot, said: Field) -> Any:
    """An editor in a window, another box beside it to leave for."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    editor = editor_for(said, today, lookup, page)
    layout.addWidget(editor)
    elsewhere = QLineEdit(page)
    layout.addWidget(elsewhere)
    page.resize(420, 600)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    editor.box.setFocus(Qt.FocusReason.TabFocusReason)
    editor.page, editor.elsewhere = page, elsewhere
    return editor


def leave(editor: Any) -> None:
    editor.elsewhere.setFocus()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_editor(qtbot: QtBot, kind: Kind) -> None:
    said = Field("标题", kind, choices=("甲", "乙"))
    editor = editor_for(said, today)
    qtbot.addWidget(editor)
    assert type(editor) is EDITORS[kind]
    assert isinstance(editor, Editor)
    assert editor.value() is None
    assert editor.is_empty()
    assert editor.commit_text()
    with qtbot.assertNotEmitted(editor.edited):
        editor.set_value(None)
        editor.set_draft(editor.draft())
    editor.set_problem("不对")
    assert (editor.problem, editor.box.accessibleDescription()) == ("不对", "不对")


ROUND = [
    (Kind.TEXT, "兰陵花园", "兰陵花园"),
    (Kind.NAME, "张玉兰", "张玉兰"),
    (Kind.LONG_TEXT, "一\n二", "一\n二"),
    (Kind.PHONE, "13812345678", "13812345678"),
    (Kind.DATE, date(2026, 3, 1), date(2026, 3, 1)),
    (Kind.INTEGER, 12, 12),
    (Kind.INTEGER, 0, 0),
    (Kind.MONEY, Decimal("1234.50"), Decimal("1234.50")),
    (Kind.MONEY, 123450, Decimal("1234.50")),
    (Kind.CHOICE, "乙", "乙"),
    (Kind.MANY, "甲、丙", "甲、丙"),
    (Kind.MANY, ("甲", "丙"), "甲、丙"),
    (Kind.LINK, ("id-1", "张玉兰"), "id-1"),
    (Kind.YES_NO, False, False),
    (Kind.YES_NO, True, True),
]


@pytest.mark.parametrize(("kind", "given", "kept"), ROUND)
def test_values_go_in_and_out(qtbot: QtBot, kind: Kind, given: object, kept: object) -> None:
    editor = editor_for(Field("标题", kind, choices=("甲", "乙", "丙")), today)
    qtbot.addWidget(editor)
    editor.set_value(given)
    assert editor.value() == kept
    assert type(editor.value()) is type(kept)
    again = editor_for(Field("标题", kind, choices=("甲", "乙", "丙")), today)
    qtbot.addWidget(again)
    again.set_draft(editor.draft())
    assert again.value() == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20261122", "2026-11-22"),
        ("2026.3.1", "2026-03-01"),
        ("+3", "2026-11-25"),
        ("明", "2026-11-23"),
        ("月底", "2026-11-30"),
        ("1231", "2026-12-31"),
    ],
)
def test_dates_are_written_out_on_leaving(qtbot: QtBot, typed: str, kept: str) -> None:
    editor = shown(qtbot, Field("挂牌日期", Kind.DATE))
    editor.box.insert(typed) if not typed.isascii() else qtbot.keyClicks(editor.box, typed)
    editor.typed(typed)
    leave(editor)
    assert (editor.box.text(), editor.problem) == (kept, "")
    assert editor.value().isoformat() == kept


@pytest.mark.parametrize("typed", ["2026-02-30", "202611", "abc", "65-04-12"])
def test_a_date_that_is_none_is_said_under_the_box(qtbot: QtBot, typed: str) -> None:
    editor = shown(qtbot, Field("挂牌日期", Kind.DATE))
    qtbot.keyClicks(editor.box, typed)
    leave(editor)
    assert editor.problem
    assert editor.box.text() == typed, "what was typed is never thrown away"
    assert editor.value() is None
    editor.box.setFocus()
    qtbot.keyClicks(editor.box, "1")
    assert editor.problem == "", "what was said of the old text is not true of the new"


def test_the_calendar_is_there_but_not_in_the_way(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("挂牌日期", Kind.DATE))
    assert isinstance(editor, DateEditor)
    qtbot.keyClick(editor.box, Keys.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = editor._calendar
    assert calendar is not None
    assert calendar.isVisible()
    assert calendar.selectedDate() == QDate(2026, 11, 22)
    with qtbot.waitSignal(editor.edited):
        calendar.activated.emit(QDate(2026, 12, 1))
    assert (editor.value(), calendar.isVisible()) == (date(2026, 12, 1), False)
    qtbot.keyClick(editor.box, Keys.Key_Tab)
    assert QApplication.focusWidget() is editor.elsewhere  # type: ignore[attr-defined]


def test_the_calendar_goes_back_no_further_than_a_date_can(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("起始日期", Kind.DATE))
    editor.open_calendar()
    calendar = editor._calendar
    calendar.activated.emit(calendar.minimumDate())
    assert editor.value() == date(1800, 1, 1)


def test_an_identity_number_is_grouped_while_typed_and_checked_at_the_end(
    qtbot: QtBot, good: str
) -> None:
    editor = shown(qtbot, Field("身份证号", Kind.IDENTITY))
    qtbot.keyClicks(editor.box, good[:10])
    assert editor.box.text() == f"{good[:6]} {good[6:10]}"
    with qtbot.waitSignal(editor.derived) as told:
        qtbot.keyClicks(editor.box, good[10:])
    assert told.args == [date(1965, 4, 12), "男"]
    assert editor.box.text() == f"{good[:6]} {good[6:14]} {good[14:]}"
    assert editor.value() == good
    with qtbot.assertNotEmitted(editor.derived):
        leave(editor)


def test_editing_in_the_middle_keeps_the_cursor(qtbot: QtBot, good: str) -> None:
    editor = shown(qtbot, Field("身份证号", Kind.IDENTITY))
    editor.set_value(good)
    editor.box.setCursorPosition(9)  # 371324 19|650412
    qtbot.keyClick(editor.box, Keys.Key_Backspace)
    assert (editor.box.text()[:9], editor.box.cursorPosition()) == ("371324 16", 8)
    editor.box.setCursorPosition(7)
    qtbot.keyClick(editor.box, Keys.Key_Backspace)
    assert editor.box.cursorPosition() == 6, "over the gap, no digit lost"
    assert editor.box.text()[:9] == "371324 16"
    qtbot.keyClicks(editor.box, "1")
    assert (editor.box.text()[:10], editor.box.cursorPosition()) == ("371324 116", 8)


def test_a_wrong_check_digit_is_said_at_the_18th_key(qtbot: QtBot, good: str) -> None:
    editor = shown(qtbot, Field("身份证号", Kind.IDENTITY))
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    with qtbot.assertNotEmitted(editor.derived):
        qtbot.keyClicks(editor.box, wrong)
    assert "6-8-4" in editor.problem
    assert editor.value() is None


def test_an_old_number_offers_its_new_one(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("身份证号", Kind.IDENTITY))
    assert isinstance(editor, IdentityEditor)
    qtbot.keyClicks(editor.box, "371324650412123")
    offer = editor._proposal
    assert offer is not None
    assert offer.isVisible()
    qtbot.keyClick(editor.box, Keys.Key_Tab)
    assert offer.hasFocus()
    with qtbot.waitSignal(editor.derived):
        qtbot.keyClick(offer, Keys.Key_Space)
    assert str(editor.value()).startswith("37132419650412123")
    assert not offer.isVisible()
    assert editor.problem == ""


def test_a_pasted_number_with_blanks_is_taken(qtbot: QtBot, good: str) -> None:
    editor = shown(qtbot, Field("身份证号", Kind.IDENTITY))
    QApplication.clipboard().setText(f"  {good[:6]} {good[6:]}  ")
    with qtbot.waitSignal(editor.derived):
        qtbot.keyClick(editor.box, Keys.Key_V, CTRL)
    assert editor.value() == good


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.IDENTITY, None), (Kind.PHONE, "13812345678"), (Kind.TEXT, "花园 3号楼 501")],
)
def test_what_is_sensitive_is_masked_while_nobody_types(
    qtbot: QtBot, good: str, kind: Kind, value: str | None
) -> None:
    value = value or good
    editor = shown(qtbot, Field("敏感", kind, sensitive=True))
    leave(editor)
    editor.set_value(value)
    assert value.replace(" ", "") not in editor.box.text().replace(" ", "")
    assert editor.value() == value
    masked = editor.box.text()
    editor.box.setFocus()
    assert value.replace(" ", "") == editor.box.text().replace(" ", "")
    assert not editor.box.isUndoAvailable() or masked not in editor.box.text()
    leave(editor)
    assert editor.box.text() == masked
    eye = editor._eye
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert editor.box.text().replace(" ", "") == value.replace(" ", "")
    assert eye.accessibleName() == "遮住"
    leave(editor)
    editor.set_value(value)
    assert editor.box.text() == masked, "another record starts masked"


def test_what_is_typed_into_a_masked_box_is_kept(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("联系电话", Kind.PHONE, sensitive=True))
    leave(editor)
    editor.set_value("13812345678")
    editor.box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(editor.box, "0539-5211234")
    leave(editor)
    assert editor.value() == "0539-5211234"
    assert editor.draft() == "0539-5211234"
    assert "5211234" not in editor.box.text()


def test_a_sensitive_long_text_is_covered_whole(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("情况", Kind.LONG_TEXT, sensitive=True))
    leave(editor)
    with qtbot.assertNotEmitted(editor.edited):
        editor.set_value("张玉兰反映\n邻里纠纷")
        assert "张" not in editor.box.toPlainText()
        assert editor.value() == "张玉兰反映\n邻里纠纷"
        editor.box.setFocus()
        assert editor.box.toPlainText() == "张玉兰反映\n邻里纠纷"
        leave(editor)
    assert "张" not in editor.box.toPlainText()
    editor.box.setFocus()
    qtbot.keyClicks(editor.box, "x")
    leave(editor)
    assert "x" in editor.value()


def test_a_phone_is_shown_in_groups(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("联系电话", Kind.PHONE))
    qtbot.keyClicks(editor.box, "13812345678")
    leave(editor)
    assert (editor.box.text(), editor.value()) == ("138 1234 5678", "13812345678")
    editor.box.setFocus()
    qtbot.keyClicks(editor.box, "9")
    leave(editor)
    assert "12" in editor.problem


@pytest.mark.parametrize(
    ("typed", "text", "value"),
    [
        ("1234.5", "1,234.50", Decimal("1234.50")),
        ("1,234元", "1,234.00", Decimal("1234.00")),
        ("-3", "-3.00", Decimal("-3.00")),
    ],
)
def test_money(qtbot: QtBot, typed: str, text: str, value: Decimal) -> None:
    editor = shown(qtbot, Field("金额", Kind.MONEY))
    editor.box.insert(typed)
    editor.typed(typed)
    leave(editor)
    assert (editor.box.text(), editor.value()) == (text, value)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *((Kind.MONEY, each) for each in ("1.234", "abc", "NaN", "Infinity", "1e99")),
        *((Kind.INTEGER, each) for each in ("1.5", "abc", "NaN", "Infinity")),
    ],
)
def test_what_is_no_number_is_said(qtbot: QtBot, kind: Kind, typed: str) -> None:
    editor = shown(qtbot, Field("金额", kind))
    qtbot.keyClicks(editor.box, typed)
    leave(editor)
    assert editor.problem
    assert editor.value() is None


SEX = Field("性别", Kind.CHOICE, choices="sex")
KINDS = Field("政治面貌", Kind.CHOICE, choices="political_status")
STATES = Field("状态", Kind.CHOICE, choices=("筹建", "已挂牌", "已摘牌"))


@pytest.mark.parametrize(
    ("said", "typed", "word"),
    [
        (SEX, "1", "男"),
        (SEX, "2", "女"),
        (SEX, "nv", "女"),
        (KINDS, "zgdy", "中共党员"),
        (KINDS, "03", "共青团员"),
        (STATES, "2", "已挂牌"),
        (STATES, "yz", "已摘牌"),
        (STATES, "cj", "筹建"),
    ],
)
def test_a_choice_by_initials_or_code(qtbot: QtBot, said: Field, typed: str, word: str) -> None:
    editor = shown(qtbot, said)
    qtbot.keyClicks(editor.box, typed)
    assert editor.popup.opened
    assert editor.popup.current_choice() == word
    leave(editor)
    assert (editor.box.text(), editor.value(), editor.popup.opened) == (word, word, False)


def test_a_choice_by_arrows_and_enter(qtbot: QtBot) -> None:
    editor = shown(qtbot, STATES)
    qtbot.keyClick(editor.box, Keys.Key_Down)
    qtbot.keyClick(editor.box, Keys.Key_Down)
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(editor.box, Keys.Key_Return)
    assert (editor.value(), editor.popup.opened) == ("已挂牌", False)
    qtbot.keyClick(editor.box, Keys.Key_Down)
    assert editor.popup.current_choice() == "已挂牌", "the list opens at what is chosen"
    qtbot.keyClick(editor.box, Keys.Key_Escape)
    assert not editor.popup.opened


def test_a_choice_by_mouse_keeps_the_focus(qtbot: QtBot) -> None:
    editor = shown(qtbot, STATES)
    qtbot.keyClick(editor.box, Keys.Key_F4)
    place = editor.popup.visualItemRect(editor.popup.item(2)).center()
    qtbot.mouseClick(editor.popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.value() == "已摘牌"
    assert editor.box.hasFocus()


def test_a_word_not_in_the_list_is_said(qtbot: QtBot) -> None:
    editor = shown(qtbot, STATES)
    qtbot.keyClicks(editor.box, "xyz")
    assert not editor.popup.opened
    leave(editor)
    assert editor.problem == "状态没有“xyz”这一项，可填：筹建、已挂牌、已摘牌"
    assert editor.value() is None


def test_the_wheel_changes_nothing(qtbot: QtBot) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    editor = shown(qtbot, STATES)
    editor.set_value("已挂牌")
    assert isinstance(editor, ChoiceEditor)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.box, wheel)
    assert editor.value() == "已挂牌"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1", True), ("y", True), ("s", True), ("2", False), ("0", False), ("n", False)],
)
def test_yes_and_no_by_one_key(qtbot: QtBot, typed: str, value: bool) -> None:
    editor = shown(qtbot, Field("流动党员", Kind.YES_NO))
    qtbot.keyClicks(editor.box, typed)
    leave(editor)
    assert editor.value() is value
    assert editor.box.text() == ("是" if value else "否")
    editor.set_value(None)
    assert (editor.value(), editor.box.text()) == (None, "")


def test_ticks_by_space_and_arrows(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("职责", Kind.MANY, choices=("党建", "综治", "民政")))
    assert isinstance(editor, ManyEditor)
    first = QApplication.focusWidget()
    assert first is not None
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(first, Keys.Key_Space)
    qtbot.keyClick(first, Keys.Key_Left)
    last = QApplication.focusWidget()
    assert last is not None
    qtbot.keyClick(last, Keys.Key_Space)
    assert editor.value() == "党建、民政"


def test_a_link_is_found_while_typed(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("户主", Kind.LINK, link="person"))
    assert isinstance(editor, LinkEditor)
    editor.box.insert("张玉")
    editor.typed("张玉")
    qtbot.waitUntil(lambda: editor.popup.opened)
    qtbot.keyClick(editor.box, Keys.Key_Down)
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(editor.box, Keys.Key_Return)
    assert (editor.value(), editor.box.text()) == ("id-2", "张玉梅")
    leave(editor)
    assert editor.value() == "id-2"
    editor.box.setFocus()
    editor.set_value("id-1", "张玉兰")
    assert (editor.value(), editor.box.text()) == ("id-1", "张玉兰")


def test_enter_does_not_wait_for_the_list(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("户主", Kind.LINK, link="person"))
    editor.box.insert("张玉兰")
    editor.typed("张玉兰")
    qtbot.keyClick(editor.box, Keys.Key_Return)
    assert editor.value() == "id-1"


@pytest.mark.parametrize(
    ("typed", "value", "problem"),
    [
        ("张玉兰", "id-1", ""),
        ("王新来", "王新来", ""),
        ("李建国", "李建国", "有 2 个“李建国”，请按 ↓ 选定是哪一个"),
    ],
)
def test_a_title_typed_in_full_is_enough(
    qtbot: QtBot, typed: str, value: str, problem: str
) -> None:
    editor = shown(qtbot, Field("户主", Kind.LINK, link="person"))
    editor.box.insert(typed)
    editor.typed(typed)
    leave(editor)
    assert (editor.value(), editor.problem) == (value, problem)


def test_long_text_grows_and_enter_is_a_new_line(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("情况", Kind.LONG_TEXT))
    low = editor.box.height()
    for _ in range(6):
        qtbot.keyClicks(editor.box, "a")
        qtbot.keyClick(editor.box, Keys.Key_Return)
    assert editor.box.height() > low
    leave(editor)
    assert editor.value() == "\n".join("a" * 6)


def test_a_composition_keeps_its_keys(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("户主", Kind.NAME))
    assert isinstance(editor, TypedEditor)
    with qtbot.assertNotEmitted(editor.edited):
        QApplication.sendEvent(editor.box, QInputMethodEvent("zhang", []))
        for key in (Keys.Key_Return, Keys.Key_Escape, Keys.Key_Tab):
            qtbot.keyClick(editor.box, key)
        assert editor.box.hasFocus()
    commit = QInputMethodEvent("", [])
    commit.setCommitString("张玉兰")
    with qtbot.waitSignal(editor.edited):
        QApplication.sendEvent(editor.box, commit)
    assert editor.value() == "张玉兰"
    qtbot.keyClick(editor.box, Keys.Key_Tab)
    assert not editor.box.hasFocus()


def test_a_warning_can_ask_for_its_reason(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("出生日期", Kind.DATE))
    editor.set_value(date(1965, 4, 13))
    assert editor.reason() is None
    editor.set_note("与身份证号推算的不同", reason=True)
    assert editor.reason() == ""
    editor.focus()
    box = QApplication.focusWidget()
    assert box is not None
    assert box.accessibleName() == "出生日期：理由"
    box.insert("以档案为准")
    assert editor.reason() == "以档案为准"
    editor.set_note("")
    assert editor.reason() is None


def test_a_computed_value_is_only_shown(qtbot: QtBot) -> None:
    editor = shown(qtbot, Field("年龄", Kind.INTEGER, computed=True))
    editor.set_value(61)
    qtbot.keyClicks(editor.box, "9")
    assert (editor.value(), editor.read_only) == (61, True)
