"""What n equal convolutions leave of a feature map."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("padding", "Apply", "beginner", kinds="MCQ NAT")
@drawn(
    W=[28, 32, 48, 64, 96, 112, 128, 224], F=[3, 5, 7], P=[0, 0, 1], n=range(2, 11),
    where=lambda W, F, P, n: F - 1 > 2 * P and W - n * (F - 1 - 2 * P) > 0,
)
def question(W: int, F: int, P: int, n: int) -> Ask:
    loss = F - 1 - 2 * P
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
            Wrong(W - loss, "one-layer-only", "Every layer shrinks the map, not just the first."),
            Wrong(W - n * F, "kernel-for-loss",
                  "A layer takes away F − 1 pixels, not F: one position is left for each window."),
            Wrong(W - n * (F // 2), "one-side-only", "The border is lost on both sides."),
            Wrong(W - n * (F - 1 - P) if P else W - n * (F - 2), "padding-once",
                  "Count kernel and padding on both sides."),
            Wrong(W if P == 0 else W - n * (F - 1), "padding-misread", f"The padding is {P} on every side."),
            Wrong(W - (n - 1) * loss, "layer-missed", f"There are {n} layers."),
            Wrong(W - (n + 1) * loss, "layer-extra", f"There are {n} layers."),
        ],
    )
