"""The padding that keeps the size at stride 1, and the filter that a padding suits."""

from generators.authoring import Ask, Wrong, about, drawn


@about("padding", "Understand", "beginner", kinds="MCQ NAT", minutes=1, version=4)
@drawn(ask=["P", "P", "F"], F=[3, 5, 7, 9, 11, 13], D=[1, 2, 3, 4, 5, 6])
def question(F: int, D: int, ask: str = "P") -> Ask:
    reach = D * (F - 1)
    P, half = reach // 2, F // 2
    prompt, key, step, wrong = {"P": (
        f"How many pixels of padding on every side keep the size of the map in a {F}-by-{F} convolution with stride 1 "
        f"and dilation {D}?", P,
        rf"$W - {reach + 1} + 2P + 1 = W$ gives $P = D (F - 1)/2 = {D} \cdot ({F} - 1)/2 = {P}$.", [
        Wrong(1, "same-means-one", f"P = 1 suits 3×3 filters without dilation; this one reaches {P} to each side."),
        Wrong(reach, "full-for-same", f"{reach} pixels are missing in all; each side gets half of them."),
        Wrong(0, "valid-for-same", f"Without padding the map loses {reach} pixels of its width."),
        Wrong(half, "dilation-forgotten", f"With dilation {D} the filter reaches over {reach + 1} pixels, not {F}."),
        Wrong(half + D - 1, "dilation-added", f"You added D − 1 = {D - 1} to {half}; dilation multiplies the reach."),
        Wrong(-(-F * D // 2), "minus-one-forgotten", f"You halved {F} · {D}; {F} weights have {F - 1} gaps of {D}."),
        Wrong(F * D, "whole-filter", f"You padded by a whole filter, {F} · {D}; {P} more on each side are enough."),
        Wrong(half * (D + 1), "dilation-as-gap", f"Dilation {D} puts weights {D} pixels apart, not {D + 1}."),
    ]), "F": (
        f"Padding {P} on every side keeps the size of the map in a convolution with stride 1 and dilation {D}. How "
        "many weights wide is its (square) filter?", F,
        rf"$P = D (F - 1)/2$ gives $F = 2P/D + 1 = {2 * P}/{D} + 1 = {F}$.", [
        Wrong(2 * half, "middle-forgotten", f"The middle weight counts too, not only {half} on each side."),
        Wrong(reach + 1, "dilation-forgotten", f"{reach + 1} pixels are the reach; weights are {D} pixels apart."),
        Wrong(half + 1, "one-side-only", f"You put {half} weights to one side of the middle; both sides have them."),
        Wrong(half, "half-for-whole", f"You counted {half} on one side; add the other side and the middle."),
        Wrong(reach * D + 1, "dilation-multiplied", f"You multiplied by {D}; weights are {D} pixels apart: divide."),
        Wrong(reach, "padding-for-size", f"{reach} is the padding of both sides, in pixels; the filter has weights."),
    ])}[ask]  # fmt: skip
    spread = f"Neighbouring weights of the filter are {D} pixel{'s' * (D > 1)} apart."
    return Ask(prompt, key, [f"{spread} The filter reaches over $D (F - 1) + 1 = {reach + 1}$ pixels.", step], wrong)
