"""Which filter does what: from its numbers to its effect, and back."""

from generators.arrays import Rows, flat
from generators.authoring import Line, Which, about, drawn, number, table
from generators.filters import EFFECTS


def reason(K: Rows) -> str:
    """What can be read off the weights."""
    total = sum(flat(K))
    level = {0: "they add up to 0, so flat areas give 0", 1: "they add up to 1, so flat areas stay"}.get(
        total, f"they add up to {number(total)}, so flat areas are multiplied by it")
    below, right = sum(K[2]) - sum(K[0]), sum(row[2] - row[0] for row in K)
    return f"{level}; the lower row less the upper one is {number(below)}, right less left {number(right)}"


@about("filters", "Understand", "beginner", kinds="MCQ")
@drawn(ask=["effect", "filter"], chosen=lambda draw: draw.sample(list(EFFECTS), 4))
def question(ask: str, chosen: list[str]) -> Which:
    said, K = EFFECTS[chosen[0]]
    steps = [f"The weights of {table(K)}: {reason(K)}.", f"It {said}."]
    lines = []
    for k, name in enumerate(chosen):
        does, weights = EFFECTS[name]
        text = f"It {does}." if ask == "effect" else table(weights)
        why = f"The filter that does this is {table(weights)}." if ask == "effect" else f"This one {does}."
        lines.append(Line(text, f"{name}-for-{chosen[0]}" if k else "", why if k else ""))
    if ask == "effect":
        return Which(f"What does the filter {table(K)} do to a grey picture, as cross-correlation with stride 1 "
                     "(bright pixels have large values)?", lines, steps)
    return Which(f"Which filter, as cross-correlation with stride 1 on a grey picture (bright pixels have large "
                 f"values), {said}?", lines, steps)
