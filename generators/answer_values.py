"""When two answers to a question are the same, and which wrong values are wrong at all."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from . import expression
from .authoring import Ask, Wrong, scaled

_tree = lru_cache(maxsize=512)(expression.parse)


class AnswerValues:
    """The values that answers to one `Ask` have, compared as it asks for them: rounded, as a formula, exactly.

    A value's form is what is compared: the number in units of its last place, or as a fraction; a formula's tree.
    """

    def __init__(self, ask: Ask):
        self.ask = ask
        self._formula, self._number = isinstance(ask.key, str), isinstance(ask.key, (int, Fraction))
        self._key = self.form(ask.key)

    def form(self, value: Any) -> Any:
        """What is compared of a value."""
        if self._number:
            digits = self.ask.digits
            return (value.numerator, value.denominator) if digits is None else scaled(value, digits)
        return _tree(value) if self._formula else value

    def among(self, form: Any, others: Iterable[Any]) -> bool:
        """Whether one of the others is the same."""
        return any(expression.equal(form, other) for other in others) if self._formula else form in others

    def sensible(self, value: Any) -> bool:
        """Whether the value is wrong even when rounded as asked; for a count it has to be a whole number from 0."""
        form = self.form(value)
        if not self._number:
            return not self.among(form, [self._key])
        right = form == self._key if self.ask.digits is None else abs(form - self._key) <= 1
        count = isinstance(self.ask.key, int)
        return not right and not (count and (value.denominator > 1 or value < 0))

    def different(self) -> list[Wrong]:
        """The wrong answers that differ from the key and from each other, in the author's order."""
        kept: list[Wrong] = []
        forms: list[Any] = []
        for wrong in self.ask.wrong:
            if wrong.value is None or not self.sensible(wrong.value):
                continue
            if not self.among(form := self.form(wrong.value), forms):
                kept.append(wrong)
                forms.append(form)
        return kept

    def interval(self) -> tuple[Fraction, Fraction]:
        """What a NAT accepts: the exact number, or the rounded one give or take one in its last place."""
        digits = self.ask.digits
        if digits is None:
            return Fraction(self.ask.key), Fraction(self.ask.key)
        return Fraction(self._key - 1, 10**digits), Fraction(self._key + 1, 10**digits)
