"""What the record panel offers for grid workers beside changing their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.register import Procedure
from lanling_desktop.grids import actions

_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


def _hand_over(office: Office, record_id: str, said: Values) -> Changes:
    return actions.hand_over(
        office,
        worker_id=record_id,
        person_id=said["person_id"],
        day=said["day"],
        reason=said.get("reason") or "交接",
    )


def _end(office: Office, record_id: str, said: Values) -> Changes:
    return actions.end_post(office, worker_id=record_id, day=said["day"], reason=said["reason"])


def _on_duty(values: Values) -> bool:
    return not values.get("valid_to")


WORKER = (
    Procedure(
        "hand_over",
        "交接给另一人",
        (
            ("person_id", Field("接手的人", Kind.LINK, link="person", required=True)),
            _DAY,
            ("reason", Field("交接原因")),
        ),
        _hand_over,
        offered=_on_duty,
        proposed=_today,
    ),
    Procedure(
        "end",
        "离岗",
        (_DAY, ("reason", Field("离岗原因", required=True))),
        _end,
        offered=_on_duty,
        proposed=_today,
    ),
)
