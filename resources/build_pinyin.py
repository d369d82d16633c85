"""Build resources/pinyin.csv from pypinyin's data (MIT); run after upgrading pypinyin.

    python resources/build_pinyin.py

Each line is one toneless reading (ü written v): reading, the characters most often read so,
the characters for which it is the second reading, the third, and so on.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict  # type: ignore[import-untyped]

_MARKS_KEPT = {"\u0308": "v"}
# Where the usual reading inside names and places is not the one pypinyin puts first.
# Surnames are corrected separately, in surnames.csv.
_IN_NAMES = {"长": "chang", "都": "du", "晟": "sheng", "覃": "qin", "卜": "bu"}
_MISSING = {"𠮷": "jí"}  # a common way to write 吉 in names, not in pypinyin 0.55


def toneless(reading: str) -> str:
    """Reading without tone marks, ü as v."""
    out: list[str] = []
    for character in unicodedata.normalize("NFD", reading):
        if character in _MARKS_KEPT:
            out[-1] = _MARKS_KEPT[character]
        elif not unicodedata.combining(character):
            out.append(character)
    return "".join(out)


def main() -> None:
    """Write the table beside this script."""
    lines: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for point, said in sorted(
        ({ord(one): said for one, said in _MISSING.items()} | pinyin_dict).items()
    ):
        readings = [toneless(one) for one in said.split(",")]
        if chr(point) in _IN_NAMES:
            readings.insert(0, _IN_NAMES[chr(point)])
        for rank, reading in enumerate(dict.fromkeys(readings)):
            if not (reading.isascii() and reading.isalpha()):
                raise SystemExit(f"unexpected reading {reading!r} of U+{point:04X}")
            lines[reading][rank].append(chr(point))
    target = Path(__file__).with_name("pinyin.csv")
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for reading in sorted(lines):
            ranks = lines[reading]
            row = ["".join(ranks.get(rank, [])) for rank in range(max(ranks) + 1)]
            writer.writerow([reading, *row])


if __name__ == "__main__":
    main()
