"""Put the steps in order: a derivation, a block, an algorithm."""

from itertools import pairwise

from generators.authoring import Order, Wrong, about, drawn
from generators.procedures import PROCEDURES


@about("procedures", "Understand", "beginner", kinds="ORDER", minutes=2, version=4)
@drawn(subject=list(PROCEDURES))
def question(subject: str) -> Order:
    title, lines, swap, why = PROCEDURES[subject]
    slips = [Wrong((i, i + 1), f"{subject}-{i + 1}-{i + 2}-swapped",
                   why if (i, i + 1) == swap else f"“{b}” needs “{a}” first.")
             for i, (a, b) in enumerate(pairwise(lines))]
    return Order(f"{title} Put the steps in order.", lines, [f"{i}. {line}" for i, line in enumerate(lines, 1)], slips)
