"""An office with people to pay: hired, in post, with a scheme in force and grades decided."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.salary import actions, deciding, schemes
from lanling_desktop.salary.records import PayLine, PayRun, PaySlip, SalaryScheme

JANUARY = date(2026, 1, 1)
HIRED = date(2020, 3, 1)


def hire(office: Office, name: str, post: str = "工作人员", hired: date = HIRED) -> str:
    """A worker with a post from the first day; his id."""
    typed = {
        "person.name": name,
        "hired_on": hired.isoformat(),
        "community_work_on": hired.isoformat(),
    }
    worker = office.save("community_worker", None, typed, confirmed=True).main
    held = {"worker_id": worker, "post": post, "valid_from": hired.isoformat()}
    office.save("post_holding", None, held)
    return worker


def adopt(office: Office, name: str = "示例：演示方案", day: date = date(2020, 1, 1)) -> str:
    """An example's content as the office's own scheme, in force; its id."""
    scheme_id = schemes.load(office, schemes.shipped_text(name)).main
    schemes.make_own(office, scheme_id, name="本县方案", doc_no="兰人社〔2020〕1号", issuer="")
    schemes.adopt(office, scheme_id, day=day)
    return scheme_id


def staffed(office: Office, *names: str, since: date = JANUARY) -> tuple[str, ...]:
    """A scheme in force and workers with grades decided since a day; their ids."""
    scheme_id = adopt(office)
    workers = tuple(hire(office, name) for name in names)
    deciding.decide_all(office, scheme_id=scheme_id, day=since, doc_no="兰社〔2026〕1号")
    return workers


def scheme_id(office: Office) -> str:
    """The scheme that was adopted last."""
    here = table_of(SalaryScheme).c
    rows = office.rows(select(here.id).order_by(here.valid_from.desc()).limit(1))
    return str(rows[0][0])


def paid(office: Office, month: date) -> str:
    """A month worked out, reviewed, approved and paid; its id."""
    run = actions.start(office, month=month).main
    close(office, run)
    return run


def close(office: Office, run: str) -> None:
    """A month that is worked out, to the end."""
    month = office.read("pay_run", run)["month"]
    actions.review(office, run)
    actions.approve(office, run)
    actions.pay(office, run, day=month.replace(day=15))


def slip_of(office: Office, run: str, worker: str) -> AnyRow:
    """A worker's slip of a month."""
    here = table_of(PaySlip).c
    where = here.run_id == run, here.worker_id == worker, here.binned_at.is_(None)
    return office.rows(select(table_of(PaySlip)).where(*where))[0]


def lines_of(office: Office, run: str, worker: str) -> list[AnyRow]:
    """His lines in their order."""
    here = table_of(PayLine).c
    where = here.slip_id == slip_of(office, run, worker).id, here.binned_at.is_(None)
    return list(office.rows(select(table_of(PayLine)).where(*where).order_by(here.position)))


def run_of(office: Office, run: str) -> AnyRow:
    """The month's own row."""
    here = table_of(PayRun)
    return office.rows(select(here).where(here.c.id == run))[0]
