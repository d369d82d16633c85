"""The rules a month was worked out by, kept with it: what they give again, and the month's seal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lanling_desktop.salary import tax
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import Inputs, Payroll, Slip
from lanling_desktop.salary.scheme import Scheme, plain, rebuilt


@dataclass(frozen=True)
class RulesUsed:
    """A month's own copy of everything that is not about one worker."""

    scheme_id: str
    scheme: Scheme
    rates: tuple[Rate, ...]
    brackets: tuple[tax.Bracket, ...] = tax.TABLE

    @cached_property
    def payroll(self) -> Payroll:
        """The same, ready to work out slips."""
        return Payroll(self.scheme, self.rates, self.brackets)

    def slip(self, inputs: Inputs) -> Slip:
        """What a worker's inputs come to."""
        return self.payroll.slip(inputs)


def kept(value: RulesUsed | Inputs) -> str:
    """As a record keeps it: one line of JSON, the same for the same value."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)


def rules_back(text: str) -> RulesUsed:
    """The rules out of what `kept` wrote."""
    found: RulesUsed = rebuilt(RulesUsed, json.loads(text))
    return found


def inputs_back(text: str) -> Inputs:
    """The inputs out of what `kept` wrote."""
    found: Inputs = rebuilt(Inputs, json.loads(text))
    return found


Amounts = tuple[tuple[str, int], ...]
"""Code and fen of each line of a slip, in order."""


def amounts_of(slip: Slip) -> Amounts:
    """What a slip pays, line by line."""
    return tuple((each.code, each.amount) for each in slip.lines)


def digest_of(rules_used: str, slips: Iterable[tuple[str, Amounts]]) -> str:
    """The seal of a month: its rules, and of each worker inputs and lines, in the month's order."""
    seal = hashlib.sha256(rules_used.encode())
    for inputs, lines in slips:
        seal.update(json.dumps([inputs, lines], ensure_ascii=False).encode())
    return seal.hexdigest()
