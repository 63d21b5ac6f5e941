"""A result in the terminal: wrapped to it with hanging indents; unwrapped where the output goes elsewhere."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from ..model import CheckResult, Misconception, Result, Verdict
from . import wording
from .clean import clean
from .heatmap import heat_maps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLOURS = {Verdict.ACCEPTED: "green", Verdict.NOT_RUN: "dim", Verdict.INCONCLUSIVE: "yellow"}
PLAIN = str.maketrans({"✓": "+", "✗": "x", "–": "-", "→": ">", "·": "|", "×": "x", "−": "-", "…": "."})
NARROWEST = 30
AGAIN = "The same as above."


@dataclass(frozen=True)
class Line:
    """A paragraph and how far its lines are indented; `label` stands in the indent of the first."""

    text: Text
    indent: int = 0
    label: Text | None = None


def print_result(result: Result) -> None:
    """To stdout, in colour where it is a terminal; an empty line at the end sets it apart from the next."""
    print_lines(_lines(result))


def to_text(result: Result) -> str:
    """The same as plain text."""
    return lines_to_text(_lines(result))


def print_lines(lines: Iterable[Line]) -> None:
    """Paragraphs to stdout, and an empty line."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False)
    _write(lines, console)
    console.print()


def lines_to_text(lines: Iterable[Line]) -> str:
    """The same as plain text."""
    out = io.StringIO()
    _write(lines, Console(file=out, highlight=False, color_system=None, force_terminal=False))
    return out.getvalue()


def _print(result: Result, console: Console) -> None:
    _write(_lines(result), console)


def _write(lines: Iterable[Line], console: Console) -> None:
    for line in lines:
        for text in _laid_out(line, console):
            console.print(text, soft_wrap=True)


# ---------------------------------------------------------------- layout


def _laid_out(line: Line, console: Console) -> Iterator[Text]:
    """The lines of a paragraph: wrapped to a terminal's width, left as they are otherwise."""
    label = line.label or Text()
    for part in _rows(line, console):
        part.rstrip()
        gap = " " * max(line.indent - label.cell_len, 0) if part.plain or label.plain else ""
        yield _encodable(Text.assemble(label, gap, part), console)
        label = Text()


def _rows(line: Line, console: Console) -> list[Text]:
    if not console.is_terminal:
        return list(line.text.split("\n", allow_blank=True))
    return list(line.text.wrap(console, max(console.width - line.indent, NARROWEST)))


def _encodable(text: Text, console: Console) -> Text:
    """Signs that the stream can show: not every pipe and console speaks UTF-8."""
    if not console.encoding.lower().startswith("utf"):
        text.plain = text.plain.translate(PLAIN)
    return text


# ---------------------------------------------------------------- content


def _lines(result: Result) -> Iterator[Line]:
    yield Line(Text.assemble((clean(result.title, 200), "bold"), ("  " + clean(result.file, 200), "dim")))
    yield Line(Text())
    if result.error:
        yield Line(Text(clean(result.error), "red"), 2)
        yield Line(Text())
    if wording.all_lost_to_error(result):
        yield Line(Text(f"None of the {len(result.checks)} checks could be run."))
    else:
        yield from _checks(result)
    yield Line(Text())
    yield _summary(result)
    yield from _footer(result)


def _checks(result: Result) -> Iterator[Line]:
    width = max((len(wording.points(c)) for c in result.checks), default=0)
    told: set[str] = set()
    last = ""
    for check in result.checks:
        yield _headline(check, width)
        if check.verdict is Verdict.ACCEPTED:
            continue
        message = _message(check, result.error)
        repeated = message == last and len(message) > len(AGAIN)
        yield from _details(check, AGAIN if repeated else message, told, width + 4)
        last = message


def _message(check: CheckResult, error: str) -> str:
    """What went wrong with the call; nothing if it was said for the whole file."""
    message = clean(wording.explanation(check))
    return "" if error and error in message else message


def _headline(check: CheckResult, width: int) -> Line:
    points = f"{wording.points(check):>{width}}"
    label = Text.assemble(
        (f"{wording.sign(check)} ", COLOURS.get(check.verdict, "red")),
        (points, "bold" if check.score else ""),
    )
    text = Text(" ".join(clean(check.title, 400).split()))
    if check.verdict is not Verdict.ACCEPTED:
        text.append(f"  ({wording.NAMES[check.verdict]})", "dim")
    return Line(text, width + 4, label)


def _details(check: CheckResult, message: str, told: set[str], indent: int) -> Iterator[Line]:
    """The call, what went wrong with it and why; `told` are the misconceptions explained before."""
    if called := wording.call(check):
        yield Line(Text(clean(called, 400), "cyan"), indent)
    if message:
        yield Line(Text(message), indent)
    if check.misconception is not None:
        yield from _explained(check.misconception, told, indent + 2)


def _explained(found: Misconception, told: set[str], indent: int) -> Iterator[Line]:
    """The misconception, in full the first time that it appears."""
    arrow = Text.assemble(" " * (indent - 2), ("→ ", "yellow"))
    yield Line(Text(clean(found.title, 200), "bold yellow"), indent, arrow)
    if found.slug not in told and found.hint:
        yield Line(Text(clean(found.hint, 2000)), indent)
    told.add(found.slug)


def _summary(result: Result) -> Line:
    colour = "green" if result.full_marks else "yellow" if result.score else "red"
    text = Text.assemble((f"{result.score:g} of {result.max_score:g} points", f"bold {colour}"))
    if found := wording.findings(result):
        text.append(f"  ·  {', '.join(clean(m.title, 200) for m, _ in found)}")
    return Line(text)


def _footer(result: Result) -> Iterator[Line]:
    for note in result.notes:
        yield Line(Text(clean(note, 500), "yellow"))
    if result.stdout.strip():
        yield Line(Text("Your file printed:", "dim"))
        yield Line(Text(clean(result.stdout.rstrip(), 1000)), 2)
    if any(heat_maps(c.evidence) for c in result.checks):
        yield Line(Text("To see expected and yours side by side: --format html -o report.html", "dim"))
    again = f"{wording.isolation(result)}  ·  seed {result.seed} (--seed {result.seed} replays these inputs)"
    yield Line(Text(again, "dim"))
