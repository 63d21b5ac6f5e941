"""Papers: different questions of mixed generators, made again from blueprint and seed alone.

The seed draws a plan: which generator stands at which place, and as which kind it is asked. Every paper of that plan is
a parallel form: the same demands at every place, other variants. No variant comes twice, in a paper or among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, islice
from typing import Any

from .blueprint import Blueprint, BlueprintCell
from .build import build, rebuild
from .draw import DrawError, Stream
from .forms import DrawnSoFar, Traces, demand, traces
from .model import Question, QuestionKind
from .registry import load

TRIES, ALIKE = 200, 8
"""Variants that are tried for a place; those that fit it of which the nearest in time is taken."""
NEAR = 0.2
"""How much longer or shorter, as a share, a place of another form may take without looking for a nearer variant."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """So many questions that follow each other, under a title."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Questions in order, with the seed they come from. `form`: which one of several papers of the same plan.

    `allowed`: the time allowed in minutes; None: what the questions are estimated to take. `sections` add up to all
    questions, or there are none.
    """

    title: str
    seed: int
    questions: tuple[Question, ...]
    blueprint: str = ""
    form: int = 1
    allowed: int | None = None
    sections: tuple[PaperSection, ...] = ()

    @property
    def marks(self) -> int:
        """The highest possible score."""
        return sum(question.marks for question in self.questions)

    @property
    def minutes(self) -> float:
        """The time allowed, or the estimated working time."""
        return self.allowed or sum(question.minutes for question in self.questions)

    def as_json(self) -> dict[str, Any]:
        """Title, seed, marks, minutes and the questions with their keys."""
        questions = [question.as_json() for question in self.questions]
        return {"title": self.title, "blueprint": self.blueprint, "seed": self.seed, "form": self.form,
                "marks": self.marks, "minutes": self.minutes, "allowed": self.allowed,
                "sections": [{"title": s.title, "count": s.count} for s in self.sections],
                "questions": questions}  # fmt: skip

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Paper:
        """The paper again.

        Raises:
            KeyError, TypeError, ValueError: if the record is no paper.
        """
        questions = tuple(map(Question.from_json, record["questions"]))
        if not questions:
            raise ValueError("it has no questions")
        for number, question in enumerate(questions, 1):
            if not _sound(question):
                raise ValueError(f"question {number} is damaged")
        allowed = record.get("allowed")
        if allowed is not None and not (isinstance(allowed, int) and 0 < allowed <= 6000):
            raise ValueError(f"{allowed!r} is no time in minutes")
        return cls(str(record["title"]), int(record["seed"]), questions, str(record.get("blueprint", "")),
                   int(record.get("form", 1)), allowed, _sections(record, len(questions)))  # fmt: skip


def _sections(record: Mapping[str, Any], questions: int) -> tuple[PaperSection, ...]:
    found = tuple(PaperSection(str(entry["title"]), int(entry["count"])) for entry in record.get("sections", ()))
    if found and (min(s.count for s in found) < 1 or sum(s.count for s in found) != questions):
        raise ValueError("its sections do not add up to its questions")
    return found


def _sound(question: Question) -> bool:
    """Whether a question from a file can be shown and marked."""
    texts = [question.prompt, question.topic, question.generator, *question.solution]
    texts += [text for option in question.options for text in (option.key, option.text)]
    texts += [text for item in question.items for text in (item.key, item.text)]
    texts += [text for entry in question.misconceptions for text in (entry.slug, entry.why)]
    numbers: list[Any] = [question.marks, question.minutes]
    if question.kind == QuestionKind.NAT:
        numbers += [question.answer, *(question.range or ("no range",)), *(m.value for m in question.misconceptions)]
    if question.marks not in range(1, 1001) or not all(map(_is_number, numbers)):
        return False
    return all(isinstance(text, str) for text in texts)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Fraction)) and not isinstance(value, bool)


def make_papers(blueprint: Blueprint, seed: int, count: int = 1) -> list[Paper]:
    """`count` parallel forms; the first is the same whatever the count.

    Raises:
        BlueprintError: if nothing fits a cell.
        DrawError: if there are not that many different variants.
    """
    plan = list(_plan(blueprint, seed))
    stock, drawn = _Stock(), list[list[Question]]()
    for form in range(1, count + 1):
        models = drawn[0] if drawn else [None] * len(plan)
        drawn.append(_drawn(seed, plan, stock, form, models))
    return [_paper(blueprint, seed, plan, questions, form) for form, questions in enumerate(drawn, 1)]


@dataclass(frozen=True, slots=True)
class _Place:
    cell: BlueprintCell
    slug: str
    kind: QuestionKind
    part: str = ""

    def admits(self, question: Question) -> bool:
        """Whether a variant is as difficult as the cell asks, and the part that stands here."""
        return self.cell.admits(question) and self.part in ("", question.params.get("ask"))


def _plan(blueprint: Blueprint, seed: int) -> Iterator[_Place]:
    """A generator and a kind for every place, those used least so far first."""
    used: Counter[str] = Counter()
    for row, cell in enumerate(blueprint.cells):
        fitting = dict(cell.fitting())
        for place in range(1 if cell.parts else cell.count):
            stream = Stream("paper", seed, "plan", row, place)
            deck = stream.shuffled(sorted(fitting))
            slug = min(deck, key=lambda name: used[name])
            used[slug] += 1
            kind = stream.pick(fitting[slug])
            yield from (_Place(cell, slug, kind, part) for part in (load(slug).parts if cell.parts else ("",)))


def _drawn(
    seed: int, plan: list[_Place], stock: _Stock, form: int, models: Sequence[Question | None]
) -> list[Question]:
    """A form's questions, in the order of the plan. `models`: those of the first form."""
    questions: list[Question] = []
    for number, (place, model) in enumerate(zip(plan, models, strict=True)):
        if place.part and number and plan[number - 1].cell is place.cell:
            questions.append(_next_part(questions[-1], place))
            continue
        question = stock.draw(place, Stream("paper", seed, "variant", form, number), model)
        if question is None:
            raise DrawError(_exhausted(place.cell, sum(p.cell == place.cell for p in plan[:number]), form))
        questions.append(question)
    return questions


def _next_part(before: Question, place: _Place) -> Question:
    """The next part with the stem of the question before."""
    return rebuild(before.generator, {**before.params, "ask": place.part}, before.seed, place.kind)


def _paper(blueprint: Blueprint, seed: int, plan: list[_Place], questions: list[Question], form: int) -> Paper:
    sections = _sections_of(plan)
    if blueprint.shuffle:
        questions = _shuffled(questions, sections, Stream("paper", seed, "order", form))
    return Paper(blueprint.title, seed, tuple(questions), blueprint.name, form, blueprint.minutes, sections)


def _sections_of(plan: list[_Place]) -> tuple[PaperSection, ...]:
    """Places that follow each other and name the same section are one; a plan that names none has none."""
    runs = groupby(place.cell.section for place in plan)
    found = tuple(PaperSection(title or "Further questions", len(list(run))) for title, run in runs)
    return found if any(place.cell.section for place in plan) else ()


def _shuffled(questions: list[Question], sections: tuple[PaperSection, ...], stream: Stream) -> list[Question]:
    """In another order, within each section."""
    if not sections:
        return stream.shuffled(questions)
    rest = iter(questions)
    return [question for section in sections for question in stream.shuffled(list(islice(rest, section.count)))]


def _exhausted(cell: BlueprintCell, made: int, form: int) -> str:
    if form == 1:
        return f"there are only {made} different questions of this choice: {cell.described()}"
    return (f"there are enough different questions for {form - 1} paper{'s' * (form > 2)} only; "
            f"what runs out: {cell.described()}")  # fmt: skip


class _Stock:
    """The variants that are left, and what the questions drawn so far tell."""

    def __init__(self) -> None:
        self.told = DrawnSoFar()
        self.empty: set[tuple[str, QuestionKind, tuple[object, ...]]] = set()

    def draw(self, place: _Place, stream: Stream, model: Question | None) -> Question | None:
        """A fresh variant for this place, of the same demand as its `model` in the first form.

        Of another generator that fits where the planned one is used up.
        """
        wanted = demand(model) if model else ()
        others = [(slug, kind) for slug, kinds in place.cell.fitting() for kind in kinds]
        first = (model.generator, model.kind) if model else (place.slug, place.kind)
        for slug, kind in [first, *stream.shuffled(others)]:
            own = wanted if (slug, kind) == first else ()
            if (slug, kind, own) in self.empty:
                continue
            if question := self._fresh(slug, kind, place, stream, model if own else None):
                return question
            self.empty.add((slug, kind, own))
        return None

    def _fresh(
        self, slug: str, kind: QuestionKind, place: _Place, stream: Stream, model: Question | None
    ) -> Question | None:
        """The one of a few variants that takes most nearly as long as the model; the first one without a model."""
        for strict in (True, False):
            found: list[tuple[float, int, Question, Traces]] = []
            for turn in range(TRIES):
                question = build(slug, stream.below(2**31), kind)
                if not place.admits(question) or (model and demand(question) != demand(model)):
                    continue
                if not self.told.free(new := traces(question), strict=strict):
                    continue
                off = abs(question.minutes - model.minutes) / model.minutes if model else 0.0
                found.append((off, turn, question, new))
                if off <= NEAR or len(found) == ALIKE:
                    break
            if found:
                _, _, question, new = min(found, key=lambda entry: entry[:2])
                self.told.add(new)
                return question
        return None
