"""The one paper of this room: the sheet for the safe. It is never kept, logged or drawn again."""

from __future__ import annotations

import io

from lanling_desktop.core.office import Office
from lanling_desktop.printing import form

PAPERS = ()  # none that is asked for from a list, or filed
_ACROSS = 4


def recovery_sheet(office: Office, groups: tuple[str, ...]) -> bytes:
    """The 24 groups of a recovery key on one upright A4, as PDF, with what to do with them."""
    rows = []
    for start in range(0, len(groups), _ACROSS):
        row: list[form.Cell] = []
        for place in range(start, start + _ACROSS):
            row += [
                form.label(str(place + 1), 0.06),
                form.value(groups[place], 0.19, align="center"),
            ]
        rows.append(row)
    sheet = form.Form(
        title="密钥恢复单",
        unit=str(office.desk.get("unit", "") or office.desk.get("community_name", "")),
        blocks=[
            form.Grid(
                [
                    [form.label("数据文件"), form.value(office.path.name, 0.85, align="left")],
                    [form.label("制单人"), form.value(office.actor, 0.85, align="left")],
                ]
            ),
            form.Grid(rows, least_mm=14),
            form.Note(
                "一、这 24 组数字能打开整个台账，等同全部密码。密封后锁进保险柜，不拍照、不发送。"
            ),
            form.Note("二、密码忘了：打开程序，选“忘记密码”，从第 1 组起照抄，再设新密码。"),
            form.Note("三、换了新单，旧单即作废，请当场销毁。单子丢失或被人看过，请马上换新单。"),
            form.Note(
                "四、数据文件旁边的 .keys 文件要和它在一起；备份里都带着一份。没有它，密码和本单都打不开。"
            ),
            form.Opinion("保管", "", ("保管人签字：", "启封人签字："), height_mm=30),
        ],
        made_on=office.today,
        edition="密",
    )
    out = io.BytesIO()
    form.draw_forms([sheet], out)
    return out.getvalue()
