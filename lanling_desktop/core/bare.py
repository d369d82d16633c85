"""The bare driver with the office's settings; SQLAlchemy is not loaded, so a first list can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import location


def connect(
    path: Path,
    *,
    key: str | None = None,
    read_only: bool = False,
    untouched: bool = False,
    unchanging: bool = False,
) -> Any:
    """A bare driver connection with the office's settings. `key` is 64 hex digits.

    Autocommit mode: transactions are begun and ended by name. `untouched` is a reader that leaves
    even the log beside the file as it is, for looking at a damaged one; `unchanging` is one for a
    place where nothing can be written. On shares and sticks there is no log: each act is in the
    file itself when it is acknowledged.
    """
    mode = "immutable=1" if unchanging else "mode=ro"
    looked_at = untouched or unchanging
    name = f"{path.absolute().as_uri()}?{mode}" if looked_at else str(path)
    logged = looked_at or location.keeps_log(path.parent)
    connection = driver.connect(
        name,
        uri=looked_at,
        check_same_thread=False,
        isolation_level=None,
        timeout=5 if logged else 30,  # without a log a writer waits for readers
    )
    try:
        for each in _settings(key, logged=logged, reads=read_only or looked_at):
            connection.execute(each)
    except UnicodeDecodeError as trouble:  # the driver could not read SQLite's own complaint
        connection.close()
        raise driver.DatabaseError("malformed, and so are the words about it") from trouble
    except BaseException:
        connection.close()  # else a damaged file stays open, and Windows lets nobody replace it
        raise
    return connection


def _settings(key: str | None, *, logged: bool, reads: bool) -> list[str]:
    settings = []
    if key:  # a wrong one is said in our words
        settings += ["PRAGMA cipher_log_level = NONE", f"PRAGMA key = \"x'{key}'\""]
    settings += [
        "PRAGMA foreign_keys = ON",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cell_size_check = ON",
        "PRAGMA trusted_schema = OFF",
    ]
    if reads:
        # A reader never writes, so it never checkpoints the log beside a writer (WAL-reset bug).
        settings += ["PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0"]
        return [*settings, "PRAGMA cache_size = -24576"]
    if logged:
        settings += ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"]
    else:  # EXTRA: FULL, and the folder too once the journal is taken away
        settings += ["PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA"]
    return [*settings, "PRAGMA cache_size = -65536"]
