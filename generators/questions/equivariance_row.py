"""The equivariance equation by numbers: shift and then filter, against filter and then shift."""

from generators.authoring import Ask, Wrong, about, distinct, drawn, table


def filtered(x: list[int], k: list[int]) -> list[int]:
    """k₀ times the left neighbour, which is 0 for the first value, plus k₁ times the value itself."""
    return [k[0] * left + k[1] * own for left, own in zip([0, *x], x, strict=False)]


def moved(x: list[int], d: int) -> list[int]:
    """Cyclically to the right."""
    return x[-d:] + x[:-d]


@about("equivariance", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=3)
@drawn(x=distinct(1, 9, 5), k=[[1, 2], [2, 1], [-1, 1], [1, -1], [-2, 1], [2, -1], [3, 1], [-1, 2]],
       d=[1, 2, 3])  # fmt: skip
def question(x: list[int], k: list[int], d: int) -> Ask:
    first, last = filtered(moved(x, d), k), moved(filtered(x, k), d)
    gaps = [abs(a - b) for a, b in zip(first, last, strict=True)]
    stays = [abs(a - b) for a, b in zip(first, filtered(x, k), strict=True)]
    back = [abs(a - b) for a, b in zip(first, moved(filtered(x, k), len(x) - d), strict=True)]
    weights = [f"({n})" if n < 0 else f"{n}" for n in k]
    return Ask(
        f"f replaces each value of a row by {weights[0]} times its left neighbour plus {weights[1]} times itself; left "
        f"of the first value stands a 0. T shifts a row cyclically to the right, by {d}. For "
        f"x = {table(x)}, what is the largest entry of |f(Tx) − T f(x)|?".replace("(-", "(−"),
        max(gaps),
        [f"Tx = {table(moved(x, d))}, f(Tx) = {table(first)}.", f"T f(x) = {table(last)}."],
        [
            Wrong(0, "always-equivariant", "The filter is the same everywhere, but the 0 stands left of another value "
                  "after the shift: at the border the two differ."),
            Wrong(max(stays), "invariance-for-equivariance", "You compared f(Tx) with f(x), which did not move."),
            Wrong(sum(gaps), "sum-for-largest", "You added up all differences."),
            Wrong(max(back), "shifted-back", "You shifted f(x) to the left; T is the same shift on both sides."),
            Wrong(max(x), "values-for-gaps", "This is the largest value of x."),
            Wrong(max(map(abs, first)), "output-for-gap", "This is the largest value of f(Tx), not a difference."),
            Wrong(abs(k[0]) * x[0], "first-value", "The 0 stands for the neighbour from around the edge."),
        ],
    )  # fmt: skip
