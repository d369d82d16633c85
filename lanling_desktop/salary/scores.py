"""Scores of a month: pasted, typed, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from lanling_desktop.core import acts
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.unit import Unit
from lanling_desktop.salary import rules
from lanling_desktop.salary.records import PerformanceScore as Score


def set_scores(office: Office, *, month: date, scores: Mapping[str, str]) -> Changes:
    """The scores of a month by worker: a word (优秀) or a percentage (95.5); '' takes one away."""
    first = month.replace(day=1)
    with office.act(f"登记{first.year}年{first.month}月考核 {len(scores)} 人") as unit:
        write_scores(unit, first, scores)
    return unit.done


def write_scores(unit: Unit, month: date, scores: Mapping[str, str]) -> None:
    """The same within an act."""
    where = Score.month == month, Score.worker_id.in_(scores), Score.binned_at.is_(None)
    there = {each.worker_id: each for each in unit.all(select(Score).where(*where))}
    for worker_id, said in scores.items():
        old = there.get(worker_id)
        text = said.strip()
        if not text:
            if old is not None:
                register = unit.registers["performance_score"]
                acts.bin_record(unit, unit.registers, register, old.id, "取消考核")
            continue
        word = text if text in rules.SCORES else None
        values = {
            "worker_id": worker_id,
            "month": month,
            "result": word,
            "percent": None if word else text.rstrip("%％"),
        }
        acts.put(unit, "performance_score", old.id if old else None, values)
