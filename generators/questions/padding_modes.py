"""Valid, same and full padding: output size."""

from generators.authoring import Ask, Wrong, about, drawn

MEANING = {"valid": "no padding", "same": "padding (F − 1)/2 on every side, F odd",
           "full": "padding F − 1 on every side"}


@about("padding", "Apply", "beginner", kinds="MCQ NAT", version=3)
@drawn(mode=list(MEANING), W=[*range(7, 17), 20, 28, 32, 56, 64, 112, 224], F=[3, 5, 7, 9, 11],
       S=lambda mode: [1] if mode == "full" else [1, 2, 3], where=lambda W, F, S: W - F >= S)
def question(mode: str, W: int, F: int, S: int) -> Ask:
    paddings = {"valid": 0, "same": (F - 1) // 2, "full": F - 1}
    P = paddings[mode]
    n = W - F + 2 * P
    key = n // S + 1
    return Ask(
        f"An input of {W}×{W} pixels is convolved with one {F}×{F} filter at stride {S} with *{mode}* padding: "
        f"{MEANING[mode]}. Sizes round down. How wide is the output?",
        key,
        [f"*{mode}*: $P = {P}$.",
         rf"$\lfloor ({W} - {F} + 2 \cdot {P})/{S} \rfloor + 1 = \lfloor {n}/{S} \rfloor + 1 = {key}$."],
        [
            *(Wrong((W - F + 2 * p) // S + 1, f"{other}-for-{mode}",
                    f"You padded by {p}: that is *{other}* padding; *{mode}* pads by {P}.")
              for other, p in paddings.items() if other != mode),
            Wrong(n // S, "plus-one-forgotten", f"You counted the window's moves, {n // S}; its start is a place too."),
            Wrong((n - P) // S + 1, "padding-once", f"You added {P} once; it is added on both sides: 2 · {P}."),
            Wrong((W - F + 2) // S + 1 if mode == "same" else None, "same-means-one",
                  f"You padded by 1, which suits 3×3 filters; {F}×{F} needs {P}."),
            Wrong(W // S if mode == "same" else None, "rounded-down",
                  f"You rounded {W}/{S} down; the pixels that are left get a window of their own: {key}."),
            Wrong(n + 1 if S > 1 else None, "stride-forgotten",
                  f"You counted all {n + 1} places; the window moves {S} pixels at a time."),
            Wrong(-(-n // S) + 1, "ceil-for-floor", f"You rounded {n}/{S} up; a window that does not fit is dropped."),
            Wrong((W + 2 * P) // S + 1, "kernel-forgotten",
                  f"You moved over all {W + 2 * P} padded pixels; the window itself takes {F} of them."),
            Wrong(W - 2 * (F - 1) if P == 0 and S == 1 else None, "lost-twice",
                  f"You took F − 1 = {F - 1} pixels off on both sides; a side loses half of that."),
        ],
        possible=(1, W + 2 * P),
    )  # fmt: skip
