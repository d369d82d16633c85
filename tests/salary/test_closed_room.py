"""An account without the right to pay: nothing of it is read anywhere, whatever door it tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from lanling_desktop import catalogue, opening
from lanling_desktop.accounts import actions as accounts
from lanling_desktop.core import attachments
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.rights import room_of
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import Owner
from lanling_desktop.printing.paper import (
    FULL,
    Request,
    check_print,
    print_log,
    print_paper,
    reprint,
)
from lanling_desktop.salary import actions, bank, schemes, sheet
from tests.salary.payroll import close, staffed

CHEAP = Cost(memory=64, passes=1)
BOSS = Owner("王红", "红旗招展 2020", CHEAP)
CLOCK = fixed(2026, 4, 23)
WORD = "四处看看 778"
SECRET = "赔偿公车剐蹭"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str | Path]:
    monkeypatch.setenv("LANLING_DATA", str(tmp_path / "settings"))
    return furnished(tmp_path / "台账" / "向阳.lanling")


def furnished(path: Path) -> dict[str, str | Path]:
    """A locked office with a paid month, its papers printed, and two accounts."""
    with opening.create_locked(path, BOSS, clock=CLOCK) as office:
        (worker,) = staffed(office, "孙大圣")
        run = actions.start(office, month=date(2026, 3, 1)).main
        actions.add_item(
            office, run, worker_id=worker, kind="其他扣款", amount=12_345, reason=SECRET
        )
        close(office, run)
        papers = catalogue.papers()
        printed = print_paper(office, papers["pay_sheet"], Request(record_id=run, edition=FULL))
        roster = print_paper(office, papers["community_worker_roster"], Request(edition=FULL))
        for name, role in (("李录入", "录入"), ("赵看看", "只读")):
            said = office.registers["account"].proposed(office, {"role": role})
            made = office.save("account", None, {"name": name, "role": role, **said}).main
            accounts.set_password(office, made, WORD, CHEAP)
    return {
        "path": path, "run": run, "worker": worker, "number": printed.number,
        "code": printed.check_code, "roster": roster.number,
    }  # fmt: skip


@pytest.fixture(params=("李录入", "赵看看"))
def office(request: pytest.FixtureRequest, kept: dict[str, str | Path]) -> Iterator[Office]:
    with opening.unlock_office(Path(kept["path"]), request.param, WORD, clock=CLOCK) as opened:
        yield opened


def of_pay(office: Office) -> list[str]:
    return [key for key, each in office.registers.items() if room_of(each.record) == "salary"]


def refused(job: Callable[[], object]) -> None:
    with pytest.raises(OfficeError, match="您的账户不能"):
        job()


def test_no_list_record_history_or_export_of_pay(
    office: Office, kept: dict[str, str | Path], tmp_path: Path
) -> None:
    run = str(kept["run"])
    assert len(of_pay(office)) >= 12
    for key in of_pay(office):
        refused(lambda key=key: office.page(View(key), 0, 10))
        refused(lambda key=key: office.count(View(key)))
        refused(lambda key=key: office.read(key, run))
        refused(lambda key=key: office.history(key, run))
        refused(lambda key=key: transfer.export_view(office, View(key), tmp_path / f"{key}.xlsx"))
        assert office.lookup(key, "") == []
        assert office.lookup(key, "孙大圣") == []
    assert list(tmp_path.glob("*.xlsx")) == []


def test_no_paper_sheet_bank_list_or_scheme_file(
    office: Office, kept: dict[str, str | Path], tmp_path: Path
) -> None:
    run = str(kept["run"])
    mine = [each for each in catalogue.papers().values() if each.register in of_pay(office)]
    assert len(mine) >= 8
    for paper in mine:
        refused(lambda paper=paper: print_paper(office, paper, Request(record_id=run)))
    refused(lambda: sheet.month_of(office, run))
    refused(lambda: bank.save_list(office, run, tmp_path / "代发.xlsx"))
    refused(lambda: schemes.save_file(office, run, tmp_path / "方案.json"))
    refused(lambda: actions.start(office, month=date(2026, 4, 1)))
    assert list(tmp_path.glob("*.*")) == []


def test_prints_of_pay_are_neither_listed_nor_printed_again_nor_told(
    office: Office, kept: dict[str, str | Path]
) -> None:
    assert [line.number for line in print_log(office)] == [kept["roster"]]
    refused(lambda: reprint(office, str(kept["number"])))
    refused(lambda: check_print(office, str(kept["number"]), str(kept["code"])))
    if office.rights.unmask:
        assert reprint(office, str(kept["roster"])) is not None
    else:
        refused(lambda: reprint(office, str(kept["roster"])))


def test_neither_search_undo_nor_attachments_tell(
    office: Office, kept: dict[str, str | Path]
) -> None:
    for typed in (SECRET, "赔偿", "2026年3月", "孙大圣"):
        assert not {hit.register for hit in office.find(typed)} & set(of_pay(office))
    for entry in office.undoable():
        assert entry is None or not any(
            word in entry.title for word in ("工资", "薪酬", "等级", SECRET, "扣款")
        )
    refused(lambda: attachments.of(office, "pay_run", str(kept["run"])))
    worker = str(kept["worker"])
    told = " ".join(office.read("community_worker", worker).texts.values())
    told += " ".join(
        f"{x.act}{x.before}{x.after}" for x in office.history("community_worker", worker)
    )
    assert "123.45" not in told
    assert SECRET not in told


def test_who_may_see_pay_still_does(kept: dict[str, str | Path]) -> None:
    with opening.unlock_office(Path(kept["path"]), "王红", BOSS.password, clock=CLOCK) as office:
        assert len(print_log(office)) == 2
        assert reprint(office, str(kept["number"])) is not None
        verdict = check_print(office, str(kept["number"]), str(kept["code"]))
        assert verdict is not None
        assert verdict.genuine
