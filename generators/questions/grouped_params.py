"""Parameters and multiply-adds of a grouped convolution (Krizhevsky et al. 2012; Xie et al. 2017)."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("grouped convolution", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2)
@drawn(ask=["params", "macs"], G=[2, 4, 8, 16, 32], Ci=[32, 48, 64, 96, 128, 256], Co=[32, 64, 96, 128, 192, 256],
       F=[3, 5], H=[7, 14, 28], where=lambda G, Ci, Co: Ci % G == 0 == Co % G and Ci != Co and min(Ci, Co) > G)
def question(ask: str, G: int, Ci: int, Co: int, F: int, H: int) -> Ask:
    macs = ask == "macs"
    each, bias = (H * H, 0) if macs else (1, Co)
    weights, slice_ = F * F * (Ci // G) * Co, Ci // G
    asked = "How many parameters does the layer learn (one bias per filter)" if not macs else (
        f"How many multiply-adds does one {H}×{H} map cost (stride 1, same padding; biases not counted)")
    end = f"At {H} · {H} positions: {weights * each}" if macs else f"With {Co} biases: {weights + Co}"
    slips = [
        (F * F * Ci * Co, "groups-forgotten", f"You let every filter see all {Ci} channels; it sees {slice_}."),
        (F * F * slice_ * (Co // G), "divided-twice", f"This is one of {G} groups; all their weights count."),
        (F * F * Ci * Co * G, "multiplied-by-groups", f"You multiplied by {G}; groups save weights."),
        (F * F * Ci, "depthwise-assumed", f"You counted {Ci} filters of one channel; there are {Co} of {slice_}."),
        (F * F * Co, "one-channel-filters", f"You gave a filter one channel; a group has {slice_}."),
        (F * slice_ * Co, "kernel-not-squared", f"A filter has {F} · {F} weights per channel, not {F}."),
        (F * F * G * Co, "groups-for-channels", f"A filter sees {Ci}/{G} = {slice_} channels, not {G}."),
        (F * F * (Co // G) * Co, "outputs-divided", f"A filter is as deep as its part of the input, {slice_}."),
    ]
    return Ask(
        f"A {F}×{F} convolution from {Ci} to {Co} channels works in {G} groups. {asked}?",
        weights * each + bias,
        [f"A filter sees the {Ci}/{G} = {slice_} channels of a group: ${times(F, F, slice_)} = {F * F * slice_}$.",
         f"{Co} filters: ${times(F * F * slice_, Co)} = {weights}$, 1/{G} of an ordinary layer's.", f"{end}."],
        [*(Wrong(value * each + bias, slug, why) for value, slug, why in slips),
         Wrong(weights, "positions-forgotten", f"These are the weights; each works at {H} · {H}.") if macs else
         Wrong(weights, "bias-forgotten", f"You left out {Co} biases.")],
    )
