"""The list of a million persons in a real table, against a model that answers nothing."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from tests.benchmarks.scale import PERSONS, office_of
from ui.widgets.paged_model import Column, PagedModel
from ui.widgets.work import Worker

VIEW = View("person")


class _Null(QAbstractTableModel):
    """The floor: as many rows, the same sort of texts, nothing behind them."""

    def __init__(self, rows: int, texts: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._texts = [each[1:] for each in texts]
        self._size = rows, len(self._texts[0])

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self._size[0]

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self._size[1]

    def data(self, index: QModelIndex, role: int = 0) -> object:
        if role != 0:
            return None
        return self._texts[index.row() % len(self._texts)][index.column()]


def measure() -> list[tuple[str, str, float, bool]]:
    """The promises of speed.md, "Lists": first paint, jump to the end, memory."""
    app = QApplication.instance() or QApplication([])
    worker = Worker()
    with office_of(PERSONS) as office:
        texts = office.page(VIEW, 0, 200)
        # An office at work: Qt has its fonts, the reader its connection, another list was shown.
        _shown(app, lambda: _Null(PERSONS, texts))
        office.page(View("household"), 0, 1)
        before = _megabytes()
        rounds = [_round(app, office, worker, texts) for _ in range(5)]
        grown = _megabytes() - before
        jump = statistics.median(each[1] for each in rounds)
        first = statistics.median(each[2] for each in rounds)
        last = statistics.median(each[3] for each in rounds)
        sql_jump = _to_the_end_by_qt_sql(str(office.path))
    return [
        ("首次显示 ÷ 空模型", "≤ 2.5", first, first <= 2.5),
        ("跳到末行 ÷ 空模型", "≤ 3", last, last <= 3),
        ("QSqlTableModel 到末行 ÷ 我们的", "≥ 100", sql_jump / jump, sql_jump / jump >= 100),
        ("百万行列表增加的内存 MB", "≤ 60", grown, grown <= 60),
    ]


def _round(
    app: object, office: Office, worker: Worker, texts: list[tuple[str, ...]]
) -> tuple[float, float, float, float]:
    """Seconds to the first and the last row of ours, and both against the floor, side by side."""
    floor_paint, floor_jump = _shown(app, lambda: _Null(PERSONS, texts))
    paint, jump = _shown(app, lambda: _paged(office, worker))
    worker.wait_all()
    return paint, jump, paint / floor_paint, jump / floor_jump


def _paged(office: Office, worker: Worker) -> QAbstractTableModel:
    fields = [each.field for each in office.registers["person"].list_columns]

    class Source:
        """Rows straight from the office."""

        columns = tuple(Column(f.label, 120, f.numeric) for f in fields)

        def count(self) -> int:
            return office.count(VIEW)

        def page(self, first: int, size: int) -> list[tuple[str, ...]]:
            return office.page(VIEW, first, size)

    model = PagedModel(worker=worker)
    model.reset(Source())
    return model


def _shown(app: object, make: Callable[[], QAbstractTableModel]) -> tuple[float, float]:
    """CPU seconds of the screen's thread to the first paint and to the paint of the last row."""
    begun = time.thread_time()
    view = QTableView()
    model = make()
    view.setModel(model)
    view.resize(800, 600)
    view.show()
    QApplication.processEvents()
    painted = time.thread_time()
    while model.rowCount() < PERSONS:  # counted on the worker, as on the screen
        QApplication.processEvents()
    counted = time.thread_time()
    view.scrollTo(model.index(model.rowCount() - 1, 0), QTableView.ScrollHint.PositionAtBottom)
    view.viewport().repaint()
    QApplication.processEvents()
    jumped = time.thread_time()
    view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    view.close()
    return painted - begun, jumped - counted


def _to_the_end_by_qt_sql(path: str) -> float:
    """CPU seconds until Qt's own model of the same table has its last row."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel

    database = QSqlDatabase.addDatabase("QSQLITE", "bench")
    database.setDatabaseName(path)
    database.setConnectOptions("QSQLITE_OPEN_READONLY")
    assert database.open(), database.lastError().text()
    begun = time.thread_time()
    model = QSqlTableModel(db=database)
    model.setTable("person")
    model.select()
    while model.canFetchMore():
        model.fetchMore()
    return time.thread_time() - begun


def _megabytes() -> float:
    """What the process holds now; its peak where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
