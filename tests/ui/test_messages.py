"""How the program speaks: foot, question, trouble."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.errors import OfficeError
from tests.ui.recorder import RecordingNotifier
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.widgets.messages import Foot, Notifier, Question, WindowNotifier

Keys = Qt.Key
FULL = OfficeError("磁盘满了，没有存上", "原来的数据完好", "请清理磁盘后再按保存")


@pytest.fixture
def foot(qtbot: QtBot) -> Foot:
    made = Foot()
    qtbot.addWidget(made)
    made.set_right("backup", "备份 12 分钟前")
    made.set_right("who", "录入员 王敏")
    made.set_right("lock", "锁定(Ctrl+L)", act=True)
    made.resize(1366, 40)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_what_was_done_can_be_undone_in_place(qtbot: QtBot, foot: Foot) -> None:
    WindowNotifier(foot).say("已保存 张玉兰 的中心户登记", undo=True)
    assert foot.words.text() == "已保存 张玉兰 的中心户登记"
    with qtbot.waitSignal(foot.undo_requested):
        qtbot.mouseClick(foot.undo, Qt.MouseButton.LeftButton)
    WindowNotifier(foot).say("已打印 2 页")
    assert not foot.undo.isVisible()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, foot: Foot) -> None:
    foot.start_work("正在导入 党员名册")
    foot.show_progress(40, 200, "正在导入 第 40 行")
    assert (foot.bar.value(), foot.bar.maximum()) == (40, 200)
    with qtbot.waitSignal(foot.cancel_requested):
        qtbot.mouseClick(foot.cancel, Qt.MouseButton.LeftButton)
    assert not foot.cancel.isEnabled()
    foot.end_work()
    assert not foot.bar.isVisible()


def test_the_right_end_keeps_its_order_and_tells_what_was_pressed(qtbot: QtBot, foot: Foot) -> None:
    foot.set_right("backup", "备份 1 天前")
    lock = foot._right["lock"]
    assert foot._right["backup"].x() < foot._right["who"].x() < lock.x()
    with qtbot.waitSignal(foot.right_chosen) as told:
        qtbot.mouseClick(lock, Qt.MouseButton.LeftButton)
    assert told.args == ["lock"]


def test_a_trouble_says_three_sentences_until_it_is_read(qtbot: QtBot, foot: Foot) -> None:
    foot.activateWindow()
    WindowNotifier(foot).trouble(FULL)
    assert foot.banner.isVisible()
    assert foot.banner.words.text() == (
        "磁盘满了，没有存上。原来的数据完好。请清理磁盘后再按保存。"
    )
    foot.banner.copy.click()
    assert QGuiApplication.clipboard().text() == foot.banner.words.text()
    qtbot.keyClick(foot.banner.read, Keys.Key_Return)
    assert not foot.banner.isVisible()
    WindowNotifier(foot).trouble(FULL)
    qtbot.keyClick(foot.banner, Keys.Key_Escape)
    assert not foot.banner.isVisible()


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ([Keys.Key_Return], False),
        ([Keys.Key_Escape], False),
        ([Keys.Key_Tab, Keys.Key_Return], True),
        ([Keys.Key_Backtab, Keys.Key_Space], True),
    ],
)
def test_a_questions_default_is_the_safe_one(
    qtbot: QtBot, foot: Foot, keys: list[Keys], answer: bool
) -> None:
    def press() -> None:
        box = foot.findChild(Question)
        assert box is not None
        for key in keys:
            qtbot.keyClick(box.focusWidget(), key)

    QTimer.singleShot(0, press)
    assert WindowNotifier(foot).ask("清空回收站里的 3 条记录？", "清空", "清空后找不回来") is answer


def test_a_questions_buttons_carry_the_verb(qtbot: QtBot) -> None:
    box = Question("清空回收站？", "清空")
    qtbot.addWidget(box)
    assert (box.act.text(), box.safe.text()) == ("清空", "不清空")
    other = Question("用备份换掉现在的数据？", "恢复备份")
    qtbot.addWidget(other)
    assert (other.act.text(), other.safe.text()) == ("恢复备份", "取消")


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(qtbot: QtBot, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    foot = Foot()
    qtbot.addWidget(foot)
    foot.say("已保存", undo=True)
    foot.start_work("正在导入")
    foot.set_right("lock", "锁定(Ctrl+L)", act=True)
    foot.banner.show_trouble(FULL)
    box = Question("清空回收站里的 3 条记录？", "清空", "清空后找不回来")
    qtbot.addWidget(box)
    for each in (foot, box):
        each.show()
        qtbot.waitExposed(each)
        assert unnamed(each) == []
        assert clipped(each) == []


def test_the_recorder_is_a_notifier() -> None:
    recorder: Notifier = RecordingNotifier(answer=False)
    recorder.say("已保存", undo=True)
    recorder.trouble(FULL)
    assert not recorder.ask("清空？", "清空")
    assert isinstance(recorder, RecordingNotifier)
    assert (recorder.said, recorder.asked) == ([("已保存", True)], [("清空？", "清空", "")])
