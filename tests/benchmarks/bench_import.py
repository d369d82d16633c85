"""Import of 10,000 rows: CPU against calamine's bare iteration, and where the time goes."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from lanling_desktop import catalogue
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.store import Store
from lanling_desktop.exchange import plan, transfer
from tests.benchmarks.scale import person_rows

ROWS = int(os.environ.get("LANLING_BENCH_IMPORT", "10000"))


def measure() -> list[tuple[str, str, float, bool]]:
    """How much dearer than reading the cells the whole import is, and per row."""
    registers = catalogue.registers()
    with tempfile.TemporaryDirectory() as folder:
        path = _sheet(Path(folder) / "居民.xlsx")
        bare = _bare(path)
        store = Store.create(Path(folder) / "a.lanling")
        with Office(store, registers, clock=fixed(2026, 11, 23)) as office:
            begun = time.process_time()
            received = plan.receive(office, "person", path)
            planned = plan.plan(office, received)
            thought = time.process_time()
            transfer.carry_out(office, planned, skip_errors=True)
            written = time.process_time()
    each = (written - begun) / ROWS * 1e6
    checking, writing = (thought - begun) / bare, (written - thought) / bare
    return [
        (f"导入 {ROWS:,} 行：核对 ÷ 只读单元格", "≤ 60", checking, checking <= 60),
        (f"导入 {ROWS:,} 行：写入 ÷ 只读单元格", "≤ 150", writing, writing <= 150),
        ("每行 CPU 微秒（核对、写入、检索、留痕）", "≤ 3000", each, each <= 3000),
    ]


def _sheet(path: Path) -> Path:
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("居民")
    sheet.write_row(0, 0, ["姓名", "身份证号", "联系电话", "家庭住址", "备注"])
    for number, row in enumerate(person_rows(ROWS, ""), 1):
        home = f"兰陵花园{number % 30 + 1}号楼{number % 4 + 1}单元{number % 30 * 100 + number % 9}"
        texts = [row["name"], row["identity_number"], row["phone"], home, ""]
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text)
    book.close()
    return path


def _bare(path: Path) -> float:
    from python_calamine import load_workbook

    begun = time.process_time()
    for _ in load_workbook(str(path)).get_sheet_by_index(0).iter_rows():
        pass
    return time.process_time() - begun
