"""Sheets into the office and out of it: the import as one act, the export of any list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lanling_desktop.core import acts, bulk, linking
from lanling_desktop.core.errors import OfficeError, within_memory
from lanling_desktop.core.field import Field
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.records import table_of
from lanling_desktop.core.register import masking
from lanling_desktop.core.values import choices_of, display, publish
from lanling_desktop.exchange import plan as planning
from lanling_desktop.exchange import sheets_out
from lanling_desktop.exchange.plan import CHANGED, HIDDEN, NEW, ImportPlan
from lanling_desktop.exchange.waiting import Progress, unheard

_PAGE = 500
_BATCH = 500  # rows written between two clearings of the act's memory
_NAMED = 8  # rows with the same note that are named by number


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do."""

    plan: ImportPlan
    changes: Changes | None

    def lines(self) -> Iterator[str]:
        """One line for the whole, then one for all that is wrong, left out or put right."""
        done = "已导入" if self.changes else "未写入"
        yield f"{done}\t{self.plan.path.name}\t{self.plan.summary}"
        for each in self.plan.troubles:
            place = each.address or f"第 {each.row} 行"
            yield self._line(place, each.label, each.words)
        for head in self.plan.strange:
            yield self._line("整列", head, "没有对应的栏目，这一列没有导入")
        for row in self.plan.left_out:
            yield self._line(f"第 {row.row} 行", "没有导入", f"{row.reason}：{row.text}")
        for words in self.plan.notes:
            yield self._line("全表", "说明", words)
        rows: dict[str, list[int]] = {}
        for planned in self.plan.rows:
            for words in dict.fromkeys(planned.notes):
                rows.setdefault(words, []).append(planned.number)
        for words, numbers in rows.items():
            some = "、".join(map(str, numbers[:_NAMED]))
            more = f" 等 {len(numbers)} 行" if len(numbers) > _NAMED else " 行"
            yield self._line(f"第 {some}{more}", "提示", words)

    def _line(self, *columns: str) -> str:
        return "\t".join(" ".join(each.split()) for each in (self.plan.sheet, *columns))


def import_file(
    office: Office,
    register_key: str,
    path: Path,
    *,
    dry_run: bool = False,
    skip_errors: bool = False,
    progress: Progress = unheard,
) -> Outcome:
    """Read, plan and carry out an import with the mapping proposed for the file."""
    received = planning.receive(office, register_key, path, progress=progress)
    planned = planning.plan(office, received, progress=progress)
    if dry_run or (planned.troubles and not skip_errors):
        return Outcome(planned, None)
    planning.remember(office, received, planned.mapping)
    changes = carry_out(office, planned, skip_errors=skip_errors, progress=progress)
    return Outcome(planned, changes)


@within_memory()
def carry_out(
    office: Office,
    planned: ImportPlan,
    *,
    skip_errors: bool = False,
    progress: Progress = unheard,
) -> Changes:
    """Write a plan: one act, all of it or nothing. An exception out of `progress` cancels it.

    Raises `OfficeError` when rows are wrong and the clerk has not chosen to leave them out.
    """
    if planned.troubles and not skip_errors:
        first = planned.troubles[0]
        place = first.address or f"第 {first.row} 行"
        raise OfficeError(
            f"有 {planned.count('有误')} 行有误，例如工作表“{planned.sheet}”{place}：{first.words}",
            "没有导入任何一行",
            "请改好再导入，或选“跳过错误行”",
        )
    office.safeguard("导入前")
    register = office.registers[planned.register]
    rows = [row for row in planned.rows if row.kind in (NEW, CHANGED)]
    counts = f"新增 {planned.count(NEW)}，修改 {planned.count(CHANGED)}"
    with office.act(f"导入{register.title} {planned.path.name}（{counts}）") as unit:
        if not unit.rows(select(table_of(register.record).c.id).limit(1)):
            # The book is opened with what has long been so: last month's roster has it too.
            unit.begins = None
        for done, row in enumerate(rows):
            if done % 10 == 0:
                progress(done, len(rows))
            if done % _BATCH == _BATCH - 1:
                unit.set_aside()
            try:
                acts.apply(
                    unit,
                    register,
                    row.record_id,
                    row.values,
                    confirmed=True,
                    current=row.current,
                    owners=row.owners,
                )
            except acts.RejectedError as trouble:
                raise OfficeError(
                    f"工作表“{planned.sheet}”第 {row.number} 行：{trouble.problems[0].words}",
                    "没有导入任何一行",
                    "请改好这一行再导入",
                ) from trouble
        progress(len(rows), len(rows))  # the last moment at which a cancel leaves nothing
    return unit.done


def export_view(
    office: Office,
    view: View,
    path: Path,
    *,
    masked: bool = True,
    keys: Sequence[str] = (),
    progress: Progress = unheard,
) -> int:
    """Write a list as shown to .xlsx with hidden record keys; returns how many rows.

    What is edited in the sheet comes back by an import and changes just that: a link to one of
    several of the same name goes out with the key that tells which, unless `masked`. Numbers
    are masked unless the whole ones are asked for; a masked cell changes nothing on its way back.
    """
    register = office.registers[view.register]
    office.rights.refuse_export()
    if not masked:
        office.rights.refuse_unmasking()
    wanted = tuple(keys) or register.columns
    fields = [masking(register.all_columns[key].field, office.registers) for key in wanted]
    total = office.count(view)
    ids: list[str] = []

    def rows() -> Iterator[list[Any]]:
        walk = bulk.walk_values(office, view, wanted)
        while some := list(islice(walk, _PAGE)):
            progress(len(ids), total)
            page = [row[0] for row in some]
            told = {} if masked else linking.spelled_out(office, view.register, wanted, page)
            for row in some:
                ids.append(row[0])
                yield [
                    told.get((row[0], key)) or _cell(said, value, masked)
                    for key, said, value in zip(wanted, fields, row[1:], strict=True)
                ]

    choices = _choices(fields)
    written = sheets_out.write_table(
        path,
        register.title,
        fields,
        rows(),
        keys=_Following(ids),
        choices=choices,
        properties=sheets_out.watermark(office.actor, office.clock.stamp()),
    )
    how = "号码已遮住" if masked else "完整号码"
    said = "、".join(each.label for each in fields)
    office.note(f"导出{register.title} {written} 条到 {path.name}（{how}）：{said}")
    return written


class _Following:
    """Keys that run behind the rows being written."""

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids

    def __iter__(self) -> Iterator[str]:
        position = 0
        while True:
            if position >= len(self._ids):
                return
            yield self._ids[position]
            position += 1


def write_template(office: Office, register_key: str, path: Path) -> None:
    """Write the empty sheet of a register: the columns an import takes."""
    register = office.registers[register_key]
    fields = [each.field for each in register.exchange_columns]
    sheets_out.write_template(path, register.title, fields, choices=_choices(fields))


def _choices(fields: Sequence[Field]) -> Mapping[str, Sequence[str]]:
    return {each.label: choices_of(each) for each in fields if each.choices}


def _cell(said: Field, value: Any, masked: bool) -> Any:
    if value is None or not masked or not (said.sensitive or said.month_public):
        return value
    hidden = publish(said, display(said, value))
    # An address is cut, not starred: the stars say so, and that the cell is not to come back.
    return hidden if HIDDEN in hidden else f"{hidden}{HIDDEN}"
