"""Output size of a transposed convolution (arithmetic of Dumoulin and Visin 2016, chapter 4)."""

from generators.authoring import Ask, Wrong, about, drawn


@about("transposed convolution", "Apply", "intermediate", kinds="MCQ NAT")
@drawn(W=[4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 28, 32], F=[2, 3, 4, 5, 6], S=[2, 3, 4], P=lambda F: range(F // 2 + 1),
       where=lambda W, F, S, P: (W - 1) * S - 2 * P + F > 0)
def question(W: int, F: int, S: int, P: int) -> Ask:
    apart = (W - 1) * S
    key = apart + F - 2 * P
    return Ask(
        f"A transposed convolution with {F}×{F} filters, stride {S}, padding {P} (this many rows and columns are cut "
        f"off on every side of the output) and no output padding runs on a {W}×{W} map. How wide is its output?",
        key,
        [rf"Every input pixel lays down a {F}×{F} stamp, {S} pixels after the one before: the last of {W} starts at "
         rf"$({W} - 1) \cdot {S} = {apart}$.",
         rf"With its own width ${apart} + {F} = {apart + F}$; {P} cut off at both ends: $(W - 1) S + F - 2P = {key}$."],
        [
            Wrong((W - F + 2 * P) // S + 1, "convolution-formula",
                  f"You took the formula of a convolution; this layer undoes its size: {W} is the small side."),
            Wrong(W * S, "stride-alone", f"{W} · {S} is right only if F − 2P is the stride; here it is {F - 2 * P}."),
            Wrong(apart + F + 2 * P, "padding-added", f"Padding makes this output smaller: take 2 · {P} away."),
            Wrong(apart + F - P, "padding-once", f"{P} is cut off on both sides."),
            Wrong(apart + F if P else None, "padding-forgotten", f"You left out what is cut off, 2 · {P}."),
            Wrong(W * S + F - 2 * P, "minus-one-forgotten", f"Between {W} stamps there are {W - 1} steps, not {W}."),
            Wrong(apart - 2 * P, "kernel-forgotten", f"The last stamp is {F} wide; you counted it up to its start."),
            Wrong(apart + F - 2 * P - 1, "last-index", "This is the index of the last pixel, counted from 0."),
            Wrong((W - 1) * (S - 1) + F - 2 * P, "gap-for-stride",
                  f"Stride {S} puts {S - 1} zeros between pixels; from one to the next it is still {S}."),
        ],
    )
