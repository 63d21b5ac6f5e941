"""Statements that are right, and claims that are often made and wrong, theme by theme."""

from __future__ import annotations

from collections.abc import Callable

from .authoring import Line, Stream, Which
from .banks import convolution, pooling, residual, transfer
from .banks.forms import Bank

LINES = 4
BANKS: dict[str, Bank] = {
    "convolution": convolution.BANK,
    "pooling": pooling.BANK,
    "residual": residual.BANK,
    "transfer": transfer.BANK,
}
CLAIMS = [(theme, n) for theme, bank in BANKS.items() for n in range(len(bank.conditions))]


def chosen(theme: str) -> Callable[[Stream], list[list[int]]]:
    """Recipe: which right and which wrong statements, one to three of the four being right."""

    def recipe(draw: Stream) -> list[list[int]]:
        right = draw.integer(1, LINES - 1)
        return [sorted(draw.sample(range(len(BANKS[theme].facts)), right)),
                sorted(draw.sample(range(len(BANKS[theme].myths)), LINES - right))]  # fmt: skip

    return recipe


def which(theme: str, about: str, picked: list[list[int]]) -> Which:
    """The question with these statements; its solution goes through them one by one, and says when each holds."""
    facts = [BANKS[theme].facts[i] for i in picked[0]]
    myths = [BANKS[theme].myths[i] for i in picked[1]]
    steps = [f"Right: {fact.text} It holds {fact.holds}." for fact in facts]
    steps += [f"Wrong: {myth.text} {myth.why} It would hold {myth.holds}." for myth in myths]
    lines = [*(Line(fact.text) for fact in facts), *(Line(myth.text, myth.slug, myth.why) for myth in myths)]
    return Which(f"What is true of {about}?", lines, steps)


def under_which(theme: str, n: int) -> Which:
    """The question which of four conditions is enough for the theme's n-th claim."""
    claim, holds, others = BANKS[theme].conditions[n]
    lines = [Line(holds), *(Line(*other) for other in others)]
    steps = [f"It holds under: {holds}.", *(f"Not under: {text}. {why}" for text, _, why in others)]
    prompt = f"“{claim}” Which of these conditions is enough to make this true, whatever else is the case?"
    return Which(prompt, lines, steps)
