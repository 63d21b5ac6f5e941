"""What was found out about a cause by asking on: the smallest case, a rule, and a case that can be run again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .findings import Aspect, Finding
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
class Step(PlainRecord):
    """One line of a case: an operation of `sandbox/inside/ops.py`, in the submission's own names.

    `parameters` are the names of its positional arguments; `reshaped` are the attributes that it sets and that the
    submission shapes in its own way.
    """

    op: Any
    parameters: tuple[str, ...] = ()
    reshaped: tuple[str, ...] = ()


class View(StrEnum):
    """What is looked at of an answer."""

    WHOLE = "whole"
    SHAPE = "shape"
    LENGTH = "length"
    KEYS = "keys"
    NOTHING = "nothing"  # only that there is no exception


@dataclass(eq=False, repr=False)
class Case(PlainRecord):
    """A wrong answer that anybody can ask for again: the steps, of which the last one gives it.

    `path` leads from the answer to the part that is compared, of which `expected` and `actual` are short (in the wire's
    form), as `view` says; with `ravelled`, the numbers are compared in order, whatever the shape.
    `error` is the exception that is due, `raised` what came instead of an answer. An answer agrees within `rtol` times
    the expected number and `atol`. `kit` is the source of the exercise's helpers, where a step uses one.
    """

    steps: tuple[Step, ...]
    expected: Any
    actual: Any
    path: tuple[Any, ...] = ()
    aspect: Aspect | None = None
    view: View = View.WHOLE
    ravelled: bool = False
    error: str = ""
    raised: Finding | None = None
    rtol: float = 0.0
    atol: float = 0.0
    torch: bool = False
    kit: str = ""


@dataclass(eq=False, repr=False)
class Explanation(PlainRecord):
    """The smallest wrong case, as a finding; the rule that says when (of a case space); and the case as a script."""

    smallest: Finding | None = None
    rule: FactorRule | None = None
    case: Case | None = None
