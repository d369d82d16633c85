"""The n-th file call fails, for every n: `LD_PRELOAD=disk.so FAULT_BELOW=DIR python -m
tests.faults.refusals WORK STRIDE`, run by `test_refused`, which compiles disk.c.

SQLite's own calls are reached, and Python's. Each n: done all the same, or refused in three Chinese
sentences; nothing half; the next try works; the file is whole when it is opened again. A fork server
as `kills`; one line of JSON is printed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import json
import os
import random
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lanling_desktop import catalogue
from lanling_desktop.accounts import actions as accounts
from lanling_desktop.check import check
from lanling_desktop.core import attachments
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import open_office, restore_office, unlock_office
from lanling_desktop.printing.files import write_whole
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.guard import Guard
from tests.faults import works
from tests.faults.works import CHEAP, NAME, digest
from tests.safety.desk import KEY

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)
LEFT = (".tmp", ".part", ".upgrade")
PULLED = -1
MOST = 5_000  # file calls of one work
OLD, NEW = works.password_of(0), works.password_of(1)
Step = Callable[[Path, Office | None], object]


@dataclass(frozen=True)
class Tried:
    """One work: its beginnings, its steps, and whether an office is open meanwhile."""

    prepare: Callable[[Path], object]
    steps: Sequence[Step]
    opened: bool = True
    locked: bool = False  # behind a password, not under a bare key


def _open(place: Path, tried: Tried) -> Office:
    if not tried.locked:
        return open_office(place / NAME, key=KEY, actor="王敏")
    for password in (NEW, OLD):
        with contextlib.suppress(OfficeError):
            return unlock_office(place / NAME, "王敏", password)
    raise AssertionError("neither the old nor the new password opens the office")


def _save(_place: Path, office: Any) -> None:
    office.save("person", None, {"name": "李二"}, confirmed=True)


def _import(_place: Path, office: Any) -> None:
    transfer.import_file(office, "person", office.path.with_name("名单.csv"))


def _with_a_list(folder: Path) -> None:
    works.founded(folder)
    works.a_list(folder, random.Random(1))


def _month(_place: Path, office: Any) -> None:
    rnd = random.Random(4)  # begun, then whatever comes next of the month
    works.month(office, rnd)


def _backup(_place: Path, office: Any) -> None:
    Guard(office).back_up("定时")


def _restore(place: Path, _office: Any) -> None:
    oldest = backups.listed(places.backups_of(place / NAME))[-1]
    restore_office(oldest.path, place / NAME, key=KEY)


def _migrate(place: Path, _office: Any) -> None:
    open_office(place / NAME, key=KEY).close()


def _export(place: Path, office: Any) -> None:
    transfer.export_view(office, View("person"), place / "居民.xlsx", masked=False)


def _paper(place: Path, office: Any) -> None:
    paper = catalogue.papers()["list_person"]
    printed = print_paper(office, paper, Request(edition=paper.editions[0]))
    write_whole(place / "居民.pdf", printed.pdf)


def _attach(_place: Path, office: Any) -> None:
    person = office.store.raw("SELECT id FROM person ORDER BY id LIMIT 1")[0][0]
    scan = attachments.Incoming("证明.pdf", b"%PDF-1.4\n" + b"1 0 obj\n" * 4000 + b"%%EOF\n")
    attachments.add(office, "person", person, [scan])


def _rekey(_place: Path, office: Any) -> None:
    accounts.set_password(office, office.account, NEW, CHEAP)


WORKS = {
    "save": Tried(works.founded, [_save, _save]),
    "import": Tried(_with_a_list, [_import]),
    "month": Tried(works.payroll, [_month] * 4),
    "backup": Tried(works.founded, [_backup]),
    "restore": Tried(works.two_backups, [_restore], opened=False),
    "migration": Tried(works.older, [_migrate], opened=False),
    "export": Tried(works.founded, [_export]),
    "paper": Tried(works.founded, [_paper]),
    "attachment": Tried(works.founded, [_attach]),
    "password": Tried(works.owned, [_rekey], locked=True),
}


def _in_words(said: OfficeError) -> str:
    parts = (said.what, said.safe, said.then)
    assert all(any("一" <= each <= "龥" for each in part) for part in parts), parts
    return "refused"


def attempt(tried: Tried, place: Path, shim: Any, nth: int, code: int) -> tuple[str, int]:
    """One try with call `nth` refused; how it ended, how many calls there were."""
    office = _open(place, tried) if tried.opened else None
    stands, done, ended = digest(office) if office else "", 0, "done"
    shim.fault_arm(nth, code)
    try:
        for step in tried.steps:
            step(place, office)
            done += 1
            if office is not None:
                stands = digest(office)
    except OfficeError as said:
        ended = _in_words(said)
    finally:
        shim.fault_disarm()
    calls = shim.fault_calls()
    if office is not None:
        assert digest(office) == stands, "half an act stays"
    for step in tried.steps[done:]:
        step(place, office)
    if office is not None:
        stands = digest(office)
        office.close()
    with _open(place, tried) as again:
        assert not stands or digest(again) == stands, "read otherwise when opened again"
        faults = [each for each in check(again) if each.where != "检索" or tried.opened]
        assert not faults, faults[:2]
        left = [each.name for each in place.rglob("*") if each.suffix in LEFT]
        assert not left, left
        for each in backups.listed(places.backups_of(place / NAME)):
            assert backups.checked(each).checked, each.path.name
    return ended, calls


def _forked(work: Tried, place: Path, shim: Any, nth: int, code: int) -> list[Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            said: list[Any] = list(attempt(work, place, shim, nth, code))
        except BaseException:
            said = ["wrong", shim.fault_last().decode() + "\n" + traceback.format_exc()[-1800:]]
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    heard = b""
    while some := os.read(reading, 65536):
        heard += some
    os.close(reading)
    os.waitpid(child, 0)
    return list(json.loads(heard))


def anew(place: Path, template: Path) -> None:
    """A fresh copy of the beginnings."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)


def campaign(name: str, stride: int, root: Path, shim: Any) -> dict[str, Any]:
    """Every `stride`-th call refused with every code, until a work has no further call.

    Stride 0: every call, as when the disk was pulled out; put back, all is done.
    """
    work = WORKS[name]
    template = root / "template"
    template.mkdir()
    work.prepare(template)
    shutil.copytree(template, root / "rehearsal")
    attempt(work, root / "rehearsal", shim, 0, 0)
    gc.freeze()
    found: Counter[str] = Counter()
    wrongs, most = [], 0
    for code in CODES if stride else (errno.EIO, errno.ENODEV):
        if not stride:
            anew(place := root / "tried", template)
            ended, said = _forked(work, place, shim, PULLED, code)
            found["calls"] += 1
            found[ended] += 1
            wrongs += [said] if ended == "wrong" else []
            continue
        for nth in range(1 + random.Random(f"{name}{code}").randrange(stride), MOST, stride):
            anew(place := root / "tried", template)
            ended, said = _forked(work, place, shim, nth, code)
            if ended == "wrong":
                wrongs.append(f"call {nth}, {errno.errorcode[code]}: {said}")
                found["calls"] += 1
                if len(wrongs) > 200:
                    break
                continue
            if said < nth:
                break
            most = max(most, said)
            found["calls"] += 1
            found[ended] += 1
    return {"work": name, "file calls": most, **found, "wrong": len(wrongs), "wrongs": wrongs[:8]}


def main(arguments: list[str]) -> int:
    """One work's campaign; the exit code says whether all was well."""
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    shim.fault_last.restype = ctypes.c_char_p
    root = Path(os.environ["FAULT_BELOW"])
    said = campaign(arguments[0], int(arguments[1]), root, shim)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return int(bool(said["wrongs"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
