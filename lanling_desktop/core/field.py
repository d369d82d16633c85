"""A column said once: label, kind and everything the screens, sheets and papers need of it.

No SQLAlchemy here: a `Field` is plain data, and is what crosses from the office to the screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a value is; decides box, check, text form, Excel cell and search tokens."""

    TEXT = "text"
    NAME = "name"  # a person's name: pinyin search, pinyin order
    LONG_TEXT = "long_text"
    IDENTITY = "identity"  # citizen identity number, GB 11643
    PHONE = "phone"
    DATE = "date"  # datetime.date
    TIME = "time"  # a time of day, kept as HH:MM
    INTEGER = "integer"
    MONEY = "money"  # integer fen in the database, Decimal yuan outside
    CHOICE = "choice"  # a word out of `Field.choices`; the Chinese word itself is stored
    MANY = "many"  # several words out of `Field.choices`, stored joined by 、
    LINK = "link"  # id of a record of the register named by `Field.link`
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a record.

    `label` is its Chinese name and the head of its Excel column; `aliases` are other heads a
    received sheet may use. `width_mm` is its width on a roster. `choices` names a code table of
    `standards.codes` or lists the words. `link` is the key of the register a LINK points to.
    `key` marks the columns that recognise an existing record in an import (all of one `key`
    group together, tried in the order of the group's number). `month_enough` lets a date be given
    by year and month, kept as the first of the month. `pinned` offers the value of the
    previous record in an empty form. `month_public` keeps the day of a date out of what is made
    public: a birth there gives away the digits that a masked number hides. `computed` is
    filled by the program and never typed. `meanings` are other words that sheets write for a
    choice, with the word meant. `least` is the smallest INTEGER it may hold: what an
    office counts is not below nought.
    """

    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    sensitive: bool = False
    width_mm: float = 20
    aliases: tuple[str, ...] = ()
    help: str = ""
    choices: str | tuple[str, ...] = ()
    meanings: tuple[tuple[str, str], ...] = ()
    link: str = ""
    search: bool = False
    pinned: bool = False
    computed: bool = False
    key: int = 0
    max_length: int = 200
    month_enough: bool = False
    least: int | None = 0
    month_public: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its values stand right-aligned in lists and on paper."""
        return self.kind in (Kind.INTEGER, Kind.MONEY)
