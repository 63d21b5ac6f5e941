"""Iterative pruning: a fixed share of the remaining weights goes each round (Frankle and Carbin 2019)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number


def rounds_until(keep: Fraction, target: int) -> int:
    """Rounds after which at least `target` percent are gone when each keeps the share `keep`."""
    return next(k for k in range(1, 200) if 100 * (1 - keep**k) >= target)


@about("pruning", "Apply", "intermediate", kinds="NAT MCQ", minutes=2, version=3)
@drawn(ask=["sparsity", "rounds"], share=[10, 15, 20, 25, 30, 40], n=lambda share: range(2, 180 // share + 1),
       target=[50, 60, 70, 75, 80, 90, 95])
def question(ask: str, share: int, n: int, target: int) -> Ask:
    s, keep = Fraction(share, 100), Fraction(100 - share, 100)
    rounds, half, halvings = (rounds_until(*case) for case in ((keep, target), (keep, 50), (Fraction(1, 2), target)))
    gone, q, each = [100 * (1 - keep**k) for k in range(40)], f"{float(keep):g}", f"a round takes {share} % of the rest"
    wrong = {"sparsity": [
        Wrong(100 - gone[n], "rest-for-sparsity", f"This much stays after {n} rounds; the others are gone."),
        Wrong(Fraction(min(n * share, 100)), "linear", f"You took {n} · {share} % of all; {each}."),
        Wrong(gone[n - 1], "round-missed", f"You took the power {n - 1}; the first round prunes too."),
        Wrong(100 * (1 - s**n), "share-for-rest", f"You took powers of {float(s):g}; a round leaves {q} of the rest."),
        Wrong(Fraction(share), "one-round-only", f"{share} % are gone after the first round; {n - 1} more to go."),
        Wrong(share * keep ** (n - 1), "last-round-only", f"This goes in round {n} alone; add the rounds before."),
        Wrong(100 * ((1 + s) ** n - 1) if (1 + s) ** n < 2 else None, "growth-for-decay",
              f"You compounded {float(1 + s):g}, as if the removed part grew; what is left shrinks by {q}."),
    ], "rounds": [
        Wrong(-(-target // share), "linear", f"You divided {target} by {share}; but {each}, which shrinks."),
        Wrong(rounds - 1 if gone[rounds] > target else None, "rounded-down",
              f"You rounded down: after {rounds - 1} rounds only {number(gone[rounds - 1], 1)} % are gone."),
        Wrong(half * halvings, "rounded-twice", f"You rounded up twice: {half} rounds to halve, {halvings} halvings."),
        Wrong(rounds + 1, "start-counted", f"You counted the dense network as a round; {rounds} prunings do it."),
        Wrong(rounds_until(s, target), "share-for-rest", f"You let {share} % stay each round; {share} % go."),
        Wrong(rounds_until(keep, 100 - target), "rest-for-target", f"After these, {target} % are left, not gone."),
        Wrong(rounds_until(keep, 100 - share), "share-for-target", f"You went on until {share} % were left."),
    ]}[ask]  # fmt: skip
    prompt = f"Iterative magnitude pruning removes {share} % of the remaining weights in every round. "
    rule = f"Each round keeps {100 - share} % of what is left: after n rounds $1 - {q}^n$ is gone."
    if ask == "rounds":
        done = [f"{k} rounds give {number(gone[k], 1)} percent." for k in (rounds - 1, rounds)]
        return Ask(f"{prompt}How many rounds does it take until {target} % of the weights or more are gone?",
                   rounds, [rule, *done], wrong)
    return Ask(f"{prompt}What percentage of the weights is gone after {n} rounds?", gone[n],
               [rule, f"After {n} rounds: {number(gone[n], 1)} percent."], wrong, digits=1, unit="%")
