"""What n equal convolutions leave of a feature map."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("padding", "Apply", "beginner", kinds="MCQ NAT", version=2)
@drawn(
    W=[28, 32, 48, 64, 96, 112, 128, 224], F=[3, 5, 7], P=[0, 0, 1], n=range(2, 11),
    where=lambda W, F, P, n: F - 1 > 2 * P and W - n * (F - 1 - 2 * P) > 0,
)
def question(W: int, F: int, P: int, n: int) -> Ask:
    loss, half = F - 1 - 2 * P, F // 2
    key = W - n * loss
    return Ask(
        f"{n} convolutions in a row, each {F}×{F} with stride 1 and padding {P} on every side, start from a {W}×{W} "
        "input. How wide is the last output?",
        key,
        [
            rf"Each layer takes away $F - 1 - 2P = {F} - 1 - {times(2, P)} = {loss}$ pixels of the width.",
            rf"${W} - {times(n, loss)} = {key}$.",
        ],
        [
            Wrong(W - loss, "one-layer-only", f"You took {loss} pixels away once; each of the {n} layers does."),
            Wrong(key - n, "kernel-for-loss", f"You let a layer take F = {F} pixels; one of them stays: F − 1."),
            Wrong(W - n * (half - P), "one-side-only",
                  f"A layer takes {half - P} from each side; you took one side only."),
            Wrong(key - n * P if P else None, "padding-once", f"You padded one side only; both get {P} pixel."),
            Wrong(W - n * (F - 1) if P else None, "padding-forgotten",
                  f"You took F − 1 = {F - 1} pixels per layer; padding gives {2 * P} of them back."),
            Wrong(W, "same-means-one" if P else "same-assumed", f"You kept the size; that takes padding {half}."),
            Wrong(W - 2 * n * loss, "lost-twice", f"You took {loss} pixels from each side; both together lose {loss}."),
            Wrong(W - n * F + 1 if P == 0 else None, "one-large-kernel",
                  f"You took the {n} filters for one of width {n} · {F}; together they see {1 + n * loss} pixels."),
        ],
        possible=(1, W + 2 * P * n),
    )  # fmt: skip
