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
from ..reading import rows_of

LONGEST_SUM = 4
Interval = tuple[Fraction, Fraction]
Polynomial = dict[tuple[str, ...], Fraction]
"""Names of a product, in order and with repetitions → its factor."""


def decimal(value: int | Fraction) -> str:
    """The exact decimal, or twelve places of it where it does not end."""
    value = Fraction(value)
    digits = _places(value)
    return f"{float(value):.12f}" if digits is None else f"{Decimal(value.numerator) / value.denominator:.{digits}f}"


def _places(value: int | Fraction) -> int | None:
    """How many decimals are exact, if any."""
    return next((places for places in range(16) if (Fraction(value) * 10**places).denominator == 1), None)


def short(value: int | Fraction) -> bool:
    """Whether three decimals are exact."""
    return (Fraction(value) * 1000).denominator == 1


def entry(value: int | Fraction) -> Interval:
    """What is accepted for an entry of a matrix: the number, or three right places of a decimal that does not end."""
    slack = Fraction(0) if short(value) else PLACES
    return value - slack, value + slack


def endless(question: Question) -> bool:
    """Whether a NAT wants an exact fraction that no decimal hits."""
    low, high = question.range or (Fraction(0),) * 2
    return low == high and _places(low) is None


def interval(question: Question) -> Interval:
    """What is accepted for a NAT by systems that read decimals only."""
    low, high = question.range or (Fraction(question.answer),) * 2
    return entry(low) if endless(question) else (low, high)


def around(question: Question, value: int | Fraction) -> Interval:
    """Which answers to a NAT are explained by the misconception that gives this value."""
    low, high = question.range or (Fraction(0),) * 2
    slack = PLACES if low == high and _places(value) is None else (high - low) / 2
    return value - slack, value + slack


def whole(matrix: Any) -> bool:
    """Whether all entries are whole numbers."""
    return all(Fraction(value).denominator == 1 for row in rows_of(matrix) for value in row)


def entry_forms(value: int | Fraction) -> list[str]:
    """The ways in which an entry is usually typed."""
    forms = [_rounded(value), str(Fraction(value))]
    forms += [form.replace("0.", ".", 1) for form in forms if form.lstrip("-").startswith("0.")]
    return list(dict.fromkeys(forms + [form.replace("-", "−") for form in forms if form.startswith("-")]))


def _rounded(value: int | Fraction) -> str:
    return decimal(value) if short(value) else f"{float(value):.3f}"


def matrix_forms(matrix: Any) -> list[str]:
    """`1 2; 3 4`: as decimals, and as fractions where there are any."""
    written = ("; ".join(" ".join(map(form, row)) for row in rows_of(matrix)) for form in (_rounded, _fraction))
    return list(dict.fromkeys(written))


def _fraction(value: int | Fraction) -> str:
    return str(Fraction(value))


def formula_forms(formula: str) -> list[str]:
    """The ways of writing a formula that text comparison can accept: as it is and multiplied out, in every order."""
    forms = [formula, formula.replace(" ", "")]
    polynomial = _expand(expression.parse(formula))
    if polynomial is not None and len(polynomial) <= LONGEST_SUM:
        for order in permutations(sorted(polynomial.items(), reverse=True)):
            for sign in ("*", ""):
                compact = "".join(_term(names, factor, sign) for names, factor in order).removeprefix("+") or "0"
                forms += [compact, _spaced(compact)]
    return list(dict.fromkeys(forms))


def _spaced(compact: str) -> str:
    return compact[0] + compact[1:].replace("+", " + ").replace("-", " - ")


def _term(names: tuple[str, ...], factor: Fraction, sign: str) -> str:
    """+3*C^2, or +3C^2 with an empty sign."""
    size = abs(factor)
    powers = "*".join(f"{name}^{count}" if (count := names.count(name)) > 1 else name for name in sorted(set(names)))
    number = "" if size == 1 and names else str(size)
    between = (sign if size.denominator == 1 else "*") if number and powers else ""
    return ("-" if factor < 0 else "+") + number + between + powers


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
