"""Iterative pruning: a fixed share of the remaining weights goes each round (Frankle and Carbin 2019)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn


@about("pruning", "Apply", "intermediate", kinds="NAT MCQ", minutes=2)
@drawn(ask=["sparsity", "rounds"], share=[10, 20, 25, 30, 50], n=range(2, 15), target=[50, 70, 75, 80, 90, 95])
def question(ask: str, share: int, n: int, target: int) -> Ask:
    keep = 1 - Fraction(share, 100)
    rounds = next(k for k in range(1, 100) if 100 * (1 - keep**k) >= target)
    sparse = ask == "sparsity"
    key: int | Fraction = 100 * (1 - keep**n) if sparse else rounds
    why = f"Each round keeps {100 - share} % of what is left: after n rounds 1 − {float(keep):g}^n is gone."
    slips: list[tuple[int | Fraction, str]] = [(100 * keep**n, "rest-for-sparsity"),
                                               (Fraction(min(n * share, 100)), "linear"),
             (100 * (1 - keep ** (n - 1)), "round-missed"),
             (100 * (1 - keep ** (n + 1)), "round-extra"), (100 * (1 - Fraction(share, 100) ** n), "share-for-rest")]
    if not sparse:
        slips = [(-(-target // share), "linear"), (rounds - 1, "rounded-down"),
                                                   (rounds + 1, "round-extra"),
                 (next(k for k in range(1, 100) if 100 * keep**k < 100 - target) + 2, "two-extra"),
                 (target // share + 1, "linear-plus-one")]
    asked = f"What percentage is gone after {n} rounds" if sparse else f"How many rounds remove at least {target} %"
    return Ask(
        f"Iterative magnitude pruning removes {share} % of the remaining weights in every round. {asked}?",
        key,
        [why, f"After {n} rounds: {float(key):.1f} percent." if sparse
         else f"{rounds} rounds give {float(100 * (1 - keep**rounds)):.1f} percent."],
        [Wrong(value, slug, why) for value, slug in slips],
        digits=1 if sparse else None,
        unit="%" if sparse else "",
    )
