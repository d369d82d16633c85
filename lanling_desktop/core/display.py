"""A stored value as a screen or sheet writes it, masked where it must be. Light: no tables loaded."""

from __future__ import annotations

from typing import Any

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.standards import identity


def display(said: Field, value: Any, *, masked: bool = False) -> str:
    """The text of a stored value on a screen or sheet. A LINK's text is its target's title."""
    if value is None or value == "":
        return ""
    if masked and said.sensitive:
        return mask(said, str(value))
    if said.kind is Kind.DATE:
        return value if isinstance(value, str) else value.isoformat()
    if said.kind is Kind.MONEY:
        from lanling_desktop.standards import amounts  # the first rows are painted before it

        return amounts.format_yuan(amounts.yuan(int(value)))
    if said.kind is Kind.YES_NO:
        return "是" if value else "否"
    return str(value)


def publish(said: Field, text: str) -> str:
    """The text of a value as a sheet or paper for the public has it.

    More is hidden than from a passer-by: with region, sequence and check digit in sight, a month
    of birth beside them leaves three numbers to guess from, and a day none.
    """
    if not text:
        return ""
    if said.month_public:
        return f"{text[:7]}-***"
    if said.kind is Kind.IDENTITY:
        return identity.mask_public(text)
    return mask(said, text) if said.sensitive else text


def mask(said: Field, value: str) -> str:
    """A sensitive value as a passer-by may see it."""
    if said.kind is Kind.IDENTITY:
        return identity.mask(value)
    if said.kind is Kind.PHONE:
        return identity.mask_phone(value)
    return identity.mask_address(value)
