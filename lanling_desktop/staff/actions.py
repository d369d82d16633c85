"""What a clerk does with a personnel file: one function, one act each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from lanling_desktop.core import acts
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Problem
from lanling_desktop.core.unit import Unit
from lanling_desktop.staff.records import PostHolding


def _held(unit: Unit, worker_id: str) -> list[PostHolding]:
    """The posts a worker holds; one at a time, unless a sheet said otherwise."""
    here = PostHolding
    mine = here.worker_id == worker_id, here.binned_at.is_(None), here.valid_to.is_(None)
    return unit.all(select(here).where(*mine))


def _end_posts(unit: Unit, worker_id: str, day: date, reason: str) -> None:
    for held in _held(unit, worker_id):
        if held.valid_from and held.valid_from > day:
            begun = held.valid_from.isoformat()
            raise RejectedError([Problem("day", f"现任岗位从 {begun} 起，不能在这之前终止")])
        held.valid_to, held.end_reason = day, reason


def leave(
    office: Office, *, worker_id: str, status: str, day: date, reason: str | None = None
) -> Changes:
    """A worker resigns, is dismissed (离职) or retires (退休): the post held ends that day."""
    name = office.read("community_worker", worker_id).title
    with office.act(f"登记{status} {name}") as unit:
        values = {"status": status, "left_on": day, "left_why": reason}
        acts.put(unit, "community_worker", worker_id, values, confirmed=True)
        _end_posts(unit, worker_id, day, reason or status)
        unit.main = worker_id
    return unit.done


def change_post(
    office: Office,
    *,
    worker_id: str,
    post: str,
    title: str | None,
    day: date,
    concurrent: bool | None = None,
    appointment_doc: str | None = None,
    community_id: str | None = None,
) -> Changes:
    """A worker goes over to another post, or to another community, on a day."""
    now = office.read("community_worker", worker_id)
    with office.act(f"任职变动 {now.title}：{title or post}") as unit:
        _end_posts(unit, worker_id, day, "任职变动")
        unit.session.flush()  # the rule of one post at a time sees the old one ended
        place = community_id or now["community_id"]
        values = {
            "worker_id": worker_id,
            "post": post,
            "title": title,
            "concurrent": concurrent,
            "appointment_doc": appointment_doc,
            "community_id": place,
            "valid_from": day,
        }
        acts.put(unit, "post_holding", None, values, confirmed=True)
        if place != now["community_id"]:
            moved = {"community_id": place}
            acts.put(unit, "community_worker", worker_id, moved, confirmed=True)
        unit.main = worker_id
    return unit.done


def renew_contract(office: Office, *, worker_id: str, contract: str, until: date) -> Changes:
    """A worker's contract goes on until another day, which is later than before."""
    now = office.read("community_worker", worker_id)
    before = now["contract_to"]
    if before and until <= before:
        words = f"现在的合同到 {before.isoformat()}，续签的应晚于这一天"
        raise RejectedError([Problem("contract_to", words)])
    with office.act(f"续签合同 {now.title} 到 {until.isoformat()}") as unit:
        values = {"contract": contract, "contract_to": until}
        acts.put(unit, "community_worker", worker_id, values, confirmed=True)
    return unit.done


def confirm(office: Office, *, worker_id: str, day: date) -> Changes:
    """A worker on trial is kept on: the trial of the post ends that day."""
    name = office.read("community_worker", worker_id).title
    with office.act(f"试用转正 {name}") as unit:
        acts.put(unit, "community_worker", worker_id, {"status": "在职"}, confirmed=True)
        for held in _held(unit, worker_id):
            held.probation_to = day
        unit.main = worker_id
    return unit.done


def end_secretary(
    office: Office, *, secretary_id: str, status: str, day: date, reason: str | None = None
) -> Changes:
    """A red-collar secretary goes back (离任) or is relieved by another (轮换) on a day."""
    name = office.read("red_secretary", secretary_id).title
    with office.act(f"红领书记{status} {name}") as unit:
        values = {"status": status, "valid_to": day, "end_reason": reason or status}
        acts.put(unit, "red_secretary", secretary_id, values, confirmed=True)
    return unit.done
