"""Tables a community kept before the program: past meetings, the ledger, the visitors' book."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font

from tests.exchange.sheets import convert

FILES = Path(__file__).parent / "files"

Head = tuple[str, tuple[str, ...]]  # a group and the columns under it; one of no group alone

MEETINGS: tuple[Head, ...] = (
    ("序号", ()), ("小区", ()), ("会议", ("会议日期", "地点", "主持人", "记录人")),
    ("到会情况", ("应到", "实到")), ("备注", ()),
)  # fmt: skip
MEETING_ROWS = (
    (1, "兰陵花园", "2026.3.10", "党群服务中心二楼", "赵建国", "王敏", 12, 11, ""),
    (2, "兰陵花园", "2026.4.10", "党群服务中心二楼", "赵建国", "王敏", 12, 10, ""),
    (3, "锦绣家园", "2026年4月15日", "小区凉亭", "钱秀英", "李敏", 9, 9, "居民来得早"),
    (4, "锦绣家园", "2026-12-15", "小区凉亭", "钱秀英", "李敏", 9, "", "年末这次还没开"),
)
LEDGER: tuple[Head, ...] = (
    ("编号", ()), ("小区", ()), ("事项", ("登记日期", "议定事项", "措施")),
    ("责任", ("责任单位", "负责人")), ("办理", ("时限", "完成时间", "结果", "核实人")),
)  # fmt: skip
LEDGER_ROWS = (
    ("2026-0101", "兰陵花园", "2026.3.10", "路灯不亮", "更换灯具", "物业", "李敏",
     "2026.3.24", "2026.3.20", "已换三盏", "王敏"),
    ("2026-0102", "兰陵花园", "2026.4.10", "雨水倒灌", "疏通管道", "城管办", "孙志强",
     "2026.12.1", "", "", ""),
    ("", "锦绣家园", "2026.4.15", "停车难", "划线", "物业", "周玉兰",
     "2026.5.1", "2026.4.30", "已划线", ""),
)  # fmt: skip
VISITS: tuple[Head, ...] = (
    ("序号", ()), ("来访时间", ()), ("来访人", ("姓名", "电话", "住址", "人数")), ("反映问题", ()),
    ("小区", ()), ("接待", ("接待人员", "处理结果")),
)  # fmt: skip
VISIT_ROWS = (
    (
        1,
        "1990.5.1",
        "周玉兰",
        "15400000001",
        "3号楼501",
        1,
        "楼道灯不亮",
        "兰陵花园",
        "王敏",
        "已修",
    ),
    (2, "2026.3.3", "吴大勇", "", "", 4, "请求增设充电棚", "兰陵花园", "王敏", "列入议题"),
    (3, "2026.3.3", "吴大勇", "", "", "", "咨询优待证", "", "王敏", ""),
)


def make(path: Path, title: str, heads: Sequence[Head], rows: Sequence[Sequence[object]]) -> None:
    """A title over all, a 单位 line, two rows of heads, the rows, who filled it in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = sum(max(1, len(below)) for _, below in heads)
    for row, text in ((1, title), (2, "单位（盖章）：示例社区")):
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=18), Alignment("center")
    at = 1
    for group, below in heads:
        sheet.cell(3, at, group)
        if below:
            sheet.merge_cells(
                start_row=3, end_row=3, start_column=at, end_column=at + len(below) - 1
            )
            for more, text in enumerate(below):
                sheet.cell(4, at + more, text)
        else:
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
        at += max(1, len(below))
    for number, values in enumerate(rows, 5):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column, None if value == "" else value)
    sheet.cell(5 + len(rows), 1, "填表人：张某")
    book.save(path)


def make_files() -> None:
    """Write the committed files anew: `python -m tests.hall.sheets` (needs LibreOffice)."""
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "out").mkdir()
        for title, heads, rows in (
            ("红色议事厅会议登记表", MEETINGS, MEETING_ROWS),
            ("红色议事厅议事台账", LEDGER, LEDGER_ROWS),
            ("群众来访登记簿", VISITS, VISIT_ROWS),
        ):
            make(folder / f"{title}.xlsx", title, heads, rows)
            for kind in ("xlsx", "xls"):
                shutil.copy(convert(folder / f"{title}.xlsx", kind, folder / "out"), FILES)


if __name__ == "__main__":
    make_files()
