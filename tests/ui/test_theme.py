"""The look: contrast of every pair, scale, high contrast, icons, Chinese words of Qt itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessibilityHints, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lanling_desktop import paths
from ui import theme

ICONS = [
    "clock",
    "forward",
    "open",
    "pause",
    "grid",
    "staff",
    "hall",
    "meeting",
    "ledger",
    "visitor",
    "today",
    "people",
    "household",
    "organisation",
    "tree",
    "print",
    "import",
    "export",
    "search",
    "undo",
    "add",
    "filter",
    "lock",
    "settings",
    "warning",
    "check",
    "calendar",
    "close",
    "help",
    "history",
    "merge",
    "plaque",
    "folder",
    "back",
    "eye",
    "eye-off",
    "pin",
    "pinned",
    "down",
]


@pytest.mark.parametrize("pair", theme.PAIRS, ids=lambda p: f"{p[0].hex}on{p[1].hex}")
def test_every_pair_has_its_contrast(pair: tuple[theme.Token, theme.Token, float]) -> None:
    read, ground, need = pair
    assert theme.contrast_ratio(read, ground) >= need


def test_contrast_is_wcags_own() -> None:
    black, white = (theme.Token(h, theme.Role.Window) for h in ("#000000", "#FFFFFF"))
    assert round(theme.contrast_ratio(black, white), 2) == 21
    assert round(theme.contrast_ratio(theme.RED, theme.PAPER), 1) == 7.4


def test_no_colour_is_said_outside_the_theme() -> None:
    """The first picture is painted before the look is loaded: there they stand once more."""
    known = {each.hex for each in vars(theme).values() if isinstance(each, theme.Token)}
    for path in Path(theme.__file__).parent.rglob("*.py"):
        found = set(re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8")))
        assert path.name == "theme.py" or not found or path.name == "first_paint.py", path
        assert found <= known, path


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_text_and_rows_follow_the_scale(qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    assert qapp.font().pointSizeF() == pytest.approx(10 * scale / 100)
    assert theme.px(theme.ROW) == 32 * scale // 100
    box = QLineEdit()
    box.ensurePolished()
    assert box.sizeHint().height() >= theme.px(32)


def test_every_window_carries_the_programs_icon(qapp: QApplication) -> None:
    """In every size a title bar, the task bar and Alt+Tab ask for, each drawn for its own."""
    theme.apply(qapp)
    sizes = {each.width() for each in qapp.windowIcon().availableSizes()}
    assert {16, 24, 32, 48, 256} <= sizes
    assert qapp.windowIcon().pixmap(32, 32).toImage().pixelColor(16, 2).name() == "#a61e22"


def test_scale_is_kept_within_its_bounds(qapp: QApplication) -> None:
    theme.apply(qapp, 900)
    assert theme.scale() == 200


def test_high_contrast_leaves_the_systems_colours(qapp: QApplication) -> None:
    theme.apply(qapp, 100, contrast=True)
    assert "#" not in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Window).name() != theme.GROUND.hex.lower()
    assert theme.colour(theme.RED) == qapp.palette().color(QPalette.ColorRole.Highlight)


def test_the_look_follows_the_systems_contrast(qapp: QApplication) -> None:
    theme.apply(qapp, 130, contrast=False)
    wishes = next(each for each in theme._held if isinstance(each, QAccessibilityHints))
    wishes.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert (theme.high_contrast(), theme.scale()) == (True, 130)
    wishes.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert not theme.high_contrast()
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.GROUND.hex.lower()


def test_qts_own_words_are_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert "复制" in QCoreApplication.translate("QWidgetTextControl", "&Copy")


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_of_one_hand(qapp: QApplication, name: str) -> None:
    svg = paths.resource(f"icons/{name}.svg").read_text("utf-8")
    assert 'stroke-width="1.6"' in svg
    assert 'viewBox="0 0 20 20"' in svg
    assert "currentColor" in svg
    picture = theme.icon(name, theme.RED).pixmap(20, 20).toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 250
    }
    assert theme.RED.hex.lower() in inks


def test_no_icon_lies_unused_or_untested() -> None:
    assert sorted(p.stem for p in paths.resource("icons").glob("*.svg")) == sorted(ICONS)


@pytest.mark.parametrize("kind", ["primary", "plain", "quiet", "link"])
def test_the_focus_ring_moves_nothing(qtbot: QtBot, kind: str) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    both = (theme.button("保存", kind), QLineEdit())
    for each in both:
        layout.addWidget(each)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    both[0].setFocus()
    sizes = [each.sizeHint() for each in both]
    seen = both[0].grab().toImage()
    both[1].setFocus()
    assert [each.sizeHint() for each in both] == sizes
    assert both[0].grab().toImage() != seen, "the focus can be seen"


def test_a_button_says_its_key(qapp: QApplication) -> None:
    made = theme.button("新增", "primary", key="Ctrl+N")
    assert made.text() == "新增(Ctrl+N)"
    assert made.shortcut().toString() == "Ctrl+N"
    assert made.accessibleName() == "新增"
    assert isinstance(made, QPushButton)


def test_twenty_thousand_void_calls_do_not_kill_the_process() -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference to None at each call and aborted."""
    code = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([])\nlabel = QLabel()\n"
        "for n in range(20000): label.setText(str(n))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_rare_characters_of_names_have_a_shape_on_the_screen(qapp: QApplication) -> None:
    theme.apply(qapp)
    layout = QTextLayout("㛃𬭩䶮𠮷𫠜", theme.font(theme.BODY_PT))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    assert len(glyphs) == 5
    assert 0 not in glyphs
