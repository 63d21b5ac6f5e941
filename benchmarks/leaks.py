"""How often blind rules find the key of each generator's MCQs: the table of docs/inside/options.md.

    python -m benchmarks.leaks --sample 2000 --update
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import click

from generators.build import build
from generators.leaks import RULES
from generators.model import QuestionKind
from generators.registry import load, slugs
from generators.stats import guesses

PAGE = Path(__file__).parents[1] / "docs" / "inside" / "options.md"
START = "<!-- the table, written by python -m benchmarks.leaks --update -->\n"
NAMES = (*RULES, "what can be")


def rates(slug: str, sample: int) -> list[float]:
    """In percent, in the order of `NAMES`."""
    hits: Counter[str] = Counter()
    for seed in range(sample):
        for name, found in guesses(build(slug, seed, QuestionKind.MCQ)).items():
            hits[name] += found  # type: ignore[assignment]
    return [100 * hits[name] / sample for name in NAMES]


def row(name: str, numbers: list[float]) -> str:
    """A line of the table, in Markdown."""
    return f"| {name} | " + " | ".join(f"{number:.0f}" for number in numbers) + " |\n"


@click.command()
@click.option("--sample", default=2000, show_default=True, help="MCQs of each generator.")
@click.option("--update", is_flag=True, help="Write the table into docs/inside/options.md.")
def main(sample: int, update: bool) -> None:
    """Print the table, the worst generators first."""
    asked = [slug for slug in slugs() if QuestionKind.MCQ in load(slug).kinds]
    with ProcessPoolExecutor() as pool:
        found = dict(zip(asked, pool.map(rates, asked, repeat(sample)), strict=True))
    mean = [sum(numbers) / len(found) for numbers in zip(*found.values(), strict=True)]
    table = f"| {sample:,} MCQs each | " + " | ".join(NAMES) + " |\n|---|" + "---:|" * len(NAMES) + "\n"
    table += row("*all*", mean)
    table += "".join(row(slug, numbers) for slug, numbers in sorted(found.items(), key=lambda item: -max(item[1])))
    click.echo(table)
    if update:
        before = PAGE.read_text(encoding="utf-8").partition(START)[0]
        PAGE.write_text(before + START + "\n" + table, encoding="utf-8")


if __name__ == "__main__":
    main()
