"""Any register's list as a paper: the columns on the screen, with the widths their Fields say."""

from __future__ import annotations

from typing import BinaryIO

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.register import Register, masking
from lanling_desktop.core.values import mask
from lanling_desktop.printing.paper import MASKED, Job, Paper, Progress

KEYS = "columns"
"""Argument of a request: column keys joined by commas, the list's own when absent."""


def list_paper(register: Register) -> Paper:
    """The list of a register as a paper, for the registers that have no better one or beside it."""

    def draw(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
        from lanling_desktop.printing.roster import Column, Roster, draw_roster

        view = job.request.view or View(register.key, day=job.day)
        chosen = job.request.arguments.get(KEYS, "")
        keys = tuple(chosen.split(",")) if chosen else register.columns
        strange = [key for key in keys if key not in register.all_columns]
        if strange:
            known = "、".join(register.all_columns)
            what = f"{register.title}没有“{strange[0]}”这一栏"
            raise OfficeError(what, "没有印出任何内容，数据没有改动", f"可选：{known}")
        said = [register.all_columns[key].field for key in keys]
        fields = [masking(each, office.registers) for each in said]
        masked = job.request.edition == MASKED
        rows = [row[1:] for row in office.walk(view, keys=keys, masked=False)]
        numbered = [
            (
                str(number),
                *(
                    mask(f, text) if text and masked and f.sensitive else text
                    for f, text in zip(fields, row, strict=True)
                ),
            )
            for number, row in enumerate(rows, 1)
        ]
        heads = [Column("序号", 12)]
        heads += [Column(f.label, f.width_mm, "right" if f.numeric else "center") for f in fields]
        roster = Roster(
            title=f"{register.title}清单",
            columns=heads,
            rows=numbered,
            unit=job.unit,
            made_on=job.made_on,
            as_of=job.day,
            edition=job.request.edition,
            print_no=job.number,
            check_code=job.check_code,
            demo=job.demo,
        )
        draw_roster(roster, out, progress)

    title = f"{register.title}清单"
    return Paper(f"list_{register.key}", title, register.key, draw, arguments=((KEYS, "栏目"),))
