"""What an import would do, row by row and cell by cell, before anything is written.

A plan is made without changing the office: which rows are new, which change what, which are
already so, and which cannot be taken and why, named by cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lanling_desktop.core.errors import OfficeError, within_memory
from lanling_desktop.core.office import Office
from lanling_desktop.exchange import headers, workbook
from lanling_desktop.exchange.data_rows import data_rows
from lanling_desktop.exchange.headers import Header
from lanling_desktop.exchange.planned import (
    CHANGED,
    HIDDEN,
    NEW,
    SAME,
    WRONG,
    CellChange,
    CellTrouble,
    ImportPlan,
    PlannedRow,
    Received,
    fields_for,
)
from lanling_desktop.exchange.planner import Planner
from lanling_desktop.exchange.waiting import Progress, unheard

__all__ = [
    "CHANGED",
    "HIDDEN",
    "NEW",
    "SAME",
    "WRONG",
    "CellChange",
    "CellTrouble",
    "ImportPlan",
    "PlannedRow",
    "Progress",
    "Received",
    "corrected",
    "fields_for",
    "plan",
    "receive",
    "remember",
]


@within_memory()
def receive(
    office: Office, register_key: str, path: Path, *, sheet: str = "", progress: Progress = unheard
) -> Received:
    """Read a received file up to its header and propose which column feeds which field.

    A mapping chosen before for the same header is proposed again. Raises `OfficeError` for a file
    that is not a table, is hostile, or has no header.
    """
    register = office.registers[register_key]
    fields = fields_for(register)
    book = workbook.read(path, progress)
    heads = headers.Heads(fields, progress)
    named = next((each for each in book.sheets if each.name == sheet), None)
    chosen = named or heads.choose(book.sheets)
    if chosen is None:
        chosen = next(iter(book.filled), None)
    if chosen is None:
        raise OfficeError(f"{path.name} 里没有内容", "没有改动任何数据", "请换一个文件再导入")
    header = heads.find(chosen)
    proposed = heads.map(header)
    mapping = {each.column: each.field for each in proposed.matches}
    kept = office.desk.get(_memory(register_key, header))
    if kept:
        texts = {normal: key for normal, key in kept.items() if key in fields}
        mapping = {
            each.column: texts[each.full_text] for each in header.columns if each.full_text in texts
        }
    names = tuple(each.name for each in book.filled)
    return Received(
        path,
        register_key,
        chosen,
        header,
        proposed,
        mapping,
        bool(kept),
        names,
        book.notes,
        book.date_1904,
    )


def corrected(received: Received, texts: Mapping[tuple[int, int], str]) -> Received:
    """The file as read, with cells a clerk has put right by row and column; the file stays."""
    if not texts:
        return received
    note = f"有 {len(texts)} 格按预览里改过的导入，收到的表没有改动"
    sheet = received.sheet.corrected(texts)
    return replace(received, sheet=sheet, notes=(*received.notes, note))


def remember(office: Office, received: Received, mapping: Mapping[int, str]) -> None:
    """Keep the mapping for the next file with this header."""
    texts = {each.column: each.full_text for each in received.header.columns}
    kept = {texts[column]: key for column, key in mapping.items() if column in texts}
    office.desk.put(_memory(received.register, received.header), kept)


def _memory(register_key: str, header: Header) -> str:
    return f"mapping:{register_key}:{headers.fingerprint(header)}"


@within_memory()
def plan(
    office: Office,
    received: Received,
    mapping: Mapping[int, str] | None = None,
    progress: Progress = unheard,
) -> ImportPlan:
    """Work out what importing the file would do. Changes nothing."""
    chosen = dict(mapping if mapping is not None else received.mapping)
    register = office.registers[received.register]
    if not chosen:
        raise OfficeError("没有一列对得上", "没有改动任何数据", "请在上一步为各列选好对应的栏目")
    found = data_rows(received.sheet, received.header)
    planner = Planner(office, register, chosen, received)
    planner.look_up(found.rows)
    rows = []
    for done, row in enumerate(found.rows):
        rows.append(planner.read(row))
        if done % 200 == 0:
            progress(done, len(found.rows))
    planner.recognise(rows)
    texts = {each.column: each.full_text for each in received.header.columns}
    strange = {each.column for each in received.proposed.unknown}
    strange |= {each.column for each in received.proposed.matches}
    unknown = tuple(text for column, text in texts.items() if column not in chosen and text)
    return ImportPlan(
        received.path,
        received.register,
        received.sheet.name,
        received.header,
        chosen,
        tuple(rows),
        found.left_out,
        unknown,
        (*received.notes, *planner.to_be_made(rows)),
        tuple(texts[c] for c in texts if c in strange and c not in chosen),
    )
