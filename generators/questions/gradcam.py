"""A Grad-CAM map by hand (Selvaraju et al. 2017, equations 1 and 2)."""

from functools import partial

from generators.arrays import Rows, dot, flat, mapped, weighted
from generators.authoring import Ask, Redraw, Stream, Wrong, about, drawn, fold, integers, table
from generators.pictures import maps


def gradients(draw: Stream, n: int) -> list[Rows]:
    """n maps whose means are whole numbers other than 0, of both signs."""
    spreads = [(draw.integer(-3, 3), draw.integer(1, 3)) for _ in range(n)]
    means = draw.shuffled([1, -1, draw.pick([-2, 2])][:n])
    return [fold(draw.shuffled([m + a, m - a, m + b, m - b]), (2, 2)) for m, (a, b) in zip(means, spreads, strict=True)]


@about("Grad-CAM", "Apply", "advanced", kinds="MATRIX", marks=2, minutes=4, version=3)
@drawn(n=[2, 3], A=lambda draw, n: integers(0, 4, n, 2, 2)(draw), G=gradients)
def question(n: int, A: list[Rows], G: list[Rows]) -> Ask:
    alpha = [sum(flat(g)) // 4 for g in G]
    raw = weighted(A, alpha)
    key = (relu := partial(mapped, lambda v: max(v, 0)))(raw)
    if key in A or not min(flat(raw)) < 0 < max(flat(raw)):
        raise Redraw("ReLU makes no difference, or the key is one of the maps")
    terms = " + ".join(f"({a})({m[1][1]})" for a, m in zip(alpha, A, strict=True))
    shown = "; ".join(f"A{k} = {table(a)}, G{k} = {table(g)}" for k, a, g in zip("₁₂₃", A, G, strict=False))
    return Ask(
        f"A layer has {n} feature maps A; G is the gradient of the class score (before softmax) with respect to each: "
        f"{shown}. Compute the Grad-CAM map, before any upsampling or normalisation.",
        key, [
            f"Weights, the means of the gradients: {', '.join(map(str, alpha))}.",
            f"The weighted sum of the maps: {table(raw)}; its last entry is ${terms} = {raw[1][1]}$.",
            f"ReLU: {table(key)}.",
        ],
        [
            Wrong(raw, "no-relu", "Only evidence for the class is kept: apply ReLU to the sum."),
            Wrong(relu(weighted(A, [max(a, 0) for a in alpha])), "relu-on-weights", "ReLU comes after the sum."),
            Wrong(relu(weighted(A, [4 * a for a in alpha])), "sum-for-mean", "Gradients are averaged."),
            Wrong(relu(weighted(A, [1] * n)), "unweighted", "Maps are weighted by α."),
            Wrong(weighted(A, [abs(a) for a in alpha]), "absolute-gradients", "Negative weights count against."),
            Wrong(relu(weighted(A, [-a for a in alpha])), "wrong-class", "Mind the sign of the gradient."),
            Wrong(relu(mapped(lambda *c: dot(c[:n], c[n:]), *A, *G)), "no-mean", "Average each gradient first."),
        ],
        picture=maps(A=A, G=G),
    )
