"""Weights of stacked convolutions as a formula in the width C."""

from generators.authoring import Ask, Wrong, about, drawn


@about("stacked filters", "Analyze", "intermediate", kinds="EXPRESSION", minutes=2, version=2)
@drawn(F=[3, 5, 7], n=[2, 3, 4, 5, 6], bias=[False, True])
def question(F: int, n: int, bias: bool) -> Ask:
    key = f"{n * F * F}*C^2" + (f" + {n}*C" if bias else "")
    why = f"Each of the {n} layers has C filters of {F}×{F}×C weights" + (" and C biases." if bias
                                                                          else " and no biases.")
    return Ask(
        f"{n} convolution layers with {F}×{F} filters are stacked; every layer has C input and C output channels and "
        f"{'one bias per filter' if bias else 'no biases'}. How many parameters do they have together, as a formula "
        "in C?",
        key,
        [rf"One layer: ${F} \cdot {F} \cdot C \cdot C{' + C' if bias else ''}$.",
         f"{n} of them: ${key.replace('*', ' ')}$."],
        [
            Wrong(f"{n * F * F}*C", "input-channels-forgotten", why),
            Wrong(f"{F * F}*C^2" + (" + C" if bias else ""), "one-layer-counted", why),
            Wrong(f"{n * F * F}*C^2" + ("" if bias else f" + {n}*C"), "bias-wrong", why),
            Wrong(f"{n * F}*C^2", "kernel-not-squared", why),
            Wrong(f"{(n * (F - 1) + 1) ** 2}*C^2", "large-filter", why),
            Wrong(f"{n * F * F}*C^2 + {n}", "one-bias-per-layer", why),
        ],
    )
