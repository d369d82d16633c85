"""A paper as the office knows it: what it is called, what it is drawn from, and its print log.

Every print has a number and a check code by which what it shows can be called up again; the PDF
as printed is kept with the log, so that a reprint is the same paper.
"""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from sqlalchemy import Integer, LargeBinary, String, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from lanling_desktop.core import journal
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.journal import JournalEntry
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import Base
from lanling_desktop.core.register import Register
from lanling_desktop.core.values import convert, display
from lanling_desktop.printing import columns

Progress = Callable[[int, int], None]
FULL, MASKED = "归档版", "公示版"
_LARGEST_KEPT = 20 * 2**20
COLUMNS = "columns"
"""Argument of a paper whose columns are chosen: their labels or keys, in the order wanted."""


class NothingToPrintError(OfficeError):
    """A paper would be empty: said instead of printed."""


def refuse_empty(rows: Sequence[Any], what: str) -> None:
    """A paper of nothing is not printed: say so instead."""
    if not rows:
        raise NothingToPrintError(
            f"{what}是空的，没有可打印的内容", "没有改动任何数据", "请放宽筛选条件，或先登记再打印"
        )


@dataclass(frozen=True, slots=True)
class Request:
    """What to print: a list (`view`) or one record, as of a day, in full or masked."""

    view: View | None = None
    record_id: str = ""
    day: date | None = None
    edition: str = FULL
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """A request with what stands on the paper of every print."""

    request: Request
    number: str
    check_code: str
    day: date
    made_on: date
    unit: str
    demo: bool
    filled_by: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper the office can print. `draw` writes a PDF; raising leaves nothing behind.

    `register` is whose screen offers it; `single` papers are of one record and need its id.
    `arguments` are what `Request.arguments` may say besides: key and Chinese label. `asks` are
    further ones with the Field they are asked by on the screen where the paper is looked at;
    `first` is what they are while nobody said otherwise. `columns` makes it a paper whose columns
    are chosen, and says which ones it starts with. Of one not `kept` the log holds no copy.
    """

    key: str
    title: str
    register: str
    draw: Callable[[Office, Job, BinaryIO, Progress | None], None]
    single: bool = False
    editions: tuple[str, ...] = (FULL, MASKED)
    arguments: tuple[tuple[str, str], ...] = ()
    asks: tuple[tuple[str, Field], ...] = ()
    first: Mapping[str, str] = field(default_factory=dict)
    columns: Callable[[Register], tuple[str, ...]] | None = None
    kept: bool = True

    @property
    def takes(self) -> tuple[tuple[str, str], ...]:
        """Every argument by key and label."""
        chosen = ((COLUMNS, "栏目"),) if self.columns else ()
        asked = ((key, said.label) for key, said in self.asks)
        return (*self.arguments, *chosen, *asked)

    def asked(self, office: Office) -> tuple[tuple[str, Field], ...]:
        """What the screen asks for: of chosen columns, the office's own among them."""
        if self.columns is None:
            return self.asks
        labels = tuple(columns.labels(office.registers[self.register]))
        return ((COLUMNS, Field("栏目", Kind.MANY, choices=labels, pinned=True)), *self.asks)

    def answers(self, office: Office, request: Request) -> dict[str, str]:
        """What a request says, and what the paper starts with where it says nothing."""
        found = {**self.first, **request.arguments}
        if self.columns is not None and not found.get(COLUMNS):
            register = office.registers[self.register]
            said = register.all_columns
            found[COLUMNS] = "、".join(said[key].field.label for key in self.columns(register))
        return found


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as printed: its number, check code and the PDF."""

    number: str
    check_code: str
    title: str
    pdf: bytes


class PrintLog(Base):
    """One print: who, when, what, and the PDF itself, compressed."""

    __tablename__ = "print_log"

    number: Mapped[str] = mapped_column(String, primary_key=True)
    serial: Mapped[int] = mapped_column(Integer)
    at: Mapped[str] = mapped_column(String)
    actor: Mapped[str] = mapped_column(String)
    paper: Mapped[str] = mapped_column(String)
    title: Mapped[str] = mapped_column(String)
    edition: Mapped[str] = mapped_column(String)
    journal_seq: Mapped[int] = mapped_column(Integer)
    check_code: Mapped[str] = mapped_column(String)
    digest: Mapped[str] = mapped_column(String)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper drawn to be looked at; it is in the print log only when `file_paper` says so."""

    paper: Paper
    job: Job
    journal: tuple[int, str]  # number and digest of the last act it shows
    pdf: bytes


def draw_paper(
    office: Office, paper: Paper, request: Request, progress: Progress | None = None
) -> Draft:
    """Draw a paper under the next number. Raises `OfficeError` when it cannot be drawn."""
    office.refuse_reading(paper.register)
    if request.edition != MASKED and MASKED in paper.editions:
        office.rights.refuse_unmasking()
    request = replace(request, arguments=_answered(office, paper, request))
    stand = seq, head = _journal_head(office)
    number = f"{office.today.year}-{_next_serial(office):05d}"
    job = Job(
        request=request,
        number=number,
        check_code=_check_code(number, paper.key, seq, head),
        day=request.day or office.today,
        made_on=office.today,
        unit=_unit(office, request.view),
        demo=bool(office.desk.get("demo", False)),
        filled_by=office.actor,
    )
    out = BytesIO()
    paper.draw(office, job, out, progress)
    return Draft(paper, job, stand, out.getvalue())


def _unit(office: Office, view: View | None) -> str:
    """Whose paper it is: the office's, and of a list narrowed to one community that community's."""
    unit = str(office.desk.get("unit", "") or "")
    if view is None or not view.community:
        return unit
    return signing(office.read("community", view.community).title, unit)


def signing(community: str, unit: str) -> str:
    """Who signs: the office, or where it keeps several communities, the community's committee."""
    if not community or not unit or community in unit:
        return unit
    return committee(community)


def committee(community: str) -> str:
    """向阳社区居民委员会."""
    return community if community.endswith("委员会") else f"{community}居民委员会"


def _answered(office: Office, paper: Paper, request: Request) -> Mapping[str, str]:
    """The arguments, those that a Field asks for as it writes them."""
    found, today = paper.answers(office, request), office.today
    for key, said in paper.asks:
        answer = convert(said, found.get(key), today)
        if answer.problem:
            raise OfficeError(answer.problem, "没有印出任何内容，数据没有改动", "请改好再打印")
        found[key] = display(said, answer.value)
    return found


def file_paper(office: Office, draft: Draft, progress: Progress | None = None) -> Printed:
    """Enter a drawn paper in the print log; drawn anew if it is no longer what the office says."""
    serial = _next_serial(office)
    number = f"{office.today.year}-{serial:05d}"
    if draft.job.number != number or draft.journal != _journal_head(office):
        draft = draw_paper(office, draft.paper, draft.job.request, progress)
    job, pdf = draft.job, draft.pdf
    row: dict[str, Any] = {
        "number": job.number,
        "serial": serial,
        "at": office.clock.stamp(),
        "actor": office.actor,
        "paper": draft.paper.key,
        "title": draft.paper.title + (f"（截至 {job.day}）" if job.day != job.made_on else ""),
        "edition": job.request.edition,
        "journal_seq": draft.journal[0],
        "check_code": job.check_code,
        "digest": hashlib.sha256(pdf).hexdigest(),
        "pdf": zlib.compress(pdf, 1) if draft.paper.kept and len(pdf) <= _LARGEST_KEPT else None,
    }
    with office.store.writing() as session:
        session.execute(insert(PrintLog).values(**row))
        journal.append(
            session, at=row["at"], actor=office.actor, kind=journal.NOTE, changes=(),
            title=f"打印{row['title']}（{row['edition']}）{_whose(office, draft)}，编号 {number}",
        )  # fmt: skip
    return Printed(job.number, job.check_code, draft.paper.title, pdf)


def _whose(office: Office, draft: Draft) -> str:
    """Whose record a print shows, for the journal to say who had it in hand."""
    at = draft.job.request.record_id
    return f"：{office.read(draft.paper.register, at).title}" if at and draft.paper.single else ""


def print_paper(
    office: Office, paper: Paper, request: Request, progress: Progress | None = None
) -> Printed:
    """Draw a paper and enter it in the print log. Raises `OfficeError` when it cannot be drawn."""
    return file_paper(office, draw_paper(office, paper, request, progress))


def reprint(office: Office, number: str) -> Printed | None:
    """The paper of that number exactly as it was printed; None when its PDF was too large to keep."""
    log = PrintLog
    columns = (log.number, log.check_code, log.title, log.pdf, log.paper, log.edition)
    rows = office.rows(select(*columns).where(log.number == number))
    if not rows or rows[0].pdf is None:
        return None
    _refuse_closed(office, rows[0].paper)
    if rows[0].edition != MASKED:
        office.rights.refuse_unmasking()
    return Printed(rows[0].number, rows[0].check_code, rows[0].title, zlib.decompress(rows[0].pdf))


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the print log as listed."""

    number: str
    at: str
    actor: str
    title: str
    edition: str
    check_code: str


def print_log(office: Office, limit: int = 200) -> list[LogLine]:
    """The latest prints that may be seen, newest first."""
    log = PrintLog
    columns = (log.number, log.at, log.actor, log.title, log.edition, log.check_code)
    keys = [row[0] for row in office.rows(select(log.paper).distinct())]
    open_to = log.paper.in_([key for key in keys if not _closed(office, key)])
    latest = select(*columns).where(open_to).order_by(log.at.desc(), log.serial.desc())
    return [LogLine(*row) for row in office.rows(latest.limit(limit))]


def _closed(office: Office, paper: str) -> bool:
    """Whether a paper may not be seen; one that no register knows is nobody's but who sees all."""
    closed = office.rights.closed(office.registers)
    if not closed:
        return False
    owner = office.paper_owner(paper)
    return not owner or owner in closed


def _refuse_closed(office: Office, paper: str) -> None:
    if not _closed(office, paper):
        return
    owner = office.paper_owner(paper)
    if owner:
        office.refuse_reading(owner)
    raise OfficeError("您的账户不能查看这份打印", "没有改动任何数据", "请让管理员来查")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the office says of a paper somebody brings: whether it is ours, and how old it is."""

    line: LogLine
    genuine: bool  # the code is the one printed, and the log proves it
    kept: bool  # the PDF is there, unaltered, to compare with
    acts_since: int
    last_act: str


def check_print(office: Office, number: str, code: str) -> Verdict | None:
    """Look a paper up by its number and check code; None when no print has that number."""
    log = PrintLog
    columns = (log.number, log.at, log.actor, log.title, log.edition, log.check_code)
    more = (log.paper, log.journal_seq, log.digest, log.pdf)
    rows = office.rows(select(*columns, *more).where(log.number == _plain(number)))
    if not rows:
        return None
    row = rows[0]
    _refuse_closed(office, row.paper)
    entry = JournalEntry
    open_to = journal.seen_by(office.rights.closed(office.registers))
    found = office.rows(select(entry.digest).where(entry.seq == row.journal_seq))
    proved = _check_code(row.number, row.paper, row.journal_seq, found[0][0] if found else "")
    since = office.rows(
        select(entry.title)
        .where(entry.seq > row.journal_seq, entry.kind != journal.NOTE, open_to)
        .order_by(entry.seq.desc())
    )
    pdf = zlib.decompress(row.pdf) if row.pdf is not None else b""
    return Verdict(
        line=LogLine(*row[:6]),
        genuine=proved == row.check_code == _plain(code),
        kept=hashlib.sha256(pdf).hexdigest() == row.digest,
        acts_since=len(since),
        last_act=str(since[0][0]) if since else "",
    )


def _plain(typed: str) -> str:
    """A number or code as a clerk types it off the paper: full-width, spaced, in small letters."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(plain.replace("—", "-").replace("－", "-").split())


def _check_code(number: str, paper: str, seq: int, head: str) -> str:
    return hashlib.sha256(f"{number}|{paper}|{seq}|{head}".encode()).hexdigest()[:8].upper()


def _journal_head(office: Office) -> tuple[int, str]:
    """The last act that changed something; what was only seen, printed or exported is none."""
    entry = JournalEntry
    acts = select(entry.seq, entry.digest).where(entry.kind != journal.NOTE)
    rows = office.rows(acts.order_by(entry.seq.desc()).limit(1))
    return (rows[0][0], rows[0][1]) if rows else (0, "")


def _next_serial(office: Office) -> int:
    year = f"{office.today.year}-%"
    rows = office.rows(select(func.max(PrintLog.serial)).where(PrintLog.number.like(year)))
    return (rows[0][0] or 0) + 1
