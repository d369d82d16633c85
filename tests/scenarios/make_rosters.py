"""Makes rosters of grids, staff and part-time members as a street office sends them.

openpyxl writes them and LibreOffice saves them anew. Run by hand (`python -m
tests.scenarios.make_rosters`); what it makes is committed in `files`. Every person is invented.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from tests.exchange.sheets import convert, identity

FILES = Path(__file__).parent / "files"
_SURNAMES = "张王李赵刘陈杨孙周吴徐朱马胡郭何高林罗郑"
_GIVEN = ("建国", "玉兰", "志强", "秀英", "德福", "桂芳", "文博", "晓燕", "永胜", "春梅")
_HEAD = 3  # the row the heads begin in; they take two


@dataclass(frozen=True)
class Sheet:
    """A table: its title, heads over heads (group, head), rows, what stands below."""

    name: str
    title: str
    heads: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[object]]
    note: str


def person(number: int) -> tuple[str, str, str, object, dt.date]:
    """Name, sex, identity number, the day of birth as such sheets write it, and the day."""
    name = _SURNAMES[(number * 7) % len(_SURNAMES)] + _GIVEN[(number * 3) % len(_GIVEN)]
    woman = number % 3 == 1
    day = dt.date(1965 + (number * 11) % 35, 1 + number % 12, 1 + (number * 5) % 28)
    order = 100 + number * 2 + (0 if woman else 1)
    ways = (f"{day.year}.{day.month}.{day.day}", day, f"{day.year}年{day.month}月")
    shown = ways[number % 3]
    return (
        name,
        "女" if woman else "男",
        identity("371324", f"{day:%Y%m%d}", str(order)),
        shown,
        day,
    )


def grid_workers() -> Sheet:
    """Six grids of three: chief, full-time and part-time worker."""
    heads = [
        ("", "序号"),
        *(
            ("基本情况", head)
            for head in ("姓名", "性别", "公民身份号码", "出生年月", "政治面貌", "文化程度")
        ),
        ("", "手机号"),
        *(("网格情况", head) for head in ("网格名称", "网格员类别", "职责", "任职时间")),
        ("", "备注"),
    ]
    rows = []
    for number in range(1, 19):
        name, sex, card, birth, _ = person(number)
        grid = (number - 1) // 3
        rows.append(
            [
                number, name, sex, card, birth,
                ("中共党员", "群众", "中共党员")[number % 3],
                ("大学专科", "高中", "大学本科")[number % 3],
                f"138{number:04d} {number:04d}" if number % 2 else f"138{number:04d}{number:04d}",
                f"第{'一二三四五六'[grid]}网格",
                ("网格长", "专职网格员", "兼职网格员")[(number - 1) % 3],
                "综治、计生" if number % 2 else "创卫",
                (f"{2021 + number % 4}.{1 + number % 9}.{1 + number}", dt.date(2022, 3, number),
                 f"{2020 + number % 4}年{1 + number % 12}月")[number % 3],
                "与村医兼任" if number == 5 else None,
            ]
        )  # fmt: skip
    return Sheet(
        "街道网格员花名册",
        "示例街道2026年网格员花名册",
        heads,
        rows,
        "注：任职时间以聘书为准。",
    )


def community_workers() -> Sheet:
    """Nine workers of the community, a secretary first."""
    heads = [
        ("", "序号"),
        ("", "姓名"),
        ("", "性别"),
        ("", "出生年月"),
        ("", "民族"),
        ("学历学位", "学历"),
        ("学历学位", "学位"),
        ("任职情况", "职务"),
        ("任职情况", "岗位类别"),
        ("工作经历", "参加工作时间"),
        ("工作经历", "从事社区工作时间"),
        ("", "身份证号码"),
        ("", "联系方式"),
        ("", "合同到期"),
        ("", "备注"),
    ]
    rows = []
    for number in range(31, 40):
        name, sex, card, birth, day = person(number)
        first = day.replace(year=day.year + 22, day=1)
        rows.append(
            [
                number - 30, name, sex, birth, "汉族", ("大学本科", "大学专科")[number % 2],
                "学士" if number % 2 == 0 else None,
                ("党委书记", "居委会副主任", "社区工作者")[min(2, (number - 31) // 2)],
                ("正职", "副职", "工作人员")[min(2, (number - 31) // 2)],
                f"{first.year}.{first.month}",
                f"{first.year + 3}年{first.month}月",
                card,
                f"139{number:08d}",
                dt.date(2027, 1, number - 20) if number % 2 else None,
                None,
            ]
        )  # fmt: skip
    return Sheet(
        "社区工作者花名册",
        "示例街道社区专职工作者花名册",
        heads,
        rows,
        "注：参加工作时间以档案为准。",
    )


def part_time_members() -> Sheet:
    """Seven part-time members of the committee, each of a unit."""
    heads = [
        ("", "序号"),
        ("", "姓名"),
        ("", "性别"),
        ("", "身份证号"),
        ("", "出生年月"),
        ("单位及职务", "单位"),
        ("单位及职务", "职务"),
        ("", "电话"),
        ("任期", "任职时间"),
        ("任期", "届满时间"),
        ("", "聘书编号"),
        ("", "批准文号"),
    ]
    units = ("供电公司", "实验中学", "人民医院", "农商银行", "税务分局", "邮政分公司", "惠民物业")
    rows = []
    for number, unit in enumerate(units, 51):
        name, sex, card, birth, _ = person(number)
        rows.append(
            [
                number - 50, name, sex, card, birth, unit, ("经理", "党支部书记")[number % 2],
                f"137{number:08d}",
                ("2024.3.1", dt.date(2024, 3, 1), "2024年3月1日")[number % 3],
                ("2027.2.28", dt.date(2027, 2, 28), "2027年2月28日")[number % 3],
                f"聘2024-{number - 50:03d}" if number != 55 else None,
                "兰街党发〔2024〕5号",
            ]
        )  # fmt: skip
    return Sheet(
        "兼职委员名册",
        "示例社区大党委兼职委员名册",
        heads,
        rows,
        "注：任期三年。",
    )


def write(made: Sheet, path: Path) -> None:
    """Title and 单位 line over merged cells, two rows of heads, the people, total, remark."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    last = len(made.heads)
    sheet["A1"] = made.title
    sheet["A1"].font = Font(name="黑体", bold=True, size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet["A2"] = "填报单位（盖章）：示例街道"
    sheet.merge_cells("A2:D2")
    sheet.cell(2, last - 3, "填报日期：2026.11.20")
    _heads(sheet, made.heads)
    line = Side(style="thin")
    for number, row in enumerate(made.rows, start=_HEAD + 2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.border = Border(line, line, line, line)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, str):
                cell.number_format = "@"  # identity numbers and dates typed as text
    foot = _HEAD + 2 + len(made.rows)
    sheet.cell(foot, 1, "合计")
    sheet.cell(foot, 2, f"=COUNTA(B{_HEAD + 2}:B{foot - 1})")
    sheet.cell(foot + 1, 1, made.note)
    sheet.merge_cells(start_row=foot + 1, start_column=1, end_row=foot + 1, end_column=last)
    sheet.cell(foot + 2, 1, "填表人：张某　　审核人：赵某")
    sheet.freeze_panes = sheet.cell(_HEAD + 2, 3)
    book.save(path)


def _heads(sheet: object, heads: Sequence[tuple[str, str]]) -> None:
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    begun = ""
    for column, (group, head) in enumerate(heads, start=1):
        if not group:
            sheet.cell(_HEAD, column, head)
            sheet.merge_cells(
                start_row=_HEAD, start_column=column, end_row=_HEAD + 1, end_column=column
            )
        else:
            if group != begun:
                end = column + sum(each == group for each, _ in heads[column:])
                sheet.cell(_HEAD, column, group)
                sheet.merge_cells(
                    start_row=_HEAD, start_column=column, end_row=_HEAD, end_column=end
                )
            sheet.cell(_HEAD + 1, column, head)
        begun = group


def main() -> None:
    """Write the tables and let LibreOffice save each as .xlsx and .xls."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "raw").mkdir()
        for made in (grid_workers(), community_workers(), part_time_members()):
            raw = folder / "raw" / f"{made.name}.xlsx"
            write(made, raw)
            for kind in ("xlsx", "xls"):
                done = convert(raw, kind, folder)
                (FILES / done.name).write_bytes(done.read_bytes())


if __name__ == "__main__":
    main()
