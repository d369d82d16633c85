"""Income tax on wages by cumulative withholding (domain.md 10.1), in fen. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lanling_desktop.standards.amounts import format_fen as _y

_MONTHLY, _YEARLY = 500_000, 6_000_000


@dataclass(frozen=True)
class Bracket:
    """Up to how many fen of a year's taxable income a rate holds; None: without end."""

    up_to: int | None
    percent: int
    quick: int


TABLE = (
    Bracket(3_600_000, 3, 0),
    Bracket(14_400_000, 10, 252_000),
    Bracket(30_000_000, 20, 1_692_000),
    Bracket(42_000_000, 25, 3_192_000),
    Bracket(66_000_000, 30, 5_292_000),
    Bracket(96_000_000, 35, 8_592_000),
    Bracket(None, 45, 18_192_000),
)


@dataclass(frozen=True)
class Year:
    """What a year has come to, a month or an opening included, in fen."""

    months: int = 0
    income: int = 0
    contributions: int = 0
    additional: int = 0
    withheld: int = 0

    def plus(self, other: Year) -> Year:
        """Both together."""
        return Year(
            self.months + other.months,
            self.income + other.income,
            self.contributions + other.contributions,
            self.additional + other.additional,
            self.withheld + other.withheld,
        )


@dataclass(frozen=True)
class Withheld:
    """What is withheld now, and how it was found."""

    amount: int
    arithmetic: str


def standard(year: Year, *, relief: bool) -> int:
    """减除费用 of a year so far: by the month, or the whole relief at once."""
    return _YEARLY if relief else _MONTHLY * year.months


def bracket(taxable: int, table: tuple[Bracket, ...] = TABLE) -> Bracket:
    """The row of the table a year's taxable income falls into."""
    return next(each for each in table if each.up_to is None or taxable <= each.up_to)


def due(taxable: int, row: Bracket) -> int:
    """The tax of a year so far, half a fen and more made a whole one; of an income above nought."""
    return (taxable * row.percent + 50) // 100 - row.quick


def withhold(year: Year, *, relief: bool, table: tuple[Bracket, ...] = TABLE) -> Withheld:
    """The tax of the last month of `year`, whose `withheld` is that of the months before."""
    off = standard(year, relief=relief)
    taxable = year.income - off - year.contributions - year.additional
    words = (
        f"累计收入 {_y(year.income)} - 减除费用 {_y(off)}"
        f"{'（上年收入不超过六万元，一次扣除）' if relief else f'（{year.months} 个月）'}"
        f" - 专项扣除 {_y(year.contributions)} - 专项附加扣除 {_y(year.additional)} = {_y(taxable)}"
    )
    if taxable <= 0:
        return Withheld(0, f"{words}，不扣税")
    row = bracket(taxable, table)
    whole = due(taxable, row)
    now = max(0, whole - year.withheld)
    return Withheld(
        now,
        f"{words}；× {row.percent}% - {_y(row.quick)} = {_y(whole)}，"
        f"减已扣 {_y(year.withheld)}，本月扣 {_y(now)}",
    )
