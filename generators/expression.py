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

from .numerals import written as numeral_text

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


def _pair(tree: Tree, values: Mapping[str, int]) -> tuple[int, int]:
    """The value as numerator and denominator, not reduced: whole numbers are multiplied only."""
    match tree:
        case ("number", Fraction() as number):
            return number.numerator, number.denominator
        case ("name", name):
            return values[name], 1
        case ("^", base, power):
            return _raised(*_pair(base, values), power)
    (a, b), (c, d) = _pair(tree[1], values), _pair(tree[2], values)
    if tree[0] == "/":
        c, d = d, c
        if not d:
            raise ZeroDivisionError
    return (a * d + c * b, b * d) if tree[0] == "+" else (a * c, b * d)


def _raised(above: int, below: int, power: int) -> tuple[int, int]:
    if power < 0:
        above, below = below, above
        if not below:
            raise ZeroDivisionError
    return above ** abs(power), below ** abs(power)


def _degrees(tree: Tree) -> tuple[int, int]:
    """At most the degrees of numerator and denominator."""
    match tree:
        case ("number", _):
            return 0, 0
        case ("name", _):
            return 1, 0
        case ("^", base, power):
            above, below = _degrees(base)
            return (above * power, below * power) if power >= 0 else (below * -power, above * -power)
    (a, b), (c, d) = _degrees(tree[1]), _degrees(tree[2])
    if tree[0] == "+":
        return max(a + d, c + b), b + d
    return (a + c, b + d) if tree[0] == "*" else (a + d, b + c)


SURE = 16
"""Points that decide about formulas in several names: different ones with equal values at all of them cannot be written
in `LONGEST` characters, as the points take more."""


def equal(left: Tree, right: Tree) -> bool:
    """The same rational function: the same value wherever both have one; false as well where one has none anywhere.

    Compared at whole points. Of one name there are more of them than the difference has zeros, so equal is proven.
    """
    letters = sorted(names(left) | names(right))
    (a, b), (c, d) = _degrees(left), _degrees(right)
    zeros = max(a + d, b + c)
    needed = 1 if not letters else SURE if len(letters) > 1 else zeros + 1
    compared = 0
    for values in _points(letters, needed + b + d):
        try:
            (p, q), (r, s) = _pair(left, values), _pair(right, values)
        except ZeroDivisionError:
            continue
        if p * s != q * r:
            return False
        compared += 1
        if compared == needed:
            return True
    return False


def _points(letters: list[str], count: int) -> Iterator[dict[str, int]]:
    """Values for the names, 64 bits each (Knuth's linear congruential generator); the page has the same."""
    state = 1
    for _ in range(count):
        values = {}
        for name in letters:
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            values[name] = state
        yield values


def written(tree: Tree) -> str:
    """The formula with every sign and bracket that it needs: 18*C^2 + 2*C."""
    match tree:
        case ("number", number):
            return numeral_text(number)
        case ("name", name):
            return str(name)
        case ("^", base, power):
            inner = written(base)
            return f"{inner if base[0] in ('name', 'number') else f'({inner})'}^{power if power >= 0 else f'({power})'}"
        case ("*", ("number", -1), of):
            return f"−{_bracketed(of, '+')}"
        case ("+", left, ("*", ("number", -1), of)):
            return f"{written(left)} − {_bracketed(of, '+')}"
        case ("+", left, right):
            return f"{written(left)} + {written(right)}"
        case ("*", left, right):
            return f"{_bracketed(left, '+')}*{_bracketed(right, '+/')}"
    return f"{_bracketed(tree[1], '+')}/{_bracketed(tree[2], '+*/')}"


def _bracketed(tree: Tree, weaker: str) -> str:
    text = written(tree)
    return f"({text})" if tree[0] in weaker or text.startswith("−") else text
