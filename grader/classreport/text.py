"""The class in a terminal: distribution, checks, misconceptions, what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ..clean import clean
from ..gradebook.words import counted
from . import model as model
from .words import editions, percent, plain, signs
from .worklist import absent, worklist

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 30  # characters of the longest bar
MOST = 5  # misconceptions and problems of an exercise


def show_class(
    console: Console,
    classroom: model.Classroom,
    stats: model.ClassStats,
    *,
    anonymous: bool = False,
    similar: model.Similar | None = None,
) -> None:
    """Print all of it; names only where they are wanted."""
    console.print(Text(_line(classroom.assignment), "bold"))
    if not classroom.people:
        console.print("Nobody is enrolled, and nothing was handed in yet.")
        return
    console.print(_facts(classroom, stats.spread))
    if stats.before is not None:
        console.print(Text(f"{_line(stats.before[0])}: ", "dim").append(_numbers(stats.before[1].spread)))
    if stats.spread.count:
        console.print(_histogram(stats.spread))
    for exercise in stats.exercises:
        _exercise(console, exercise)
    if stats.sections and not anonymous:
        console.print(_sections(stats))
    _problems(console, classroom, anonymous)
    if similar is not None and not anonymous:
        _similar(console, similar)


def _facts(classroom: model.Classroom, spread: model.Spread) -> Text:
    return Text(f"{counted(len(classroom.people), 'student')}, ").append(_numbers(spread))


def _numbers(spread: model.Spread) -> Text:
    mean, median = percent(spread.mean), percent(spread.median)
    return Text(f"{spread.count} with marks · mean {mean} · median {median} · {spread.bins[-1]} with full marks")


def _histogram(spread: model.Spread) -> Table:
    table = _table()
    most = max(spread.bins)
    for i, count in enumerate(spread.bins):
        label = "100 %" if i == len(spread.bins) - 1 else f"{10 * i}–{10 * i + 9} %"
        table.add_row(label, f"{count}", Text("█" * -(-WIDTH * count // most), "blue"))
    table.columns[0].justify = table.columns[1].justify = "right"
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=bool(titles), header_style="dim")
    for title in titles:
        table.add_column(title, justify="right" if title in ("passed", "p", "r", "students") else "left")
    return table


def _exercise(console: Console, exercise: model.ExerciseStats) -> None:
    took = f", {exercise.times.median:.1f} s a submission" if exercise.times else ""
    facts = f"  {plain(exercise.possible)} points, mean {percent(exercise.spread.mean)}{took}"
    console.print()
    console.print(Text(_line(exercise.title), "bold").append(facts, "not bold dim"))
    if exercise.editions:
        console.print(Text(editions(exercise), "yellow"))
    if exercise.checks:
        console.print(_checks(exercise))
    if exercise.causes:
        console.print(_causes(exercise))


def _checks(exercise: model.ExerciseStats) -> Table:
    """p: mean share of the points; r: correlation with all other points."""
    table = _table("check", "passed", "p", "r")
    for check in exercise.checks:
        rate = percent(check.rate) if check.counted else "–"
        numbers = ["–" if n is None else f"{n:.2f}" for n in (check.facility, check.discrimination)]
        title = Text(_line(check.title))
        for sign in signs(check):
            title.append(f"\n▸ {sign}", "yellow")
        table.add_row(title, rate, *numbers)
    return table


def _sections(stats: model.ClassStats) -> Table:
    table = _table("section", "students", "mean", "median")
    for own in stats.sections:
        name = Text(_line(own.name) or "none")
        table.add_row(name, f"{own.students}", percent(own.spread.mean), percent(own.spread.median))
    return table


def _causes(exercise: model.ExerciseStats) -> Table:
    table = _table("students", "what cost points")
    for cause in exercise.causes[:MOST]:
        table.add_row(f"{cause.students}", Text(_line(cause.title)))
    if len(exercise.causes) > MOST:
        table.add_row("", Text(f"… and {len(exercise.causes) - MOST} more", "dim"))
    return table


def _problems(console: Console, classroom: model.Classroom, anonymous: bool) -> None:
    """The work list, as on the page, and who is missing in one line."""
    for group in worklist(classroom):
        console.print(Text(f"\n{group.title}", "bold yellow").append(f"  {len(group.items)}", "not bold dim"))
        for item in [] if anonymous else group.items[:MOST]:
            who = f"{_line(item.person.shown)}: " if item.person else ""
            console.print(Text(f"{who}{_line(item.text)}"))
        if len(group.items) > MOST and not anonymous:
            console.print(Text(f"… and {len(group.items) - MOST} more; -o DIR writes all of them", "dim"))
    if missing := absent(classroom):
        names = "" if anonymous else ": " + ", ".join(_line(p.shown) for p in missing[: 4 * MOST])
        more = f" and {len(missing) - 4 * MOST} more" if len(missing) > 4 * MOST and not anonymous else ""
        console.print(Text(f"\nNothing that could be graded ({len(missing)}){names}{more}"))


def _similar(console: Console, similar: model.Similar) -> None:
    console.print(Text("\nSimilar code", "bold").append("  a reason to look, never a verdict", "not bold dim"))
    for copies in similar.copies[: 2 * MOST]:
        console.print(Text(f"the same file: {', '.join(map(_line, copies.people))} ({copies.exercise})"))
    for pair in similar.pairs[: 2 * MOST]:
        names = f"{_line(pair.left.who)} and {_line(pair.right.who)}"
        console.print(Text(f"{percent(pair.share)} {names} ({pair.exercise})"))
    if not similar.copies and not similar.pairs:
        console.print("no two files are that much alike")


def _line(text: str) -> str:
    return " ".join(clean(text, 200).split())
