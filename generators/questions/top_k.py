"""Top-k accuracy from scores."""

from generators.arrays import Rows
from generators.authoring import Ask, Fraction, Wrong, about, drawn, table


def hits(scores: Rows, labels: list[int], k: int) -> int:
    """Images whose label is among the k highest scores."""
    return sum(sorted(row, reverse=True).index(row[label]) < k for row, label in zip(scores, labels, strict=True))


@about("evaluation", "Apply", "beginner", kinds="NAT", minutes=2)
@drawn(n=[5, 6, 7, 8, 9], k=[2, 3], scores=lambda draw, n: [draw.sample(range(1, 60), 5) for _ in range(n)],
       labels=lambda draw, n: [draw.below(5) for _ in range(n)],
       where=lambda n, k, scores, labels: hits(scores, labels, 1) < hits(scores, labels, k) < n)
def question(n: int, k: int, scores: Rows, labels: list[int]) -> Ask:
    ranks = [sorted(row, reverse=True).index(row[label]) + 1 for row, label in zip(scores, labels, strict=True)]

    def share(count: int) -> Fraction:
        return Fraction(100 * count, n)

    return Ask(
        f"Each row holds the scores of one image for the classes 0 to 4: {table(scores)}. The right classes are "
        f"{', '.join(map(str, labels))}. What is the top-{k} accuracy?",
        share(hits(scores, labels, k)),
        [f"The right class has, row by row, the rank {', '.join(map(str, ranks))}.",
         f"At most {k}: {hits(scores, labels, k)} of {n}."],
        [
            Wrong(share(hits(scores, labels, 1)), "top-one",
                  f"You counted only the highest score; the first {k} count."),
            Wrong(share(hits(scores, labels, k + 1)), "one-too-many", f"You counted rank {k + 1} too."),
            Wrong(share(hits(scores, labels, k - 1)) if k > 2 else None, "one-too-few", f"Rank {k} counts as well."),
            Wrong(share(ranks.count(k)), "exactly-k", f"You counted rank {k} alone; better ranks count too."),
            Wrong(share(hits(scores, [max(label - 1, 0) for label in labels], k)), "counted-from-one",
                  "The first column is class 0."),
            Wrong(share(n - hits(scores, labels, k)), "error-for-accuracy", f"This is the top-{k} error."),
            Wrong(share(hits(scores, labels, k)) / k, "divided-by-k",
                  f"An image counts once, however many of {k} it needs."),
            Wrong(share(hits([[-v for v in row] for row in scores], labels, k)), "lowest-scores",
                  "You took the lowest scores."),
        ],
        digits=1, unit="%",
    )
