"""Cosine similarity of embeddings whose lengths are whole numbers."""

from math import isqrt

from generators.arrays import dot
from generators.authoring import Ask, Fraction, Wrong, about, drawn

VECTORS = [[3, 4], [4, 3], [-3, 4], [5, 12], [12, 5], [8, 15], [15, 8], [6, 8], [1, 2, 2], [2, 1, 2], [2, 3, 6],
           [2, -1, 2], [1, 4, 8], [4, 4, 7], [2, 6, 9], [6, 6, 7], [3, -6, 2], [-4, 3], [5, -12], [-8, 15], [15, -8],
           [-12, 5], [-1, 2, 2], [2, -3, 6], [-6, 3, 2], [-4, 8, 1], [7, -4, 4]]


@about("embeddings", "Apply", "beginner", kinds="NAT MCQ", minutes=1.5, version=3)
@drawn(u=VECTORS, v=lambda u: [v for v in VECTORS if len(v) == len(u) and v != u])
def question(u: list[int], v: list[int]) -> Ask:
    inner, (a, b) = dot(u, v), (isqrt(dot(u, u)), isqrt(dot(v, v)))
    key = Fraction(inner, a * b)
    return Ask(
        f"Two embeddings are u = ({', '.join(map(str, u))}) and v = ({', '.join(map(str, v))}). What is their cosine "
        "similarity?",
        key,
        [
            rf"$u \cdot v = {inner}$, $|u| = {a}$, $|v| = {b}$.",
            rf"${inner} / ({a} \cdot {b}) \approx {float(key):.2f}$.",
        ],
        [
            Wrong(Fraction(inner), "not-normalised", f"This is u · v alone; divide by {a} · {b}."),
            Wrong(Fraction(inner, a * a), "first-length-squared", f"You divided by |u|² = {a * a}, but v is {b} long."),
            Wrong(Fraction(inner, b * b), "other-length-squared", f"You divided by |v|² = {b * b}, but u is {a} long."),
            Wrong(Fraction(inner, a + b), "lengths-added", f"You divided by {a} + {b}; the lengths are multiplied."),
            Wrong(Fraction(inner, a * a * b * b), "lengths-squared",
                  f"You divided by the sums of squares, {a * a} and {b * b}; lengths are their roots."),
            Wrong(Fraction(dot([abs(x) for x in u], [abs(x) for x in v]), a * b), "signs-dropped",
                  "You dropped the signs of the entries; products of unlike signs are negative."),
            Wrong(1 - key, "cosine-distance", "This is the cosine distance: 1 less the similarity."),
            Wrong(Fraction(inner, b), "one-length-only", f"You divided by |v| = {b} only; |u| = {a} is missing."),
        ],
        digits=2,
        possible=(-1, 1),
    )
