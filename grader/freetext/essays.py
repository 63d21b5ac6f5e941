"""Free-text tasks and their rubrics as data: what the files of `exercises/essays/` say.

People give the points. Nothing here reads the words of an answer.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.closest import did_you_mean

from ..errors import OURS, USAGE, GraderError
from ..exercise import EXERCISES

ESSAYS = EXERCISES / "essays"
KINDS = {
    "concept": "short answer",
    "derivation": "derivation",
    "myth": "myth",
    "interview": "interview",
    "design": "design",
    "essay": "critical essay",
    "research": "research project",
    "lab": "lab report",
}
BLOOM = ("Remember", "Understand", "Apply", "Analyze", "Evaluate", "Create")
LEVELS = ("beginner", "intermediate", "advanced")


class EssayError(GraderError):
    """There is no such task, or a rubric's file is not as it should be. The message says which file and why."""

    exit_code = OURS


class UnknownEssay(EssayError):
    """The slug names no task: the user's mistake."""

    exit_code = USAGE


@dataclass(frozen=True)
class PartialCredit:
    """What earns fewer than all points of a criterion."""

    points: float
    text: str


@dataclass(frozen=True)
class RubricCriterion:
    """One thing that an answer has to contain: the idea, other ways to say it, what earns a part of the points."""

    id: str
    points: float
    idea: str
    accept: tuple[str, ...]
    partial: tuple[PartialCredit, ...]


@dataclass(frozen=True)
class Contradiction:
    """A claim that is wrong, and why; `against` is the criterion whose points are not given beside it."""

    claim: str
    why: str
    against: str = ""


@dataclass(frozen=True)
class Band:
    """What an answer of at least so many points is like."""

    least: float
    name: str
    text: str


@dataclass(frozen=True)
class AutogradedPoints:
    """Points that an exercise's checks decide: those that call nothing but the names in `needs` (empty: all)."""

    exercise: str
    points: float
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A line of a lab's sheet: checks of exercises and criteria of the rubric, together `points`."""

    id: str
    title: str
    points: float
    graded: tuple[AutogradedPoints, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class FreeTextTask:
    """`exercises/essays/<slug>.toml`."""

    slug: str
    title: str
    kind: str
    topics: tuple[str, ...]
    bloom: str
    level: str
    points: float
    question: str
    criteria: tuple[RubricCriterion, ...]
    contradictions: tuple[Contradiction, ...]
    bands: tuple[Band, ...]
    model: tuple[str, ...]
    parts: tuple[Part, ...] = ()

    def criterion(self, name: str) -> RubricCriterion | None:
        """The criterion of this name, if there is one."""
        return next((c for c in self.criteria if c.id == name), None)

    def band(self, points: float) -> Band:
        """The band that so many points reach."""
        return max((b for b in self.bands if b.least <= points), key=lambda b: b.least)

    @property
    def fingerprint(self) -> str:
        """Changes with the criteria and their points: an older assessment may then not fit any more."""
        core = [[c.id, c.points, c.idea] for c in self.criteria]
        return hashlib.sha256(json.dumps(core).encode()).hexdigest()[:16]


# ---------------------------------------------------------------- loading


def is_essay(slug: str) -> bool:
    """Whether there is a free-text task of this name."""
    return slug in essay_slugs()


def essay_slugs() -> list[str]:
    """The names of all free-text tasks."""
    return sorted(p.stem for p in ESSAYS.glob("*.toml"))


def load_essay(slug: str) -> FreeTextTask:
    """Read one task. Raises UnknownEssay, or EssayError where the file is broken."""
    if not is_essay(slug):
        meant = did_you_mean(slug, essay_slugs())
        raise UnknownEssay(f"there is no free-text task '{slug}'.{meant} `grade rubric --list` shows them all.")
    return read_essay(ESSAYS / f"{slug}.toml")


def all_essays() -> list[FreeTextTask]:
    """Every free-text task, kind by kind."""
    order = list(KINDS)
    return sorted(map(load_essay, essay_slugs()), key=lambda e: (order.index(e.kind), e.slug))


def read_essay(path: Path) -> FreeTextTask:
    """Read and check one file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        essay = _essay(path.stem, data)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        said = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)
        raise EssayError(f"{path}: {said}") from error
    if problems := list(_problems(essay)):
        raise EssayError(f"{path}: {'; '.join(problems)}")
    return essay


def _essay(slug: str, data: dict[str, Any]) -> FreeTextTask:
    return FreeTextTask(
        slug=slug,
        criteria=tuple(_criterion(c) for c in data.pop("criteria")),
        contradictions=tuple(Contradiction(**c) for c in data.pop("contradictions")),
        bands=tuple(Band(**b) for b in data.pop("bands")),
        parts=tuple(_part(p) for p in data.pop("parts", ())),
        topics=_texts(data.pop("topics")),
        model=_texts(data.pop("model")),
        question=str(data.pop("question")).strip(),
        **data,
    )


def _criterion(data: dict[str, Any]) -> RubricCriterion:
    partial = tuple(PartialCredit(**p) for p in data.pop("partial", ()))
    return RubricCriterion(accept=_texts(data.pop("accept")), partial=partial, **data)


def _part(data: dict[str, Any]) -> Part:
    graded = tuple(map(_autograded, data.pop("graded", ())))
    return Part(graded=graded, criteria=_texts(data.pop("criteria", [])), **data)


def _autograded(data: dict[str, Any]) -> AutogradedPoints:
    return AutogradedPoints(data["exercise"], data["points"], _texts(data.get("needs", [])))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise TypeError(f"a list of texts was expected, not {value!r}")
    return tuple(value)


# ---------------------------------------------------------------- checking


def _problems(essay: FreeTextTask) -> Iterable[str]:
    """What is wrong with a rubric, each in a few words."""
    total = sum(c.points for c in essay.criteria)
    handed = sum(p.points for p in essay.parts) - sum(g.points for p in essay.parts for g in p.graded)
    yield from _said(
        (essay.kind not in KINDS, f"unknown kind '{essay.kind}'"),
        (essay.bloom not in BLOOM, f"unknown Bloom level '{essay.bloom}'"),
        (essay.level not in LEVELS, f"unknown level '{essay.level}'"),
        (not (essay.title.strip() and essay.question), "title or question is empty"),
        (not essay.criteria, "there are no criteria"),
        (total != essay.points, f"the criteria add up to {total:g} points, not {essay.points:g}"),
        (bool(essay.parts) and handed != total, f"the parts leave {handed:g} points to the criteria's {total:g}"),
        (not (essay.topics and essay.model and essay.contradictions), "topics, model or contradictions are missing"),
    )
    yield from _repeated([c.id for c in essay.criteria])
    for criterion in essay.criteria:
        yield from _criterion_problems(criterion)
    for found in essay.contradictions:
        unknown = found.against and essay.criterion(found.against) is None
        yield from _said((unknown, f"a contradiction is against '{found.against}', which is no criterion"))
    yield from _band_problems(essay)
    yield from _part_problems(essay)


def _said(*pairs: tuple[object, str]) -> list[str]:
    return [text for wrong, text in pairs if wrong]


def _repeated(names: list[str]) -> list[str]:
    return [f"'{n}' appears twice" for n in sorted(set(names)) if names.count(n) > 1]


def _criterion_problems(c: RubricCriterion) -> list[str]:
    parts = [p.points for p in c.partial]
    return _said(
        (not c.id or not c.id.replace("-", "").isalnum(), f"'{c.id}' is no name for a criterion"),
        (c.points <= 0 or c.points * 2 != int(c.points * 2), f"'{c.id}': points in halves, more than none"),
        (not c.idea.strip(), f"'{c.id}' has no idea"),
        (not c.accept, f"'{c.id}' accepts no other wording"),
        (any(not 0 < p < c.points for p in parts), f"'{c.id}': a part of the points is more than 0, less than all"),
    )


def _band_problems(essay: FreeTextTask) -> list[str]:
    least = [b.least for b in essay.bands]
    return _said(
        (len(least) < 2, "fewer than two bands"),
        (least != sorted(set(least), reverse=True), "bands go from the highest down"),
        (not least or least[-1] != 0, "the last band begins at 0"),
        (bool(least) and least[0] > essay.points, "the first band is out of reach"),
    )


def _part_problems(essay: FreeTextTask) -> Iterable[str]:
    if not essay.parts:
        return
    named = [name for part in essay.parts for name in part.criteria]
    yield from _repeated(named)
    yield from (f"no part has the criterion '{c.id}'" for c in essay.criteria if c.id not in named)
    for part in essay.parts:
        found = [essay.criterion(name) for name in part.criteria]
        total = sum(g.points for g in part.graded) + sum(c.points for c in found if c)
        yield from _said((None in found, f"part '{part.id}' names an unknown criterion"))
        yield from _said((total != part.points, f"part '{part.id}' adds up to {total:g}, not {part.points:g}"))
