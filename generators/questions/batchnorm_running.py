"""The running statistics of a batch normalisation layer after one training step (PyTorch's rule)."""

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, equals, number


@about("batch normalisation", "Apply", "intermediate", kinds="NAT MCQ", minutes=2)
@drawn(momentum=[10, 20, 25, 40], old=[-2, 1, 2, 3, 4, 6, 8], x=lambda draw: [draw.integer(-2, 12) for _ in range(4)],
       where=lambda x, old: sum(x) % 4 == 0 and sum(x) != 4 * old and len(set(x)) > 2 and sum(x) != 0)
def question(momentum: int, old: int, x: list[int]) -> Ask:
    a, mean = Fraction(momentum, 100), Fraction(sum(x), 4)
    key = (1 - a) * old + a * mean
    return Ask(
        f"A batch normalisation layer keeps a running mean by (1 − a) · old + a · batch with a = {decimal(a)} "
        f"(PyTorch's momentum). It stands at {number(old)}. In training mode comes a batch in which the channel has "
        f"the values {', '.join(map(number, x))}. What is the running mean after this batch?",
        key,
        [f"The batch has the mean ({' + '.join(map(number, x))})/4 = {number(mean)}.",
         f"{decimal(1 - a)} · ({number(old)}) + {decimal(a)} · ({number(mean)}) {equals(key, 3)}."],
        [
            Wrong(a * old + (1 - a) * mean, "weights-exchanged",
                  f"a = {decimal(a)} is the weight of the new batch here."),
            Wrong(mean, "batch-mean",
                  "This is the batch's mean; in training it normalises, and moves the running one a little."),
            Wrong(Fraction(old), "not-updated", "In training mode every batch moves the running mean."),
            Wrong(old + a * mean, "old-not-decayed", f"You kept all of the old mean; it counts {decimal(1 - a)}."),
            Wrong((old + mean) / 2, "plain-average",
                  f"You averaged both; their weights are {decimal(1 - a)} and {decimal(a)}."),
            Wrong((1 - a) * old + a * sum(x), "sum-for-mean",
                  f"You took the batch's sum {number(sum(x))}; divide by 4."),
            Wrong((1 - a) * old - a * mean, "subtracted", "Both parts are added."),
            Wrong((1 - a) * old + a * max(x), "largest-for-mean", "You took the largest value of the batch."),
        ],
        digits=3,
    )
