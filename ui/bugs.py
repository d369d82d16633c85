"""What is written down of a bug: a masked log and a report that names nobody.

Runs of digits long enough to be a number of a person, Chinese words and quoted values are left
out. Loaded when there is something to write, not at start.
"""

from __future__ import annotations

import logging
import platform
import re
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import qVersion

from lanling_desktop import __version__

_NUMBER = re.compile(r"(?<!\d)\d{7,}[Xx]?(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”")
_CODE = re.compile(r"[A-Za-z_]+(?:\.[A-Za-z_]+)*")
_LARGEST, _KEPT = 512 * 1024, 4


def masked(text: str) -> str:
    """Text without what could name a person: numbers, Chinese words, quoted values."""
    return _HAN.sub("〇", _NUMBER.sub("#", _QUOTED.sub(_unless_code, text)))


def _unless_code(quoted: re.Match[str]) -> str:
    """Names of the program's own things may be read; whatever else was quoted may not."""
    return quoted[0] if _CODE.fullmatch(quoted[0][1:-1]) else "'…'"


def report_of(error: BaseException, when: datetime) -> str:
    """What a maintainer needs of a bug and nothing of the office's people."""
    lines = [
        f"兰陵社区台账 {__version__} · Python {platform.python_version()} · Qt {qVersion()}",
        f"{platform.system()} {platform.release()} · {when:%Y-%m-%d %H:%M}",
        *_story(error),
    ]
    return "\n".join(lines)


def _story(error: BaseException) -> list[str]:
    told: list[str] = []
    chain: BaseException | None = error
    while chain is not None and len(told) < 200:
        told.append(f"{type(chain).__name__}: {masked(str(chain))[:300]}")
        told += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(chain.__traceback__)
        ]
        chain = chain.__cause__ or chain.__context__
    return told


def logger(folder: Path) -> logging.Logger:
    """The rotating log in the office's folder."""
    folder = folder / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "program.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(_without_numbers)
    made = logging.getLogger("lanling.program")
    made.handlers[:] = [handler]
    made.propagate = False
    made.setLevel(logging.INFO)
    return made


def _without_numbers(record: logging.LogRecord) -> bool:
    record.msg, record.args = _NUMBER.sub("#", record.getMessage()), ()
    return True
