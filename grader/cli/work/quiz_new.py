"""`grade quiz new`: draw, export, write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from generators.export import MissingLibrary, export, exporter, fidelity
from generators.forms import demand
from generators.model import Question
from generators.paper import Paper

from ...errors import FULL, GraderError
from . import quiz_text
from .output import write_whole
from .quiz_draw import Selection, draw

BINARY = ("pdf", "docx", "qti", "canvas")
ENDINGS = {".md": "md", ".html": "html", ".htm": "html", ".json": "json", ".pdf": "pdf", ".docx": "docx",
           ".ipynb": "ipynb", ".gift": "gift"}  # fmt: skip


@dataclass(frozen=True)
class PaperOptions(Selection):
    """Which questions, on how many papers, in which files. Without `form` the file's ending decides."""

    papers: int
    shuffle: bool | None
    key: bool
    form: str | None
    output: str | None


def write_papers(options: PaperOptions) -> int:
    """Draw the papers and write each; returns the exit code."""
    count, output = options.papers, options.output
    form = options.form or _by_ending(output)
    if output is None and (form in BINARY or count > 1):
        what = f"{count} papers are {count} files" if count > 1 else f"{form} cannot be shown in a terminal"
        raise GraderError(f"{what}: name the file, as -o exam{_ending(form)}")
    papers = draw(options, count, options.shuffle)
    try:
        files = [export(paper, form, key=options.key) for paper in papers]
    except MissingLibrary as problem:
        raise GraderError(str(problem)) from problem
    for paper, file in zip(papers, files, strict=True):
        _write(file, _target(output, form, paper, count))
    for line in side_by_side(papers):
        click.echo(line, err=True)
    click.echo(_epilogue(papers, options), err=True)
    for line in _losses(papers, form):
        click.echo(line, err=True)
    return FULL


def _by_ending(output: str | None) -> str:
    return ENDINGS.get(Path(output).suffix.lower(), "md") if output else "md"


def _ending(form: str) -> str:
    """The format's usual ending; the exporter, which knows it too, may lack a library."""
    return {"ipynb": ".ipynb", "moodle": ".xml", "qti": ".zip", "canvas": ".zip"}.get(form, f".{form}")


def _target(output: str | None, form: str, paper: Paper, count: int) -> Path | None:
    """Where to write this paper; None stands for stdout."""
    if output is None:
        return None
    path = Path(output)
    if path.is_dir() or output.endswith(("/", "\\")):
        path = path / f"{paper.blueprint or 'practice'}-{paper.seed}{exporter(form).SUFFIX}"
    return path.with_name(f"{path.stem}-{paper.form}{path.suffix}") if count > 1 else path


def _write(file: bytes, target: Path | None) -> None:
    if target is None:
        click.echo(file.decode().rstrip("\n"))
        return
    write_whole(target, file)
    click.echo(f"written to {target}", err=True)


def _epilogue(papers: list[Paper], selection: Selection) -> str:
    """Say how large the papers are, and how to make the same again."""
    paper = papers[0]
    size = quiz_text.size(paper)
    again = "" if selection.seed is not None else f"; --seed {paper.seed} makes the same again"
    return f"{f'each: {size}' if len(papers) > 1 else size}{again}"


MOST_FORMS = 6
"""Forms that stand side by side in 80 columns."""


def side_by_side(papers: list[Paper]) -> list[str]:
    """What the forms ask at each place, and the minutes that each variant is estimated to take."""
    if not 1 < len(papers) <= MOST_FORMS:
        return []
    columns = [_as_in(papers[0], paper) for paper in papers]
    rows = [f"{'':>3}  {'asked, with estimated minutes':<42}" + "".join(f"{f'form {p.form}':>8}" for p in papers)]
    for place, row in enumerate(zip(*columns, strict=True), 1):
        first = row[0]
        same = "" if len({demand(question) for question in row}) == 1 else " (differs)"
        asked = f"{first.generator} {first.params.get('ask', '')}".strip()[:26] + f" {first.kind} {first.marks}" + same
        rows.append(f"{place:>3}  {asked:<42}" + "".join(f"{question.minutes:>8g}" for question in row))
    totals = [sum(question.minutes for question in column) for column in columns]
    return [*rows, f"{'':>3}  {'all':<42}" + "".join(f"{total:>8g}" for total in totals)]


def _as_in(first: Paper, paper: Paper) -> list[Question]:
    """The questions of a form in the order of the first one, which may be shuffled otherwise."""
    left = list(paper.questions)
    found = []
    for question in first.questions:
        place = next((i for i, other in enumerate(left) if demand(other) == demand(question)), 0)
        found.append(left.pop(place))
    return found


def _losses(papers: list[Paper], form: str) -> list[str]:
    """List what the format cannot express: each sentence once, with its questions."""
    places: dict[str, list[str]] = {}
    for paper in papers:
        for number, sentence in fidelity(paper, form):
            places.setdefault(sentence, []).append(f"{paper.form}.{number}" if len(papers) > 1 else str(number))
    if not places:
        return []
    lines = [f"  {sentence} ({_named(numbers)})" for sentence, numbers in places.items()]
    return [f"{form} cannot say everything; please check:", *lines]


def _named(numbers: list[str]) -> str:
    few = ", ".join(numbers[:12]) + (f" and {len(numbers) - 12} more" if len(numbers) > 12 else "")
    return f"question{'s' * (len(numbers) > 1)} {few}"
