"""What a clerk does with pay schemes: read in, fill in, make one's own, bring into force."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lanling_desktop.core.atomic import write_whole
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.salary import rules
from lanling_desktop.salary.deciding import scheme_of
from lanling_desktop.salary.records import SalaryScheme
from lanling_desktop.salary.scheme import (
    Scheme,
    dumped,
    empty_cells,
    examples,
    labelled,
    loaded,
    meant,
    plain,
)

_SAFE = "没有改动任何数据"
_SHOWN = 6
_VERSION = re.compile(r"（\d+年\d+月\d+日起）$")


def shipped() -> tuple[str, ...]:
    """The names of the schemes that come with the program."""
    return tuple(json.loads(path.read_text("utf-8"))["name"] for path in examples())


def shipped_text(name: str) -> str:
    """One of them, as its file has it."""
    texts = (path.read_text("utf-8") for path in examples())
    return next(text for text in texts if json.loads(text)["name"] == name)


def load(office: Office, text: str, *, scheme_id: str | None = None) -> Changes:
    """Read a scheme's file into the office, as a new draft or into an old one."""
    scheme = loaded(text)
    with office.act(f"读入薪酬方案 {scheme.name}") as unit:
        record = _draft(unit, scheme_id) if scheme_id else unit.add(SalaryScheme())
        record.status = rules.DRAFTED
        record.name = record.name or scheme.name
        _keep(record, scheme)
        unit.main = record.id
    return unit.done


def load_file(office: Office, path: Path, *, scheme_id: str | None = None) -> Changes:
    """Read a scheme out of a file that another office saved."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise OfficeError(
            f"打不开文件“{path.name}”，或它不是薪酬方案", _SAFE, "请核对文件名和所在文件夹"
        ) from None
    return load(office, text, scheme_id=scheme_id)


def save_file(office: Office, scheme_id: str, path: Path) -> None:
    """Write a scheme as a file that another office can read in."""
    office.refuse_reading("salary_scheme")
    office.rights.refuse_export()
    text = dumped(scheme_of(office, scheme_id))
    try:
        write_whole(path, text.encode())
    except OSError:
        raise OfficeError(
            f"写不进文件“{path.name}”", _SAFE, "请换一个文件夹，或先关闭打开它的程序"
        ) from None
    office.note(f"保存薪酬方案到文件 {path.name}")


def fill_in(office: Office, scheme_id: str, text: str) -> Changes:
    """Fill cells: a line each, the cell's words, a colon or tab, and what it says."""
    scheme = scheme_of(office, scheme_id)
    said: dict[str, Any] = plain(scheme)
    places = {place: path for place, path, _ in labelled(said)}
    for place, value in _cells(text):
        if place not in places:
            raise OfficeError(
                f"方案里没有“{place}”这一格", _SAFE, "请照原来的行填写，每行一格，冒号后面是值"
            )
        *way, last = places[place]
        at: Any = said
        for step in way:
            at = at[step]
        at[last] = meant(tuple(map(str, places[place])), value, at[last])
    changed = loaded(json.dumps(said, ensure_ascii=False))
    with office.act(f"填写薪酬方案 {scheme.name}") as unit:
        _keep(_draft(unit, scheme_id), changed)
    return unit.done


def _cells(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        for mark in ("：", ":", "\t"):
            place, found, value = line.partition(mark)
            if found:
                yield place.strip(), value.strip()
                break


def opened(office: Office, scheme_id: str) -> Scheme:
    """A scheme to be looked at or filled in: one without content begins with its name alone."""
    office.refuse_reading("salary_scheme")
    here = table_of(SalaryScheme).c
    rows = office.rows(
        select(here.name, here.doc_no, here.issuer, here.content).where(here.id == scheme_id)
    )
    if not rows:
        raise OfficeError("这个薪酬方案已经不在了", _SAFE, "请回到薪酬方案，重新选一个")
    row = rows[0]
    if not row.content:
        return Scheme(row.name or "", row.doc_no or "", row.issuer or "", value_of_grade=None)
    said = loaded(row.content)
    return replace(said, name=row.name or "", doc_no=row.doc_no or "", issuer=row.issuer or "")


def save(office: Office, scheme_id: str, scheme: Scheme, *, before: Scheme) -> Changes:
    """Everything that was typed into a draft, as one act; refused when it was changed meanwhile."""
    with office.act(f"填写薪酬方案 {scheme.name}") as unit:
        record = _draft(unit, scheme_id)
        if opened(office, scheme_id) != before:
            raise OfficeError(
                f"薪酬方案“{record.name}”刚才在别处改过",
                "没有保存，填的内容都还在",
                "请按 Esc 退出，再打开看清楚后填写",
            )
        record.name, record.doc_no = scheme.name, scheme.doc_no or None
        record.issuer = scheme.issuer or None
        record.content = dumped(scheme)
        record.is_example = scheme.is_example
        unit.main = scheme_id
    return unit.done


def new_version(office: Office, scheme_id: str, *, day: date, name: str = "") -> Changes:
    """A draft with everything a scheme says, to hold from a day; the old one stays as it is."""
    old = opened(office, scheme_id)
    named = name or f"{_VERSION.sub('', old.name)}（{day.year}年{day.month}月{day.day}日起）"
    with office.act(f"另存为新版 {named}") as unit:
        record = unit.add(SalaryScheme())
        record.status, record.name, record.issuer = rules.DRAFTED, named, old.issuer or None
        made = replace(old, name=named, doc_no="", effective_from=day.isoformat())
        record.content, record.is_example = dumped(made), made.is_example
        unit.main = record.id
    return unit.done


def make_own(office: Office, scheme_id: str, *, name: str, doc_no: str, issuer: str) -> Changes:
    """An example becomes the office's own scheme, once every cell says what the document says."""
    scheme = scheme_of(office, scheme_id)
    lacking = empty_cells(scheme)
    if lacking:
        more = f"等 {len(lacking)} 格" if len(lacking) > _SHOWN else ""
        raise OfficeError(
            f"方案还有空格：{'、'.join(lacking[:_SHOWN])}{more}",
            _SAFE,
            "请按文件填好，再改为本单位方案",
        )
    with office.act(f"改为本单位薪酬方案 {name}") as unit:
        record = _draft(unit, scheme_id)
        record.name, record.doc_no, record.issuer = name, doc_no, issuer or None
        own = replace(scheme, name=name, doc_no=doc_no, issuer=issuer, is_example=False)
        _keep(record, own)
    return unit.done


def adopt(office: Office, scheme_id: str, *, day: date) -> Changes:
    """Bring a scheme into force from a day; the one before ends on it."""
    scheme = scheme_of(office, scheme_id)
    if scheme.is_example and not office.desk.get("demo", False):
        raise OfficeError(
            f"“{scheme.name}”是示例，不能用来发工资",
            _SAFE,
            "请先按本县文件填好，改为本单位方案，再启用",
        )
    with office.act(f"启用薪酬方案 {scheme.name}") as unit:
        record = _draft(unit, scheme_id)
        others = select(SalaryScheme).where(
            SalaryScheme.status == rules.ACTIVE,
            SalaryScheme.binned_at.is_(None),
            SalaryScheme.id != scheme_id,
        )
        ends: date | None = None
        for each in unit.all(others):
            if each.valid_from and each.valid_from >= day:
                ends = min(ends or each.valid_from, each.valid_from)
            elif each.valid_to is None or each.valid_to > day:
                each.valid_to, each.end_reason = day, f"启用“{scheme.name}”"
        if ends == day:
            raise OfficeError(f"{day} 起已有启用的方案", _SAFE, "请换一天，或先停用那个方案")
        record.status, record.valid_from, record.valid_to = rules.ACTIVE, day, ends
        record.content = dumped(replace(scheme, effective_from=day.isoformat()))
    return unit.done


def retire(office: Office, scheme_id: str, *, day: date, reason: str) -> Changes:
    """A scheme holds no longer from a day."""
    with office.act("停用薪酬方案") as unit:
        record = unit.get(SalaryScheme, scheme_id)
        record.status, record.valid_to, record.end_reason = rules.RETIRED, day, reason
    return unit.done


def words_of(scheme: Scheme) -> str:
    """The whole scheme as lines that `fill_in` reads."""
    return "\n".join(f"{place}：{value}" for place, _, value in labelled(plain(scheme)))


def _keep(record: SalaryScheme, scheme: Scheme) -> None:
    record.content = dumped(scheme)
    record.is_example = scheme.is_example
    record.doc_no = record.doc_no or scheme.doc_no or None
    record.issuer = record.issuer or scheme.issuer or None


def _draft(unit: Unit, scheme_id: str) -> SalaryScheme:
    record = unit.get(SalaryScheme, scheme_id)
    if record.status != rules.DRAFTED and record.content:
        raise OfficeError(
            f"薪酬方案“{record.name}”已经启用，不能再改",
            _SAFE,
            "标准有变的，请新建一个方案，从执行之日起启用",
        )
    return record
