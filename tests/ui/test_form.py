"""The form: by keyboard from the first box to the last, with its problems, drafts and pins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lanling_desktop.core.field import Field, Kind
from tests.ui.sample import SECTIONS, VALUES, lookup, today
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.widgets.form import Form
from ui.widgets.popup import Popup

Keys = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(qtbot: QtBot, values: dict[str, Any] | None = None, **more: Any) -> Form:
    form = Form(SECTIONS, values, lookup=lookup, today=today, **more)
    qtbot.addWidget(form)
    form.resize(theme.px(400), 700)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    return form


def here() -> str:
    """The key of the column the focus is in."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget.objectName().removesuffix(".box")


def press(qtbot: QtBot, key: Keys, modifier: Qt.KeyboardModifier = NONE) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifier)


def type_in(qtbot: QtBot, text: str) -> None:
    """Type as an input method would where it is not a key."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if text.isascii():
        qtbot.keyClicks(widget, text)
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def keys() -> list[str]:
    return [key for _, columns in SECTIONS for key, said in columns if not said.computed]


def test_enter_goes_through_every_box_and_shift_enter_back(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    form.jump("name")
    seen = [here()]
    while here() != "remark":
        press(qtbot, Keys.Key_Return)
        seen.append(here().removesuffix(".box") or "duties")
    assert [each for each in seen if each] == keys()
    press(qtbot, Keys.Key_Return)
    assert here() == "remark", "in a long text Enter is a new line"
    press(qtbot, Keys.Key_Backtab)
    assert here() == "grant"
    press(qtbot, Keys.Key_Return, SHIFT)
    assert here() == "moving"
    form.jump("name")
    press(qtbot, Keys.Key_Return, SHIFT)
    assert here() == "name"


def test_a_record_is_typed_without_a_mouse(qtbot: QtBot) -> None:
    from lanling_desktop.standards import identity

    number = "37132419650412123" + identity.check_character("37132419650412123")
    form = shown(qtbot)
    form.derived.connect(lambda _key, birth, _sex: form.propose("birth", birth, "身份证号推算"))
    form.derived.connect(lambda _key, _birth, sex: form.propose("sex", sex, "身份证号推算"))
    form.focus_first()
    for typed in ("张玉兰", number, "", "", "13812345678", "第4网格党支部", "兰陵花园 401"):
        type_in(qtbot, typed)
        press(qtbot, Keys.Key_Return)
    type_in(qtbot, "20190628")
    press(qtbot, Keys.Key_Return)
    with qtbot.waitSignal(form.submitted):
        press(qtbot, Keys.Key_Return, CTRL)
    values = {key: value for key, value in form.values().items() if value is not None}
    assert values == {
        "name": "张玉兰",
        "identity": number,
        "sex": "男",
        "birth": date(1965, 4, 12),
        "phone": "13812345678",
        "branch": "branch-4",
        "address": "兰陵花园 401",
        "since": date(2019, 6, 28),
    }
    assert form.changed_values() == values


def test_the_last_boxs_enter_submits(qtbot: QtBot) -> None:
    sections = (("", (("a", Field("甲")), ("b", Field("乙")))),)
    form = Form(sections, today=today)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.jump("a")
    press(qtbot, Keys.Key_Return)
    assert here() == "b"
    with qtbot.waitSignal(form.submitted):
        press(qtbot, Keys.Key_Enter)


def test_ctrl_enter_leaves_a_long_text(qtbot: QtBot) -> None:
    form = Form((("", (("a", Field("甲", Kind.LONG_TEXT)), ("b", Field("乙")))),), today=today)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.jump("a")
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, Keys.Key_Return, CTRL)
    assert here() == "b"


def test_esc_cancels_but_first_closes_a_list(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    form.jump("state")
    press(qtbot, Keys.Key_Down)
    with qtbot.assertNotEmitted(form.cancelled):
        press(qtbot, Keys.Key_Escape)
    with qtbot.waitSignal(form.cancelled):
        press(qtbot, Keys.Key_Escape)


@pytest.mark.parametrize("key", ["name", "remark"])
def test_keys_of_a_composition_never_reach_the_form(qtbot: QtBot, key: str) -> None:
    form = shown(qtbot, VALUES)
    form.jump(key)
    box = QApplication.focusWidget()
    assert box is not None
    QApplication.sendEvent(box, QInputMethodEvent("zhang", []))
    with qtbot.assertNotEmitted(form.cancelled), qtbot.assertNotEmitted(form.submitted):
        for pressed, modifier in (
            (Keys.Key_Return, NONE),
            (Keys.Key_Return, CTRL),
            (Keys.Key_Escape, NONE),
            (Keys.Key_Tab, NONE),
        ):
            press(qtbot, pressed, modifier)
    assert here() == key
    commit = QInputMethodEvent("", [])
    commit.setCommitString("兰")
    QApplication.sendEvent(box, commit)
    with qtbot.waitSignal(form.cancelled):
        press(qtbot, Keys.Key_Escape)


def test_what_is_wrong_is_said_under_its_box_and_gone_to(qtbot: QtBot) -> None:
    form = shown(qtbot, {"name": "张玉兰"})
    form.jump("plaque")
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert form.problems == [("identity", "请填写身份证号"), ("address", "请填写地址")]
    assert here() == "identity"
    press(qtbot, Keys.Key_F8)
    assert here() == "address"
    press(qtbot, Keys.Key_F8)
    assert here() == "identity", "round again"
    words = [
        each.text() for each in form.editor("identity").findChildren(QLabel) if each.isVisible()
    ]
    assert words == ["请填写身份证号"]
    assert "请填写身份证号" in form.editor("identity").box.accessibleDescription()
    assert "身份证号" in form._bar._words.text()
    form._bar.jump_requested.emit("address")
    assert here() == "address"
    type_in(qtbot, "兰陵花园")
    assert form.problems == [("identity", "请填写身份证号")]


def test_a_problem_of_the_office_stands_at_its_box_or_at_the_head(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    form.set_problem("plaque", "牌号在本社区已用于 ZXH-017，请改")
    form.set_problem("", "同一户已有登记")
    assert form.problems == [("plaque", "牌号在本社区已用于 ZXH-017，请改"), ("", "同一户已有登记")]
    assert "同一户已有登记" in form._bar._words.text()
    form.jump("plaque")
    press(qtbot, Keys.Key_Return)
    assert form.editor("plaque").problem, "passing by does not take it away"
    form.jump("plaque")
    type_in(qtbot, "XY-9")
    assert form.editor("plaque").problem == ""


def test_a_difference_asks_for_its_reason(qtbot: QtBot) -> None:
    form = shown(qtbot, {**VALUES, "identity": "", "birth": date(1965, 4, 13)})
    form.propose("birth", date(1965, 4, 12), "身份证号推算")
    assert form.editor("birth").note == "身份证号推算是 1965-04-12，与所填不同；属实请写明理由"
    form.editor("identity").set_draft("371324196504121236")
    assert not form.check()
    assert dict(form.problems)["birth"] == "请写明理由，或改正所填"
    form.editor("birth").set_problem("")
    form.jump("birth")
    type_in(qtbot, "以人事档案为准")
    assert form.reasons() == {"birth": "以人事档案为准"}
    form.set_problem("identity", "")
    form.editor("identity").set_value("371324196504121236")
    assert form.check()


def test_dirty_draft_and_changed(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES, texts={"branch": "第4网格党支部"})
    assert not form.dirty
    form.jump("plaque")
    with qtbot.waitSignal(form.changed):  # the 20th change asks for a draft at once
        type_in(qtbot, "X" * 20)
    assert form.dirty
    assert form.changed_values() == {"plaque": "X" * 20}
    form.jump("since")
    type_in(qtbot, "2026-1")
    draft = form.draft()
    assert draft["since"] == "2026-1"
    assert draft["branch"] == ["branch-4", "第4网格党支部"]
    again = shown(qtbot, VALUES)
    again.set_draft(draft)
    assert (again.draft(), again.dirty) == (draft, True)
    again.set_clean()
    assert not again.dirty


def test_a_draft_is_asked_for_after_a_while(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    form.jump("plaque")
    type_in(qtbot, "X")
    timer = form.drafts._timer
    assert (timer.isActive(), timer.interval()) == (True, 3000)
    with qtbot.waitSignal(form.changed):
        timer.setInterval(0)
    form.set_clean()
    assert not timer.isActive()


def test_a_pinned_value_is_carried_to_the_next_record(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES, texts={"branch": "第4网格党支部"})
    form.jump("branch")
    with qtbot.waitSignal(form.pin_toggled) as told:
        press(qtbot, Keys.Key_T, CTRL)
    assert told.args == ["branch", True]
    form._pins["address"].click()
    carried = form.carried()
    assert carried == {
        "branch": ("branch-4", "第4网格党支部"),
        "address": "兰陵花园 4号楼 1单元 401",
    }
    form.reset(defaults=carried)
    assert form.values()["branch"] == "branch-4"
    assert form.values()["name"] is None
    assert not form.dirty
    assert form.carried() == carried, "the pins stay as they are"


def test_computed_and_read_only_boxes_are_passed_by(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES, read_only=["plaque"])
    assert "members" not in form.values()
    assert "plaque" not in form.values()
    form.jump("since")
    press(qtbot, Keys.Key_Return)
    assert here() == "state"
    assert form.editor("members").box.text() == "8"  # type: ignore[attr-defined]


def test_the_box_with_the_focus_can_be_seen(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    form.resize(400, 260)
    form.jump("name")
    for _ in keys()[1:]:
        press(qtbot, Keys.Key_Return)
        QApplication.processEvents()
        box = QApplication.focusWidget()
        assert box is not None
        top = box.mapTo(form.body.viewport(), box.rect().topLeft()).y()
        bottom = box.mapTo(form.body.viewport(), box.rect().bottomLeft()).y()
        assert 0 <= top < bottom <= form.body.viewport().height()


def test_help_is_there_while_it_is_needed(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    editor = form.editor("identity")
    form.jump("identity")
    assert [each.text() for each in editor.findChildren(QLabel) if each.isVisible()] == [
        "15 位旧号会提示 18 位"
    ]
    press(qtbot, Keys.Key_Tab)
    assert not [each for each in editor.findChildren(QLabel) if each.isVisible()]
    assert editor.box.toolTip() == "15 位旧号会提示 18 位"


def test_labels_belong_to_their_boxes(qtbot: QtBot) -> None:
    form = shown(qtbot, VALUES)
    buddies = {
        each.buddy().objectName(): each.text() for each in form.findChildren(QLabel) if each.buddy()
    }
    assert buddies["name.box"] == "户主 *"
    assert buddies["plaque.box"] == "牌号"
    assert form.findChild(QWidget, "plaque") is form.editor("plaque")
    box = form.findChild(QLineEdit, "name.box")
    assert box is not None
    assert (box.accessibleName(), box.accessibleDescription()) == ("户主", "必填")


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(qtbot: QtBot, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    form = shown(qtbot, VALUES)
    form.resize(theme.px(400), 3000)
    form.check()
    form.set_note("birth", "与身份证号推算的 1965-04-12 不同，属实请写明理由", reason=True)
    assert unnamed(form) == []
    assert clipped(form) == []


def test_labels_go_above_when_the_text_is_large(qtbot: QtBot, qapp: QApplication) -> None:
    form = shown(qtbot, VALUES)

    def side_by_side() -> bool:
        label = next(each for each in form.findChildren(QLabel) if each.text() == "牌号")
        return label.geometry().right() < form.editor("plaque").geometry().left()

    assert side_by_side()
    theme.apply(qapp, 150)
    qapp.processEvents()
    assert not side_by_side()
    theme.apply(qapp, 100)
    qapp.processEvents()
    assert side_by_side()


def test_a_form_already_open_follows_the_scale(qtbot: QtBot, qapp: QApplication) -> None:
    form = shown(qtbot, VALUES)
    low = form.editor("remark").box.height()
    theme.apply(qapp, 200)
    form.resize(800, 3000)
    assert clipped(form) == []
    assert form.editor("remark").box.height() > 1.7 * low


def test_a_list_goes_when_its_box_moves_and_with_its_form(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = Form(SECTIONS, VALUES, lookup=lookup, today=today, parent=window)
    form.setGeometry(0, 0, 400, 300)
    window.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    form.jump("sex")
    QApplication.processEvents()

    def opened() -> bool:
        return any(each.isVisible() for each in window.findChildren(Popup))

    press(qtbot, Keys.Key_Down)
    assert opened()
    form.body.verticalScrollBar().setValue(form.body.verticalScrollBar().maximum())
    assert not opened()
    press(qtbot, Keys.Key_Down)
    assert opened()
    window.resize(640, 420)
    assert not opened()
    press(qtbot, Keys.Key_Down)
    form.deleteLater()
    qtbot.waitUntil(lambda: not window.findChildren(Popup))
