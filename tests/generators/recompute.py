"""Recompute questions by the second method, at scale: whatever disagrees is printed.

    python -m tests.generators.recompute --questions 1000000
"""

from __future__ import annotations

import click

from generators.build import build
from generators.draw import draw_params, first_good
from generators.marking import mark
from generators.model import QuestionKind
from generators.registry import load
from tests.generators.oracles import ORACLES
from tests.generators.test_keys import verify


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


@click.command()
@click.option("--questions", default=100_000, show_default=True, help="Over all generators.")
@click.option("--start", default=1_000_000, show_default=True, help="The first seed; the tests look at the small ones.")
def main(questions: int, start: int) -> None:
    """Print what disagrees, and how many questions there were. Exit code 1 if any did."""
    seeds = -(-questions // len(ORACLES))
    found = 0
    for slug in sorted(ORACLES):
        for seed in range(start, start + seeds):
            for problem in (disagreement(slug, seed), misprint(slug, seed) if seed % 10 == 0 else ""):
                if problem:
                    found += 1
                    click.echo(problem)
    click.echo(f"{seeds * len(ORACLES):,} questions of {len(ORACLES)} generators: {found} disagreements")
    raise SystemExit(found > 0)


if __name__ == "__main__":
    main()
