"""Output size of a convolution (arithmetic of Dumoulin and Visin 2016, section 2.4)."""

from generators.authoring import Ask, Wrong, about, drawn, many

WIDTHS = [*range(7, 17), 20, 24, 28, 32, 48, 56, 64, 96, 112, 128, 224]


@about("output size", "Apply", "beginner", kinds="MCQ NAT", version=3)
@drawn(
    W=WIDTHS, F=[2, 3, 5, 7], P=lambda F: range(F // 2 + 2), S=[1, 2, 3], where=lambda W, F, P, S: W - F + 2 * P >= S
)
def question(W: int, F: int, P: int, S: int) -> Ask:
    n = W - F + 2 * P
    key = n // S + 1
    return Ask(
        f"A feature map of {W}×{W} pixels passes through a convolution with {F}×{F} filters, padding {P} on every side "
        f"and stride {S}. Incomplete windows are dropped (floor). What is the output width?",
        key,
        [
            rf"The window's left edge can move over $W - F + 2P = {W} - {F} + 2 \cdot {P} = {n}$ pixels.",
            rf"It takes $\lfloor {n}/{S} \rfloor = {n // S}$ whole steps of {S}.",
            rf"The start position counts too: ${n // S} + 1 = {key}$.",
        ],
        [
            Wrong(n // S, "plus-one-forgotten", "The first position needs no step: add 1 to the number of steps."),
            Wrong((n - P) // S + 1, "padding-once", "Padding is added on both sides, so it counts twice."),
            Wrong((W - F) // S + 1 if P else None, "padding-forgotten", f"The padded map is {W + 2 * P} pixels wide."),
            Wrong((W - F) // S if P else None, "padding-and-start-forgotten", "Padding and the first position count."),
            Wrong(n // S + 2, "both-ends-added", "The start position is the only one that is not a step: add 1."),
            Wrong((n + F - F // 2) // S + 1, "half-kernel", "The whole window has to lie inside, not just half of it."),
            Wrong(n // (S + 1) + 1, "stride-as-gap", f"The window moves by {many(S, 'pixel')}, not by {S + 1}."),
            Wrong(-(-n // S) + 1, "ceil-for-floor", "A last window that does not fit is dropped: round down."),
            Wrong(n + 1, "stride-forgotten", "Only every S-th position is used: divide by the stride first."),
            Wrong(W // S, "kernel-and-padding-ignored", "W/S is right only where the padding makes up for the kernel."),
            Wrong((W + 2 * P) // S, "kernel-forgotten", "The window itself takes F pixels of the padded width."),
            Wrong((n + 1) // S, "one-before-division", "The 1 is added after dividing by the stride."),
        ],
        possible=(1, W + 2 * P),
    )
