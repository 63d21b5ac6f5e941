"""A result in the terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..model import CheckResult, Result, Verdict
from .message import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = {Verdict.ACCEPTED: ("✓", "green"), Verdict.NOT_RUN: ("–", "dim"), Verdict.INCONCLUSIVE: ("?", "yellow")}
NAMES = {
    Verdict.WRONG_ANSWER: "wrong answer",
    Verdict.RUNTIME_ERROR: "error",
    Verdict.TIME_LIMIT: "time limit",
    Verdict.MEMORY_LIMIT: "memory limit",
    Verdict.OUTPUT_LIMIT: "output limit",
    Verdict.NOT_DEFINED: "not defined",
    Verdict.BANNED_CALL: "call not allowed",
    Verdict.INTERNAL_ERROR: "grader's own error",
}


def print_result(result: Result) -> None:
    """To stdout, in colour where it is a terminal."""
    _print(result, Console(highlight=False))


def to_text(result: Result) -> str:
    """The same as plain text."""
    out = io.StringIO()
    _print(result, Console(file=out, width=100, highlight=False, color_system=None))
    return out.getvalue()


def _print(result: Result, console: Console) -> None:
    for line in _lines(result):
        console.print(line)


def _lines(result: Result) -> Iterator[Text | Padding]:
    yield Text.assemble((result.title, "bold"), ("  " + clean(result.file, 200), "dim"))
    yield Text()
    explained: set[str] = set()
    shared = result.error
    if shared:
        yield Padding(Text(clean(shared), "red"), (0, 0, 1, 2))
    for check in result.checks:
        yield _headline(check)
        if check.verdict is not Verdict.ACCEPTED and not (shared and shared in check.message):
            yield from _details(check, explained)
    yield Text()
    yield _summary(result)
    yield from _footer(result)


def _headline(check: CheckResult) -> Text:
    sign, colour = SIGNS.get(check.verdict, ("✗", "red"))
    points = f"{check.score:g}/{check.max_score:g}"
    text = Text.assemble((f"{sign} ", colour), (f"{points:>5}  ", "bold" if check.score else ""), check.title)
    if check.verdict in NAMES:
        text.append(f"  ({NAMES[check.verdict]})", "dim")
    return text


def _details(check: CheckResult, explained: set[str]) -> Iterator[Padding]:
    """The message, and the misconception in full the first time that it appears."""
    yield Padding(Text(check.message, "dim"), (0, 0, 0, 9))
    found = check.misconception
    if found is None:
        return
    text = Text.assemble(("→ ", "yellow"), (found.title, "bold yellow"))
    if found.slug not in explained and found.hint:
        text.append(f"\n{found.hint}")
    explained.add(found.slug)
    yield Padding(text, (0, 0, 0, 9))


def _summary(result: Result) -> Text:
    colour = "green" if result.full_marks else "yellow" if result.score else "red"
    text = Text.assemble((f"{result.score:g} of {result.max_score:g} points", f"bold {colour}"))
    found = dict.fromkeys(c.misconception.title for c in result.checks if c.misconception)
    if found:
        text.append(f"  ·  {', '.join(found)}")
    return text


def _footer(result: Result) -> Iterator[Text]:
    for note in result.notes:
        yield Text(clean(note, 500), "yellow")
    if result.stdout.strip():
        yield Text("Your file printed:", "dim")
        yield Text(clean(result.stdout.rstrip(), 1000), "dim")
    isolation = "not isolated from hostile code" if result.isolation == "process" else f"isolation: {result.isolation}"
    yield Text(f"{isolation}  ·  seed {result.seed} (--seed {result.seed} replays these inputs)", "dim")
