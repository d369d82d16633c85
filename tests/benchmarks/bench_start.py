"""From start to first paint and first rows, against a bare PySide6 window in one run.

Fresh processes in turn, CPU time of the whole process, median of the ratios.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from lanling_desktop import opening
from lanling_desktop.core import first_view
from lanling_desktop.core.plain import View

ROOT = Path(__file__).resolve().parents[2]
PAIRS = 9
FIRST_PAINT, FIRST_ROWS = 1.2, 1.5

_TELL = """
import os, sys, time
def tell(name):
    print(name, time.process_time(), flush=True)
"""
BARE = (
    _TELL
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
def over():
    tell("paint"); os._exit(0)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, over)
application = QApplication(sys.argv[:1])
window = Window()
window.setCentralWidget(QLabel("今天要办"))
window.resize(1366, 740)
window.show()
application.exec()
"""
)
OURS = (
    _TELL
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from lanling_desktop import command_line, paths
assert not command_line.concerns(sys.argv[1:])
from ui.app import Program
from ui.crash import CrashPath
def paint():
    tell("paint")
def rows():
    tell("rows"); os._exit(0)
CrashPath(paths.data_dir).install()
application = QApplication(sys.argv[:1])
program = Program(sys.argv[1:])
window = program.window
window.painted.disconnect()
window.painted.connect(lambda: (QTimer.singleShot(0, paint), program._painted()))
window.rows_painted.connect(lambda: QTimer.singleShot(0, rows))
if not program.is_second():
    window.show()
    application.exec()
"""
)


def _run(code: str, folder: Path, *arguments: str) -> dict[str, float]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANLING_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = (line.split() for line in done.stdout.splitlines())
    return {name: float(seconds) for name, seconds in found}


def _office(folder: Path) -> Path:
    path = folder / "bench.lanling"
    with opening.create_office(path) as office:
        for number in range(40):
            raw = {
                "person.name": f"张玉{'兰芳英华'[number % 4]}",
                "kind": "正式党员",
                "branch.organisation_id": f"第{number % 9 + 1}网格党支部",
                "home.household_id": f"兰陵花园{number + 1}号楼1单元101室",
                "person.phone": f"138{number:04}5678",
            }
            office.save("party_member", None, raw, confirmed=True)
        first_view.remember(office, View("party_member"))
    return path


def measure(pairs: int = PAIRS) -> list[tuple[str, str, float, bool]]:
    """Figure, promise, value, whether it is kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "window.ini").write_text("[window]\nscreen=party_member\n", encoding="utf-8")
        path = _office(folder)
        bare: list[float] = []
        paint: list[float] = []
        rows: list[float] = []
        for turn in range(pairs + 1):
            one = _run(BARE, folder)["paint"]
            ours = _run(OURS, folder, str(path))
            if turn:  # the first pair only warms the disk
                bare.append(one)
                paint.append(ours["paint"] / one)
                rows.append(ours["rows"] / one)
    base = f"bare PySide6 window {statistics.median(bare) * 1000:.0f} ms CPU"
    first, second = statistics.median(paint), statistics.median(rows)
    return [
        (
            f"start to first paint ÷ {base}",
            f"≤ {FIRST_PAINT}",
            first,
            first <= FIRST_PAINT,
        ),
        (f"start to first rows ÷ {base}", f"≤ {FIRST_ROWS}", second, second <= FIRST_ROWS),
    ]


if __name__ == "__main__":
    for figure, promise, value, kept in measure():
        print(f"{figure}\t{promise}\t{value:.2f}\t{'ok' if kept else 'NOT KEPT'}")
