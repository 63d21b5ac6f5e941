"""Batches of an epoch."""

from generators.authoring import Ask, Wrong, about, drawn, number

ASKS = {"batches": "How many batches does an epoch have", "last": "How many images are in the last batch"}


@about("training", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=3)
@drawn(ask=list(ASKS), N=[1000, 1797, 3670, 5000, 8144, 10_000, 45_000, 50_000, 60_000],
       B=[24, 48, 64, 96, 128, 256], where=lambda N, B: N % B)
def question(ask: str, N: int, B: int) -> Ask:
    full, left = divmod(N, B)
    decimals, quotient = 100 * left // B, f"{number(N)} / {B} = {100 * N // B / 100:.2f}…"
    wrong = {
        "batches": [
            Wrong(full, "last-batch-dropped", f"You left out the {left} images that remain; they are a batch too."),
            Wrong(full + 2, "rest-counted-twice",
                  f"You rounded {quotient} up and added one more for the rest; rounding up has counted it."),
            Wrong(left, "remainder", f"{left} images are left by the division; asked is the number of batches."),
            Wrong(B, "batch-size", f"This is the number of images in a batch; divide {number(N)} by it."),
            Wrong(N - B, "difference-for-quotient", f"You took {B} away from {number(N)} once; divide by {B}."),
            Wrong(N, "one-image-per-batch", f"You counted a batch for each image; {B} images share one."),
            Wrong(full + left, "rest-one-by-one", f"You gave each of the last {left} images a batch; they share it."),
        ],
        "last": [
            Wrong(B, "last-batch-full", f"You took the last batch for full; {full + 1} · {B} is more than {N}."),
            Wrong(B - left, "missing-images", "So many images are missing in the last batch; asked are those it has."),
            Wrong(full, "full-batches-counted", f"This is the number of full batches; take {full} · {B} from {N}."),
            Wrong(full + 1, "all-batches-counted", "This is the number of batches; asked are the last one's images."),
            Wrong(0, "no-rest", f"You left no rest; {full} · {B} is less than {N}."),
            Wrong(decimals, "decimals-for-remainder",
                  f"You read the decimals of {quotient} as images; multiply that share by {B}."),
            Wrong(N // (full + 1), "spread-evenly", f"You spread them evenly; all batches but the last have {B}."),
        ],
    }
    return Ask(
        f"A training set of {number(N)} images is read in batches of {B}; an incomplete last batch is kept. "
        f"{ASKS[ask]}?",
        full + 1 if ask == "batches" else left,
        [rf"${N} = {full} \cdot {B} + {left}$.", f"{full} full batches and one of {left}: {full + 1} batches."],
        wrong[ask],
    )
