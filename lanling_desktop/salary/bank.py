"""The list a bank pays by: names, accounts and net pay, as .xlsx."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import table_of
from lanling_desktop.salary.records import PayRun
from lanling_desktop.salary.soundness import slips_of
from lanling_desktop.staff.records import CommunityWorker
from lanling_desktop.standards.amounts import yuan

_COLUMNS = (
    Field("序号", Kind.INTEGER, width_mm=12),
    Field("姓名", Kind.NAME, width_mm=20),
    Field("账号", width_mm=44),
    Field("金额", Kind.MONEY, width_mm=24),
    Field("备注", width_mm=40),
)
_SHOWN = 5


def save_list(office: Office, run_id: str, path: Path) -> Changes:
    """Write the bank's list of a month. Refused while somebody who is paid has no account."""
    office.refuse_reading("pay_run")
    office.rights.refuse_export()
    office.rights.refuse_unmasking()
    from lanling_desktop.exchange.sheets_out import watermark, write_table

    if path.suffix.lower() != ".xlsx":
        path = path.with_name(f"{path.name}.xlsx")
    here, worker = table_of(PayRun).c, table_of(CommunityWorker).c
    (run,) = office.rows(select(here.title, here.demo, here.net).where(here.id == run_id))
    slips = [each for each in slips_of(office, run_id) if each.net]
    ids = [each.worker_id for each in slips]
    accounts = dict(
        tuple(row)
        for row in office.rows(select(worker.id, worker.account).where(worker.id.in_(ids)))
    )
    lacking = [each.name or "" for each in slips if not accounts.get(each.worker_id)]
    if lacking:
        more = f"等 {len(lacking)} 人" if len(lacking) > _SHOWN else ""
        raise OfficeError(
            f"{'、'.join(lacking[:_SHOWN])}{more}没有登记工资账号",
            "没有存出文件，数据没有改动",
            "请在社区工作者里填好账号再存",
        )
    note = f"{run.title}{'（演示）' if run.demo else ''}"
    rows = [
        (number, each.name, accounts[each.worker_id], yuan(each.net), note)
        for number, each in enumerate(slips, 1)
    ]
    try:
        mark = watermark(office.actor, office.clock.stamp())
        write_table(path, f"{note}代发表", _COLUMNS, rows, properties=mark)
    except OSError:
        raise OfficeError(
            f"写不进文件“{path.name}”",
            "没有存出文件，数据没有改动",
            "请换一个文件夹，或先关闭打开它的程序",
        ) from None
    office.note(f"存出银行代发表 {note}：{len(rows)} 人，共 {yuan(run.net)} 元")
    return Changes(0, f"存出银行代发表 {path.name}")
