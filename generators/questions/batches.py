"""Batches of an epoch."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn, number

ASKS = {"batches": "How many batches does an epoch have", "last": "How many images are in the last batch"}


@about("training", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=2)
@drawn(ask=list(ASKS), N=[1000, 1797, 3670, 5000, 8144, 10_000, 45_000, 50_000, 60_000],
       B=[24, 48, 64, 96, 128, 256], where=lambda N, B: N % B)
def question(ask: str, N: int, B: int) -> Ask:
    full, left = divmod(N, B)
    key = full + 1 if ask == "batches" else left
    slips: Slips = {
        "batches": [(full, "last-batch-dropped"), (full + 2, "one-too-many"), (Fraction(N - B, B), "off-by-one"),
                    (left, "remainder"),
                    (N - B, "difference"), (full - 1, "two-too-few"), (B, "batch-size")],
        "last": [(B, "last-batch-full"), (B - left, "missing-images"), (full, "batches-for-rest"), (0, "no-rest"),
                 (left + 1, "off-by-one"), (left - 1, "off-by-one-low")],
    }
    why = f"{N} = {full} · {B} + {left}: {full} full batches, then one of {left}."
    return Ask(
        f"A training set of {number(N)} images is read in batches of {B}; an incomplete last batch is kept. "
        f"{ASKS[ask]}?",
        key,
        [rf"${N} = {full} \cdot {B} + {left}$.", f"{full} full batches and one of {left}: {full + 1} batches."],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
    )
