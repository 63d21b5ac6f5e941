"""Which of a student's files answers which exercise. Sources are parsed and never run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ..exercise import all_exercises, load_exercise
from ..gradebook.records import NOT_TOLD, HandedIn, Person
from ..submission.files import SubmissionError
from ..submission.kinds import is_notebook
from ..submission.load import Submission, find_exercises, notebook, with_beside
from ..submission.scan import Facts, scan
from .intake import File, HandIn
from .problems import Kind, Problem


@dataclass(frozen=True)
class WorkUnit:
    """One piece of work to grade: whose, for which exercise, and the source by value."""

    people: tuple[Person, ...]
    exercise: str
    submission: Submission
    submitted: HandedIn = NOT_TOLD

    @property
    def name(self) -> str:
        """For messages."""
        return f"{', '.join(p.key for p in self.people)}: {self.exercise}"


@dataclass(frozen=True)
class _Candidate:
    """A file that may be the main one of a submission."""

    file: File
    submission: Submission
    exercises: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is graded: `slug`, whatever the files look like, or what they are for; if that is among `only`, if given."""

    slug: str | None = None
    only: frozenset[str] | None = None

    def takes(self, exercise: str) -> bool:
        """Whether answers to this exercise are graded."""
        if self.slug is not None:
            return exercise == self.slug
        return self.only is None or exercise in self.only


def prepare(hand_ins: list[HandIn], wanted: Wanted) -> list[tuple[list[WorkUnit], list[Problem]]]:
    """For each hand-in its units, and the problems with its other files; one child process parses all sources."""
    scanned = _scanned(hand_ins)
    return [_of_one(hand_in, scanned[i], wanted) for i, hand_in in enumerate(hand_ins)]


def _scanned(hand_ins: list[HandIn]) -> list[dict[int, Facts]]:
    """Per hand-in: index of the file → its facts."""
    sources = {
        f"{i}/{j}": file.data
        for i, hand_in in enumerate(hand_ins)
        for j, file in enumerate(hand_in.files)
        if file.name.lower().endswith(".py") and not is_notebook(file.data)
    }
    found: list[dict[int, Facts]] = [{} for _ in hand_ins]
    for name, facts in scan(sources).items():
        i, _, j = name.partition("/")
        found[int(i)][int(j)] = facts
    return found


def _of_one(hand_in: HandIn, facts: dict[int, Facts], wanted: Wanted) -> tuple[list[WorkUnit], list[Problem]]:
    problems: list[Problem] = []
    candidates = []
    for j, file in enumerate(hand_in.files):
        try:
            submission = _single(file, facts[j]) if j in facts else notebook(Path(file.where), file.data)
        except SubmissionError as error:
            problems.append(Problem(Kind.UNREADABLE, file.where, str(error)))
            continue
        candidates.append(_Candidate(file, submission))
    candidates = [_claiming(c, wanted) for c in candidates]
    chosen, more = _chosen(candidates, wanted)
    if chosen and wanted.only is not None:
        more += [problem for c in candidates if (problem := _elsewhere(c, wanted))]
    own = {c.file: facts[j] for c in candidates for j, f in enumerate(hand_in.files) if f is c.file and j in facts}
    units = [_unit(hand_in, exercise, candidate, own) for exercise, candidate in sorted(chosen.items())]
    return units, [replace(p, student=hand_in.who) for p in (*problems, *more)]


def _unit(hand_in: HandIn, exercise: str, candidate: _Candidate, facts: dict[File, Facts]) -> WorkUnit:
    """The main file with those that it imports, handed in when the last of them was."""
    needed = _needed(candidate, facts)
    modules = {name: file.data for name, file in needed.items()}
    submission = with_beside(candidate.submission, modules, {name: facts[file] for name, file in needed.items()})
    submission = replace(submission, data=dict(hand_in.data))
    submitted = _latest([f.submitted for f in (candidate.file, *needed.values())])
    return WorkUnit(hand_in.people, exercise, submission, submitted)


def _latest(times: list[HandedIn]) -> HandedIn:
    known = [(s.at, s) for s in times if s.at is not None]
    return max(known, key=lambda one: one[0])[1] if known else max(times, key=lambda s: s.late)


def _single(file: File, facts: Facts) -> Submission:
    return Submission(file.where, {file.name: file.data}, file.name, facts)


# ---------------------------------------------------------------- claims


def _claiming(candidate: _Candidate, wanted: Wanted) -> _Candidate:
    """The exercises that a file is for, by the names that it defines."""
    submission = candidate.submission
    if wanted.slug is not None:
        defined, names = set(submission.facts.defined), set(load_exercise(wanted.slug).names)
        return replace(candidate, exercises=(wanted.slug,) if defined & names else (), complete=names <= defined)
    try:
        found = find_exercises(submission, wanted.only)
    except SubmissionError:
        return candidate
    complete = all(set(e.names) <= set(submission.facts.defined) for e in found)
    return replace(candidate, exercises=tuple(e.slug for e in found), complete=complete)


def _chosen(candidates: list[_Candidate], wanted: Wanted) -> tuple[dict[str, _Candidate], list[Problem]]:
    """Exercise → the file that counts: complete before partial, then the latest. The others become problems."""
    by_exercise = defaultdict(list)
    for candidate in candidates:
        for exercise in candidate.exercises:
            by_exercise[exercise].append(candidate)
    problems, chosen = [], {}
    for exercise, rivals in by_exercise.items():
        *others, best = sorted(rivals, key=lambda c: (c.complete, c.file.age, c.file.where))
        chosen[exercise] = best
        problems += [
            Problem(Kind.DUPLICATE, c.file.where, f"'{exercise}' is graded from {best.file.where}, the latest")
            for c in others
            if c.complete or not best.complete
        ]
    idle = [c for c in candidates if not c.exercises]
    if not chosen and idle:
        return _guessed(idle, wanted)
    broken = [c for c in (*chosen.values(), *idle) if c.submission.problem]
    problems += [Problem(Kind.UNREADABLE, c.file.where, c.submission.problem) for c in broken]
    return chosen, list(dict.fromkeys(problems))


def _guessed(idle: list[_Candidate], wanted: Wanted) -> tuple[dict[str, _Candidate], list[Problem]]:
    """If no file defines what is asked for: grade the one that is named like the exercise, or could be meant for it."""
    useless = [_useless(c, wanted) for c in idle]
    able = [c for c, problem in zip(idle, useless, strict=True) if problem.kind != Kind.OTHER_EXERCISE]
    best = max(able, key=lambda c: (_meant(c, wanted) is not None, c.file.age, c.file.where), default=None)
    meant = None if best is None else wanted.slug or _meant(best, wanted)
    if best is None or meant is None or not (wanted.slug or best.submission.problem):
        return {}, useless
    why = best.submission.problem or f"it defines nothing of '{meant}'"
    graded = Problem(useless[idle.index(best)].kind, best.file.where, f"no points for '{meant}': {why}")
    return {meant: best}, [graded if c is best else p for c, p in zip(idle, useless, strict=True)]


def _useless(candidate: _Candidate, wanted: Wanted) -> Problem:
    """Why a file is not graded."""
    where, problem = candidate.file.where, candidate.submission.problem
    if elsewhere := _elsewhere(candidate, wanted):
        return elsewhere
    if problem:
        return Problem(Kind.UNREADABLE, where, problem)
    return Problem(Kind.NO_EXERCISE, where, "it defines nothing that an exercise asks for")


def _elsewhere(candidate: _Candidate, wanted: Wanted) -> Problem | None:
    """What a file answers that is not graded here."""
    if wanted == Wanted() or (wanted.slug is not None and candidate.exercises):
        return None
    others = [e for e in _claiming(candidate, Wanted()).exercises if not wanted.takes(e)]
    if not others:
        return None
    instead = f", not '{wanted.slug}'" if wanted.slug else ", which is no part of this assignment"
    return Problem(Kind.OTHER_EXERCISE, candidate.file.where, f"it answers {', '.join(others)}{instead}; not graded")


def _meant(candidate: _Candidate, wanted: Wanted) -> str | None:
    """The exercise that a file is named after, if that one is graded."""
    called = _called(candidate.file.name)
    return called if called is not None and wanted.takes(called) else None


def _called(name: str) -> str | None:
    """The exercise that a file is named after: `my_conv.py` is for `conv`."""
    stem = PurePosixPath(name).stem.lower()
    fitting = [e.slug for e in all_exercises() if stem == e.slug or stem.endswith(f"_{e.slug}")]
    return max(fitting, key=len, default=None)


# ---------------------------------------------------------------- helper modules


def _needed(main: _Candidate, facts: dict[File, Facts]) -> dict[str, File]:
    """By name: the other files that the main one, or a notebook, imports, directly or not."""
    needed: dict[str, File] = {}
    waiting = [main.submission.facts]
    while waiting:
        for file in _imported(waiting.pop().imports, facts):
            if file.name not in needed and file.name not in main.submission.files:
                needed[file.name] = file
                waiting.append(facts[file])
    return needed


def _imported(modules: Iterable[str], facts: dict[File, Facts]) -> list[File]:
    """Files that may be these modules, by their dotted path or its last part; `from . import …` may mean any file."""
    wanted = {part for module in modules for part in (module, module.rpartition(".")[2], module.partition(".")[0])}
    return [f for f in sorted(facts, key=lambda f: f.age, reverse=True) if "." in wanted or _modules(f.name) & wanted]


def _modules(name: str) -> set[str]:
    path = PurePosixPath(name).with_suffix("")
    parts = path.parts[:-1] if path.name == "__init__" else path.parts
    return {".".join(parts), parts[-1]} if parts else set()
