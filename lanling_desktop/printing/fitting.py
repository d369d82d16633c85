"""Text in a box of fixed size, as on labels and boards: as large as it fits, and never cut off."""

from __future__ import annotations

from dataclasses import dataclass

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.fonts import Role, clean, typeface
from lanling_desktop.printing.page import LEADING, MIDDLE, Align, Pen, balanced
from lanling_desktop.printing.text import Line, lay_out

_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines with the size at which they fit."""

    lines: list[Line]
    role: Role
    size: float

    @property
    def height(self) -> float:
        """What the lines take, from the top of the first to the foot of the last."""
        return len(self.lines) * LEADING * self.size

    def draw(self, pen: Pen, x: float, top: float, width: float, align: Align = "center") -> None:
        """Write the lines downwards from `top`."""
        base = top - LEADING * self.size / 2 - MIDDLE * self.size
        pen.lines(self.lines, x, base, width, role=self.role, size=self.size, align=align)


def fitted_in(
    text: str, role: Role, size: float, width: float, height: float, *, least: float = 5.0
) -> Fitted | None:
    """A text in lines at the largest size, from `size` down, at which it fits; None if at none."""
    face, text = typeface(role), clean(text)
    while size >= least:
        lines = lay_out(text, face, size, width)
        widest = max(line.width for line in lines)
        if len(lines) * LEADING * size <= height + 0.01 and widest <= width + 0.5 * size:
            return Fitted(balanced(text, role, size, width), role, size)
        size -= _STEP
    return None


def in_box(text: str, role: Role, size: float, width: float, height: float, where: str) -> Fitted:
    """The same; what fits at no size is refused before anything is printed, with its place."""
    found = fitted_in(text, role, size, width, height, least=4.0)
    if found is None:
        said = text if len(text) <= 20 else f"{text[:20]}…"
        raise OfficeError(
            f"{where}的“{said}”太长，有 {len(text)} 个字，这个格子印不下",
            "没有印出任何内容，数据没有改动",
            "请把这一项改短，或少选几栏，再打印",
        )
    return found
