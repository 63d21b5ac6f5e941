"""Iterative pruning: a fixed share of the remaining weights goes each round (Frankle and Carbin 2019)."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn


def rounds_until(keep: Fraction, target: int) -> int:
    """Rounds after which at least `target` percent are gone when each keeps the share `keep`."""
    return next(k for k in range(1, 200) if 100 * (1 - keep**k) >= target)


@about("pruning", "Apply", "intermediate", kinds="NAT MCQ", minutes=2, version=2)
@drawn(ask=["sparsity", "rounds"], share=[10, 20, 25, 30, 50], n=range(2, 15), target=[50, 70, 75, 80, 90, 95])
def question(ask: str, share: int, n: int, target: int) -> Ask:
    keep = 1 - Fraction(share, 100)
    rounds, sparse = rounds_until(keep, target), ask == "sparsity"
    key: int | Fraction = 100 * (1 - keep**n) if sparse else rounds
    why = f"Each round keeps {100 - share} % of what is left: after n rounds 1 − {float(keep):g}^n is gone."
    slips: Slips = {
        "sparsity": [(100 * keep**n, "rest-for-sparsity"), (Fraction(min(n * share, 100)), "linear"),
                     (100 * (1 - keep ** (n - 1)), "round-missed"), (100 * (1 - keep ** (n + 1)), "round-extra"),
                     (100 * (1 - Fraction(share, 100) ** n), "share-for-rest"), (Fraction(share), "one-round-only"),
                     (share * keep ** (n - 1), "last-round-only")],
        "rounds": [(-(-target // share), "linear"), (rounds - 1, "rounded-down"), (rounds + 1, "round-extra"),
                   (rounds_until(1 - keep, target), "share-for-rest"), (target // share + 1, "linear-plus-one"),
                   (rounds_until(keep, 100 - target), "rest-for-target"), (target - share, "difference-for-rounds"),
                   (rounds + -(-target // share), "both-counts-added")],
    }
    asked = f"What percentage of the weights is gone after {n} rounds" if sparse else (
        f"How many rounds does it take at least until {target} % of the weights or more are gone")
    return Ask(
        f"Iterative magnitude pruning removes {share} % of the remaining weights in every round. {asked}?",
        key,
        [why, f"After {n} rounds: {float(key):.1f} percent." if sparse
         else f"{rounds - 1} rounds give {float(100 * (1 - keep ** (rounds - 1))):.1f} percent, {rounds} rounds "
         f"{float(100 * (1 - keep**rounds)):.1f}."],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        digits=1 if sparse else None,
        unit="%" if sparse else "",
    )
