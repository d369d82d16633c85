"""The journal's chain shows when another program altered or removed a line."""

from __future__ import annotations

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import journal
from lanling_desktop.core.office import Office
from tests.office import member


def broken(office: Office) -> list[tuple[int, str]]:
    with office.store.writing() as session:
        return list(journal.verify(session))


def tamper(office: Office, sql: str) -> None:
    connection = driver.connect(str(office.path))
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_sound_journal_has_nothing_to_say(desk_office: Office) -> None:
    desk_office.save("party_member", None, member())
    desk_office.undo()
    desk_office.redo()
    assert broken(desk_office) == []


def test_an_altered_line_is_found(desk_office: Office) -> None:
    saved = desk_office.save("party_member", None, member())
    desk_office.save("party_member", saved.main, {"person.phone": "13900000000"})
    sql = f"UPDATE journal_change SET after = '{{}}' WHERE seq = {saved.seq} AND position = 0"
    tamper(desk_office, sql)
    assert broken(desk_office) == [(saved.seq, "操作记录被改动过")]


def test_a_removed_line_is_found(desk_office: Office) -> None:
    saved = desk_office.save("party_member", None, member())
    desk_office.save("party_member", saved.main, {"person.phone": "13900000000"})
    tamper(desk_office, f"DELETE FROM journal_entry WHERE seq = {saved.seq}")
    assert [seq for seq, _ in broken(desk_office)] == [saved.seq + 1]
