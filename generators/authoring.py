"""The authoring surface: all that a file in `questions/` imports.

A file is one function `question` from parameters to an `Ask` (or `Which`, `Order`, `Match`, `Essay`), under two
decorators: `about` says what it examines, `drawn` says where its parameters come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .draw import Domain, Redraw, Stream, distinct, fold, integers
from .model import BLOOM, DIFFICULTY, Criterion, Partial, Picture, QuestionKind

__all__ = [
    "Ask", "Criterion", "Essay", "Fraction", "Generator", "Line", "Match", "Order", "Partial", "Picture", "Redraw",
    "Stream", "Which", "Wrong", "about", "carried", "cut_off", "decimal", "distinct", "drawn", "equals", "fold",
    "integers", "many", "number", "rounded", "table", "times",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """A misconception: the value that it gives for these parameters, its name, and what to tell the learner.

    `value` is None where the mistake changes nothing for these parameters.
    """

    value: Any
    slug: str
    why: str


def carried(wrong: Iterable[Wrong], onward: Callable[[Any], Any]) -> list[Wrong]:
    """The same mistakes, carried on to what is computed from their values."""
    return [Wrong(onward(mistake.value), mistake.slug, mistake.why) for mistake in wrong]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with one answer: a number (MCQ, NAT), nested lists (MATRIX), a formula as a string (EXPRESSION).

    An int as key is a count: wrong answers that are negative or no whole number are dropped. `digits`: the answer is
    asked for to this many decimals. `unit` follows the number. `possible`: the smallest and the largest value that
    there can be, whatever one knows (None: no bound); what lies outside is never an option. `follow`: the part that
    this one is computed from, and how, as a formula in x: a wrong x that is carried on rightly can earn the marks.
    """

    prompt: str
    key: Any
    steps: Sequence[str]
    wrong: Sequence[Wrong] = ()
    digits: int | None = None
    unit: str = ""
    picture: Picture | None = None
    possible: tuple[Any, Any] | None = None
    follow: tuple[str, str] | None = None

    def can_be(self, value: Any) -> bool:
        """Whether a value lies in `possible`; where nothing is said, percent lie in 0 … 100, and counts above 0."""
        count = isinstance(self.key, int) and self.key > 0
        low, high = self.possible or ((0, 100) if self.unit == "%" else (1 if count else None, None))
        return (low is None or value >= low) and (high is None or value <= high)


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that is right (no slug) or a named misconception."""

    text: str
    slug: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Which:
    """Choose all right lines (MSQ), or the only one (MCQ). `fixed`: their order has a meaning and is kept."""

    prompt: str
    lines: Sequence[Line]
    steps: Sequence[str]
    fixed: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Put the lines in order. A wrong answer has two lines exchanged: Wrong((i, j), slug, why), counted from 0."""

    prompt: str
    lines: Sequence[str]
    steps: Sequence[str]
    wrong: Sequence[Wrong] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Find the right side of each left side. `others`: right sides that belong to none."""

    prompt: str
    pairs: Mapping[str, str]
    steps: Sequence[str]
    others: Sequence[str] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Essay:
    """A free text that a person marks by the rubric: its marks are the question's. `wrong`: claims that are wrong.

    `about` overrides what the generator says of itself, where its variants differ: bloom, difficulty, minutes.
    """

    prompt: str
    rubric: Sequence[Criterion]
    model: Sequence[str]
    wrong: Sequence[Wrong] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    picture: Picture | None = None


Body = Ask | Which | Order | Match | Essay


@dataclass(frozen=True, slots=True)
class Template:
    """A question function with the space of its parameters."""

    function: Callable[..., Body]
    space: Mapping[str, Domain]
    where: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Generator:
    """A question function with what it examines and the space of its parameters; call it with any parameters."""

    function: Callable[..., Body]
    topic: str
    bloom: str
    difficulty: str
    marks: int
    minutes: float
    kinds: tuple[QuestionKind, ...]
    version: int
    space: Mapping[str, Domain]
    where: Callable[..., Any]
    parts: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The file's name."""
        return self.function.__module__.rpartition(".")[2]

    def __call__(self, **params: Any) -> Body:
        return self.function(**params)


def drawn(
    where: Callable[..., Any] = lambda: True, **space: Domain
) -> Callable[[Callable[..., Body]], Template]:
    """Where the parameters come from, drawn in this order.

    A domain is a list or range to choose from, a function of earlier parameters that gives one
    (`P=lambda F: range(F)`), or a recipe `lambda draw, …: value`. `where` has to hold; put most of the constraint into
    the domains.
    """

    return lambda function: Template(function, space, where)


def about(
    topic: str, bloom: str, difficulty: str, *, kinds: str, marks: int = 1, minutes: float = 1.5, version: int = 1,
    parts: tuple[str, ...] = (),
) -> Callable[[Template], Generator]:
    """What the question examines. `kinds`: how it may be asked, e.g. "MCQ NAT". `minutes`: estimated working time.

    `parts`: values of the parameter `ask` that a blueprint's cell may ask one after the other, with one stem.

    Raise `version` whenever the same seed would give another question.
    """
    if bloom not in BLOOM or difficulty not in DIFFICULTY or marks not in (1, 2):
        raise ValueError(f"{bloom}, {difficulty} or {marks} is unknown")

    def make(template: Template) -> Generator:
        function, space, where = template.function, template.space, template.where
        allowed = tuple(map(QuestionKind, kinds.split()))
        return Generator(function, topic, bloom, difficulty, marks, minutes, allowed, version, space, where, parts)

    return make


def number(value: int | Fraction, digits: int | None = None) -> str:
    """A number for the reader: 73,856 · −1/3 · 8.67 (with digits)."""
    if digits is not None:
        return f"{scaled(value, digits) / 10**digits:,.{digits}f}".replace("-", "−")
    if isinstance(value, Fraction) and value.denominator > 1:
        return f"{value.numerator}/{value.denominator}".replace("-", "−")
    return f"{int(value):,}".replace("-", "−")


def decimal(value: int | Fraction, digits: int = 4) -> str:
    """With as many decimals as it needs, at most `digits`: 0.25 · −3 · 0.3333."""
    whole, _, places = number(value, digits).partition(".")
    return f"{whole}.{places}".rstrip("0").rstrip(".") if places else whole


def equals(value: int | Fraction, digits: int = 4) -> str:
    """What a number comes to: "= 0.25", or "≈ 0.3333" where it is rounded."""
    return f"{'≈' if rounded(value, digits) != value else '='} {decimal(value, digits)}"


def many(count: int, thing: str) -> str:
    """1 pixel, 2 pixels."""
    return f"{number(count)} {thing}{'s' * (count != 1)}"


def scaled(value: int | Fraction, digits: int) -> int:
    """In units of the last of this many decimals, halves away from zero."""
    above, below = value.numerator, value.denominator
    whole: int = (2 * abs(above) * 10**digits + below) // (2 * below)
    return whole if above >= 0 else -whole


def rounded(value: int | Fraction, digits: int) -> Fraction:
    """To this many decimals, halves away from zero."""
    return Fraction(scaled(value, digits), 10**digits)


def cut_off(value: int | Fraction, digits: int) -> Fraction:
    """To this many decimals, what follows is dropped."""
    whole = abs(value.numerator) * 10**digits // value.denominator
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def table(rows: Sequence[Any]) -> str:
    """A matrix (or a vector, as one row) in TeX."""
    lines = rows if rows and isinstance(rows[0], (list, tuple)) else [rows]
    body = r" \\ ".join(" & ".join(number(entry).replace("−", "-") for entry in line) for line in lines)
    return rf"$\begin{{bmatrix}} {body} \end{{bmatrix}}$"


def times(*factors: object) -> str:
    r"""TeX of a product: times(3, 3, 64) gives 3 \cdot 3 \cdot 64."""
    return r" \cdot ".join(map(str, factors))
