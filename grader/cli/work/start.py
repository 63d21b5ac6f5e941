"""`grade start`: an exercise's starter file, or a free-text task's, and its statement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.markdown import Markdown, TableDataElement
from rich.text import Text

from generators.export import MissingLibrary

from ...errors import FULL, GraderError, unwritten
from ...exercise import Exercise, load_exercise
from ...freetext import text as essay_text
from ...freetext.essays import ESSAYS, KINDS, FreeTextTask, is_essay, load_essay
from ...practice.place import made_again
from ...report import statement
from .output import show_lines, show_tables, write_whole


class FoldedCell(TableDataElement):
    """A cell whose words go on in the next line, and are never cut off, where the table is too narrow for them."""

    def on_text(self, context: Any, text: Any) -> None:
        """As rich does, into a text that folds."""
        super().on_text(context, text)
        self.content = Text("", justify=self.justify, overflow="fold").append_text(self.content)


class StatementMarkdown(Markdown):
    """Markdown of which nothing is cut off in a narrow terminal."""

    elements = Markdown.elements | {"th_open": FoldedCell, "td_open": FoldedCell}


def start(slug: str, notebook: bool, force: bool, opened: bool) -> int:
    """Write the starter beside the student's other files and show the statement; returns the exit code."""
    if is_essay(slug):
        return _start_essay(slug, force, opened)
    return _start_notebook(slug, force, opened) if notebook else _start_exercise(slug, force, opened)


def _start_exercise(slug: str, force: bool, opened: bool) -> int:
    exercise = load_exercise(slug)
    target = Path(f"my_{slug}.py")
    _write(target, exercise.starter_file.read_text(encoding="utf-8"), force, opened)
    if opened:
        _open_statement(exercise, target)
    else:
        show_tables(StatementMarkdown(statement.for_terminal(exercise.statement, f"`grade start {slug} --open`")))
    click.echo(_what_next(target))
    return FULL


def _what_next(target: Path) -> str:
    """How to try what is written, and how to have it graded."""
    commands = {f"python {target}": "runs the statement's example", f"grade submit {target}": "grades it"}
    width = max(map(len, commands))
    return "\n".join([f"\n{target} is yours to fill in:", *(f"  {c:{width}}  {text}" for c, text in commands.items())])


def _start_notebook(slug: str, force: bool, opened: bool) -> int:
    from .start_notebook import starter_notebook

    exercise = load_exercise(slug)
    target = Path(f"my_{slug}.ipynb")
    _write(target, starter_notebook(exercise), force, opened)
    if opened:
        _open_statement(exercise, target)
    click.echo(f"{target} has the statement; fill in its cells and run them: the last one grades.")
    return FULL


def _open_statement(exercise: Exercise, target: Path) -> None:
    about = f"{exercise.points:g} points · {exercise.level} · grade submit {target}"
    _open(exercise.slug, exercise.title, about, exercise.statement, exercise.folder)


def _start_essay(slug: str, force: bool, opened: bool) -> int:
    essay = load_essay(slug)
    target = Path(f"my_{slug}.md")
    _write(target, _starter(essay), force, opened)
    if opened:
        about = f"{KINDS[essay.kind]} · {essay.points:g} points · {essay.level} · grade submit {target}"
        _open(slug, essay.title, about, essay.question, ESSAYS)
        click.echo(f"{target} is yours to fill in. Then: grade submit {target}")
    else:
        show_lines(essay_text.started_lines(essay, target.name))
    return FULL


def _write(target: Path, content: str, force: bool, opened: bool) -> None:
    """Write a file; one that exists only if forced, and if nothing else is asked for it is an error."""
    if not target.exists() or force:
        write_whole(target, content)
    elif not opened:
        raise GraderError(
            f"{target} exists already and was left as it is (--force overwrites it; --open shows the statement)"
        )


def _open(slug: str, title: str, about: str, text: str, folder: Path) -> None:
    """Write the statement as a page, and have the browser show it. Raises GraderError."""
    import webbrowser

    path = made_again() / f"{slug}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, statement.to_page(title, about, text, folder))
    except MissingLibrary as error:
        raise GraderError(f"--open: {error}") from error
    except OSError as error:
        raise GraderError(f"cannot write {path}: {error.strerror}", unwritten(error)) from error
    shown = webbrowser.open(path.as_uri())
    click.echo(f"{'The statement is in your browser' if shown else 'Open this page in a browser'}: {path}")


def _starter(essay: FreeTextTask) -> str:
    """What a student begins with: the task's name and the question as a quotation."""
    quoted = "\n".join(f"> {row}".rstrip() for row in essay.question.split("\n"))
    return f"# {essay.slug}: {essay.title}\n\n{quoted}\n\n"
