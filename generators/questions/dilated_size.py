"""A dilated (atrous) convolution: the span of its filter and the size of its output."""

from generators.authoring import Ask, Wrong, about, drawn, many


@about("dilated convolution", "Apply", "beginner", kinds="MCQ NAT")
@drawn(W=[24, 28, 32, 40, 48, 56, 64, 96], F=[2, 3, 5, 7], D=[2, 3, 4], P=[0, 1, 2, 4], S=[1, 2],
       where=lambda W, F, D, P: W + 2 * P > D * (F - 1) + 1)
def question(W: int, F: int, D: int, P: int, S: int) -> Ask:
    def out(span: int, pad: int = 2 * P) -> int:
        return (W + pad - span) // S + 1

    span = D * (F - 1) + 1
    key = out(span)
    return Ask(
        f"A convolution with {F}×{F} filters, dilation {D}, stride {S} and padding {P} on every side runs on a {W}×{W} "
        "map. Dilation d takes every d-th pixel (d = 1: an ordinary convolution); sizes round down. How wide is the "
        "output?",
        key,
        [rf"From first to last weight lie {many(F - 1, 'step')} of {D}: the filter spans $({F} - 1) \cdot {D} + 1 = "
         rf"{span}$ pixels.",
         rf"$\lfloor ({W} + 2 \cdot {P} - {span})/{S} \rfloor + 1 = {key}$."],
        [
            Wrong(out(F), "dilation-forgotten", f"You let the filter span {F} pixels; with gaps it spans {span}."),
            Wrong(out(D * F), "span-multiplied", f"You took {D} · {F} pixels; after the last weight there is no gap."),
            Wrong(out(F + D - 1), "one-gap", f"You put one gap into the filter; between {F} weights are {F - 1}."),
            Wrong(out(F + D * (F - 1)), "dilation-as-gap",
                  f"You put {D} pixels between neighbours; with dilation {D} there are {D - 1}."),
            Wrong(out(span, P) if P else None, "padding-once", f"Padding {P} is on both sides."),
            Wrong(out(span, 0) if P else None, "padding-forgotten", f"You left out the padding, 2 · {P} pixels."),
            Wrong(key - 1, "plus-one-forgotten", "The first window needs no step: it adds 1."),
            Wrong(W + 2 * P - span + 1 if S > 1 else None, "stride-forgotten", f"Only every {S}nd window is taken."),
            Wrong((W + 2 * P - F) // (S * D) + 1, "dilation-as-stride",
                  f"Dilation {D} spreads the weights of one window; the window itself moves by {S}."),
            Wrong(span, "span-for-output", "This is the span of the filter."),
        ],
        possible=(1, W + 2 * P),
    )
