"""Why images are convolved: full connection against local connection with shared weights."""

from generators.authoring import Ask, Wrong, about, drawn

ASKS = {
    "inputs": "input values to which one unit of a fully connected first layer is connected",
    "window": "input values to which one unit of the convolution is connected",
    "dense": "parameters of a fully connected first layer with {K} units, biases included",
    "conv": "parameters of the convolution, one bias per filter included",
    "unshared": "weights of one output map of the convolution if each position had its own",
    "filter": "parameters of one filter, its bias included",
}


@about("why convolution", "Understand", "beginner", kinds="MCQ NAT", version=3)
@drawn(ask=list(ASKS), W=[16, 28, 32, 64, 96, 128, 224], C=[1, 3], F=[3, 5], K=[8, 16, 32, 64])
def question(ask: str, W: int, C: int, F: int, K: int) -> Ask:
    values, window = W * W * C, F * F * C
    keys = {"inputs": values, "window": window, "dense": (values + 1) * K, "conv": (window + 1) * K,
            "unshared": window * W * W, "filter": window + 1}
    lines = {"inputs": f"{W} · {W} · {C}", "window": f"{F} · {F} · {C}", "dense": f"({W} · {W} · {C} + 1) · {K}",
             "conv": f"({F} · {F} · {C} + 1) · {K}", "unshared": f"{F} · {F} · {C} · {W} · {W}",
             "filter": f"{F} · {F} · {C} + 1"}
    one_channel = {"inputs": W * W, "window": F * F, "dense": (W * W + 1) * K, "conv": (F * F + 1) * K,
                   "unshared": F * F * W * W, "filter": F * F + 1}[ask]
    slip = {"inputs": (2 * W * C, "sides-added", f"You added the sides, {W} + {W}; an image has {W} · {W} pixels."),
            "window": (F * C, "one-row", f"You counted one row of the window, {F} · {C}; it has {F} rows."),
            "dense": (values * K, "bias-forgotten", f"You left out the biases, one for each of {K} units."),
            "conv": (window * K, "bias-forgotten", f"You left out the biases, one for each of {K} filters."),
            "unshared": (window * W, "one-row", f"You counted the positions of one row of the map; it has {W} rows."),
            "filter": (F * C + 1, "one-row", f"You counted one row of the filter, {F} · {C}; it has {F} rows.")}[ask]
    return Ask(
        f"An image has {W}×{W} pixels and {C} channel{'s' if C > 1 else ''}. A convolution with {K} filters of size "
        f"{F}×{F} spans all channels and keeps the size. What is the number of {ASKS[ask].format(K=K)}?",
        keys[ask],
        ["A fully connected unit sees every value; a convolution's unit sees one window over all channels.",
         f"${lines[ask].replace('·', chr(92) + 'cdot')} = {keys[ask]}$."],
        [Wrong(one_channel, "input-channels-forgotten", f"You counted one channel; there are {C}."), Wrong(*slip),
         Wrong(keys[ask] * W * W if ask == "dense" else None, "unit-per-position", f"You put {K} units at each pixel."),
         Wrong(keys[ask] * K if ask == "unshared" else None, "all-maps", f"You counted {K} maps; asked is one."),
         *(Wrong(value, f"answers-{other}", f"{lines[other]} is the number of {ASKS[other].format(K=K)}.")
           for other, value in keys.items() if other != ask)],
    )
