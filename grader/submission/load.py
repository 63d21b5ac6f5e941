"""From what a student hands in to what can be graded: `.py`, `.ipynb`, `.zip` or a folder. Nothing is run here."""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path

from ..clean import clean, decoded
from ..exercise import Exercise, all_exercises, exercises_with
from ..model import Record, record
from . import unfit
from .files import SubmissionError, archive_files, folder_files, read_source
from .kinds import MAX_FILES, SOURCES, data_among, is_archive, is_notebook, seems_no_notebook
from .notebook import FOLDER, NotebookError, as_sources, code_cells, joined_cells, other_language, written_modules
from .scan import CallSite, Facts, read, scan
from .unreadable import foreign, merged

MAX_NOTEBOOKS = 5


@record()
class Submission(Record):
    """A submission's files, which of them is the main one, and what its source says.

    A notebook becomes a folder of cells, `main` being that folder. `problem` is set when the source cannot be read:
    it is then graded with no points. `data` are other files, for it to read.
    """

    path: str
    files: dict[str, bytes]
    main: str
    facts: Facts
    notes: list[str] = field(default_factory=list)
    data: dict[str, bytes] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """Why the source cannot be graded, or nothing."""
        return self.facts.problem


def load(path: str | Path, meanwhile: Callable[[dict[str, bytes]], object] = len) -> Submission:
    """Read a submission. Raises SubmissionError when there is nothing that could be graded.

    `meanwhile` may be called with the submission's files, while a child reads the source.
    """
    if path == "":
        raise SubmissionError("a file without a name was asked for: is a variable of your shell empty?")
    path = Path(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise SubmissionError(unfit.not_there(path)) from error
        raise SubmissionError(f"{path}: {getattr(error, 'strerror', error)}. Is the name right?") from error
    if stat.S_ISDIR(mode):
        return _from_files(path, folder_files(path))
    if not stat.S_ISREG(mode):
        raise SubmissionError(f"{path} is not a regular file. Hand in a .py, .ipynb or .zip file, or a folder.")
    match path.suffix.lower():
        case ".zip":
            return _from_files(path, archive_files(path))
        case ".py" | ".ipynb":
            return _of_file(path, read_source(path), meanwhile)
    raise SubmissionError(unfit.not_gradable(path))


def _of_file(path: Path, data: bytes, meanwhile: Callable[[dict[str, bytes]], object]) -> Submission:
    """What a file is by what it holds, whatever it is called."""
    if is_archive(data):
        return _from_files(path, archive_files(path))
    if is_notebook(data) or path.suffix.lower() == ".ipynb":
        return notebook(path, data)
    return _source(path, data, meanwhile)


def _source(path: Path, data: bytes, meanwhile: Callable[[dict[str, bytes]], object] = len) -> Submission:
    name = f"{path.stem if path.stem.isidentifier() else 'submission'}.py"
    facts = scan({name: data}, lambda: meanwhile({name: data}))[name]
    return Submission(_shown(path), {name: data}, name, facts)


def restore(path: str, files: dict[str, bytes], main: str, problem: str = "") -> Submission:
    """A submission that was read before, from its files; what they say is read anew."""
    data = data_among(files)
    files = {name: content for name, content in files.items() if name not in data}
    if not files:
        return Submission(path, {}, main, Facts(problem=problem))
    facts = scan(files)
    if main == FOLDER:
        return replace(_cells(path, files, facts), data=data)
    return Submission(path, files, main, joined(main, facts), data=data)


def _shown(path: Path) -> str:
    """A path as safe text in one line."""
    return clean(decoded(str(path)), 1000).replace("\n", "\N{REPLACEMENT CHARACTER}")


def _from_files(path: Path, files: dict[str, bytes]) -> Submission:
    """The main file is the one that defines most of what some exercise asks for; data files lie beside it."""
    sources = {name: data for name, data in files.items() if name.endswith(".py") and not is_notebook(data)}
    books = [name for name in sorted(files) if name.endswith(SOURCES) and name not in sources][:MAX_NOTEBOOKS]
    if not sources and not books:
        raise SubmissionError(unfit.nothing_inside(path))
    facts = scan(dict(sorted(sources.items())))
    found = {"": _of_sources(_shown(path), sources, facts)} if sources else {}
    found |= {name: notebook(path, files[name]) for name in books}
    wanted = _wanted()
    name = max(found, key=lambda name: _rank(found[name].facts, wanted))
    best = found[name]
    beside = sources if best.main == FOLDER else {}
    modules = {name: data for name, data in beside.items() if not name.startswith(f"{FOLDER}/")}
    notes = [*best.notes, *unfit.beside(name or best.main, facts | {n: found[n].facts for n in books}, wanted)]
    return replace(best, files=modules | best.files, data=data_among(files), notes=notes)


def _of_sources(path: str, sources: dict[str, bytes], facts: dict[str, Facts]) -> Submission:
    wanted = _wanted()
    main = max(facts, key=lambda name: (_rank(facts[name], wanted), -name.count("/")))
    return Submission(path, sources, main, joined(main, facts))


def joined(main: str, facts: dict[str, Facts]) -> Facts:
    """The main file's names, the calls of all files."""
    calls = [c if name == main else CallSite(c.name, c.line, "*") for name, f in facts.items() for c in f.calls]
    return replace(facts[main], calls=calls)


def with_beside(submission: Submission, modules: dict[str, bytes], facts: dict[str, Facts]) -> Submission:
    """The submission with further modules, of which these facts are known; its own files stay as they are."""
    together = joined("", {"": submission.facts} | facts)
    return replace(submission, files=modules | submission.files, facts=together)


# ---------------------------------------------------------------- notebooks


def notebook(path: Path, data: bytes) -> Submission:
    """A notebook's code cells, without magics; a cell that does not parse costs itself only. Raises SubmissionError."""
    try:
        cells = code_cells(data)
    except NotebookError as error:
        if seems_no_notebook(data) and (submission := _source(path, data)).facts.defined:
            return submission  # a source that is called a notebook
        advice = merged(data) or "Save it again in Jupyter."
        problem = foreign(data) or f"The notebook cannot be read: {error}. {advice}"
        return Submission(_shown(path), {}, "", Facts(problem=problem))
    if len(cells) > MAX_FILES:
        raise SubmissionError(f"{path} has too many cells.")
    modules = written_modules(cells)
    sources, facts = as_sources(cells)
    written = scan(modules)
    wanted = _wanted() if written else set()
    if any(_asked_for(own, wanted) for own in written.values()) and not any(
        _asked_for(facts[name], wanted) for name in sources
    ):
        return _of_sources(_shown(path), modules, written)
    found = _cells(_shown(path), sources | modules, facts | written)
    language = other_language(data) if found.problem else ""
    return replace(found, facts=Facts(problem=f"The notebook is in {language}, not in Python.")) if language else found


def _cells(path: str, files: dict[str, bytes], facts: dict[str, Facts]) -> Submission:
    """A notebook's cells, and the modules beside them."""
    cells = [name for name in files if name.startswith(f"{FOLDER}/")]
    together, notes = joined_cells([facts[name] for name in cells])
    others = [CallSite(c.name, c.line, "*") for name in files if name not in cells for c in facts[name].calls]
    return Submission(path, files, FOLDER, replace(together, calls=[*together.calls, *others]), notes)


def _wanted() -> set[str]:
    """The names that exercises ask for: reads all of them."""
    return {name for exercise in all_exercises() for name in exercise.names}


def _rank(facts: Facts, wanted: set[str]) -> tuple[int, int]:
    """How many of these names a file defines, and how many of them are written already."""
    names = wanted & set(facts.defined)
    return len(names), sum("NotImplementedError" not in facts.uses.get(name, ()) for name in names)


def _asked_for(facts: Facts, wanted: set[str]) -> int:
    """How many of these names a file defines."""
    return len(wanted & set(facts.defined))


# ---------------------------------------------------------------- which exercise


def find_exercises(submission: Submission, among: Collection[str] | None = None) -> list[Exercise]:
    """The exercises that a submission is for, by the names that it defines; `among` these, if they are given.

    A name that several exercises ask for (`conv2d`) counts for the one whose parameters and framework fit. An exercise
    of which only some names are there counts if none is complete: a helper may have a name that another exercise asks
    for; a note says so. Raises SubmissionError if none fits.
    """
    defined = set(submission.facts.defined)
    found = [e for e in exercises_with(defined) if among is None or e.slug in among]
    if not found:
        raise SubmissionError(f"{submission.path}: {unfit.nothing_asked_for(submission.facts)}")
    meant = [e for e in found if not _better(e, found, submission)]
    complete = [e for e in meant if defined >= set(e.names)]
    submission.notes.extend(
        f"{', '.join(sorted(defined & set(e.names)))} was not graded as part of '{e.slug}' (--exercise {e.slug} does)"
        for e in meant
        if complete and e not in complete
    )
    return complete or meant


def _better(exercise: Exercise, found: list[Exercise], submission: Submission) -> bool:
    """Whether another exercise asks for all the names that point to this one, and fits better."""
    own = set(submission.facts.defined) & set(exercise.names)
    rivals = [e for e in found if e.slug != exercise.slug and own <= set(e.names)]
    return any(_fit(r, submission) > _fit(exercise, submission) for r in rivals)


def _fit(exercise: Exercise, submission: Submission) -> tuple[float, float, float]:
    """How well they fit: parameter names as in the starter, framework imported, share of the names defined."""
    own = set(submission.facts.defined) & set(exercise.names)
    uses_torch = any(i.split(".")[0] == "torch" for i in submission.facts.imports)
    starter = _defined(exercise.starter_file.read_bytes())
    same = sum(submission.facts.defined[n] == starter.get(n) for n in own)
    return (same / len(own), uses_torch == (exercise.framework == "torch"), len(own) / len(exercise.names))


@lru_cache(maxsize=64)
def _defined(starter: bytes) -> dict[str, list[str]]:
    """The names that a starter defines, with their parameters."""
    return read(starter, "starter.py").defined
