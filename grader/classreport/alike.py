"""Similar code within a class: compares the sources behind the marks that count."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from ..exercise import Exercise, ExerciseError, load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.records import Work
from ..gradebook.tables import Attempt, Grading, Source
from .model import Copies, Excerpt, Pair, Similar
from .overview import read_class
from .similarity import CodeMatch, matches

MOST = 50  # pairs of an exercise
AROUND = 2  # lines shown before and after what is alike
CODE = re.compile(r"^```(?:python|py)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass
class _Text:
    """One source, and everybody who handed it in."""

    text: str
    file: str
    people: list[str] = field(default_factory=list)

    @property
    def who(self) -> str:
        """All their names."""
        return ", ".join(self.people)


def find_similar(book: Gradebook, assignment: str, threshold: float) -> Similar:
    """Pairs of files and identical files, exercise by exercise."""
    compared, left_out = 0, 0
    pairs: list[Pair] = []
    copies: list[Copies] = []
    for slug, texts in _texts(book, assignment).items():
        given = _given(slug)
        own = [t for t in texts if _bare(t.text) and _bare(t.text) not in map(_bare, given)]
        found = matches([t.text for t in own], given, threshold)
        compared += len(own)
        left_out += max(0, len(found) - MOST)
        pairs += [_pair(slug, own, match) for match in found[:MOST]]
        copies += [Copies(slug, t.people) for t in own if len(t.people) > 1]
    return Similar(threshold, compared, pairs, copies, left_out)


def _texts(book: Gradebook, assignment: str) -> dict[str, list[_Text]]:
    """Exercise → the different sources behind the marks."""
    found: dict[str, dict[str, _Text]] = defaultdict(dict)
    people = read_class(book, assignment).people
    counting = {e.grading: (p.shown, e.exercise) for p in people for e in p.entries if e.grading is not None}
    query = select(Grading.id, Attempt.file, Source.digest, Source.archive, Source.main, Source.problem)
    query = query.join(Attempt, Attempt.id == Grading.attempt_id).join(Source, Source.id == Attempt.source_id)
    with book.reading() as session:
        for number, file, digest, archive, main, problem in session.execute(query.order_by(Grading.id)):
            if number in counting:
                who, slug = counting[number]
                text = _joined(Work.unpacked(archive, main, problem))
                found[slug].setdefault(digest, _Text(text, file)).people.append(who)
    return {slug: list(texts.values()) for slug, texts in found.items()}


def _joined(work: Work) -> str:
    """All of its Python as one text."""
    sources = [data.decode("utf-8", "replace") for name, data in sorted(work.files.items()) if name.endswith(".py")]
    return "\n".join(sources).replace("\r\n", "\n").replace("\r", "\n")


def _given(slug: str) -> list[str]:
    """The starter, and the statement's code."""
    try:
        exercise: Exercise = load_exercise(slug)
    except ExerciseError:
        return []
    return [exercise.starter_file.read_text(encoding="utf-8"), *CODE.findall(exercise.statement)]


def _bare(text: str) -> str:
    """Without space at the ends of lines, and without empty lines."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def _pair(slug: str, texts: list[_Text], match: CodeMatch) -> Pair:
    left, right = (
        Excerpt(texts[i].who, texts[i].file, _excerpt(texts[i].text, lines), min(share, 1.0))
        for i, share, lines in zip(match.texts, match.shares, match.lines, strict=True)
    )
    return Pair(slug, left, right)


def _excerpt(text: str, alike: frozenset[int]) -> list[tuple[int, str, bool]]:
    """The similar lines with a few lines around them; gaps have the number 0."""
    lines = text.split("\n")
    shown = sorted({n for a in alike for n in range(a - AROUND, a + AROUND + 1) if 1 <= n <= len(lines)})
    found: list[tuple[int, str, bool]] = []
    for n in shown:
        if found and found[-1][0] != n - 1:
            found.append((0, "", False))
        found.append((n, lines[n - 1], n in alike))
    return found
