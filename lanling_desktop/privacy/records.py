"""Corrections that people asked for, how long each kind of record is kept, what became of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Record, column
from lanling_desktop.privacy import rules


class Correction(Record):
    """更正记录: who asked for it, on what evidence. What changed is read from the journal entry."""

    __tablename__ = "correction"
    title_column = "number"

    number: Mapped[str | None] = column(
        Field("更正编号", computed=True, search=True, width_mm=34), unique=True
    )
    person_id: Mapped[str | None] = column(
        Field("被更正人", Kind.LINK, link="person", computed=True, width_mm=18)
    )
    table_name: Mapped[str | None] = column(Field("名册代码", computed=True))
    record_id: Mapped[str | None] = column(Field("记录", computed=True), index=True)
    register: Mapped[str | None] = column(Field("更正的名册", computed=True, width_mm=24))
    entry: Mapped[int | None] = column(
        Field("操作记录号", Kind.INTEGER, computed=True, width_mm=18)
    )
    corrected_on: Mapped[date | None] = column(
        Field("更正日期", Kind.DATE, computed=True, width_mm=22)
    )
    corrected_by: Mapped[str | None] = column(Field("经办人", computed=True, width_mm=18))
    requester: Mapped[str | None] = column(
        Field("申请人", Kind.NAME, required=True, width_mm=18, max_length=60)
    )
    relation: Mapped[str | None] = column(
        Field("与本人关系", Kind.CHOICE, required=True, choices=rules.RELATIONS, width_mm=20)
    )
    credential: Mapped[str | None] = column(
        Field("申请人证件", width_mm=30, help="看过什么证件，如 身份证；不必抄号码")
    )
    evidence: Mapped[str | None] = column(
        Field("依据材料", required=True, width_mm=44, help="如 户口簿、出生医学证明；可另加扫描件")
    )
    reason: Mapped[str | None] = column(
        Field("更正原因", Kind.LONG_TEXT, required=True, width_mm=50)
    )


class RetentionPeriod(Record):
    """保管期限: how many years a kind of record is kept after what; the office types it in."""

    __tablename__ = "retention_period"
    title_column = "what"

    what: Mapped[str | None] = column(
        Field("哪一类", Kind.CHOICE, required=True, choices=rules.WORDS, key=1, width_mm=36),
    )
    forever: Mapped[bool | None] = column(Field("永久保管", Kind.YES_NO, width_mm=18))
    years: Mapped[int | None] = column(
        Field("保管年数", Kind.INTEGER, width_mm=18, least=1, help="从迁出、死亡、离职等那天算起")
    )
    basis: Mapped[str | None] = column(
        Field("依据文件", required=True, width_mm=60, help="上级发的保管期限表，写明文号")
    )
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))


class Disposal(Record):
    """到期处置: a record was kept longer, made anonymous or destroyed. It says nothing of whom."""

    __tablename__ = "disposal"
    title_column = "number"

    number: Mapped[str | None] = column(
        Field("处置编号", computed=True, search=True, width_mm=34), unique=True
    )
    decision: Mapped[str | None] = column(
        Field("处置方式", Kind.CHOICE, choices=rules.DECISIONS, computed=True, width_mm=20)
    )
    register: Mapped[str | None] = column(Field("哪一类", computed=True, width_mm=24))
    record_id: Mapped[str | None] = column(Field("记录", computed=True), index=True)
    ended_on: Mapped[date | None] = column(Field("起算日期", Kind.DATE, computed=True, width_mm=22))
    due_on: Mapped[date | None] = column(Field("期满日期", Kind.DATE, computed=True, width_mm=22))
    done_on: Mapped[date | None] = column(Field("处置日期", Kind.DATE, computed=True, width_mm=22))
    done_by: Mapped[str | None] = column(Field("经办人", computed=True, width_mm=18))
    kept_until: Mapped[date | None] = column(Field("续存到", Kind.DATE, computed=True, width_mm=22))
    reason: Mapped[str | None] = column(
        Field("理由", Kind.LONG_TEXT, required=True, width_mm=44, help="不要写姓名和号码")
    )
    approver: Mapped[str | None] = column(
        Field("批准人", Kind.NAME, required=True, width_mm=18, max_length=60)
    )
    first_witness: Mapped[str | None] = column(
        Field("监销人甲", Kind.NAME, width_mm=18, max_length=60)
    )
    second_witness: Mapped[str | None] = column(
        Field("监销人乙", Kind.NAME, width_mm=18, max_length=60)
    )
    counts: Mapped[str | None] = column(
        Field("销毁内容", Kind.LONG_TEXT, computed=True, width_mm=60)
    )
    method: Mapped[str | None] = column(
        Field("销毁办法", Kind.LONG_TEXT, computed=True, width_mm=60)
    )
    backups_until: Mapped[date | None] = column(
        Field("旧备份最迟", Kind.DATE, computed=True, width_mm=22)
    )
