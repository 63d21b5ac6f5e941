"""Recompute questions by the second method, at scale, on all cores: what disagrees is printed, and counts by generator.

    python -m tests.generators.recompute --questions 1000000 --state recomputed.jsonl

With `--state`, finished blocks are kept in that file, and the same command goes on where it was interrupted.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from generators.build import build
from generators.draw import draw_params, first_good
from generators.marking import mark
from generators.model import QuestionKind
from generators.registry import load
from tests.generators.oracles import ORACLES
from tests.generators.test_keys import verify

BLOCK = 250
"""Seeds that one process takes at a time."""


class SeedBlock(NamedTuple):
    """Neighbouring seeds of a generator; its version belongs to it, so that a state never speaks of other questions."""

    slug: str
    version: int
    first: int
    count: int


class Recomputed(NamedTuple):
    """What came of a block: processor seconds and what disagreed."""

    block: SeedBlock
    seconds: float
    problems: list[str]


def disagreement(slug: str, seed: int) -> str:
    """Why this question is wrong; nothing if the oracle has the same key."""
    generator = load(slug)
    name = (slug, generator.version, seed, generator.kinds[seed % len(generator.kinds)])
    params, body = first_good(name, lambda turn: (p := draw_params(name, generator.space, generator.where, turn),
                                                  generator(**p)))  # fmt: skip
    try:
        verify(slug, params, body)
    except AssertionError as difference:
        return str(difference).splitlines()[0]
    return ""


def misprint(slug: str, seed: int) -> str:
    """Where the marker does not take the printed key as right."""
    question = build(slug, seed)
    if question.kind not in (QuestionKind.MCQ, QuestionKind.NAT):
        return ""
    result = mark(question, str(question.answer))
    return "" if result.outcome == "right" else f"{slug} {question.params}: {question.answer} is {result.outcome}"


def recomputed(block: SeedBlock) -> Recomputed:
    """All questions of a block; every tenth is marked too."""
    start = time.process_time()
    seeds = range(block.first, block.first + block.count)
    found = [disagreement(block.slug, seed) for seed in seeds]
    found += [misprint(block.slug, seed) for seed in seeds if seed % 10 == 0]
    return Recomputed(block, time.process_time() - start, [problem for problem in found if problem])


def blocks(questions: int, start: int) -> list[SeedBlock]:
    """The same number of seeds of every generator, in blocks."""
    end = start + -(-questions // len(ORACLES))
    return [
        SeedBlock(slug, load(slug).version, first, min(BLOCK, end - first))
        for first in range(start, end, BLOCK)
        for slug in sorted(ORACLES)
    ]


def finished(state: Path | None) -> Iterator[Recomputed]:
    """What the file holds; a line that was being written when the run ended is left out."""
    for line in state.read_text(encoding="utf-8").splitlines() if state and state.exists() else ():
        try:
            block, seconds, problems = json.loads(line)
        except ValueError:
            continue
        yield Recomputed(SeedBlock(*block), seconds, problems)


def run(wanted: list[SeedBlock], state: Path | None, workers: int) -> Iterator[Recomputed]:
    """Those of the file, then the others as they are finished."""
    known = {entry.block: entry for entry in finished(state)}
    yield from (known[block] for block in wanted if block in known)
    with multiprocessing.get_context("fork").Pool(workers, _alone) as pool:
        for entry in pool.imap_unordered(recomputed, [block for block in wanted if block not in known]):
            if state:
                with state.open("a", encoding="utf-8") as file:
                    file.write("\n" + json.dumps(entry))  # a line that was cut off stays one of its own
            yield entry


def _alone() -> None:
    """Each process computes on one core."""
    import torch

    torch.set_num_threads(1)


def report(entries: list[Recomputed]) -> Iterator[str]:
    """A line for each generator, the slowest first, and the sum."""
    by_slug: dict[str, list[Any]] = {}
    for block, seconds, problems in entries:
        row = by_slug.setdefault(block.slug, [0, 0.0, 0])
        row[0], row[1], row[2] = row[0] + block.count, row[1] + seconds, row[2] + len(problems)
    for slug, (count, seconds, wrong) in sorted(by_slug.items(), key=lambda item: -item[1][1] / item[1][0]):
        yield f"{slug:<24} {count:>9,} questions {1000 * seconds / count:8.2f} ms each {wrong:>6} disagreements"
    total, cpu, bad = (sum(row[i] for row in by_slug.values()) for i in range(3))
    yield f"{total:,} questions of {len(by_slug)} generators in {cpu:,.0f} s of CPU: {bad} disagreements"


@click.command()
@click.option("--questions", default=100_000, show_default=True, help="Over all generators.")
@click.option("--start", default=1_000_000, show_default=True, help="The first seed; the tests look at the small ones.")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="What is finished, for going on later.")
@click.option("--workers", default=os.cpu_count() or 1, show_default="the cores", help="Processes.")
def main(questions: int, start: int, state: Path | None, workers: int) -> None:
    """Print what disagrees, and how many questions there were. Exit code 1 if any did."""
    entries = []
    for entry in run(blocks(questions, start), state, workers):
        entries.append(entry)
        for problem in entry.problems:
            click.echo(problem)
    for line in report(entries):
        click.echo(line)
    raise SystemExit(any(entry.problems for entry in entries))


if __name__ == "__main__":
    main()
