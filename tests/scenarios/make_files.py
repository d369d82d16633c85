"""Makes 街道党员花名册 as a street office sends it: openpyxl writes it, LibreOffice saves it anew.

Run by hand (`python -m tests.scenarios.make_files`); what it makes is committed in `files`. Every
person is invented; every identity number has a right check digit and a number nobody was given.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from tests.exchange.sheets import convert, identity

FILES = Path(__file__).parent / "files"
NAME = "街道党员花名册"
_SURNAMES = "张王李赵刘陈杨孙周吴徐朱马胡郭何高林罗郑"
_GIVEN = ("建国", "玉兰", "志强", "秀英", "德福", "桂芳", "文博", "晓燕", "永胜", "春梅")
_GIVEN += ("立军", "红霞", "学东", "雪琴", "光明", "淑珍", "海涛", "丽华", "国栋", "爱民")
_SPECIAL = ("单于静安", "仇兰香", "曾庆和", "解宝山", "欧阳·试用", "𬭩样本", "㛃测试", "查明远")
_HEADS = ("序号", "姓名", "性别", "公民身份号码", "出生年月", "民族", "学历", "手机", "固定电话")
_HEADS += ("党员类别", "所在党支部", "入党时间", "转正时间", "家庭住址", "备注")
_GROUPS = {2: ("基本情况", 7), 8: ("联系方式", 9), 10: ("党籍情况", 13)}
_SCHOOLING = ("初中", "高中", "大学专科", "大学本科")


def people() -> list[list[object]]:
    """Forty members: all the ways a street writes dates, phones and addresses."""
    chance = random.Random(20261123)
    rows: list[list[object]] = []
    for number in range(1, 41):
        special = _SPECIAL[number // 5 - 1] if number % 5 == 0 else ""
        surname = _SURNAMES[(number * 7) % len(_SURNAMES)]
        name = special or surname + _GIVEN[(number * 3) % len(_GIVEN)]
        birth = dt.date(1948 + (number * 11) % 52, 1 + number % 12, 1 + (number * 5) % 28)
        woman = name[-1] in "兰英芳燕梅霞琴珍华香安"
        order = f"{(number * 24) % 900 + (2 if woman else 1):03d}"
        order = order if int(order) % 2 == (0 if woman else 1) else f"{int(order) + 1:03d}"
        joined = birth.replace(year=birth.year + 24, day=1)
        rows.append(
            [
                number,
                name,
                "女" if woman else "男",
                identity("371324", f"{birth:%Y%m%d}", order),
                _birth(number, birth),
                "汉族" if number % 9 else "回族",
                _SCHOOLING[number % 4],
                _phone(number),
                "0539-5210000" if number == 12 else None,
                "预备党员" if number in (17, 34) else "正式党员",
                f"第{number % 3 + 1}网格党支部",
                _joined(number, joined),
                None if number in (17, 34) else joined.replace(year=joined.year + 1),
                _address(number, chance),
                "与子女同住" if number == 8 else None,
            ]
        )
    return rows


def _birth(number: int, day: dt.date) -> object:
    ways = (f"{day.year}.{day.month}.{day.day}", day, f"{day:%Y%m%d}", f"{day.year}年{day.month}月")
    return ways[number % 4]


def _joined(number: int, day: dt.date) -> object:
    ways = (f"{day.year}.{day.month}.{day.day}", day, f"{day.year}年{day.month}月{day.day}日")
    return ways[number % 3]


def _phone(number: int) -> str:
    mobile = f"139{number:08d}"
    return (mobile, f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}", f"+86{mobile}")[number % 3]


def _address(number: int, chance: random.Random) -> str:
    building, unit, room = number % 6 + 1, number % 2 + 1, chance.randint(1, 6) * 100 + number
    if number % 7 == 0:
        return f"兰陵花园{building}#{unit}-{room}"
    return f"兰陵花园{building}号楼{unit}单元{room}室"


def write(path: Path) -> None:
    """Title, 单位 line, two rows of merged heads, the people, total, remark, signatures."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "花名册"
    last = len(_HEADS)
    sheet["A1"] = "兰陵街道2026年党员花名册"
    sheet["A1"].font = Font(name="黑体", bold=True, size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet["A2"] = "单位（盖章）：示例街道党工委"
    sheet.merge_cells("A2:G2")
    sheet["H2"] = "填报日期：2026年11月20日"
    sheet.merge_cells(start_row=2, start_column=8, end_row=2, end_column=last)
    line = Side(style="thin")
    inside = {column for first, (_, end) in _GROUPS.items() for column in range(first, end + 1)}
    for column, head in enumerate(_HEADS, start=1):
        if column in _GROUPS:
            group, end = _GROUPS[column]
            sheet.cell(3, column, group)
            sheet.merge_cells(start_row=3, start_column=column, end_row=3, end_column=end)
        if column in inside:
            sheet.cell(4, column, head)
        else:
            sheet.cell(3, column, head)
            sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
    rows = people()
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, str):
                cell.number_format = "@"
    for cells in sheet.iter_rows(min_row=3, max_row=4 + len(rows), max_col=last):
        for cell in cells:
            cell.border = Border(line, line, line, line)
    foot = 5 + len(rows)
    sheet.cell(foot, 1, "合计")
    sheet.cell(foot, 2, f"=COUNTA(B5:B{foot - 1})")
    sheet.cell(foot + 1, 1, "注：公民身份号码须与户口簿一致。")
    sheet.merge_cells(start_row=foot + 1, start_column=1, end_row=foot + 1, end_column=last)
    sheet.cell(foot + 2, 1, "填表人：张某")
    sheet.cell(foot + 2, 8, "审核人：赵某")
    for column, width in zip(
        "ABCDEFGHIJKLMNO", (6, 11, 6, 22, 13, 8, 11, 17, 15, 11, 18, 15, 13, 30, 12), strict=True
    ):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "C5"
    book.save(path)


def main() -> None:
    """Write the table and let LibreOffice save it as .xlsx and .xls."""
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        raw = folder / "raw" / f"{NAME}.xlsx"
        raw.parent.mkdir()
        write(raw)
        for kind in ("xlsx", "xls"):
            made = convert(raw, kind, folder)
            (FILES / made.name).write_bytes(made.read_bytes())


if __name__ == "__main__":
    main()
