"""Cosine similarity of embeddings whose lengths are whole numbers."""

from math import isqrt

from generators.arrays import dot
from generators.authoring import Ask, Fraction, Wrong, about, drawn

VECTORS = [[3, 4], [4, 3], [-3, 4], [5, 12], [12, 5], [8, 15], [15, 8], [6, 8], [1, 2, 2], [2, 1, 2], [2, 3, 6],
           [2, -1, 2],
           [1, 4, 8], [4, 4, 7], [2, 6, 9], [6, 6, 7], [3, -6, 2]]


@about("embeddings", "Apply", "beginner", kinds="NAT MCQ", minutes=1.5)
@drawn(u=VECTORS, v=lambda u: [v for v in VECTORS if len(v) == len(u) and v != u])
def question(u: list[int], v: list[int]) -> Ask:
    inner, lengths = dot(u, v), (isqrt(dot(u, u)), isqrt(dot(v, v)))
    key = Fraction(inner, lengths[0] * lengths[1])
    return Ask(
        f"Two embeddings are u = ({', '.join(map(str, u))}) and v = ({', '.join(map(str, v))}). What is their cosine "
        "similarity?",
        key,
        [
            rf"$u \cdot v = {inner}$, $|u| = {lengths[0]}$, $|v| = {lengths[1]}$.",
            rf"${inner} / ({lengths[0]} \cdot {lengths[1]}) \approx {float(key):.2f}$.",
        ],
        [
            Wrong(Fraction(inner), "not-normalised", "Divide by both lengths."),
            Wrong(Fraction(inner, lengths[0] ** 2), "one-length-squared", "Divide by the length of each vector."),
            Wrong(Fraction(inner, lengths[0] + lengths[1]), "lengths-added", "The lengths are multiplied."),
            Wrong(Fraction(inner, lengths[0] ** 2 * lengths[1] ** 2), "lengths-squared",
                  "Take the roots: lengths, not squares."),
            Wrong(1 - key, "cosine-distance", "This is the cosine distance."),
            Wrong(Fraction(inner, lengths[1]), "one-length-only", "Divide by both lengths."),
        ],
        digits=2,
    )
