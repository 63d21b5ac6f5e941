"""What was found out about a cause by asking on: the smallest case, and a rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .findings import Finding
from .verdict import PlainRecord, Record


class Relation(StrEnum):
    """How a factor of a case stands to a value, or to another factor."""

    IS = "is"
    IS_NOT = "is_not"
    ABOVE = "above"
    BELOW = "below"
    EVEN = "even"
    ODD = "odd"
    LIKE = "like"  # equal to another factor
    UNLIKE = "unlike"


@dataclass(frozen=True, repr=False)
class Literal(Record):
    """One statement on a factor. `value` is another factor's name for LIKE and UNLIKE, None for EVEN and ODD."""

    factor: str
    relation: Relation
    value: Any


@dataclass(eq=False, repr=False)
class FactorRule(PlainRecord):
    """Wrong exactly where all of this holds: on all of so many cases, with no exception."""

    literals: tuple[Literal, ...]
    cases: int


@dataclass(eq=False, repr=False)
class Explanation(PlainRecord):
    """Of a case space: the smallest case that is wrong, as a finding, and the rule that says when."""

    smallest: Finding | None = None
    rule: FactorRule | None = None
