"""`grade quiz stats`: how many variants, where keys stand, what gives them away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from generators.blueprint import BlueprintError, known_names
from generators.model import QuestionKind
from generators.registry import slugs
from generators.stats import Stats, stats

from ...errors import FULL, LESS, GraderError
from .output import deliver

HEAD = f"{'generator':<20} {'kind':<10} {'variants':>8}  {'key at A, B, C, …':<22} {'p':>6}  best blind guess"


def show_stats(generators: Sequence[str], sample: int, form: str) -> int:
    """Print the statistics of each generator; returns the exit code."""
    try:
        chosen = known_names(generators, slugs(), "generator") or slugs()
    except BlueprintError as problem:
        raise GraderError(str(problem)) from problem
    found = (entry for slug in chosen for entry in stats(slug, sample))
    if form == "json":
        entries = list(found)
        deliver(json.dumps([_record(entry) for entry in entries], indent=1), None)
        return LESS if any(entry.leaks for entry in entries) else FULL
    return LESS if _print(found, sample) else FULL


def show_history(where: str, generators: Sequence[str], form: str) -> int:
    """Print how questions went in papers that were marked; returns the exit code."""
    from . import quiz_items

    entries = quiz_items.history(where, tuple(generators))
    if form == "json":
        deliver(json.dumps(quiz_items.as_records(entries), indent=1), None)
    else:
        for row in quiz_items.as_lines(entries):
            click.echo(row)
    return FULL


def _print(found: Iterator[Stats], sample: int) -> int:
    """Print each row as soon as it is computed; returns the number of generators that leak."""
    click.echo(HEAD)
    entries = []
    for entry in found:
        click.echo(_row(entry))
        entries.append(entry)
    for row in _blind_rules([entry for entry in entries if entry.kind == QuestionKind.MCQ]):
        click.echo(row)
    leaking = [entry for entry in entries if entry.leaks]
    click.echo(f"\nKeys and guesses: seeds 0 to {sample - 1}. p: the chance of keys as uneven as these by luck alone.")
    for entry in leaking:
        for leak in entry.leaks:
            click.echo(f"leak: {entry.generator} as {entry.kind}: {leak}")
    return len(leaking)


def _blind_rules(entries: list[Stats]) -> Iterator[str]:
    """A table of how often each rule is right, in percent."""
    if entries:
        names = [rule.name for rule in entries[0].rules]
        yield "\nMCQ guessed from the options alone, % right (one of four at random: 25)"
        yield f"{'':<20}" + "".join(f"{_short(name):>6}" for name in names)
    for entry in entries:
        yield f"{entry.generator[:20]:<20}" + "".join(f"{100 * rule.rate:>6.0f}" for rule in entry.rules)
    if entries:
        yield "  ".join(f"{_short(name)}: {name}" for name in names if _short(name) != name)


def _short(name: str) -> str:
    """lower middle as lowmi."""
    words = name.removeprefix("the ").split()
    return words[0][:5] if len(words) == 1 else words[0][:3] + words[1][:2]


def _row(entry: Stats) -> str:
    variants = f">{entry.seen - 1}" if entry.variants is None else str(entry.variants)
    keys = " ".join(map(str, entry.keys.values()))
    p = f"{entry.balance:.3f}" if entry.balance is not None else ""
    best = max(entry.rules, key=lambda rule: rule.hits / max(entry.sample, 1), default=None)
    guess = f"{best.name}: {best.hits / entry.sample:.0%}" if best else ""
    row = f"{entry.generator:<20} {entry.kind:<10} {variants:>8}  {keys:<22} {p:>6}  {guess}"
    return row + (" ← leak" if entry.leaks else "")


def _record(entry: Stats) -> dict[str, Any]:
    rules = [asdict(rule) | {"rate": rule.rate, "leaks": rule.leaks} for rule in entry.rules]
    return asdict(entry) | {"kind": str(entry.kind), "rules": rules, "leaks": entry.leaks}
