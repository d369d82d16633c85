"""What is being done when the process is killed, and how the next start tells that all is well.

Every work first looks at what the killed ones left (`Wrong` says what is not as it was
acknowledged), says "begun", and goes on. 0 lost, 0 half, 0 silent wrong reads is measured thus: at
each acknowledgement the number of the journal's last entry and a digest of every record are said;
afterwards the office stands there, or one whole act further, and taking that one back gives the digest.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import python_calamine

from lanling_desktop import catalogue
from lanling_desktop.accounts import actions as accounts
from lanling_desktop.check import check
from lanling_desktop.core import attachments, migrate, schema
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost, is_locked
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import (
    Owner,
    create_locked,
    create_office,
    lock_up,
    open_office,
    restore_office,
    unlock_office,
)
from lanling_desktop.printing.files import write_whole
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.guard import Guard
from lanling_desktop.salary import actions as pay
from tests.safety.desk import KEY
from tests.salary.payroll import staffed

if TYPE_CHECKING:
    from tests.faults.kills import Told

NAME = "甲 社区.lanling"
ROWS = 60  # of an import
CHEAP = Cost(memory=1024, passes=1)
EVERY = 25  # rounds between two whole checks
Say = Callable[..., None]


class Wrong(Exception):  # noqa: N818
    """The office is not as it was acknowledged: lost, half, or read wrongly."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


def tip(office: Office) -> int:
    return int(office.store.raw("SELECT coalesce(max(seq), 0) FROM journal_entry")[0][0])


def digest(office: Office) -> str:
    """One hash of every record and of what a search can find."""
    summed = hashlib.sha256()
    tables = office.store.raw(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%binned_at%' ORDER BY 1"
    )
    for (table,) in tables:
        summed.update(repr(office.store.raw(f'SELECT * FROM "{table}" ORDER BY id')).encode())
    found = "SELECT table_name, record_id, title, detail FROM search_entry ORDER BY 1, 2, 3, 4"
    summed.update(repr(office.store.raw(found)).encode())
    return summed.hexdigest()


def look(office: Office, told: Told, number: int, say: Say) -> None:
    """The office stands where it was acknowledged, or one whole act further."""
    said = told.last("act", "stands")
    if said is not None:
        acknowledged, right = said
        stands = tip(office)
        if stands < acknowledged:
            raise Wrong("lost", f"entry {acknowledged} was acknowledged, {stands} is the last")
        if stands > acknowledged + 2:
            raise Wrong("wrong", f"{stands - acknowledged} entries nobody heard of")
        if digest(office) != right:
            if stands == acknowledged:
                raise Wrong("wrong", "the records are not those that were acknowledged")
            kind = "SELECT kind FROM journal_entry ORDER BY seq DESC LIMIT 1"
            if office.store.raw(kind) == [("undo",)]:
                office.redo()
            else:
                office.undo()
            if digest(office) != right:
                raise Wrong("half", "taking back the act in hand does not lead to the one before")
            say("undone")
    no_litter(office.path)
    if number % EVERY == 0:
        # a file that was laid down for an act that never came is named by the check, and no fault
        faults = [each for each in check(office) if each.where != "附件文件夹"]
        if faults:
            raise Wrong("wrong", str(faults[:3]))


def no_litter(path: Path) -> None:
    """Nothing half written lies about after an office was opened."""
    ours = (places.backups_of(path), places.attachments_of(path))
    found = [each for folder in ours for each in folder.rglob(".*")]
    found += path.parent.glob(f".{path.name}.*[0-9]*.*")
    if found:
        raise Wrong("half", f"left lying about: {[each.name for each in found]}")


def acknowledge(office: Office, say: Say, verb: str = "act") -> None:
    say(verb, tip(office), digest(office))


def founded(folder: Path) -> None:
    """An office with a few people and one backup."""
    with create_office(folder / NAME, key=KEY, actor="王敏") as office:
        for at in range(8):
            office.save("person", None, {"name": "张" + chr(0x4E00 + at)}, confirmed=True)
        Guard(office).back_up("定时")


def at_work(step: Callable[[Office, random.Random], None]) -> Callable[..., None]:
    """Act after act, each acknowledged."""

    def run(place: Path, told: Told, rnd: random.Random, number: int, say: Say) -> None:
        with open_office(place / NAME, key=KEY, actor="王敏") as office:
            look(office, told, number, say)
            acknowledge(office, say, "stands")
            say("begun")
            while True:
                step(office, rnd)
                acknowledge(office, say)

    return run


def person(rnd: random.Random) -> dict[str, str]:
    return {"name": rnd.choice("张王李赵") + chr(0x4E00 + rnd.randrange(20_000))}


def save(office: Office, rnd: random.Random) -> None:
    """A new person, or one changed, or the last act taken back."""
    ids = [row[0] for row in office.store.raw("SELECT id FROM person")]
    what = rnd.random()
    if what < 0.1:
        office.undo()
        return
    record = rnd.choice(ids) if ids and what < 0.5 else None
    office.save("person", record, person(rnd), confirmed=True)


def imports(office: Office, rnd: random.Random) -> None:
    """A list of sixty."""
    transfer.import_file(office, "person", a_list(office.path.parent, rnd))


def a_list(folder: Path, rnd: random.Random) -> Path:
    """A table with sixty names."""
    sheet = folder / "名单.csv"
    names = [f"王{chr(0x4E00 + rnd.randrange(20_000))}{chr(0x4E00 + n)}" for n in range(ROWS)]
    sheet.write_text("姓名,性别\n" + "".join(f"{each},男\n" for each in names), encoding="utf-8")
    return sheet


def payroll(folder: Path) -> None:
    """An office with people to pay."""
    founded(folder)
    with open_office(folder / NAME, key=KEY, actor="孙会计") as office:
        staffed(office, "孙会计", "周干事", "钱会计")


def month(office: Office, rnd: random.Random) -> None:
    """The next step of a month of pay, a month begun, or one worked out again."""
    rows = office.store.raw("SELECT id, status FROM pay_run WHERE binned_at IS NULL ORDER BY month")
    open_runs = [row for row in rows if row[1] not in ("已发放", "已归档")]
    if not open_runs:
        number = len(rows)
        pay.start(office, month=date(2026 + number // 12, number % 12 + 1, 1))
        return
    run, status = open_runs[0]
    if status == "已审核":
        pay.approve(office, run)
    elif status == "已审批":
        pay.pay(office, run, day=date(2026, 11, 15))
    elif rnd.random() < 0.4:
        pay.calculate(office, run)
    else:
        pay.review(office, run)


def backup(place: Path, told: Told, rnd: random.Random, number: int, say: Say) -> None:
    """Acts, and a backup after each."""
    path = place / NAME
    folder = places.backups_of(path)
    with open_office(path, key=KEY, actor="王敏") as office:
        look(office, told, number, say)
        for (made,) in told.all("backup")[-3:]:
            if not (folder / made).is_file():
                raise Wrong("lost", made)
        for each in backups.listed(folder)[:3]:
            if not backups.checked(each).checked:
                raise Wrong("half", each.path.name)
        for path in folder.glob("[!.]*.lanling"):
            if not backups.note_of(path).exists():
                whole(path, "half")
        acknowledge(office, say, "stands")
        say("begun")
        while True:
            save(office, rnd)
            acknowledge(office, say)
            say("backup", Guard(office).back_up("定时").path.name)


def whole(path: Path, kind: str) -> None:
    """A file under an office file's or a backup's name is whole."""
    connection = connect(path, key=KEY, untouched=True)
    try:
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise Wrong(kind, path.name)
    finally:
        connection.close()


def two_backups(folder: Path) -> None:
    """An office with two backups that differ."""
    founded(folder)
    with open_office(folder / NAME, key=KEY, actor="王敏") as office:
        office.save("person", None, {"name": "李二二"}, confirmed=True)
        Guard(office).back_up("定时")


def restore(place: Path, told: Told, rnd: random.Random, number: int, say: Say) -> None:
    """One backup and the other put in the place of the office, in turn."""
    path = place / NAME
    with open_office(path, key=KEY, actor="王敏") as office:
        there = len(office.store.raw("SELECT 1 FROM person"))
        if there not in (8, 9):
            raise Wrong("half", f"{there} people")
        if number % EVERY == 0 and (faults := check(office)):
            raise Wrong("wrong", str(faults[:3]))
    kept = sorted(place.glob("*恢复前*.lanling"), key=lambda each: each.stat().st_mtime)
    for each in kept[-1:]:
        whole(each, "lost")
    if told.all("restored") and not kept:
        raise Wrong("lost", "no file that was replaced is kept")
    found = backups.listed(places.backups_of(path))
    say("begun")
    while True:
        restore_office(rnd.choice(found).path, path, key=KEY)
        say("restored")


def older(folder: Path) -> None:
    """An office file of the first released version, with people in it."""
    first = [each.revision for each in migrate.scripts().walk_revisions()][-1]
    made = connect(folder / NAME, key=KEY)
    with schema.engine_over(made).begin() as connection:
        migrate.run(connection, first)
    made.executemany(
        "INSERT INTO person (id, name) VALUES (?, ?)", [(f"p{n}", f"老王{n}") for n in range(300)]
    )
    made.execute("PRAGMA journal_mode = DELETE")
    made.close()


def migration(place: Path, told: Told, _rnd: random.Random, number: int, say: Say) -> None:
    """Brought up to date from the first version; afterwards the old file lies there anew."""
    path = place / NAME
    if told.lines:
        with open_office(path, key=KEY) as office:
            people = office.store.raw("SELECT id, name FROM person")
            if sorted(people) != sorted((f"p{n}", f"老王{n}") for n in range(300)):
                raise Wrong("half", f"{len(people)} people")
            if number % EVERY == 0 and {each.where for each in check(office)} - {"检索"}:
                raise Wrong("wrong", "the check finds something")  # planted without an index
        for each in place.glob("*升级前*.lanling"):
            whole(each, "half")
    if told.last("renewed") is not None or not told.lines:
        anew = place.with_name(f"{place.name}.anew")
        shutil.rmtree(anew, ignore_errors=True)
        shutil.copytree(place.parent / "template", anew)
        shutil.rmtree(place)
        anew.rename(place)
    say("renewed")
    say("begun")
    open_office(path, key=KEY).close()
    say("migrated")


def export(place: Path, _told: Told, rnd: random.Random, number: int, say: Say) -> None:
    """A workbook and a paper, over those of the last time."""
    path = place / NAME
    sheet, paper = place / "居民.xlsx", place / "居民.pdf"
    with open_office(path, key=KEY, actor="王敏") as office:
        readable(sheet, paper)
        if rnd.random() < 0.2:
            sheet.unlink(missing_ok=True)
            paper.unlink(missing_ok=True)
        if number % EVERY == 0 and (faults := check(office)):
            raise Wrong("wrong", str(faults[:3]))
        drawn = next(each for key, each in catalogue.papers().items() if key == "list_person")
        say("begun")
        while True:
            transfer.export_view(office, View("person"), sheet, masked=False)
            say("exported")
            printed = print_paper(office, drawn, Request(edition=drawn.editions[0]))
            write_whole(paper, printed.pdf)
            say("printed")


def readable(sheet: Path, paper: Path) -> None:
    """What carries a name is whole."""
    if sheet.exists():
        with zipfile.ZipFile(sheet) as archive:
            if archive.testzip() is not None:
                raise Wrong("half", sheet.name)
        book = python_calamine.CalamineWorkbook.from_path(str(sheet))
        if len(book.get_sheet_by_index(0).to_python()) < 9:
            raise Wrong("half", sheet.name)
    if paper.exists():
        if not paper.read_bytes().rstrip().endswith(b"%%EOF"):
            raise Wrong("half", paper.name)
        document = pypdfium2.PdfDocument(paper)
        if len(document) != 1:
            raise Wrong("half", paper.name)
        document.close()


def attach(office: Office, rnd: random.Random) -> None:
    """A scan given to somebody; the one before is read."""
    unread(office)
    person = rnd.choice(office.store.raw("SELECT id FROM person"))[0]
    scan = b"%PDF-1.4\n" + rnd.randbytes(30_000).hex().encode() + b"\n%%EOF\n"
    attachments.add(office, "person", person, [attachments.Incoming("证明.pdf", scan)])


def unread(office: Office) -> None:
    """What is said to be attached is there, byte for byte."""
    for each in attachments.digests(office):
        try:
            office.vault.get(each)
        except OfficeError as trouble:
            raise Wrong("lost", f"attachment {each}: {trouble}") from trouble


def attached(place: Path, told: Told, rnd: random.Random, number: int, say: Say) -> None:
    """Act after act; before the first, every file attached is read."""
    with open_office(place / NAME, key=KEY, actor="王敏") as office:
        unread(office)
    at_work(attach)(place, told, rnd, number, say)


def owned(folder: Path) -> None:
    """An office behind a password."""
    create_locked(folder / NAME, Owner("王敏", password_of(0), CHEAP)).close()


def password_of(number: int) -> str:
    """The password after so many changes."""
    return f"lanling-{2020 + number}"


def password(place: Path, told: Told, _rnd: random.Random, _number: int, say: Say) -> None:
    """One password after the other; the last that was acknowledged opens, or the one in hand."""
    last = told.last("password")
    first = last[0] if last else 0
    for number in (first, first + 1):
        try:
            office = unlock_office(place / NAME, "王敏", password_of(number))
        except OfficeError:
            continue
        break
    else:
        raise Wrong("lost", f"neither password {first} nor the next opens the office")
    with office:
        say("password", number)
        say("begun")
        while True:
            number += 1
            accounts.set_password(office, office.account, password_of(number), CHEAP)
            say("password", number)


def founding(place: Path, told: Told, _rnd: random.Random, _number: int, say: Say) -> None:
    """The first run: there is no office yet, or one that its owner's password opens."""
    path = place / NAME
    owner = Owner("王敏", password_of(0), CHEAP)
    there = path.exists()
    if there:
        unlock_office(path, owner.name, owner.password).close()
    elif told.last("founded") is not None:
        raise Wrong("lost", "the office that was made")
    say("begun")
    if not there:
        create_locked(path, owner).close()
        say("founded")


def unlocked(folder: Path) -> None:
    """An office open to anybody, with scans and a backup."""
    with create_office(folder / NAME, actor="王敏") as office:
        for at in range(8):
            office.save("person", None, {"name": "张" + chr(0x4E00 + at)}, confirmed=True)
        attach(office, random.Random(1))
        Guard(office).back_up("定时")


def locking(place: Path, told: Told, _rnd: random.Random, number: int, say: Say) -> None:
    """Locked once; until then it is as open as before, with everything in it either way."""
    path = place / NAME
    owner = Owner("王敏", password_of(0), CHEAP)
    if is_locked(path):
        office = unlock_office(path, owner.name, owner.password)
    elif told.last("locked") is not None:
        raise Wrong("lost", "open to anybody again")
    else:
        office = open_office(path, actor="王敏")
    with office:
        unread(office)
        if len(office.store.raw("SELECT 1 FROM person")) != 8:
            raise Wrong("lost", "people")
        if number % EVERY == 0 and (faults := check(office)):
            raise Wrong("wrong", str(faults[:3]))
    say("begun")
    if not is_locked(path):
        lock_up(path, owner).close()
        say("locked")


@dataclass(frozen=True)
class Work:
    """One kind of work: its beginnings, one process's share, how many acts a kill may wait."""

    prepare: Callable[[Path], None]
    run: Callable[..., None]
    acts: int
    rounds: int  # kills on one copy of the beginnings
    counted: tuple[str, ...] = ("act",)


WORKS = {
    "save": Work(founded, at_work(save), 3, 60),
    "imports": Work(founded, at_work(imports), 2, 12),
    "month": Work(payroll, at_work(month), 4, 30),
    "backup": Work(founded, backup, 2, 12, ("backup",)),
    "restore": Work(two_backups, restore, 2, 8, ("restored",)),
    "migration": Work(older, migration, 1, 50, ("migrated",)),
    "export": Work(founded, export, 2, 60, ("exported", "printed")),
    "attachment": Work(founded, attached, 2, 30),
    "password": Work(owned, password, 2, 30, ("password",)),
    "founding": Work(lambda _: None, founding, 1, 2, ("founded",)),
    "locking": Work(unlocked, locking, 1, 2, ("locked",)),
}
