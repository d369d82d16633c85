"""Whom a month is worked out for, when it is not everybody: a filtered list, marked rows, names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.salary.reading import workers_of
from lanling_desktop.salary.records import PayRun

_SAFE = "没有改动任何数据"
_SHOWN = 5


@dataclass(frozen=True)
class Chosen:
    """Some of the workers, and how they were chosen in words: 公开招聘, 选中的."""

    words: str
    ids: tuple[str, ...]

    def kept(self) -> str:
        """As a month keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def scope(self, elsewhere: int) -> str:
        """What screens and papers say; `elsewhere` are those whom another batch has already."""
        said = f"{self.words}，共 {len(self.ids)} 人"
        return f"{said}，其中 {elsewhere} 人已在同月别的批次" if elsewhere else said


def chosen_of(run: Any) -> Chosen | None:
    """Whom a month is for; None is everybody."""
    if not run.chosen:
        return None
    said = json.loads(run.chosen)
    return Chosen(said["words"], tuple(said["ids"]))


def named(text: str, workers: Sequence[AnyRow]) -> Chosen | None:
    """The workers of a typed or pasted list of names or numbers; None when it is empty.

    Raises `OfficeError` naming each line that means nobody, or more than one.
    """
    said = [each for each in re.split(r"[\s、，,;；]+", text) if each]
    ids: list[str] = []
    wrong: list[str] = []
    for number, each in enumerate(said, 1):
        found = [row.id for row in workers if each in (row.name, row.code)]
        if len(found) == 1:
            ids += found
        else:
            why = "没有这个人" if not found else f"有 {len(found)} 人，请写工号"
            wrong.append(f"第 {number} 个“{each}”{why}")
    if wrong:
        more = f"；另有 {len(wrong) - _SHOWN} 处" if len(wrong) > _SHOWN else ""
        raise OfficeError("；".join(wrong[:_SHOWN]) + more, _SAFE, "请改好名单，再做一次")
    return Chosen("按名单", tuple(dict.fromkeys(ids))) if ids else None


def names_now(office: Office, run_id: str) -> str:
    """The list `named` would read back, a line each; numbers where a name is not enough."""
    here = table_of(PayRun).c
    run = office.rows(select(here.month, here.community_id, here.chosen).where(here.id == run_id))[
        0
    ]
    chosen = chosen_of(run)
    if chosen is None:
        return ""
    workers = workers_of(office, run.month, run.community_id)
    names = [row.name for row in workers]
    by_id = {row.id: (row.code if names.count(row.name) > 1 else "") or row.name for row in workers}
    return "\n".join(by_id[each] or "" for each in chosen.ids if each in by_id)
