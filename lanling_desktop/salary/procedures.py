"""What is done with a month of pay (F7)."""

from __future__ import annotations

from lanling_desktop.core.register import Procedure

RUN: tuple[Procedure, ...] = ()
