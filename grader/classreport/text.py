"""The class in a terminal: distribution, checks, misconceptions, what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ..clean import clean
from ..gradebook.words import counted
from . import model as model
from .words import attention, percent, plain, signs, unknown_times

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
    if stats.spread.count:
        console.print(_histogram(stats.spread))
    for exercise in stats.exercises:
        _exercise(console, exercise)
    _problems(console, classroom, anonymous)
    if similar is not None and not anonymous:
        _similar(console, similar)


def _facts(classroom: model.Classroom, spread: model.Spread) -> Text:
    return Text(
        f"{len(classroom.people)} students, {spread.count} with marks · mean {percent(spread.mean)} · "
        f"median {percent(spread.median)} · {spread.bins[-1]} with full marks"
    )


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
    if exercise.checks:
        console.print(_checks(exercise))
    if exercise.found:
        console.print(_found(exercise))


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


def _found(exercise: model.ExerciseStats) -> Table:
    table = _table("students", "misconception")
    for found in exercise.found[:MOST]:
        table.add_row(f"{found.students}", Text(_line(found.title)))
    if len(exercise.found) > MOST:
        table.add_row("", Text(f"… and {len(exercise.found) - MOST} more", "dim"))
    return table


def _problems(console: Console, classroom: model.Classroom, anonymous: bool) -> None:
    if classroom.failures:
        text = f"\nThe grader itself failed {len(classroom.failures)} times; nobody lost points by it"
        console.print(Text(text, "red"))
        console.print(Text(f"  last: {_line(classroom.failures[0].text)}", "dim"))
    if unknown := unknown_times(classroom):
        console.print(
            Text(f"\ntime of handing in not known for {counted(unknown, 'mark')}: nothing is taken off", "yellow")
        )
    look = attention(classroom)
    if look and anonymous:
        console.print(f"\n{len(look)} without a mark, or whose file could not be loaded")
    elif look:
        console.print(Text("\nTo look at", "bold"))
        for person, text in look[: 2 * MOST]:
            console.print(Text(f"{_line(person.shown)}: {_line(text)}"))
        if len(look) > 2 * MOST:
            console.print(Text(f"… and {len(look) - 2 * MOST} more; -o DIR writes all of them", "dim"))


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
