"""Whether parallel forms are equal: places of different demand, and questions that give each other's answer away.

    python -m benchmarks.forms --papers 186
"""

from __future__ import annotations

import click

from generators.blueprint import blueprints, load_blueprint
from generators.forms import betrayals, equal_demand
from generators.paper import make_papers

FORMS = 3


def looked_at(name: str, seed: int) -> tuple[int, int, float]:
    """Of three forms: places of different demand, pairs that give each other away, the difference in minutes."""
    papers = make_papers(load_blueprint(name), seed, FORMS)
    minutes = [sum(question.minutes for question in paper.questions) for paper in papers]
    unequal = equal_demand([list(paper.questions) for paper in papers])
    everything = [question for paper in papers for question in paper.questions]
    return len(unequal), len(betrayals(everything)), max(minutes) / min(minutes) - 1


@click.command()
@click.option("--papers", default=186, show_default=True, help="Papers, three forms each, over all blueprints.")
def main(papers: int) -> None:
    """Print one line a blueprint. Exit code 1 if anything was found."""
    found = 0
    for name in blueprints():
        seeds = -(-papers // (FORMS * len(blueprints())))
        rows = [looked_at(name, seed) for seed in range(1, seeds + 1)]
        unequal, betrayed = sum(row[0] for row in rows), sum(row[1] for row in rows)
        found += unequal + betrayed
        click.echo(f"{name}: {seeds * FORMS} papers, {unequal} places of different demand, {betrayed} pairs that give "
                   f"each other away, minutes differ by up to {max(row[2] for row in rows):.0%}")  # fmt: skip
    raise SystemExit(found > 0)


if __name__ == "__main__":
    main()
