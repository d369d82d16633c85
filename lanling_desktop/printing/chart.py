"""A small bar chart by month, told apart by pattern and not by colour, for a black printer.

Each series has its own filling: solid, hatched, light grey. The value stands over its bar; a
month that has none yet is left empty, which is not the same as 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lanling_desktop.printing.fonts import clean, typeface
from lanling_desktop.printing.page import MIDDLE, THIN, Pen

_TITLE, _TEXT, _LEAST = 10.5, 8.0, 5.5  # points
_KEY = 8.0  # side of the little box in the key
_FILL_SHARE = 0.72  # of a month's width, taken by its bars
_HATCH = 2.6  # points between hatching lines
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class MonthBars:
    """Figures by month: for each series as many values as `months`, None where none is known.

    `label` says what is counted, in which unit, e.g. 议定事项（件）. Raises `ValueError` when a
    series has not one value for each month, when a value is negative, or with more than three
    series, which no filling could tell apart.
    """

    label: str
    months: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]

    def __post_init__(self) -> None:
        if len(self.series) > 3:
            raise ValueError("more series than fillings")
        for name, values in self.series:
            if len(values) != len(self.months):
                raise ValueError(f"{name}: {len(values)} values for {len(self.months)} months")
            if any(value is not None and value < 0 for value in values):
                raise ValueError(f"{name}: a bar cannot be negative")

    @property
    def top(self) -> int:
        """The end of the scale: the next round step above the largest value."""
        return scale(self.largest)[-1]

    @property
    def largest(self) -> int:
        """The largest value, 0 when there is none."""
        return max((value or 0 for _, values in self.series for value in values), default=0)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its place, for `refuse_missing`."""
        for text in (self.label, *self.months, *(name for name, _ in self.series)):
            yield f"统计图“{self.label}”", text


def scale(largest: int) -> tuple[int, ...]:
    """Round values from 0 to at least `largest`, at most five steps of 1, 2 or 5 times ten."""
    power = 1
    while True:
        for unit in _STEPS:
            step = unit * power
            if step * 5 >= largest:
                count = max(1, -(-largest // step))
                return tuple(step * number for number in range(count + 1))
        power *= 10


def draw_month_bars(
    pen: Pen, chart: MonthBars, left: float, bottom: float, width: float, height: float
) -> None:
    """Draw a chart in a rectangle, in points by its lower left corner.

    The caller looks its texts up beforehand (`refuse_missing(chart.texts())`).
    """
    _Drawing(pen, chart, left, bottom, width, height).run()


class _Drawing:
    """One chart on its way to paper."""

    def __init__(
        self, pen: Pen, chart: MonthBars, left: float, bottom: float, width: float, height: float
    ) -> None:
        self.pen, self.chart = pen, chart
        self.right = left + width
        self.top = bottom + height
        self.ticks = scale(chart.largest)
        face = typeface("song")
        widest = max(face.width(str(tick), _TEXT) for tick in self.ticks)
        self.outer, self.left = left, left + widest + 4
        self.base = bottom + _TEXT * 1.6
        self.ceiling = self.top - _TITLE * 1.7 - _TEXT * 1.4  # values stand above the highest bar
        months, count = max(1, len(chart.months)), max(1, len(chart.series))
        self.month = (self.right - self.left) / months
        self.bar = self.month * _FILL_SHARE / count
        self.value_size, self.upright = self._value_size()

    def run(self) -> None:
        """Head, scale, bars, months; the base line last, over the bars' feet."""
        self._head()
        for tick in self.ticks:
            y = self._height(tick)
            if tick:
                self.pen.raw("0.75 G")
                self.pen.rule(self.left, y, self.right, y, 0.3)
                self.pen.raw("0 G")
            at = y - MIDDLE * _TEXT
            self.pen.text(self.left - 3, at, str(tick), size=_TEXT, align="right", grey=0.25)
        for number, (_, values) in enumerate(self.chart.series):
            for month, value in enumerate(values):
                if value is not None:
                    self._bar(number, month, value)
        self._months()
        self.pen.rule(self.left, self.base, self.right, self.base, 0.8)

    def _height(self, value: int) -> float:
        return self.base + (self.ceiling - self.base) * value / self.ticks[-1]

    def _head(self) -> None:
        """What is counted to the left, the key to the right."""
        base = self.top - _TITLE
        face = typeface("song")
        x = self.right
        for number in reversed(range(len(self.chart.series))):
            name = clean(self.chart.series[number][0])
            x -= face.width(name, _TEXT + 1)
            self.pen.text(x, base, name, size=_TEXT + 1)
            x -= _KEY + 3
            self._filled(number, x, base - 0.5, _KEY, _KEY)
            x -= 10
        room = max(20.0, x - self.outer)
        wide = typeface("hei").width(clean(self.chart.label), 1.0)
        size = min(_TITLE, room / max(wide, 0.1))
        self.pen.text(self.outer, base, self.chart.label, role="hei", size=round(size, 1))

    def _bar(self, number: int, month: int, value: int) -> None:
        start = self.left + (month + (1 - _FILL_SHARE) / 2) * self.month
        x = start + number * self.bar
        top = self._height(value)
        if value:
            gap = min(0.8, self.bar * 0.06)
            self._filled(number, x + gap, self.base, self.bar - 2 * gap, top - self.base)
        self._value(str(value), x + self.bar / 2, top + 2)

    def _value(self, text: str, middle: float, base: float) -> None:
        """A value over its bar, on white so that no line of the scale runs through it."""
        size = self.value_size
        long = typeface("song").width(text, size)
        wide, high = (size * 0.8, long) if self.upright else (long, size * 0.8)
        wide = min(wide, self.bar)
        self.pen.raw(
            f"1 g {middle - wide / 2:.2f} {base - 1:.2f} {wide:.2f} {high + 1:.2f} re f 0 g"
        )
        if self.upright:
            self._upright(text, middle + MIDDLE * size, base, size)
        else:
            self.pen.text(middle, base, text, size=size, align="center")

    def _filled(self, number: int, x: float, y: float, width: float, height: float) -> None:
        """A box in the filling of a series."""
        box = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
        if number == 0:
            self.pen.raw(f"q 0.2 g {box} f Q")
        elif number == 1:
            lines = " ".join(_hatching(x, y, width, height))
            self.pen.raw(f"q {box} W n 0.5 w {lines} S Q")
        else:
            self.pen.raw(f"q 0.8 g {box} f Q")
        self.pen.frame(x, y, width, height, THIN)

    def _upright(self, text: str, x: float, y: float, size: float) -> None:
        """A value too wide for its bar, read from below upwards."""
        shown = self.pen.document.show(typeface("song"), size, text)
        self.pen.raw(f"BT 0 1 -1 0 {x:.2f} {y:.2f} Tm {shown} ET")

    def _months(self) -> None:
        face = typeface("song")
        wide = max((face.width(clean(month), 1.0) for month in self.chart.months), default=1.0)
        size = min(_TEXT, max(4.0, 0.95 * self.month / max(wide, 0.1)))
        for number, month in enumerate(self.chart.months):
            x = self.left + (number + 0.5) * self.month
            self.pen.text(x, self.base - _TEXT * 1.2, month, size=size, align="center")

    def _value_size(self) -> tuple[float, bool]:
        """The size of the values, and whether they must stand upright to stay apart."""
        shown = [str(value) for _, values in self.chart.series for value in values if value]
        wide = max((typeface("song").width(text, 1.0) for text in shown), default=0.5)
        fitting = 0.95 * self.bar / wide
        if fitting >= _LEAST:
            return min(_TEXT, fitting), False
        size = max(3.5, min(_LEAST, self.bar))
        self.ceiling = min(self.ceiling, self.top - _TITLE * 1.7 - wide * size)
        return size, True


def _hatching(x: float, y: float, width: float, height: float) -> Sequence[str]:
    """Lines rising to the right, enough to cover a box."""
    count = int((width + height) / _HATCH) + 1
    starts = [x - height + number * _HATCH for number in range(count + 1)]
    return [f"{start:.2f} {y:.2f} m {start + height:.2f} {y + height:.2f} l" for start in starts]
