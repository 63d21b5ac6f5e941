"""What a paper is made of: cells of topic × kind × marks × level, each with a count. Read from TOML.

    title = "Chapter test"
    minutes = 45            # time allowed; the questions' estimates added up otherwise
    questions = 12          # optional, and checked: what the cells have to add up to
    marks = 20              # the same for the marks
    shuffle = true          # questions in an order drawn for each paper; the cells' order otherwise

    [[cells]]
    name = "Output size"    # optional, for messages
    section = "Part A"      # optional: cells that follow each other and name the same one are a section of the paper
    count = 3
    topics = ["output size", "padding"]     # or generators = ["output_size"]; each filter is optional
    kinds = ["MCQ", "NAT"]
    marks = 1
    difficulty = ["beginner"]
    bloom = ["Apply", "Analyze"]
    parts = true            # the questions are parts with one stem, of a generator that has so many (`layer_parts`)
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .authoring import Generator
from .closest import did_you_mean
from .model import BLOOM, DIFFICULTY, Question, QuestionKind
from .registry import load, slugs

FOLDER = Path(__file__).with_name("blueprints")
MOST = 1000
"""Questions in a paper."""


class BlueprintError(ValueError):
    """The blueprint cannot be read, or no paper can follow it. The message says what to change."""


@dataclass(frozen=True, slots=True)
class BlueprintCell:
    """`count` questions that fit every filter; an empty filter lets all through, except essays: they need a person."""

    count: int
    topics: tuple[str, ...] = ()
    generators: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    marks: int | None = None
    difficulty: tuple[str, ...] = ()
    bloom: tuple[str, ...] = ()
    name: str = ""
    parts: bool = False
    section: str = ""

    def asks(self, slug: str) -> tuple[QuestionKind, ...]:
        """The kinds as which this generator may be asked here; none if it does not fit."""
        generator = load(slug)
        if not self._fits(slug, generator):
            return ()
        if self.kinds or self.generators:
            return tuple(kind for kind in generator.kinds if not self.kinds or kind in self.kinds)
        return tuple(kind for kind in generator.kinds if kind != QuestionKind.ESSAY)

    def _fits(self, slug: str, generator: Generator) -> bool:
        pairs = ((self.topics, generator.topic), (self.generators, slug), (self.difficulty, generator.difficulty),
                 (self.bloom, generator.bloom))  # fmt: skip
        if self.parts and len(generator.parts) != self.count:
            return False
        return self.marks in (None, generator.marks) and all(not allowed or is_ in allowed for allowed, is_ in pairs)

    def admits(self, question: Question) -> bool:
        """Whether this variant is worth as much and as difficult as the cell asks."""
        return self.marks in (None, question.marks) and (not self.difficulty or question.difficulty in self.difficulty)

    def fitting(self) -> list[tuple[str, tuple[QuestionKind, ...]]]:
        """The generators that fit, with the kinds they may be asked as.

        Raises:
            BlueprintError: if there is none.
        """
        found = [(slug, kinds) for slug in slugs() if (kinds := self.asks(slug))]
        if not found:
            raise BlueprintError(f"no generator fits {self.described()}; `grade quiz list` shows what there is")
        return found

    def described(self) -> str:
        """The filters, as a person would say them."""
        words = [", ".join(self.topics), ", ".join(self.generators), " or ".join(self.kinds),
                 f"{self.marks} mark{'s' * (self.marks != 1)}" if self.marks else "", " or ".join(self.difficulty),
                 " or ".join(self.bloom), f"{self.count} parts with one stem" if self.parts else ""]  # fmt: skip
        return " · ".join(word for word in words if word) or "an empty choice"


@dataclass(frozen=True, slots=True)
class Blueprint:
    """`minutes`: the time allowed; None: what the questions are estimated to take."""

    title: str
    cells: tuple[BlueprintCell, ...]
    minutes: int | None = None
    shuffle: bool = False
    name: str = ""

    @property
    def count(self) -> int:
        """Questions of a paper."""
        return sum(cell.count for cell in self.cells)


def blueprints() -> tuple[str, ...]:
    """The names of those that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def practice(
    count: int,
    *,
    generators: Iterable[str] = (),
    topics: Iterable[str] = (),
    kinds: Iterable[str] = (),
    title: str = "Practice questions",
) -> Blueprint:
    """One cell: `count` questions of these generators, topics and kinds; no names stand for all.

    Raises:
        BlueprintError: if a name is unknown or nothing fits.
    """
    cell = BlueprintCell(
        count,
        generators=known_names(generators, slugs(), "generator"),
        topics=known_names(topics, all_topics(), "topic"),
        kinds=known_names(kinds, QuestionKind, "kind"),
    )
    cell.fitting()
    return Blueprint(title, (cell,))


def load_blueprint(name: str) -> Blueprint:
    """The blueprint of this name, or in this file.

    Raises:
        BlueprintError: if there is none, or what is wrong with it and where.
    """
    known = name in blueprints()
    path = FOLDER / f"{name}.toml" if known else Path(name)
    if not known and path.suffix != ".toml":
        raise BlueprintError(f"blueprint: there is no '{name}'{_meant(name, blueprints())} (your own end in .toml)")
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return from_record(record, path.stem)
    except OSError as problem:
        raise BlueprintError(f"{name}: {problem.strerror or problem}") from problem
    except UnicodeDecodeError as problem:
        raise BlueprintError(f"{name}: not in UTF-8; save it as UTF-8") from problem
    except tomllib.TOMLDecodeError as problem:
        raise BlueprintError(f"{name}: not TOML: {problem}") from problem
    except BlueprintError as problem:
        raise BlueprintError(f"{name}: {problem}") from problem


def from_record(record: Mapping[str, Any], name: str) -> Blueprint:
    """A blueprint from its data, with every cell checked for generators that fit it.

    Raises:
        BlueprintError: what is wrong and where.
    """
    _only(record, ("title", "minutes", "questions", "marks", "shuffle", "cells"), "the head")
    cells = record.get("cells")
    if not isinstance(cells, list) or not cells or not all(isinstance(cell, dict) for cell in cells):
        raise BlueprintError("there are no [[cells]]")
    title, shuffle = record.get("title", name), record.get("shuffle", False)
    if not isinstance(title, str) or not title.strip() or not isinstance(shuffle, bool):
        raise BlueprintError("title has to be a text and shuffle true or false")
    minutes = _whole(record, "minutes", "the head", 6000) if "minutes" in record else None
    blueprint = Blueprint(title, tuple(_cell(cell, i) for i, cell in enumerate(cells, 1)), minutes, shuffle, name)
    _adds_up(blueprint, record)
    return blueprint


def _adds_up(blueprint: Blueprint, record: Mapping[str, Any]) -> None:
    if blueprint.count > MOST:
        raise BlueprintError(f"the cells ask for {blueprint.count} questions; a paper has at most {MOST}")
    if "questions" in record and record["questions"] != blueprint.count:
        raise BlueprintError(f"questions = {record['questions']}, but the cells add up to {blueprint.count}")
    if "marks" not in record:
        return
    if open_ := [cell for cell in blueprint.cells if cell.marks is None]:
        raise BlueprintError(f"marks = {record['marks']} can only be kept if every cell says its marks; "
                             f"{open_[0].described()} does not")  # fmt: skip
    total = sum(cell.count * (cell.marks or 0) for cell in blueprint.cells)
    if record["marks"] != total:
        raise BlueprintError(f"marks = {record['marks']}, but the cells add up to {total}")


def _cell(record: Mapping[str, Any], number: int) -> BlueprintCell:
    where = f"cell {number}" + (f" ({record['name']})" if isinstance(record.get("name"), str) else "")
    _only(record, tuple(field.name for field in fields(BlueprintCell)), where)
    domains = {"topics": all_topics(), "generators": slugs(), "kinds": tuple(QuestionKind), "difficulty": DIFFICULTY,
               "bloom": BLOOM}  # fmt: skip
    filters = {key: _known(record, key, known, where) for key, known in domains.items()}
    marks = _whole(record, "marks", where, 2) if "marks" in record else None
    name, section = (str(record.get(key, "")).strip() for key in ("name", "section"))
    count = _whole(record, "count", where, MOST)
    parts = record.get("parts", False)
    if not isinstance(parts, bool):
        raise BlueprintError(f"{where}: parts has to be true or false")
    cell = BlueprintCell(count, marks=marks, name=name, section=section, parts=parts, **filters)
    try:
        cell.fitting()
    except BlueprintError as problem:
        raise BlueprintError(f"{where}: {problem}") from problem
    return cell


def all_topics() -> tuple[str, ...]:
    """All topics, in alphabetical order."""
    return tuple(sorted({load(slug).topic for slug in slugs()}))


def _only(record: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in record:
        if key not in allowed:
            raise BlueprintError(f"{where}: '{key}' has no meaning{_meant(key, allowed)}")


def _whole(record: Mapping[str, Any], key: str, where: str, most: int) -> int:
    value = record.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise BlueprintError(f"{where}: {key} has to be a whole number from 1 to {most}")
    return value


def _known(record: Mapping[str, Any], key: str, known: Iterable[str], where: str) -> tuple[str, ...]:
    values = record.get(key, [])
    values = [values] if isinstance(values, str) else values
    if not isinstance(values, list):
        raise BlueprintError(f'{where}: {key} has to be a list of names, as ["{next(iter(known))}"]')
    try:
        return known_names(values, known, key)
    except BlueprintError as problem:
        raise BlueprintError(f"{where}: {problem}") from problem


def known_names(values: Iterable[Any], known: Iterable[str], what: str) -> tuple[str, ...]:
    """The names as they are spelt in `known`, whatever their case.

    Raises:
        BlueprintError: if one is unknown; the message says what there is.
    """
    spelt = {name.lower(): str(name) for name in known}
    for value in values:
        if str(value).lower() not in spelt:
            hint = _meant(str(value), tuple(spelt.values()))
            raise BlueprintError(f"{what}: there is no '{value}'{hint}")
    return tuple(spelt[str(value).lower()] for value in values)


def _meant(name: str, known: tuple[str, ...]) -> str:
    if meant := did_you_mean(name, known):
        return f".{meant}"
    return f"; there are {', '.join(known)}"
