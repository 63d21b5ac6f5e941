"""A result in the terminal: wrapped to it with hanging indents; unwrapped where the output goes elsewhere."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ..clean import clean
from ..model import CheckResult, Misconception, Result, Verdict
from ..model.cause import Cause, Why
from ..model.findings import Banned, NotDefined, Raised
from . import causes, layout, wording
from .evidence import evidence
from .layout import TextLine
from .layout import line as _line
from .message import call, explanation, is_all, message, not_asked, unloaded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

COLOURS = {Verdict.ACCEPTED: "green", Verdict.NOT_RUN: "dim", Verdict.INCONCLUSIVE: "yellow"}
AGAIN = "The same as above."
UNSTARTED = (Why.NOTHING, Why.UNWRITTEN)  # causes of which a call tells nothing
MOST_TITLES = 3  # of the checks that a cause costs


def print_result(result: Result, verbose: bool = False, before: int = 0) -> None:
    """To stdout, in colour where it is a terminal; an empty line at the end sets it apart from the next.

    `verbose` lists every check, also where points were lost, and says what held the submission and how to replay its
    inputs; `before` causes were printed with other results.
    """
    layout.print_lines(_lines(result, verbose, before))


def print_causes(result: Result) -> None:
    """To stdout: only why points were lost."""
    layout.print_lines(_explained_lines(result))


def to_text(result: Result, verbose: bool = False) -> str:
    """The same as plain text, each paragraph a line."""
    return layout.lines_to_text(_lines(result, verbose))


def print_wrapped(result: Result, console: Console, verbose: bool = False) -> None:
    """To a terminal: wrapped to its width, with hanging indents."""
    layout.print_wrapped(_lines(result, verbose), console)


# ---------------------------------------------------------------- content


def _lines(result: Result, verbose: bool, before: int = 0) -> Iterator[TextLine]:
    yield from _title(result)
    if result.left_out:  # what was not run may be why something is wrong: it is said first
        yield from _notes(result)
        yield TextLine()
    if error := unloaded(result):
        yield _line(error, "red", 2)
        yield TextLine()
    if wording.all_lost_to_error(result):
        yield _line(f"None of the {len(result.checks)} checks could be run.")
    elif causes.told(result):
        yield from _causes(result, before)
        yield from _checks(result, result.checks if verbose else _beside(result))
    else:
        yield from _checks(result, result.checks)
    yield TextLine()
    yield _summary(result)
    yield from _footer(result, verbose)


def _notes(result: Result) -> Iterator[TextLine]:
    return (_line(clean(note, 500), "yellow", 2) for note in result.notes)


def _explained_lines(result: Result) -> Iterator[TextLine]:
    yield from _title(result)
    if error := unloaded(result):
        yield _line(error, "red", 2)
    yield from _causes(result)
    if not result.causes:
        yield _line("Nothing that was asked for is wrong.")
    if caveat := wording.caveat(result):
        yield TextLine()
        yield _line(caveat, "dim")


def _title(result: Result) -> Iterator[TextLine]:
    yield TextLine(((clean(result.title, 200), "bold"), ("  " + clean(result.file, 200), "dim")))
    yield TextLine()


def _beside(result: Result) -> list[CheckResult]:
    """The checks of which more is to be said than that they were passed, and that no cause has."""
    told = {name for cause in result.causes for name in cause.checks}
    if any(cause.why is Why.NOTHING for cause in result.causes):
        return []
    rest = [c for c in result.checks if c.name not in told and not _told_with_others(c)]
    return [c for c in rest if c.measurement or c.verdict is not Verdict.ACCEPTED]


def _told_with_others(check: CheckResult) -> bool:
    """A bonus that is missed for what costs points, too: a name that is missing, a function that is not written."""
    found = check.findings[0] if check.findings else None
    unwritten = isinstance(found, Raised) and found.kind == "NotImplementedError"
    return check.neutral and (unwritten or isinstance(found, (Banned, NotDefined)))


# ---------------------------------------------------------------- causes


def _causes(result: Result, before: int = 0) -> Iterator[TextLine]:
    """What is done, then each reason for which points were lost, with the checks that it costs."""
    for name, points in result.done.items():
        yield TextLine(((f"`{name}` is done: {points:g} points.", ""),), 2, (("✓ ", "green"),))
    width = max((len(_lost(c)) for c in result.causes), default=0)
    for number, cause in enumerate(result.causes, before + 1):
        yield from _cause(cause, result, width, number)


def _lost(cause: Cause) -> str:
    return f"−{cause.points:g}"


def _cause(cause: Cause, result: Result, width: int, number: int) -> Iterator[TextLine]:
    indent = width + 4
    sign = (("✗ ", "red"), (f"{_lost(cause):>{width}}", "bold"), ("  ", ""))
    headline, step = clean(causes.headline(cause, result), 400), clean(causes.step(cause, result), 2000)
    if cause.why is Why.NAMED:
        yield TextLine(((headline, "bold yellow"),), indent, sign)
        yield _line(step, "", indent)
    else:
        yield TextLine(((headline, "bold yellow"), (f" {step}" if step else "", "")), indent, sign)
    about = (causes.rule(cause, result), causes.relation(cause, result), causes.beside(cause, result))
    if found := " ".join(filter(None, about)):
        yield _line(clean(found, 1000), "yellow", indent)
    if where := causes.lines_said(cause, result):
        yield _line(clean(where, 1000), "yellow", indent)
    check = causes.shown(cause, result)
    if cause.why in causes.SHOWN:
        said = explanation(check)
        again = said.casefold() == headline.replace("`", "").casefold()
        yield from _details(check, "" if again else said, indent, headline)
    if result.file and cause.why not in UNSTARTED and causes.case(cause, result) is not None:
        yield TextLine((("As a script: ", "dim"), (f"grade submit {file_of(result)} --case {number}", "cyan")), indent)
    if cause.why is not Why.NOTHING:
        yield _line(_costs(cause, result), "dim", indent)


def file_of(result: Result) -> str:
    """The file as a shell takes it."""
    return shlex.quote(clean(result.file, 200))


def _costs(cause: Cause, result: Result) -> str:
    """The checks, in one line."""
    titles = [" ".join(clean(c.title, 400).split()) for c in result.checks if c.name in cause.checks]
    more = f" … and {len(titles) - MOST_TITLES} more" if len(titles) > MOST_TITLES else ""
    return f"Costs {len(titles)} check{'s' if len(titles) > 1 else ''}: {' · '.join(titles[:MOST_TITLES])}{more}"


# ---------------------------------------------------------------- checks


def _checks(result: Result, checks: Sequence[CheckResult]) -> Iterator[TextLine]:
    width = max((len(wording.points(c)) for c in checks), default=0)
    told = {c.misconception.slug for c in result.checks if c.misconception} if result.causes else set()
    last = ""
    for check in checks:
        if not_asked(check):
            continue
        yield _headline(check, width)
        if check.verdict is Verdict.ACCEPTED:
            if check.measurement is not None:
                yield _line(message(check), "dim", width + 4)
            continue
        said = "" if is_all(check, result.unloaded) else explanation(check)
        repeated = said == last and len(said) > len(AGAIN)
        yield from _details(check, AGAIN if repeated else said, width + 4)
        if check.misconception is not None:
            yield from _explained(check.misconception, told, width + 6)
        last = said


def _headline(check: CheckResult, width: int) -> TextLine:
    points = f"{wording.points(check):>{width}}"
    sign = (f"{wording.sign(check)} ", "dim" if wording.missed_bonus(check) else COLOURS.get(check.verdict, "red"))
    title = (" ".join(clean(check.title, 400).split()), "")
    verdict = ("" if check.verdict is Verdict.ACCEPTED else f"  ({wording.NAMES[check.verdict]})", "dim")
    return TextLine((title, verdict), width + 4, (sign, (points, "bold" if check.score else "")))


def _details(check: CheckResult, said: str, indent: int, headline: str = "") -> Iterator[TextLine]:
    """The call, and what went wrong with it. What is no call, but an attribute, may be in the headline already."""
    if (called := call(check)) and f"`{called}`" not in headline:
        yield _line(called, "cyan", indent)
    if said:
        yield _line(said, "", indent)


def _explained(found: Misconception, told: set[str], indent: int) -> Iterator[TextLine]:
    """The misconception, in full the first time that it appears; `told` are those explained before."""
    arrow = ((" " * (indent - 2), ""), ("→ ", "yellow"))
    yield TextLine(((clean(found.title, 200), "bold yellow"),), indent, arrow)
    if found.slug not in told and found.hint:
        yield _line(clean(found.hint, 2000), "", indent)
    told.add(found.slug)


def _summary(result: Result) -> TextLine:
    colour = "green" if result.full_marks else "yellow" if result.score else "red"
    points = (f"{result.score:g} of {result.max_score:g} points", f"bold {colour}")
    beside = "".join(f", {part}" for part in wording.totals(result))
    return TextLine((points, (beside, "")))


def _has_picture(check: CheckResult) -> bool:
    """More than a lone number to compare."""
    found = evidence(check)
    return found is not None and bool(found.expected and found.actual) and found.expected_shape not in ([], [1])


def _footer(result: Result, verbose: bool) -> Iterator[TextLine]:
    if unasked := sum(map(not_asked, result.checks)):
        yield _line(
            f"Interrupted: {unasked} of {len(result.checks)} checks were not asked; they do not count.", "yellow"
        )
    if not result.left_out:
        yield from _notes(result)
    if result.stdout.strip():
        yield _line("Your file printed:", "dim")
        yield _line(clean(result.stdout.rstrip(), 1000), "", 2)
    if result.file and any(map(_has_picture, result.checks)):
        yield _line("To see expected and yours side by side: --format html -o report.html", "dim")
    if result.file and causes.can_find_line(result):
        yield _line(f"To find the line: grade explain {file_of(result)}", "dim")
    if verbose:
        yield _line(_again(result), "dim")
    elif caveat := wording.caveat(result):
        yield _line(caveat, "dim")


def _again(result: Result) -> str:
    return f"{wording.isolation(result)}  ·  seed {result.seed} (--seed {result.seed} replays these inputs)"
