"""Works in an office until it is killed; says on its standard output what was acknowledged.

Run by `test_killed`: python killed.py WORK FILE KEY SEED, WORK one of save, import, backup, restore,
export.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import open_office, restore_office
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.guard import Guard


def main(work: str, path: Path, key: str, seed: int) -> None:
    rnd = random.Random(seed)
    if work == "restore":
        (found, *_) = backups.listed(places.backups_of(path))
        say("begun")
        while True:
            restore_office(found.path, path, key=key)
            say("restored")
    with open_office(path, key=key) as office:
        say("begun")
        while True:
            globals()[work](office, rnd)


def save(office: Office, rnd: random.Random) -> None:
    name = "张" + chr(0x4E00 + rnd.randrange(20_000))
    say(f"{office.save('person', None, {'name': name}, confirmed=True).main} {name}")


def backup(office: Office, rnd: random.Random) -> None:
    save(office, rnd)
    say(f"backup {Guard(office).back_up('定时').path.name}")


def export(office: Office, rnd: random.Random) -> None:
    save(office, rnd)
    transfer.export_view(office, View("person"), office.path.with_name("居民.xlsx"), masked=False)


def imports(office: Office, rnd: random.Random) -> None:
    sheet = office.path.with_name("名单.csv")
    names = [f"王{chr(0x4E00 + rnd.randrange(20_000))}{chr(0x4E00 + n)}" for n in range(60)]
    rows = "".join(f"{each},男\n" for each in names)
    sheet.write_text(f"姓名,性别\n{rows}", encoding="utf-8")
    transfer.import_file(office, "person", sheet)
    say(f"imported {','.join(names)}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
