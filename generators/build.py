"""From a generator and a seed to a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .answer_values import AnswerValues
from .authoring import Ask, Body, Essay, Generator, Match, Order, Which, Wrong, cut_off, number, rounded, table
from .draw import ATTEMPTS, DrawError, Redraw, Stream, draw_params, first_good
from .leaks import steps_of
from .model import Option, Premise, Question, QuestionKind, WrongAnswer
from .options import EDITION, Choice, choose, told_by_length
from .registry import load
from .work import estimated, level, worth

KEYS = "ABCDEFGH"
STRICT, STRICT_LINES = 4, 40
"""Attempts at parameters whose options, or lines, give nothing away; then the best there are will do."""


def build(slug: str, seed: int, kind: str | None = None) -> Question:
    """Variant `seed` of this generator, as this kind or as one that the seed chooses.

    Raises:
        KeyError: if there is no such generator.
        ValueError: if it cannot be asked as this kind.
        DrawError: if its constraints cannot be met.
    """
    generator = load(slug)
    name = (slug, generator.version, seed)
    chosen = _kind(generator, seed, kind)

    def attempt(turn: int) -> Question:
        params = draw_params((*name, chosen), generator.space, generator.where, turn)
        return _finish(generator, seed, params, chosen, turn=turn)

    return first_good(name, attempt)


def rebuild(slug: str, params: Mapping[str, Any], seed: int = 0, kind: str | None = None) -> Question:
    """The question with given parameters; `seed` only chooses kind, wrong options and their order.

    Raises:
        DrawError: if these parameters leave too few different wrong answers for an MCQ.
    """
    generator = load(slug)
    try:
        return _finish(generator, seed, dict(params), _kind(generator, seed, kind))
    except Redraw as problem:
        raise DrawError(f"{slug}: {problem}") from problem


def _kind(generator: Generator, seed: int, kind: str | None) -> QuestionKind:
    if kind is None:
        return Stream(generator.slug, generator.version, seed, "kind").pick(generator.kinds)
    if kind not in generator.kinds:
        raise ValueError(f"{generator.slug} can be asked as {' or '.join(generator.kinds)}, not as {kind}")
    return QuestionKind(kind)


def _finish(
    generator: Generator, seed: int, params: dict[str, Any], kind: QuestionKind, turn: int = ATTEMPTS
) -> Question:
    body = generator(**params)
    facts = {name: getattr(generator, name) for name in ("marks", "topic", "bloom", "difficulty", "minutes")}
    parts: dict[str, Any] = {"options": (), "range": None, "misconceptions": (), "picture": body.picture}
    stream = Stream(generator.slug, generator.version, seed, "options", EDITION)
    parts |= facts | (_mcq(body, stream, turn) if kind == QuestionKind.MCQ else _MAKERS[kind](body, stream))
    if not isinstance(body, Essay):
        minutes = estimated(generator.minutes, body.prompt, body.steps, getattr(body, "key", None), params)
        parts["minutes"], parts["difficulty"] = minutes, level(generator.difficulty, minutes, generator.minutes)
        if isinstance(body, Ask):
            parts["marks"] = worth(generator.marks, minutes)
        parts["solution"] = (*body.steps, f"Answer: {parts.pop('final').removesuffix('.')}.")
    return Question(generator.slug, generator.version, seed, params, kind, **parts)


def _text(ask: Ask, value: Any) -> str:
    """A value as an option or in the solution."""
    if isinstance(value, str):
        return f"`{value}`"
    if isinstance(value, (list, tuple)):
        return table(value)
    return number(value, ask.digits) + (f" {ask.unit}" if ask.unit else "")


def _final(ask: Ask) -> str:
    """The key in the solution: "≈" says that it is rounded."""
    inexact = ask.digits is not None and rounded(ask.key, ask.digits) != ask.key
    return "≈ " * inexact + _text(ask, ask.key)


def _named(wrong: list[Wrong]) -> tuple[WrongAnswer, ...]:
    return tuple(WrongAnswer(entry.value, entry.slug, entry.why) for entry in wrong)


def _mcq(body: Body, stream: Stream, turn: int) -> dict[str, Any]:
    if isinstance(body, Which):
        return _choose_one(body, stream, turn < STRICT_LINES)
    assert isinstance(body, Ask)
    values = AnswerValues(body)
    wrong = values.different()
    chosen = choose(_choice(values, wrong, turn < STRICT), stream)
    deck: list[Wrong | None] = stream.shuffled([None, *chosen])
    options = tuple(
        Option(key, _text(body, entry.value if entry else body.key), entry is None, entry.slug if entry else None)
        for key, entry in zip(KEYS, deck, strict=False)
    )
    answer = KEYS[deck.index(None)]
    return {
        "prompt": body.prompt,
        "options": options,
        "answer": answer,
        "misconceptions": _named(wrong + [entry for entry in chosen if entry not in wrong]),
        "final": f"({answer}) {_final(body)}",
    }


def _choice(values: AnswerValues, wrong: list[Wrong], strict: bool) -> Choice:
    """What the options of an MCQ are chosen from."""
    ask = values.ask
    can_be = [entry for entry in wrong if ask.can_be(entry.value)]
    return Choice(values, can_be, lambda value: _text(ask, value), steps_of(ask.prompt), strict)


def _nat(body: Body, stream: Stream) -> dict[str, Any]:
    assert isinstance(body, Ask)
    asked = [f"in {body.unit}"] * bool(body.unit) + [_places(body.digits or 0)] * (body.digits is not None)
    answer = body.key if body.digits is None else rounded(body.key, body.digits)
    values = AnswerValues(body)
    wrong, (low, high) = values.different(), values.interval()
    if body.digits is not None and any(low <= cut_off(entry.value, body.digits) <= high for entry in wrong):
        raise Redraw("a mistake would be accepted if it is cut off instead of rounded")
    return {
        "prompt": body.prompt + (f" ({', '.join(asked)})" if asked else ""),
        "answer": answer,
        "range": (low, high),
        "misconceptions": _named(wrong),
        "final": _final(body),
        "unit": body.unit,
        "follow": body.follow,
    }


def _places(digits: int) -> str:
    places = f"{digits} decimal place{'s' if digits > 1 else ''}"
    return f"rounded to {places if digits else 'a whole number'}"


def _exactly(body: Body, stream: Stream) -> dict[str, Any]:
    """MATRIX and EXPRESSION."""
    assert isinstance(body, Ask)
    wrong = _named(AnswerValues(body).different())
    return {"prompt": body.prompt, "answer": body.key, "misconceptions": wrong, "final": _text(body, body.key)}


def _lines(body: Which, stream: Stream) -> tuple[tuple[Option, ...], list[WrongAnswer]]:
    deck = list(body.lines) if body.fixed else stream.shuffled(body.lines)
    options = tuple(
        Option(key, line.text, not line.slug, line.slug or None) for key, line in zip(KEYS, deck, strict=False)
    )
    return options, [
        WrongAnswer(key, line.slug, line.why) for key, line in zip(KEYS, deck, strict=False) if line.slug
    ]


def _choose_one(body: Which, stream: Stream, strict: bool) -> dict[str, Any]:
    options, wrong = _lines(body, stream)
    right = [option for option in options if option.correct]
    if len(right) != 1 or len(options) < 4:
        raise Redraw("an MCQ has one right line of at least four")
    texts = [option.text for option in options]
    if strict and not body.fixed and told_by_length(texts, options.index(right[0]), stream):
        raise Redraw("its length gives the right line away")
    final = f"({right[0].key}) {right[0].text}"
    return {"prompt": body.prompt, "options": options, "answer": right[0].key, "misconceptions": wrong, "final": final}


def _msq(body: Body, stream: Stream) -> dict[str, Any]:
    assert isinstance(body, Which)
    options, wrong = _lines(body, stream)
    answer = [option.key for option in options if option.correct]
    if not answer:
        raise Redraw("no line is right")
    prompt = f"{body.prompt} (One or more are right.)"
    final = ", ".join(f"({key})" for key in answer)
    return {"prompt": prompt, "options": options, "answer": answer, "misconceptions": wrong, "final": final}


def _order(body: Body, stream: Stream) -> dict[str, Any]:
    assert isinstance(body, Order)
    deck = stream.shuffled(range(len(body.lines)))
    options = tuple(Option(KEYS[i], body.lines[line]) for i, line in enumerate(deck))
    answer = [KEYS[deck.index(i)] for i in range(len(deck))]
    wrong = tuple(WrongAnswer(_exchanged(answer, *w.value), w.slug, w.why) for w in body.wrong)
    final = ", ".join(answer)
    return {"prompt": body.prompt, "options": options, "answer": answer, "misconceptions": wrong, "final": final}


def _exchanged(keys: list[str], i: int, j: int) -> list[str]:
    return [keys[j] if k == i else keys[i] if k == j else key for k, key in enumerate(keys)]


def _match(body: Body, stream: Stream) -> dict[str, Any]:
    assert isinstance(body, Match)
    deck = stream.shuffled([*body.pairs.values(), *body.others])
    items = tuple(Premise("PQRSTUVW"[i], left) for i, left in enumerate(body.pairs))
    options = tuple(Option(str(i + 1), right) for i, right in enumerate(deck))
    answer = {item.key: str(deck.index(body.pairs[item.text]) + 1) for item in items}
    final = ", ".join(f"{left}–{right}" for left, right in answer.items())
    return {"prompt": body.prompt, "options": options, "items": items, "answer": answer, "final": final,
            "misconceptions": tuple(_confused(body, items, options))}  # fmt: skip


def _confused(body: Match, items: Sequence[Premise], options: Sequence[Option]) -> Iterator[WrongAnswer]:
    """What each wrong pair mixes up."""
    owners = {right: left for left, right in body.pairs.items()}
    for item in items:
        right = body.pairs[item.text]
        for option in options:
            if option.text == right:
                continue
            owner = owners.get(option.text)
            says = f"“{option.text}” belongs to {owner}" if owner else f"“{option.text}” belongs to none of them"
            other = _slug(owner) if owner else f"none-{body.others.index(option.text) + 1}"
            slug = f"{_slug(item.text)}-taken-for-{other}"
            yield WrongAnswer({item.key: option.key}, slug, f"{says}; {item.text} goes with “{right}”.")


def _slug(text: str) -> str:
    """A name as a misconception's: ResNet-50 as resnet-50."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _essay(body: Body, stream: Stream) -> dict[str, Any]:
    assert isinstance(body, Essay)
    return {
        "prompt": body.prompt,
        "answer": list(body.model),
        "rubric": tuple(body.rubric),
        "marks": int(sum(criterion.marks for criterion in body.rubric)),
        "solution": tuple(body.model),
        "misconceptions": _named(list(body.wrong)),
    } | dict(body.about)


_MAKERS: dict[QuestionKind, Callable[[Body, Stream], dict[str, Any]]] = {
    QuestionKind.MSQ: _msq,
    QuestionKind.NAT: _nat,
    QuestionKind.MATRIX: _exactly,
    QuestionKind.EXPRESSION: _exactly,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
