"""What a target has to accept: intervals, matrix entries and formulas for systems that compare decimals or text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

from .. import expression
from ..marking import PLACES
from ..model import Question

LONGEST_SUM = 4
Interval = tuple[Fraction, Fraction]
Polynomial = dict[tuple[str, ...], Fraction]
"""Names of a product, in order and with repetitions → its factor."""


def decimal(value: int | Fraction) -> str:
    """The exact decimal, or twelve digits of it where it does not end."""
    value = Fraction(value)
    digits = next((n for n in range(16) if (value * 10**n).denominator == 1), None)
    return f"{float(value):.12g}" if digits is None else f"{Decimal(value.numerator) / value.denominator:.{digits}f}"


def ends(value: int | Fraction) -> bool:
    """Whether three decimals are exact."""
    return (Fraction(value) * 1000).denominator == 1


def entry(value: int | Fraction) -> Interval:
    """What is accepted for an entry of a matrix: the number, or three right places of a decimal that does not end."""
    slack = Fraction(0) if ends(value) else PLACES
    return value - slack, value + slack


def interval(question: Question) -> Interval:
    """What is accepted for a NAT, as decimals can say it."""
    low, high = question.range or (Fraction(question.answer),) * 2
    return entry(low) if low == high else (low, high)


def around(question: Question, value: int | Fraction) -> Interval:
    """Which answers to a NAT are explained by the misconception that gives this value."""
    low, high = question.range or (Fraction(0),) * 2
    return entry(value) if low == high else (value - (high - low) / 2, value + (high - low) / 2)


def rows(matrix: Any) -> list[list[Any]]:
    """A vector as one row."""
    return [list(row) for row in matrix] if isinstance(matrix[0], (list, tuple)) else [list(matrix)]


def shape(matrix: Any) -> list[int]:
    """The lengths of the rows."""
    return [len(row) for row in rows(matrix)]


def entry_forms(value: int | Fraction) -> list[str]:
    """The ways in which an entry is usually typed."""
    value = Fraction(value)
    forms = [decimal(value) if ends(value) else f"{float(value):.3f}"]
    forms += [f"{value.numerator}/{value.denominator}"] if value.denominator > 1 else []
    forms += [form.replace("0.", ".", 1) for form in forms if form.lstrip("-").startswith("0.")]
    return forms + [form.replace("-", "−") for form in forms if form.startswith("-")]


def formula_forms(formula: str) -> list[str]:
    """The ways of writing a formula that text comparison can accept: as it is and multiplied out, in every order."""
    forms = [formula, formula.replace(" ", "")]
    polynomial = _expand(expression.parse(formula))
    if polynomial is not None and len(polynomial) <= LONGEST_SUM:
        for order in permutations(sorted(polynomial.items(), reverse=True)):
            for sign in ("*", ""):
                compact = "".join(_term(names, factor, sign) for names, factor in order).removeprefix("+")
                forms += [compact, _spaced(compact)]
    return list(dict.fromkeys(forms))


def _spaced(compact: str) -> str:
    return compact[0] + compact[1:].replace("+", " + ").replace("-", " - ")


def _term(names: tuple[str, ...], factor: Fraction, sign: str) -> str:
    """+3*C^2"""
    size = abs(factor)
    number = [] if size == 1 and names else [str(size)]
    powers = [f"{name}^{count}" if (count := names.count(name)) > 1 else name for name in sorted(set(names))]
    return ("-" if factor < 0 else "+") + (sign if size.denominator == 1 else "*").join([*number, *powers])


def _expand(tree: expression.Tree) -> Polynomial | None:
    """The tree as a sum of products, or None where it divides by a name."""
    match tree:
        case ("number", number):
            return {(): number} if number else {}
        case ("name", name):
            return {(name,): Fraction(1)}
        case ("^", base, power):
            return _product([_expand(base)] * power) if power >= 0 else None
        case ("+", left, right):
            return _sum(_expand(left), _expand(right))
        case ("/", left, ("number", number)) if number:
            return _product([_expand(left), {(): 1 / number}])
        case ("*", left, right):
            return _product([_expand(left), _expand(right)])
    return None


def _sum(*parts: Polynomial | None) -> Polynomial | None:
    total: Polynomial = {}
    for part in parts:
        if part is None:
            return None
        for names, factor in part.items():
            total[names] = total.get(names, Fraction(0)) + factor
    return {names: factor for names, factor in total.items() if factor}


def _product(parts: Iterable[Polynomial | None]) -> Polynomial | None:
    total: Polynomial | None = {(): Fraction(1)}
    for part in parts:
        if total is None or part is None:
            return None
        total = _sum(*({tuple(sorted(a + b)): x * y} for a, x in total.items() for b, y in part.items()))
    return total
