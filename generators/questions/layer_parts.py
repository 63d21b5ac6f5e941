"""One convolution layer in three parts: size, parameters, multiply-adds, each from the one before."""

from generators.authoring import Ask, Wrong, about, drawn, times

ASKS = {"size": "How wide is its output", "params": "How many parameters does it learn",
        "macs": "How many multiply-adds (MACs; biases not counted) does one image cost"}


@about("layer trace", "Apply", "beginner", kinds="NAT", minutes=1.5, parts=tuple(ASKS))
@drawn(ask=list(ASKS), W=[14, 28, 32, 56, 64], F=[3, 5, 7], Ci=[3, 16, 32, 64], Co=[16, 24, 48, 96], P=[0, 1, 2],
       S=[1, 2], where=lambda W, F, P: W - F + 2 * P > 3)
def question(ask: str, W: int, F: int, Ci: int, Co: int, P: int, S: int) -> Ask:
    n = W - F + 2 * P
    out, weights = n // S + 1, F * F * Ci * Co
    key = {"size": out, "params": weights + Co, "macs": out * out * weights}[ask]
    steps = {"size": rf"$\lfloor ({W} - {F} + 2 \cdot {P})/{S} \rfloor + 1 = {out}$.",
             "params": rf"$({times(F, F, Ci)} + 1) \cdot {Co} = {weights + Co}$.",
             "macs": f"Each of the ${times(out, out, Co)}$ values costs ${times(F, F, Ci)} = {F * F * Ci}$: {key}."}
    wrong = {"size": [
        Wrong(n // S, "plus-one-forgotten", "The first position needs no step: add 1."),
        Wrong((W - F) // S + 1 if P else None, "padding-forgotten", f"The padded map is {W + 2 * P} pixels wide."),
        Wrong(n + 1 if S > 1 else None, "stride-forgotten", f"The window moves {S} pixels at a time."),
    ], "params": [
        Wrong(weights, "bias-forgotten", f"Each of the {Co} filters has a bias."),
        Wrong((F * F + 1) * Co, "input-channels-forgotten", f"A filter is {Ci} channels deep."),
        Wrong((weights + Co) * out * out, "no-weight-sharing", "All positions share a filter."),
    ], "macs": [
        Wrong(W * W * weights, "input-size", f"The cost grows with the output, {out}×{out}, not with the input."),
        Wrong(weights, "positions-forgotten", f"This is one position; there are {out} · {out}."),
        Wrong(2 * key, "flops-for-macs", "A multiplication and an addition are one MAC."),
    ]}[ask]  # fmt: skip
    return Ask(
        f"A convolution with {Co} filters of {F}×{F}, one bias per filter, stride {S} and padding {P} on every side "
        f"(sizes round down) runs on a {W}×{W}×{Ci} map. {ASKS[ask]}?", key, [steps[ask]], wrong,
        follow=("size", f"{weights}*x^2") if ask == "macs" else None)
