"""`look_round.py OFFICE WIDTH HEIGHT TEXT LOOK [FOLDER]`: every screen of an office, looked over.

A process of its own, because Qt reads the screen's scale (`QT_SCALE_FACTOR`) once. Writes JSON: of
each screen the words that have less room than they need, and those whose colour is too near to the
ground they stand on. LOOK: `light`; `dark` (the system's colours are dark); `contrast` (the system
asks for high contrast and is black). With FOLDER a picture of each screen is left there.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from lanling_desktop.catalogue import RAIL
from lanling_desktop.core.plain import View
from tests.ui.walk import clipped
from ui import theme
from ui.app import Program
from ui.navigation import _FIXED

_NEED = 3.0  # half of what anti-aliased strokes lose is forgiven: 4.5 in the theme's own table
_BLACK = {
    QPalette.ColorRole.Window: "#000000", QPalette.ColorRole.Base: "#000000",
    QPalette.ColorRole.AlternateBase: "#000000", QPalette.ColorRole.Button: "#000000",
    QPalette.ColorRole.ToolTipBase: "#000000", QPalette.ColorRole.WindowText: "#FFFFFF",
    QPalette.ColorRole.Text: "#FFFFFF", QPalette.ColorRole.ButtonText: "#FFFFFF",
    QPalette.ColorRole.ToolTipText: "#FFFFFF", QPalette.ColorRole.PlaceholderText: "#C0C0C0",
    QPalette.ColorRole.Highlight: "#1AEBFF", QPalette.ColorRole.HighlightedText: "#000000",
    QPalette.ColorRole.Link: "#FFFF00", QPalette.ColorRole.Mid: "#808080",
}  # fmt: skip


def black() -> QPalette:
    """Windows' own 高对比度黑色."""
    palette = QPalette()
    for role, name in _BLACK.items():
        palette.setColor(role, QColor(name))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor("#3FF23F"))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#3FF23F"))
    return palette


def until(true: Callable[[], bool], patience: float = 90) -> None:
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "nothing came"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def settle(program: Program) -> None:
    """Until what is read in the background is on the screen."""
    session = program.window.session
    for _ in range(3):
        for worker in (session.worker, session.reader):
            worker.wait_all()
        QCoreApplication.processEvents()


def faint(top: QWidget) -> list[str]:
    """Words on labels and buttons that cannot be told from the ground, by what is really drawn."""
    picture = top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = picture.devicePixelRatio()
    found = []
    for each in top.findChildren(QWidget):
        if not isinstance(each, (QLabel, QAbstractButton)) or not each.text().strip():
            continue
        seen = each.visibleRegion().boundingRect()
        if not each.isVisible() or seen.width() < 8 or seen.height() < each.height():
            continue  # scrolled out of sight, in part or whole
        place = QRect(each.mapTo(top, seen.topLeft()), seen.size())
        shown = picture.copy(
            round(place.x() * ratio), round(place.y() * ratio),
            round(place.width() * ratio), round(place.height() * ratio),
        )  # fmt: skip
        if best(shown) < _NEED:
            found.append(f"{each.text()}: {best(shown):.1f}")
    return found


def best(shown: QImage) -> float:
    """The highest contrast of anything drawn with the ground it is drawn on."""
    tones = Counter(memoryview(shown.constBits()).cast("B").cast("I"))
    ground = _luminance(tones.most_common(1)[0][0])
    ratios = (
        (max(ground, each) + 0.05) / (min(ground, each) + 0.05) for each in map(_luminance, tones)
    )
    return max(ratios)


def _luminance(tone: int) -> float:
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in tone.to_bytes(4, "little")[:3])
    ]
    return 0.0722 * linear[0] + 0.7152 * linear[1] + 0.2126 * linear[2]


def steps(program: Program) -> Iterator[str]:
    """Every screen, one after another, each in sight when its name is given."""
    window = program.window
    navigator, office = window.navigator, window.session.office
    for key in dict.fromkeys([each for each, _, _ in RAIL] + list(_FIXED)):
        if not navigator.offers(key):
            continue
        navigator.go(key)
        yield key
        if key in office.registers and key not in _FIXED:
            for first, *_ in office.page(View(key), 0, 1):
                navigator.open_record(key, first)
                yield f"{key}, its first record"
            screen = navigator.screens.get(key)
            if hasattr(screen, "new_record"):
                screen.new_record()
                yield f"{key}, a new one"
                screen.keep_draft()


def main(arguments: list[str]) -> int:
    office, width, height, text, look = arguments[:5]
    folder = Path(arguments[5]) if len(arguments) > 5 else None
    application = QApplication(["look"])
    if look == "dark":
        application.styleHints().setColorScheme(Qt.ColorScheme.Dark)
    if look == "contrast":
        theme._system_wants_contrast = lambda _app: True
        theme._system_palette = black
    program = Program([office])
    window = program.window
    window.setFixedSize(int(width), int(height))
    window.show()
    until(lambda: window.session is not None)
    theme.apply(application, int(text), contrast=look == "contrast")
    told: dict[str, dict[str, list[str]]] = {}
    for number, name in enumerate(steps(program)):
        settle(program)
        told[name] = {"clipped": clipped(window), "faint": [] if look == "light" else faint(window)}
        if folder is not None:
            window.grab().save(str(folder / f"{number:02} {name}.png"))
    size = [window.width(), window.height(), window.devicePixelRatio()]
    window.close()
    QCoreApplication.processEvents()
    program.end()
    sys.stdout.buffer.write(json.dumps({"size": size, "screens": told}).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
