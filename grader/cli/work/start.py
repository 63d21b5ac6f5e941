"""`grade start`: an exercise's starter file, or a free-text task's."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from ...errors import FULL, GraderError
from ...exercise import load_exercise
from ...freetext import text as essay_text
from ...freetext.essays import FreeTextTask, is_essay, load_essay
from ...report.readable import markdown
from .output import show_lines, write_whole


def start(slug: str, notebook: bool, force: bool) -> int:
    """Write the starter beside the student's other files and show the statement; returns the exit code."""
    if is_essay(slug):
        return _start_essay(slug, force)
    return _start_notebook(slug, force) if notebook else _start_exercise(slug, force)


def _start_exercise(slug: str, force: bool) -> int:
    exercise = load_exercise(slug)
    target = Path(f"my_{slug}.py")
    _write(target, exercise.starter_file.read_text(encoding="utf-8"), force)
    console = Console()
    console.print(Markdown(markdown(exercise.statement)))
    console.print(f"\n[bold]{target}[/bold] is yours to fill in. Then: [bold]grade submit {target}[/bold]")
    return FULL


def _start_notebook(slug: str, force: bool) -> int:
    from .start_notebook import starter_notebook

    target = Path(f"my_{slug}.ipynb")
    _write(target, starter_notebook(load_exercise(slug)), force)
    Console().print(f"[bold]{target}[/bold] has the statement; fill in its cells and run them: the last one grades.")
    return FULL


def _start_essay(slug: str, force: bool) -> int:
    essay = load_essay(slug)
    target = Path(f"my_{slug}.md")
    _write(target, _starter(essay), force)
    show_lines(essay_text.started_lines(essay, target.name))
    return FULL


def _write(target: Path, content: str, force: bool) -> None:
    """Write a file; one that exists only if forced."""
    if target.exists() and not force:
        raise GraderError(f"{target} exists already and was left as it is (--force overwrites it)")
    write_whole(target, content)


def _starter(essay: FreeTextTask) -> str:
    """What a student begins with: the task's name and the question as a quotation."""
    quoted = "\n".join(f"> {row}".rstrip() for row in essay.question.split("\n"))
    return f"# {essay.slug}: {essay.title}\n\n{quoted}\n\n"
