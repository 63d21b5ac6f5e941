"""Formulas as learners write them, read by a grammar of our own and compared exactly. Nothing is evaluated as code.

    sum     = term { ("+" | "-") term }
    term    = factor { ("*" | "·" | "×" | "/") factor | power }        a product may leave the sign out: 18C^2
    factor  = [ "+" | "-" ] factor | power
    power   = atom [ ("^" | "**") exponent ]                           the exponent is a whole number in −12 … 12
    atom    = number | name | "(" sum ")"

Every formula is a rational function of its names, so equality can be decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

LONGEST, DEEPEST, POWER, DEGREE = 200, 20, 12, 60
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<name>[A-Za-z][A-Za-z_0-9]*)|(?P<sign>\*\*|[-+*/^()·×−]))"
)
_SAME = {"·": "*", "×": "*", "−": "-", "**": "^"}

Tree = tuple[Any, ...]
"""("number", Fraction) | ("name", str) | ("+" | "*" | "/", Tree, Tree) | ("^", Tree, int)."""


class ExpressionError(ValueError):
    """The text is no formula of the grammar; the message is for the learner."""


def parse(text: str) -> Tree:
    """The formula as a tree.

    Raises:
        ExpressionError: what is wrong and where.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"the formula is longer than {LONGEST} characters")
    reader = _Reader(list(_tokens(text)))
    tree = reader.sum()
    if reader.peek() != ("end", ""):
        raise ExpressionError(f"unexpected '{reader.peek()[1]}'")
    if _degree(tree) > DEGREE:
        raise ExpressionError("the powers are too high")
    return tree


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position, text = 0, text.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise ExpressionError(f"'{text[position:].strip()[:1]}' has no meaning here")
        kind = str(found.lastgroup)
        yield kind, _SAME.get(found[kind], found[kind])
        position = found.end()


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[tuple[str, str]]):
        self.tokens, self.at, self.depth = tokens, 0, 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, *signs: str) -> str | None:
        kind, text = self.peek()
        if kind == "sign" and text in signs:
            self.at += 1
            return text
        return None

    def sum(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("too many nested brackets")
        tree = self.term()
        while sign := self.take("+", "-"):
            right = self.term()
            tree = ("+", tree, right if sign == "+" else _negative(right))
        self.depth -= 1
        return tree

    def term(self) -> Tree:
        tree = self.factor()
        while True:
            if sign := self.take("*", "/"):
                tree = (sign, tree, self.factor())
            elif self.peek()[0] in ("number", "name") or self.peek() == ("sign", "("):
                tree = ("*", tree, self.power())
            else:
                return tree

    def factor(self) -> Tree:
        negative = False
        while sign := self.take("+", "-"):
            negative ^= sign == "-"
        tree = self.power()
        return _negative(tree) if negative else tree

    def power(self) -> Tree:
        base = self.atom()
        return ("^", base, self.exponent()) if self.take("^") else base

    def exponent(self) -> int:
        bracket, negative = self.take("("), self.take("-")
        kind, text = self.peek()
        if kind != "number" or not text.isdigit() or int(text) > POWER:
            raise ExpressionError(f"an exponent has to be a whole number up to {POWER}")
        self.at += 1
        if bracket and not self.take(")"):
            raise ExpressionError("a bracket is not closed")
        return -int(text) if negative else int(text)

    def atom(self) -> Tree:
        kind, text = self.peek()
        self.at += 1
        if kind == "number":
            return "number", Fraction(text)
        if kind == "name":
            return "name", text
        if (kind, text) != ("sign", "("):
            raise ExpressionError(f"a number or a name is missing before '{text}'" if text
                                  else "the formula stops early")
        tree = self.sum()
        if not self.take(")"):
            raise ExpressionError("a bracket is not closed")
        return tree


def _negative(tree: Tree) -> Tree:
    return "*", ("number", Fraction(-1)), tree


def _degree(tree: Tree) -> int:
    match tree:
        case ("number", _):
            return 0
        case ("name", _):
            return 1
        case ("^", base, int(power)):
            return max(1, _degree(base)) * abs(power)
        case ("+", left, right):
            return max(_degree(left), _degree(right))
        case _:
            return _degree(tree[1]) + _degree(tree[2])


def names(tree: Tree) -> set[str]:
    """The names that occur in the formula."""
    match tree:
        case ("number", _):
            return set()
        case ("name", name):
            return {name}
        case ("^", base, _):
            return names(base)
        case _:
            return names(tree[1]) | names(tree[2])


def evaluate(tree: Tree, values: Mapping[str, Fraction]) -> Fraction:
    """The exact value.

    Raises:
        ZeroDivisionError, KeyError: at a pole, or where a name has no value.
    """
    match tree:
        case ("number", Fraction() as number):
            return number
        case ("name", name):
            return values[name]
        case ("^", base, power):
            return Fraction(evaluate(base, values) ** power)
    left, right = evaluate(tree[1], values), evaluate(tree[2], values)
    return left + right if tree[0] == "+" else left * right if tree[0] == "*" else left / right


_ENOUGH = 8
_POINTS = tuple(
    (Fraction(p, q), Fraction(r, q))
    for p, q, r in (
        (7, 3, 11), (-13, 5, 2), (17, 11, 19), (29, 7, -3), (101, 13, 37), (-53, 17, 41), (61, 19, -23), (1009, 31, 43),
        *((1000 + k, 3, k * k + 1) for k in range(DEGREE)),
    )
)  # fmt: skip
"""Where formulas are compared: start and step of the values for the names; the page has the same points. They are more
than the poles of a formula in one name, whose degree is limited; `_ENOUGH` of them decide."""


def agree(left: Tree, right: Tree) -> bool:
    """Equal at a few fixed rational points: false proves a difference, true is nearly but not quite a proof.

    Points at which one of them has no value are left out; false as well where no point is left.
    """
    letters, compared = sorted(names(left) | names(right)), 0
    for start, step in _POINTS:
        values = {name: start + step * i for i, name in enumerate(letters)}
        try:
            if evaluate(left, values) != evaluate(right, values):
                return False
        except ZeroDivisionError:
            continue
        compared += 1
        if compared == _ENOUGH:
            break
    return compared > 0


def equal(left: Tree, right: Tree) -> bool:
    """The same rational function, decided by sympy."""
    if not agree(left, right):
        return False
    import sympy

    return bool(sympy.cancel(_symbolic(left) - _symbolic(right)) == 0)


def _symbolic(tree: Tree) -> Any:
    """The tree as a sympy expression, built node by node."""
    import sympy

    match tree:
        case ("number", number):
            return sympy.Rational(number.numerator, number.denominator)
        case ("name", name):
            return sympy.Symbol(name)
        case ("^", base, power):
            return sympy.Pow(_symbolic(base), power)
    left, right = _symbolic(tree[1]), _symbolic(tree[2])
    return left + right if tree[0] == "+" else left * right if tree[0] == "*" else left / right
