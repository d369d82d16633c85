"""本人信息查询单, 更正记录, 销毁记录: what a person asked for, and what became of it, on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from lanling_desktop.core.display import publish
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Entry
from lanling_desktop.core.register import Register
from lanling_desktop.printing.paper import FULL, MASKED, Job, Paper, Progress
from lanling_desktop.privacy import corrections, rules
from lanling_desktop.privacy.sheet import Held, Sheet, sheet_of
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Block, Cell, Form

_LABEL = 0.16
_LONG = 20  # characters that need a row of their own
_SHEET = "本人信息查询单"


def _draw(made: Form, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.form import draw_forms

    draw_forms([made], out, progress)


def _form(job: Job, title: str, blocks: Sequence[Block], number: str = "") -> Form:
    from lanling_desktop.printing.form import Form

    return Form(
        title=title,
        unit=job.unit,
        blocks=blocks,
        made_on=job.made_on,
        number=number,
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
    )


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[list[Cell]]:
    """Labels and values, two to a row; a long value has a row of its own."""
    from lanling_desktop.printing.form import label, value

    rows: list[list[Cell]] = []
    waiting: tuple[str, str] | None = None
    for pair in (*pairs, None):
        long = pair is None or len(pair[1]) > _LONG
        if waiting is not None and long:
            rows.append(_wide(*waiting))
            waiting = None
        if pair is None:
            break
        if long:
            rows.append(_wide(*pair))
        elif waiting is None:
            waiting = pair
        else:
            both = (waiting, pair)
            cells = [(label(name, _LABEL), value(text, 0.5 - _LABEL)) for name, text in both]
            rows.append([each for two in cells for each in two])
            waiting = None
    return rows


def _wide(name: str, text: str) -> list[Cell]:
    from lanling_desktop.printing.form import label, value

    return [label(name, _LABEL), value(text, 1 - _LABEL, align="left")]


# 本人信息查询单


def _draw_sheet(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    said = sheet_of(office, job.request.record_id, job.request.edition)
    _draw(_form(job, _SHEET, list(_sheet_blocks(said, job))), out, progress)


def _sheet_blocks(said: Sheet, job: Job) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid, Note, Table

    asked = job.request.arguments
    who = [
        ("查询人", asked.get("asked_by", "")),
        ("与本人关系", asked.get("relation", "")),
        ("证件名称", asked.get("credential", "")),
        ("查询日期", dates.paper(job.made_on)),
    ]
    yield Grid(_pairs(who))
    yield Note("一、登记在册的本人情况")
    yield Grid(_pairs(said.person))
    for each in said.held:
        yield from _held(each)
    yield Note(f"二、其他记录中提到本人的地方（{len(said.mentions)} 处）")
    if said.mentions:
        heads = (("名册", 0.18), ("栏目", 0.16), ("哪条记录", 0.5), ("是否本人", 0.16))
        yield Table(heads, said.mentions)
    if any(each[3] != "确定" for each in said.mentions):
        more = f"本社区另有 {said.namesakes} 人与本人同名。" if said.namesakes else ""
        yield Note(f"注：标“姓名相同”的只按姓名查到，可能是同名的人，请本人核对。{more}")
    yield Note("三、信息从哪里来")
    heads = (("名册", 0.24), ("登记时间", 0.2), ("登记人", 0.14), ("来源", 0.42))
    yield Table(heads, said.sources)
    yield Note(f"四、谁看过完整号码、单独打印或导出过（{len(said.looks)} 次）")
    columns = (("时间", 0.2), ("经办人", 0.16), ("做了什么", 0.64))
    if said.looks:
        yield Table(columns, said.looks)
    yield Note("五、本人所在名册整册打印、导出（未遮号码的版本，其中可能有本人）")
    if said.lists:
        yield Table(columns, said.lists)
    if said.more_lists or not said.lists:
        yield Note(f"更早的还有 {said.more_lists} 次。" if said.more_lists else "没有。")
    yield from _sheet_end(said)


def _held(held: Held) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid, label, value

    yield Grid([[label(f"{held.title}（{len(held.records)} 条）", 1.0)]], bound=True)
    rows = [
        [
            value(str(at), 0.07, align="center"),
            value("；".join(f"{name}：{text}" for name, text in record), 0.93, align="left"),
        ]
        for at, record in enumerate(held.records, 1)
    ]
    yield Grid(rows, flows=True)


def _sheet_end(said: Sheet) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid, Note, Opinion, label, value

    if said.closed:
        names = "、".join(said.closed)
        yield Note(f"注：{names}不在制单账户的查看范围内，本单没有列出；需要的，请由有权的人另打。")
    yield Note(
        "说明：本单按《个人信息保护法》第四十五条提供，涉及他人的姓名已作遮盖。"
        "认为有误的，可以申请更正。本单不留底，请妥善保管。"
    )
    yield Opinion("查询人意见", "", ("查询人签收：",), height_mm=26)
    line = [
        label("经办人签字", _LABEL),
        value("", 0.34),
        label("核对证件人", _LABEL),
        value("", 0.34),
    ]
    yield Grid([line], least_mm=12)


# 更正记录


def _draw_correction(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    entry = office.read("correction", job.request.record_id)
    masked = job.request.edition == MASKED
    blocks = list(_correction_blocks(office, entry, masked=masked))
    _draw(_form(job, "个人信息更正记录", blocks, str(entry["number"] or "")), out, progress)


def _correction_blocks(office: Office, entry: Entry, *, masked: bool) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid, Note, Opinion, Table

    keys = ("requester", "relation", "credential", "person_id", "register", "corrected_on",
            "corrected_by", "entry", "evidence", "reason")  # fmt: skip
    yield Grid(_said(office.registers["correction"], entry, keys))
    if not corrections.is_whole(office, entry):
        yield Note("注：这次更正的内容已随保管期满销毁，不能再列出。")
        return
    register = office.registers[entry["table_name"]]
    known = {each.field.label: each.field for each in register.all_columns.values()}
    rows = [
        (
            line.label,
            *(_side(known, line.label, text, masked) for text in (line.before, line.after)),
        )
        for line in corrections.changed(office, entry)
    ]
    if not rows:
        raise OfficeError(
            "这次更正已经撤销，没有可打印的内容", "没有改动任何数据", "请另选一条更正记录"
        )
    yield Table((("更正的栏目", 0.2), ("更正前", 0.4), ("更正后", 0.4)), rows)
    yield Note("更正前后的内容取自操作记录，不另存一份。")
    yield Opinion("申请人确认", "", ("申请人签字：",), height_mm=26)
    yield Opinion("社区意见", "", ("负责人签字：", "（盖章）"), height_mm=30)


def _side(known: dict[str, Field], label: str, text: str, masked: bool) -> str:
    said = known.get(label)
    shown = publish(said, text) if masked and said is not None else text
    return shown or "（空）"


def _said(register: Register, entry: Entry, keys: Sequence[str]) -> list[list[Cell]]:
    columns = register.all_columns
    return _pairs([(columns[key].field.label, entry.texts.get(key, "")) for key in keys])


# 销毁记录


def _draw_disposal(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    entry = office.read("disposal", job.request.record_id)
    title = "保管期满续存审批单" if entry["decision"] == rules.KEEP else "个人信息销毁记录"
    blocks = list(_disposal_blocks(office, entry))
    _draw(_form(job, title, blocks, str(entry["number"] or "")), out, progress)


def _disposal_blocks(office: Office, entry: Entry) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid, Note, Opinion

    register = office.registers["disposal"]
    keys: tuple[str, ...] = ("decision", "register", "ended_on", "due_on", "done_on", "done_by")
    keys += ("kept_until", "reason") if entry["decision"] == rules.KEEP else (
        "reason", "counts", "method", "backups_until")  # fmt: skip
    yield Grid(_said(register, entry, keys))
    if entry["decision"] == rules.KEEP:
        yield Opinion(
            "审批意见", "", (f"批准人：{entry['approver'] or ''}", "签字："), height_mm=34
        )
        return
    yield Note(_backups(entry))
    yield Opinion(
        "审批意见", "同意销毁。", (f"批准人：{entry['approver'] or ''}", "签字："), height_mm=30
    )
    witnesses = [entry["first_witness"] or "", entry["second_witness"] or ""]
    signed = [f"监销人：{each}　签字：" for each in witnesses]
    yield Opinion("监销意见", "已在场监督，上列内容已从台账中清除。", signed, height_mm=34)


def _backups(entry: Entry) -> str:
    day = entry["backups_until"]
    until = (
        f"其中仍有这些内容，照常备份的话，最迟到 {dates.paper(day)} 随保留规则淘汰"
        if day is not None
        else "没有查到以前的备份"
    )
    return (
        f"说明：销毁之前做的备份：{until}。便携备份、升级和恢复前留下的旧文件、"
        "已打印的纸和已导出的表格不受程序管理，请一并清理。本记录永久保管。"
    )


PAPERS = (
    Paper(
        "person_information",
        _SHEET,
        "person",
        _draw_sheet,
        single=True,
        kept=False,
        asks=(
            ("asked_by", Field("查询人", help="不填就空着，由本人填写", max_length=30)),
            (
                "relation",
                Field("与本人关系", Kind.CHOICE, choices=rules.RELATIONS[:3]),
            ),
            ("credential", Field("证件名称", help="如 居民身份证；不必写号码", max_length=30)),
        ),
    ),
    Paper("correction_form", "更正记录单", "correction", _draw_correction, single=True, kept=False),
    Paper("disposal_form", "销毁记录单", "disposal", _draw_disposal, single=True, editions=(FULL,)),
)
