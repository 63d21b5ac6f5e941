"""A result in the terminal: wrapped to it with hanging indents; unwrapped where the output goes elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clean import clean
from ..model import CheckResult, Misconception, Result, Verdict
from . import layout, wording
from .evidence import evidence
from .layout import TextLine
from .layout import line as _line
from .message import call, explanation, is_all, message, unloaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

COLOURS = {Verdict.ACCEPTED: "green", Verdict.NOT_RUN: "dim", Verdict.INCONCLUSIVE: "yellow"}
AGAIN = "The same as above."


def print_result(result: Result) -> None:
    """To stdout, in colour where it is a terminal; an empty line at the end sets it apart from the next."""
    layout.print_lines(_lines(result))


def to_text(result: Result) -> str:
    """The same as plain text, each paragraph a line."""
    return layout.lines_to_text(_lines(result))


def print_wrapped(result: Result, console: Console) -> None:
    """To a terminal: wrapped to its width, with hanging indents."""
    layout.print_wrapped(_lines(result), console)


# ---------------------------------------------------------------- content


def _lines(result: Result) -> Iterator[TextLine]:
    yield TextLine(((clean(result.title, 200), "bold"), ("  " + clean(result.file, 200), "dim")))
    yield TextLine()
    if error := unloaded(result):
        yield _line(error, "red", 2)
        yield TextLine()
    if wording.all_lost_to_error(result):
        yield _line(f"None of the {len(result.checks)} checks could be run.")
    else:
        yield from _checks(result)
    yield TextLine()
    yield _summary(result)
    yield from _footer(result)


def _checks(result: Result) -> Iterator[TextLine]:
    width = max((len(wording.points(c)) for c in result.checks), default=0)
    told: set[str] = set()
    last = ""
    for check in result.checks:
        yield _headline(check, width)
        if check.verdict is Verdict.ACCEPTED:
            if check.measurement is not None:
                yield _line(message(check), "dim", width + 4)
            continue
        said = "" if is_all(check, result.unloaded) else explanation(check)
        repeated = said == last and len(said) > len(AGAIN)
        yield from _details(check, AGAIN if repeated else said, told, width + 4)
        last = said


def _headline(check: CheckResult, width: int) -> TextLine:
    points = f"{wording.points(check):>{width}}"
    sign = (f"{wording.sign(check)} ", COLOURS.get(check.verdict, "red"))
    title = (" ".join(clean(check.title, 400).split()), "")
    verdict = ("" if check.verdict is Verdict.ACCEPTED else f"  ({wording.NAMES[check.verdict]})", "dim")
    return TextLine((title, verdict), width + 4, (sign, (points, "bold" if check.score else "")))


def _details(check: CheckResult, said: str, told: set[str], indent: int) -> Iterator[TextLine]:
    """The call, what went wrong with it and why; `told` are the misconceptions explained before."""
    if called := call(check):
        yield _line(called, "cyan", indent)
    if said:
        yield _line(said, "", indent)
    if check.misconception is not None:
        yield from _explained(check.misconception, told, indent + 2)


def _explained(found: Misconception, told: set[str], indent: int) -> Iterator[TextLine]:
    """The misconception, in full the first time that it appears."""
    arrow = ((" " * (indent - 2), ""), ("→ ", "yellow"))
    yield TextLine(((clean(found.title, 200), "bold yellow"),), indent, arrow)
    if found.slug not in told and found.hint:
        yield _line(clean(found.hint, 2000), "", indent)
    told.add(found.slug)


def _summary(result: Result) -> TextLine:
    colour = "green" if result.full_marks else "yellow" if result.score else "red"
    names = ", ".join(clean(m.title, 200) for m, _ in wording.named(result))
    points = (f"{result.score:g} of {result.max_score:g} points", f"bold {colour}")
    beside = "".join(f", {part}" for part in wording.totals(result))
    return TextLine((points, (beside, ""), (f"  ·  {names}" if names else "", "")))


def _has_picture(check: CheckResult) -> bool:
    """More than a lone number to compare."""
    found = evidence(check)
    return found is not None and bool(found.expected and found.actual) and found.expected_shape not in ([], [1])


def _footer(result: Result) -> Iterator[TextLine]:
    for note in result.notes:
        yield _line(clean(note, 500), "yellow")
    if result.stdout.strip():
        yield _line("Your file printed:", "dim")
        yield _line(clean(result.stdout.rstrip(), 1000), "", 2)
    if any(map(_has_picture, result.checks)):
        yield _line("To see expected and yours side by side: --format html -o report.html", "dim")
    again = f"{wording.isolation(result)}  ·  seed {result.seed} (--seed {result.seed} replays these inputs)"
    yield _line(again, "dim")
