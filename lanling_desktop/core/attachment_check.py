"""Every attachment looked over: is its file there, is it what was added, does every file belong."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from lanling_desktop.core.attachments import Attachment
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.journal import JournalChange
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of


def unsound_attachments(office: Office) -> Iterator[tuple[str, str]]:
    """What is wrong with attachments: whose and which, what. Reads every file once."""
    table = table_of(Attachment)
    rows = office.rows(select(table).order_by(table.c.id))
    verdicts: dict[str, str] = {}
    for row in rows:
        where = f"附件 {_owner(office, row)}“{row.title}”"
        if row.binned_at is None and not _is_there(office, row):
            yield where, "所属的记录已经不在（新增它的操作被撤销了）"
        if row.digest not in verdicts:
            verdicts[row.digest] = _verdict(office, row.digest)
        if verdicts[row.digest]:
            yield where, verdicts[row.digest]
    known = {row.digest for row in rows} | _journalled(office)
    places = {office.vault.place(each) for each in known}
    for each in office.vault.files():
        if each not in places:
            name = each.relative_to(office.vault.folder.parent)
            yield "附件文件夹", f"{name} 不属于任何记录，可能是添加时断电留下的，不影响使用"


def _verdict(office: Office, digest: str) -> str:
    try:
        office.vault.get(digest)
    except OfficeError as trouble:
        return trouble.what
    return ""


def _is_there(office: Office, row: AnyRow) -> bool:
    register = office.registers.get(row.owner_table or "")
    if register is None:
        return False
    table = table_of(register.record)
    return bool(office.rows(select(table.c.id).where(table.c.id == row.owner_id)))


def _owner(office: Office, row: AnyRow) -> str:
    if not _is_there(office, row):
        return ""
    register = office.registers[row.owner_table]
    return f"{register.title} {office.read(register.key, row.owner_id).title} 的"


def _journalled(office: Office) -> set[str]:
    """Files of attachments that were added and taken back: a redo wants them again."""
    here = JournalChange
    rows = office.rows(select(here.after).where(here.table_name == Attachment.__tablename__))
    said = (json.loads(row[0]) for row in rows if row[0])
    return {each["digest"] for each in said if each.get("digest")}
