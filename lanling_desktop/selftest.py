"""The program tries itself: whether a copy of it, frozen or not, does a clerk's work on this PC.

Everything happens in a temporary folder with a Chinese name; no office of anybody's is touched.
The window's part is in `ui.selftest`, which is what `--selftest` runs.
"""

from __future__ import annotations

import json
import platform
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lanling_desktop import __version__

FOLDER = "兰陵社区台账 自检"
_PERSONS = 400
_NAME = "甄自检"  # nobody is called that


class SelfTestError(Exception):
    """Something came out otherwise than it must."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried: its name, how long it took, and what went wrong, if anything."""

    name: str
    seconds: float
    trouble: str = ""


@dataclass
class Report:
    """What was tried, in order; written as JSON for whoever started the test."""

    steps: list[Step] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether everything came out as it must."""
        return bool(self.steps) and not any(each.trouble for each in self.steps)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Try one thing; what it raises is noted and the next thing is tried."""
        begun, trouble = time.perf_counter(), ""
        try:
            yield
        except Exception:
            trouble = traceback.format_exc()
        self.steps.append(Step(name, round(time.perf_counter() - begun, 3), trouble))

    def write(self, path: Path) -> None:
        """Write it where it was asked for."""
        told = {
            "passed": self.passed,
            "version": __version__,
            "frozen": bool(getattr(sys, "frozen", False)),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "encoding": sys.getfilesystemencoding(),
            "steps": [asdict(each) for each in self.steps],
        }
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def must(true: object, what: str) -> None:
    """Raise `SelfTestError` where something is not so."""
    if not true:
        raise SelfTestError(what)


def run(folder: Path, report: Report) -> Path:
    """Try everything that needs no window; returns the demo office it leaves behind."""
    path = folder / "演示.lanling"
    with report.step("建演示库"):
        from lanling_desktop import demo

        demo.build(path, persons=_PERSONS)
    steps: tuple[tuple[str, Callable[[Path, Path], None]], ...] = (
        ("导入 Excel", _imports),
        ("查找", _finds),
        ("打印花名册和会议纪要", _prints),
        ("写出 Word 和 Excel", _writes),
        ("检查数据", _checks),
        ("备份和恢复", _backs_up),
        ("加密的数据文件", _locks),
        ("旧版数据升级", _migrates),
    )
    for name, act in steps:
        with report.step(name):
            act(path, folder)
    return path


def _office(path: Path) -> Any:
    from lanling_desktop.opening import open_office

    return open_office(path, actor="自检")


def _imports(path: Path, folder: Path) -> None:
    import xlsxwriter

    from lanling_desktop.exchange import transfer

    sheet = folder / "居民花名册.xlsx"
    with xlsxwriter.Workbook(str(sheet)) as book:
        table = book.add_worksheet("名单")
        rows = (("姓名", "性别", "联系电话"), (_NAME, "男", "13900000000"))
        for at, row in enumerate(rows):
            table.write_row(at, 0, row)
    with _office(path) as office:
        outcome = transfer.import_file(office, "person", sheet)
        must(not outcome.plan.troubles, f"导入有误：{outcome.plan.troubles}")
        must(office.find(_NAME, register="person"), "导入的人查不到")


def _finds(path: Path, _folder: Path) -> None:
    with _office(path) as office:
        titles = [hit.title for hit in office.find("zzj", register="person")]
        must(any(_NAME in each for each in titles), f"按拼音首字母查不到：{titles}")


def _prints(path: Path, folder: Path) -> None:
    from lanling_desktop import catalogue
    from lanling_desktop.core.plain import View
    from lanling_desktop.printing import preview
    from lanling_desktop.printing.files import write_whole
    from lanling_desktop.printing.paper import NothingToPrintError, Request, print_paper

    with _office(path) as office:
        for key in ("member_roster", "meeting_minutes", "grid_chart"):
            paper = catalogue.papers()[key]
            records = [row[0] for row in office.page(View(paper.register), 0, 60)]
            for record_id in records if paper.single else [""]:
                asked = Request(edition=paper.editions[0], record_id=record_id)
                try:
                    printed = print_paper(office, paper, asked)
                except NothingToPrintError:
                    continue
                target = folder / f"{paper.title}.pdf"
                write_whole(target, printed.pdf)
                text = "".join(preview.page_text(target.read_bytes(), 0).split())
                must("演示" in text, f"{paper.title}读不回来")
                must(any(preview.render_grey(printed.pdf, 0, 72)[2]), f"{paper.title}是空白的")
                break
            else:
                raise SelfTestError(f"{paper.title}没有可打印的内容")


def _writes(path: Path, folder: Path) -> None:
    import docx

    from lanling_desktop.core.plain import View
    from lanling_desktop.exchange import transfer, workbook
    from lanling_desktop.hall.official_papers import minutes_to_word

    with _office(path) as office:
        out = folder / "党员.xlsx"
        transfer.export_view(office, View("party_member"), out)
        rows = workbook.read(out).filled[0].rows
        must(len(rows) > office.count(View("party_member")), "导出的表缺行")
        view = View("hall_meeting", ready="open_minutes")
        minutes = folder / "纪要.docx"
        minutes_to_word(office, office.page(view, 0, 1)[0][0], minutes)
        must(len(docx.Document(str(minutes)).paragraphs) > 2, "Word 文件是空的")


def _checks(path: Path, _folder: Path) -> None:
    from lanling_desktop.check import check

    with _office(path) as office:
        found = check(office)
        must(not found, "；".join(f"{each.where} {each.what}" for each in found))


def _backs_up(path: Path, folder: Path) -> None:
    from lanling_desktop.core.plain import View
    from lanling_desktop.opening import backup_office, restore_office

    copy, again = folder / "备份.lanling.zip", folder / "恢复" / "恢复.lanling"
    with _office(path) as office:
        count = office.count(View("person"))
        backup_office(office, copy)
    restore_office(copy, again)
    with _office(again) as office:
        must(office.count(View("person")) == count, "恢复后人数不对")


def _locks(_path: Path, folder: Path) -> None:
    from lanling_desktop.core.errors import OfficeError
    from lanling_desktop.core.plain import View
    from lanling_desktop.opening import DEMO, Owner, create_locked, unlock_office

    path = folder / "上锁.lanling"
    owner = Owner("自检", "qingshan-lvshui-2026", DEMO.cost)
    with create_locked(path, owner) as office:
        office.save("person", None, {"name": _NAME}, confirmed=True)
    must(_NAME.encode() not in path.read_bytes(), "数据文件没有加密")
    try:
        unlock_office(path, owner.name, "不是这个密码").close()
    except OfficeError:
        pass
    else:
        raise SelfTestError("错的密码也打开了")
    with unlock_office(path, owner.name, owner.password) as office:
        must(office.count(View("person")) == 1, "加密的数据读不回来")


def _migrates(_path: Path, folder: Path) -> None:
    from lanling_desktop.core import migrate, schema
    from lanling_desktop.core.bare import connect
    from lanling_desktop.core.plain import View

    path = folder / "旧版.lanling"
    first = "0001"
    made = connect(path)
    with schema.engine_over(made).begin() as connection:
        migrate.run(connection, first)
    made.execute("INSERT INTO person (id, name) VALUES ('p1', ?)", (_NAME,))
    made.execute("PRAGMA journal_mode = DELETE")
    made.close()
    with _office(path) as office:
        must(office.count(View("person")) == 1, "升级后人不在了")
    must(migrate.kept_of(path, first).exists(), "升级前的文件没有留下")
