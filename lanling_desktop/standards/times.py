"""Times of day as clerks type them and as sheets hold them, kept as HH:MM; no clock."""

from __future__ import annotations

import datetime
import re
import unicodedata

_TIME = re.compile(
    r"(凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚)?(\d{1,2})(?:[:.点时](\d{1,2}|半)?分?|(\d{2}))?(?::\d{2})?"
)
_AFTERNOON = {"下午", "傍晚", "晚上", "晚"}
_DAY = 24 * 60


def parse(said: object) -> str | None:
    """Read 19:30, 1930, 19点半, 晚上7点半, or a workbook's fraction of a day; None if it is none."""
    if isinstance(said, datetime.datetime | datetime.time):
        return f"{said.hour:02d}:{said.minute:02d}"
    if isinstance(said, float) and 0 <= said < 1:
        minutes = round(said * _DAY) % _DAY
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(said, float):
        said = int(said) if said.is_integer() else ""
    plain = "".join(unicodedata.normalize("NFKC", str(said)).split())
    found = _TIME.fullmatch(plain.zfill(4) if plain.isdigit() and len(plain) == 3 else plain)
    if not found:
        return None
    hour = int(found[2])
    minute = int(str(found[3] or found[4] or 0).replace("半", "30"))
    if hour < 12 and (found[1] in _AFTERNOON or (found[1] == "中午" and hour < 3)):
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
