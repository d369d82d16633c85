"""The office without a window: the verbs, for scheduled jobs, tests and support.

One line per result, tab-separated where it is a list; 0, or 1 with an `OfficeError`'s sentences
on standard error. Nothing heavy is imported before a verb is known: the window's start passes here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from lanling_desktop.core.errors import OfficeError

if TYPE_CHECKING:
    import argparse

    from lanling_desktop.core.clock import Clock
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.register import Register
    from lanling_desktop.printing.paper import Paper, Request

VERBS = (
    "demo", "list", "import", "export", "papers", "print", "find", "check", "backup", "restore",
    "recover",
)  # fmt: skip
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_UNCHANGED = "没有改动任何数据"
_TRIED = 300  # records of which `papers` looks for one that a paper can be printed of
_ASKED = ("record", "id", "day", "edition", "text", "ready", "community")  # of any paper


def concerns(arguments: Sequence[str]) -> bool:
    """Whether these arguments are for the command line and not for the window."""
    first = arguments[0] if arguments else ""
    return first in VERBS or first in ("-h", "--help") or _demo_without_screen(arguments)


def _demo_without_screen(arguments: Sequence[str]) -> bool:
    blind = sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS))
    return "--demo" in arguments and blind


def main(arguments: Sequence[str], *, clock: Clock | None = None) -> int:
    """Do one verb. Returns what the process should exit with."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = 1
    try:
        if _demo_without_screen(arguments):
            code = _papers_instead(clock)
        else:
            asked = _parsed(arguments)
            code = int(asked.do(asked, clock) or 0)
    except OfficeError as trouble:
        _write(sys.stderr, str(trouble))
    finally:
        heard = _flush()
    return code if heard else 1


def _flush() -> bool:
    """Hand on what is still held, so that a closed pipe is met here and not at the very end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as trouble:
        _let_go(sys.stdout)
        _write(sys.stderr, str(_unwritten(trouble)))
        return False
    return True


def _let_go(stream: IO[str]) -> None:
    """Send the rest nowhere: Python would try again at its end, and say so in its own words."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _unwritten(trouble: OSError) -> OfficeError:
    why = trouble.strerror or str(trouble)
    return OfficeError(
        f"结果没有显示完（{why}）", "已做的改动都已保存", "请换一个地方接收结果，再查看一次"
    )


def _say(*columns: Any) -> None:
    _write(sys.stdout, "\t".join(str(each).replace("\t", " ") for each in columns))


def _write(stream: IO[str] | None, line: str) -> None:
    if stream is None:  # a windowed build has no console
        return
    try:
        stream.write(f"{line}\n")
    except BrokenPipeError:  # the reader has seen enough: | head
        _let_go(stream)
    except UnicodeEncodeError:
        coding = getattr(stream, "encoding", None) or "ascii"
        stream.write(f"{line}\n".encode(coding, "replace").decode(coding))
    except OSError as trouble:
        _let_go(stream)
        if stream is not sys.stderr:
            raise _unwritten(trouble) from trouble


# What may be asked


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    import argparse

    parser = argparse.ArgumentParser(
        prog="python -m lanling_desktop", description="兰陵社区台账。不带参数时打开窗口。"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(
        name: str, words: str, do: Callable[..., int | None], *, office: bool = True
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=words, description=words)
        made.set_defaults(do=do)
        if office:
            made.add_argument("--office", type=Path, required=True, metavar="F", help="数据文件")
        return made

    demo = verb("demo", "建立演示数据 DIR/demo.lanling", _demo, office=False)
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.add_argument("--persons", type=int, metavar="N", help="人数，最多 1000000")
    verb("list", "列出名册或表册", _list).add_argument("what", choices=("registers", "papers"))
    received = verb("import", "导入表格", _import)
    received.add_argument("register", metavar="REGISTER")
    received.add_argument("file", type=Path, metavar="FILE")
    received.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    received.add_argument("--skip-errors", action="store_true", help="跳过错误行")
    export = verb("export", "导出名册", _export)
    export.add_argument("register", metavar="REGISTER")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    which = export.add_mutually_exclusive_group()
    which.add_argument("--full", action="store_true", help="证件号、电话和门牌写完整")
    which.add_argument("--masked", action="store_true", help="隐去它们；不写时就是这样")
    papers = verb("papers", "打印全部表册，各成一个 PDF", _papers)
    papers.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    one = verb("print", "打印一种表册；另可加 --键=值", _print)
    one.add_argument("paper", metavar="PAPER")
    one.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    verb("find", "查找", _find).add_argument("words", nargs="+", metavar="WORDS")
    verb("check", "检查数据文件", _check, office=False).add_argument(
        "office", type=Path, metavar="F"
    )
    backup = verb("backup", "备份；以 .lanling.zip 结尾的是便携备份", _backup, office=False)
    backup.add_argument("office", type=Path, metavar="F")
    backup.add_argument("-o", "--output", type=Path, metavar="FILE", help="不写时放进备份文件夹")
    backup.add_argument("--list", action="store_true", help="只列出已有的备份，逐份检查")
    restore = verb("restore", "从备份恢复", _restore, office=False)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("-o", "--output", type=Path, required=True, metavar="F")
    restore.add_argument(
        "--until", metavar="时间", help="再按操作流水补到这个时间，如 2026-11-23T10:30"
    )
    recover = verb("recover", "文件损坏或缺了操作时，用备份和操作流水找回", _recover, office=False)
    recover.add_argument("office", type=Path, metavar="F")
    asked, more = parser.parse_known_args(list(arguments))
    asked.more = _pairs(parser, more) if asked.verb == "print" else {}
    if more and asked.verb != "print":
        parser.error(f"看不懂：{' '.join(more)}")
    return asked


def _pairs(parser: argparse.ArgumentParser, given: Iterable[str]) -> Mapping[str, str]:
    found = {}
    for each in given:
        key, equals, value = each.removeprefix("--").partition("=")
        if not each.startswith("--") or not equals:
            parser.error(f"看不懂“{each}”，请写成 --键=值")
        found[key] = value
    return found


def _open(path: Path, clock: Clock | None) -> Office:
    """An office of one's own is opened by LANLING_ACCOUNT and LANLING_PASSWORD, or asked for."""
    import getpass

    from lanling_desktop import opening
    from lanling_desktop.core import keyring

    ring = keyring.load(path) if path.is_file() and keyring.is_locked(path) else None
    names = [each.name for each in ring.accounts] if ring is not None else []
    if ring is None or opening.DEMO.name in names:
        return opening.open_office(path, clock=clock, actor="命令行")
    account = os.environ.get("LANLING_ACCOUNT") or names[0]
    password = os.environ.get("LANLING_PASSWORD") or getpass.getpass(f"{account} 的密码：")
    return opening.unlock_office(path, account, password, clock=clock)


def _register(office: Office, asked: str) -> str:
    """A register by its key or its Chinese title."""
    for key, register in office.registers.items():
        if asked in (key, register.title):
            return key
    raise OfficeError(f"没有“{asked}”这种名册", _UNCHANGED, "可用 list registers 查看有哪些")


# The verbs


def _demo(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop import demo

    built = demo.build(asked.folder / demo.FILE, persons=asked.persons, clock=clock, locked=True)
    _say(built.path)
    from lanling_desktop import catalogue

    for key, count in built.counts.items():
        _say(key, catalogue.registers()[key].title, count)


def _list(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop import catalogue
    from lanling_desktop.core.plain import View

    with _open(asked.office, clock) as office:
        if asked.what == "registers":
            for key, register in office.registers.items():
                _say(key, register.title, office.count(View(key)))
            return
        for paper in catalogue.papers().values():
            needs = "--record=名称|--id=编号" if paper.single else "[--record=名称|--id=编号]"
            editions = "|".join(paper.editions)
            more = "".join(f" [--{key}={label}]" for key, label in paper.takes)
            _say(paper.key, paper.title, f"{needs} [--day=日期] [--edition={editions}]{more}")


def _import(asked: argparse.Namespace, clock: Clock | None) -> int:
    from lanling_desktop.exchange import transfer

    with _open(asked.office, clock) as office:
        register = _register(office, asked.register)
        outcome = transfer.import_file(
            office, register, asked.file, dry_run=asked.dry_run, skip_errors=asked.skip_errors
        )
        for line in outcome.lines():
            _write(sys.stdout, line)
        return 1 if outcome.plan.troubles and not asked.skip_errors else 0


def _export(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop.core.plain import View
    from lanling_desktop.exchange import transfer

    with _open(asked.office, clock) as office:
        register = _register(office, asked.register)
        transfer.export_view(office, View(register), asked.output, masked=not asked.full)
        _say(asked.output, office.registers[register].title, office.count(View(register)))


def _papers(asked: argparse.Namespace, clock: Clock | None) -> None:
    with _open(asked.office, clock) as office:
        _print_all(office, asked.output)


def _print_all(office: Office, folder: Path) -> None:
    import dataclasses

    from lanling_desktop import catalogue
    from lanling_desktop.core.plain import View
    from lanling_desktop.exchange.files import safe_file_name
    from lanling_desktop.printing.paper import NothingToPrintError, Request

    folder.mkdir(parents=True, exist_ok=True)
    for paper in catalogue.papers().values():
        request = Request(edition=paper.editions[0])
        asked = [request]
        if paper.single:  # the first record that has such a paper
            some = office.page(View(paper.register), 0, _TRIED)
            asked = [dataclasses.replace(request, record_id=row[0]) for row in some]
        why = "没有可打印的内容"
        for request in asked:
            try:
                _print_one(office, paper, request, folder / safe_file_name(paper.title, ".pdf"))
            except NothingToPrintError as nothing:
                why = nothing.what
            else:
                break
        else:
            _say("-", paper.title, why)


def _print_one(office: Office, paper: Paper, request: Request, path: Path) -> None:
    from lanling_desktop.printing.files import write_whole
    from lanling_desktop.printing.paper import print_paper

    printed = print_paper(office, paper, request)
    write_whole(path, printed.pdf)
    _say(printed.number, printed.title, printed.check_code, path)


def _print(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop import catalogue

    with _open(asked.office, clock) as office:
        known = catalogue.papers()
        paper = known.get(asked.paper) or next(
            (each for each in known.values() if each.title == asked.paper), None
        )
        if paper is None:
            raise OfficeError(
                f"没有“{asked.paper}”这种表册", _UNCHANGED, "可用 list papers 查看有哪些"
            )
        _print_one(office, paper, _request(office, paper, dict(asked.more)), asked.output)


def _request(office: Office, paper: Paper, given: dict[str, str]) -> Request:
    from lanling_desktop.core.plain import View
    from lanling_desktop.printing.paper import Request

    day, edition = given.pop("day", ""), given.pop("edition", "") or paper.editions[0]
    record = given.pop("record", "") or given.pop("id", "")
    if edition not in paper.editions:
        said = "、".join(paper.editions)
        raise OfficeError(f"{paper.title}没有“{edition}”", _UNCHANGED, f"可选：{said}")
    text, ready, community = (given.pop(key, "") for key in ("text", "ready", "community"))
    takes = [key for key, _ in paper.takes]
    strange = [key for key in given if key not in takes]
    if strange:
        known = "、".join(f"--{key}" for key in (*_ASKED, *takes))
        what = f"{paper.title}没有“--{strange[0]}”这个参数"
        raise OfficeError(what, _UNCHANGED, f"可用：{known}")
    ready = _ready(office.registers[paper.register], ready) if ready else ""
    community = _record_id(office, "community", community) if community else ""
    record_id = _record_id(office, paper.register, record) if record else ""
    if paper.single and not record_id:
        raise OfficeError(f"{paper.title}要指明是哪一个", _UNCHANGED, "请加 --record=名称")
    view = View(paper.register, text=text, ready=ready, community=community)
    return Request(
        view=view if text or ready or community else None,
        record_id=record_id,
        day=_day(day) if day else None,
        edition=edition,
        arguments=given,
    )


def _ready(register: Register, said: str) -> str:
    """A ready filter by its key or its words."""
    for each in register.ready:
        if said in (each.key, each.title):
            return each.key
    known = "、".join(each.title for each in register.ready)
    raise OfficeError(f"{register.title}没有“{said}”这种筛选", _UNCHANGED, f"可选：{known or '无'}")


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise OfficeError(f"看不懂日期“{said}”", _UNCHANGED, "请按 2026-11-22 的样子填写") from None


def _record_id(office: Office, register: str, said: str) -> str:
    """A record by its id, its exact title, or the one thing a search finds."""
    found = office.resolve(register, said)
    if not found:
        found = [hit.id for hit in office.find(said, register=register, limit=2)]
    if len(found) == 1:
        return found[0]
    if len(said) == 32 and not found:
        return said
    many = f"有 {len(found)} 条“{said}”，不能确定是哪一条" if found else f"找不到“{said}”"
    raise OfficeError(many, _UNCHANGED, "请写全名称或编号")


def _find(asked: argparse.Namespace, clock: Clock | None) -> None:
    with _open(asked.office, clock) as office:
        for hit in office.find(" ".join(asked.words)):
            _say(hit.register_title, hit.title, hit.detail, hit.id)


def _check(asked: argparse.Namespace, clock: Clock | None) -> int:
    from lanling_desktop.check import findings

    count = 0
    with _open(asked.office, clock) as office:
        for each in findings(office):
            count += 1
            _say(each.where, each.what)
    _say(asked.office, f"发现 {count} 处问题" if count else "没有发现问题")
    return 1 if count else 0


def _backup(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop.opening import backup_office
    from lanling_desktop.safety import backups
    from lanling_desktop.safety.guard import Guard

    with _open(asked.office, clock) as office:
        guard = Guard(office)
        if asked.list:
            for each in map(backups.checked, backups.listed(guard.folder)):
                sound = "检查无误" if each.checked else "已损坏"
                _say(each.path, f"{each.made:%Y-%m-%d %H:%M}", each.records, each.reason, sound)
        elif asked.output:
            backup_office(office, asked.output)
            _say(asked.output, "已备份")
        else:
            _say(guard.back_up("命令行").path, "已备份")


def _restore(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop.opening import restore_office
    from lanling_desktop.safety.restore import Wish

    wish = None
    if asked.until:
        moment = _moment(asked.until)
        wish = Wish(asked.file, replayed=True, moment=moment)
    kept = restore_office(asked.file, asked.output, clock=clock, wish=wish)
    _say(asked.output, "已恢复", f"原文件另存为 {kept}" if kept else "")


def _moment(said: str) -> str:
    """The last second of the minute that was said."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        then = "请按 2026-11-23T10:30 的样子填写"
        raise OfficeError(f"看不懂时间“{said}”", _UNCHANGED, then) from None
    return moment.replace(second=moment.second or 59).isoformat(sep=" ", timespec="seconds")


def _recover(asked: argparse.Namespace, clock: Clock | None) -> None:
    from lanling_desktop.opening import catch_up_office, rebuild_office
    from lanling_desktop.safety.damage import BehindError, DamagedError

    try:
        _open(asked.office, clock).close()
    except BehindError as behind:
        catch_up_office(asked.office, key=behind.key, clock=clock)
        _say(asked.office, f"已补回 {len(behind.acts)} 项操作")
    except DamagedError as damaged:
        acts = rebuild_office(asked.office, key=damaged.key, clock=clock)
        _say(asked.office, f"已从备份恢复，并补回 {len(acts)} 项操作")
    else:
        _say(asked.office, "数据文件是好的，没有改动")


def _papers_instead(clock: Clock | None) -> int:
    """`--demo` where no window can be shown: say so, and print the demo papers."""
    import tempfile

    from lanling_desktop import demo

    _write(sys.stdout, "本机没有屏幕，不能打开窗口；改为打印演示表册。")
    folder = Path(tempfile.mkdtemp(prefix="lanling-demo-"))
    built = demo.build(folder / demo.FILE, clock=clock, locked=True)
    with _open(built.path, clock) as office:
        _print_all(office, folder / "papers")
    return 0
