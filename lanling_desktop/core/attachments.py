"""Attachments: photographs, scans and other files that belong to a record.

What an attachment is called and whom it belongs to is a record like any other, so that journal,
undo, bin and history apply; its bytes lie in the office's `Vault`. A register says by
`Register.attachments` that its records take them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.file_types import ENDINGS, RefusedError, is_picture, media_type
from lanling_desktop.core.pictures import day_taken
from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.records import AnyRow, Record, column, new_id, table_of
from lanling_desktop.core.register import Context, Register

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import Changes
    from lanling_desktop.core.unit import Unit
    from lanling_desktop.core.vault import Vault

PHOTO, SCAN, OTHER = "照片", "扫描件", "其他"
KINDS = (PHOTO, SCAN, OTHER)
"""What an attachment can be."""

PHOTOS, SCANS = (PHOTO, SCAN, OTHER), (SCAN, PHOTO, OTHER)
"""What a register takes, by what a picture given to its records usually is."""

LARGEST = 20 * 2**20
_NOTHING = "一个也没有添加，没有改动任何数据"


class Attachment(Record):
    """附件: one file of one record. `owner_table` and `owner_id` name the record."""

    __tablename__ = "attachment"
    title_column = "title"

    owner_table: Mapped[str | None] = column(Field("所属名册", computed=True))
    owner_id: Mapped[str | None] = column(Field("所属记录", computed=True), index=True)
    what: Mapped[str | None] = column(
        Field("附件类别", Kind.CHOICE, required=True, choices=KINDS, width_mm=16)
    )
    title: Mapped[str | None] = column(
        Field("附件名称", required=True, width_mm=50, help="打印照片页时印在照片下面")
    )
    taken_on: Mapped[date | None] = column(
        Field("拍摄日期", Kind.DATE, width_mm=22, help="照片里带有拍摄时间的会自动填好")
    )
    taken_by: Mapped[str | None] = column(Field("拍摄人", max_length=40, width_mm=18))
    file_name: Mapped[str | None] = column(Field("原文件名", computed=True, width_mm=40))
    media_type: Mapped[str | None] = column(Field("文件类型", computed=True))
    size: Mapped[int | None] = column(Field("字节数", Kind.INTEGER, computed=True))
    digest: Mapped[str | None] = column(Field("校验值", computed=True))
    added_on: Mapped[date | None] = column(Field("添加日期", Kind.DATE, computed=True, width_mm=22))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in: what it was called, what it says."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment as screens and papers see it."""

    id: str
    what: str
    title: str
    file_name: str
    media_type: str
    size: int
    digest: str
    added_on: date | None
    taken_on: date | None
    taken_by: str
    binned_why: str | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown and printed."""
        return is_picture(self.media_type)

    @property
    def ending(self) -> str:
        """What a copy's name ends in: by what it is, not by what it was called."""
        return ENDINGS.get(self.media_type, "")


def problems(values: Values, context: Context) -> Iterator[Problem]:
    """An attachment comes in with its file and its record, not out of a sheet."""
    if context.record_id is None and not values.get("owner_id"):
        yield Problem("title", "附件要在它所属的记录里添加")


REGISTER = Register(
    key="attachment",
    title="附件",
    noun="附件",
    record=Attachment,
    sections=(("附件", ("title", "what", "taken_on", "taken_by")),),
    columns=("title", "what", "added_on", "file_name"),
    order="title",
    rules=(problems,),
    menu=False,
)


def read_in(path: Path) -> Incoming:
    """A file of the disk, to be added. Raises `OfficeError` when it cannot be read or is too large."""
    try:
        if not path.is_file():
            raise OfficeError(f"“{path.name}”不是文件", _NOTHING, "请选文件，不要选文件夹")
        _refuse_large(path.name, path.stat().st_size)
        return Incoming(path.name, path.read_bytes())
    except OSError as trouble:
        what = f"“{path.name}”读不出来（{trouble.strerror or trouble}）"
        raise OfficeError(what, _NOTHING, "请检查文件是否还在、是否正被别的程序打开") from trouble


def add(
    office: Office,
    register_key: str,
    record_id: str,
    files: Sequence[Incoming],
) -> Changes | None:
    """Give a record these files in one act; those it has already are passed over.

    None when it has them all. A picture is the first kind the register names, any other file a scan.
    Raises `OfficeError` naming the file that is too large or not let in.
    """
    register = office.registers[register_key]
    if not register.attachments:
        raise ValueError(f"{register_key} takes no attachments")
    owner = office.read(register_key, record_id)
    if owner.binned_why is not None:
        raise OfficeError(f"“{owner.title}”在回收站里", _NOTHING, "请先恢复它，再加附件")
    for each in files:  # all are looked at before the first is kept
        _admitted(each)
    has = {each.digest for each in of(office, register_key, record_id)}
    ids = sorted(new_id() for _ in files)  # within a moment, identifiers are in no order
    made = [
        Attachment(
            id=key, added_on=office.today, **described(office.vault, register, record_id, each)
        )
        for each, key in zip(files, ids, strict=True)
    ]
    fresh = {each.digest: each for each in reversed(made) if each.digest not in has}
    if not fresh:
        return None
    ordered = sorted(fresh.values(), key=lambda each: each.id)
    named = "、".join(str(each.title) for each in ordered)
    with office.act(f"给{register.noun} {owner.title} 加附件 {named}") as running:
        for fresh_one in ordered:
            running.add(fresh_one)
        running.main = record_id
    return running.done


def described(vault: Vault, register: Register, record_id: str, file: Incoming) -> dict[str, Any]:
    """Keep a file's bytes; the columns of its attachment, but for identifier and day."""
    kind = _admitted(file)
    name = PureWindowsPath(file.name).name  # a path of either system
    usual = register.attachments[0] if is_picture(kind) else SCAN
    return {
        "owner_table": register.key,
        "owner_id": record_id,
        "what": usual if usual in register.attachments else register.attachments[-1],
        "title": (PureWindowsPath(name).stem.strip() or "附件")[:100],
        "file_name": name[:200],
        "media_type": kind,
        "size": len(file.data),
        "digest": vault.put(file.data),
        "taken_on": day_taken(file.data) if is_picture(kind) else None,
    }


def of(
    office: Office, register_key: str, record_id: str, *, binned: bool = False
) -> list[Attached]:
    """The attachments of a record, oldest first; or those taken away."""
    office.refuse_reading(register_key)
    here = table_of(Attachment).c
    state = here.binned_at.is_not(None) if binned else here.binned_at.is_(None)
    mine = here.owner_table == register_key, here.owner_id == record_id, state
    rows = office.rows(select(table_of(Attachment)).where(*mine).order_by(here.id))
    return [_attached(row) for row in rows]


def digests(office: Office) -> list[str]:
    """What every attachment's bytes are known by, those in the bin among them."""
    here = table_of(Attachment).c.digest
    return sorted({row[0] for row in office.rows(select(here).where(here.is_not(None)))})


def one(office: Office, attachment_id: str) -> Attached:
    """The attachment of that id. Raises `OfficeError` when it is gone."""
    table = table_of(Attachment)
    rows = office.rows(select(table).where(table.c.id == attachment_id))
    if not rows:
        raise OfficeError("这个附件已经不在了", "其他数据没有改动", "请刷新后再试")
    office.refuse_reading(rows[0].owner_table)
    return _attached(rows[0])


def content(office: Office, attached: Attached) -> bytes:
    """What the file says, checked to be what was added. Raises `OfficeError` naming it."""
    try:
        return office.vault.get(attached.digest)
    except OfficeError as trouble:
        raise OfficeError(
            f"“{attached.title}”：{trouble.what}", trouble.safe, trouble.then
        ) from None


def note_seen(
    office: Office, register_key: str, record_id: str, attached: Attached, how: str
) -> None:
    """Keep in the journal that somebody looked at it: a scan may show what a list masks."""
    owner = office.read(register_key, record_id)
    noun = office.registers[register_key].noun
    office.note(f"{how}{noun} {owner.title} 的附件 {attached.title}")


def photos(office: Office, register_key: str, record_id: str) -> list[Attached]:
    """The photographs of a record that can be printed, oldest first."""
    found = of(office, register_key, record_id)
    return [each for each in found if each.what == PHOTO and each.is_picture]


def portrait(office: Office, register_key: str, record_id: str) -> bytes | None:
    """The latest photograph of a record, such as a person, for a form; None when there is none."""
    found = photos(office, register_key, record_id) if office.reads(register_key) else []
    return content(office, found[-1]) if found else None


def hand_over(unit: Unit, table: str, drop_id: str, keep_id: str) -> None:
    """What one record has goes to another of its kind: two of one person become one."""
    theirs = select(Attachment).where(
        Attachment.owner_table == table, Attachment.owner_id == drop_id
    )
    for each in unit.all(theirs):
        each.owner_id = keep_id


def ids_of(record_ids: Iterable[str]) -> Any:
    """A statement of the ids of all attachments these records ever had, for their history."""
    here = table_of(Attachment).c
    return select(here.id).where(here.owner_id.in_(list(record_ids)))


def _refuse_large(name: str, size: int) -> None:
    if size > LARGEST:
        raise OfficeError(
            f"“{name}”有 {in_words(size)}，超过 {in_words(LARGEST)}",
            _NOTHING,
            "请缩小图片、降低扫描精度，或分成几个文件再加",
        )


def _admitted(file: Incoming) -> str:
    _refuse_large(file.name, len(file.data))
    try:
        return media_type(file.data)
    except RefusedError as refused:
        raise OfficeError(f"“{file.name}”{refused.what}", _NOTHING, refused.then) from None


def _attached(row: AnyRow) -> Attached:
    return Attached(
        row.id,
        row.what or OTHER,
        row.title or "",
        row.file_name or "",
        row.media_type or "",
        row.size or 0,
        row.digest or "",
        row.added_on,
        row.taken_on,
        row.taken_by or "",
        row.binned_why if row.binned_at else None,
    )


def in_words(size: int) -> str:
    """A size as people say it."""
    if size < 1024:
        return f"{size} 字节"
    if size < 2**20:
        return f"{round(size / 1024)} KB"
    return f"{size / 2**20:.1f} MB".replace(".0 ", " ")
