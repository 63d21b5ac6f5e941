"""Valid, same and full padding: output size."""

from generators.authoring import Ask, Wrong, about, drawn

MEANING = {
    "valid": "no padding",
    "same": "padding (F − 1)/2 on every side, F odd",
    "full": "padding F − 1 on every side",
}


@about("padding", "Apply", "beginner", kinds="MCQ NAT", version=2)
@drawn(
    mode=list(MEANING), W=[*range(7, 17), 20, 28, 32, 56, 64, 112, 224], F=[3, 5, 7, 9, 11],
    S=lambda mode: [1] if mode == "full" else [1, 2, 3], where=lambda W, F, S: W - F >= S,
)
def question(mode: str, W: int, F: int, S: int) -> Ask:
    P = {"valid": 0, "same": (F - 1) // 2, "full": F - 1}[mode]
    n = W - F + 2 * P
    key = n // S + 1
    why = f"*{mode}* means {MEANING[mode]}."
    return Ask(
        f"An input of {W}×{W} pixels is convolved with one {F}×{F} filter at stride {S} with *{mode}* padding: "
        f"{MEANING[mode]}. Sizes round down. How wide is the output?",
        key,
        [
            f"*{mode}*: $P = {P}$.",
            rf"$\lfloor ({W} - {F} + 2 \cdot {P})/{S} \rfloor + 1 = \lfloor {n}/{S} \rfloor + 1 = {key}$.",
        ],
        [
            Wrong(-(-W // S) if mode != "same" else (W - F) // S + 1, "modes-confused", why),
            Wrong((W + F - 2) // S + 1 if mode != "full" else W, "modes-confused-full", why),
            Wrong((W - F + 2) // S + 1, "same-means-one", "P = 1 keeps the size for 3×3 filters only."),
            Wrong(W // S if mode == "same" else None, "rounded-down", "Same padding rounds W/S up."),
            Wrong((W - F) // S, "plus-one-forgotten", "Add 1 for the first position."),
            Wrong(W - F, "plus-one-and-stride-forgotten", "Divide by the stride and add 1."),
            Wrong(W + F if mode == "full" else None, "full-off-by-one", "Full gives W + F − 1 at stride 1."),
            Wrong(n // S + 2, "one-too-many", "One position too many."),
        ],
    )
