"""Why images are convolved: full connection against local connection with shared weights."""

from generators.authoring import Ask, Wrong, about, drawn

ASKS = {
    "inputs": "To how many input values is one unit of a fully connected first layer connected",
    "window": "To how many input values is one unit of the convolution connected",
    "dense": "How many parameters does a fully connected first layer with {K} units have, biases included",
    "conv": "How many parameters does the convolution have, one bias per filter included",
    "unshared": "How many weights would one output map of the convolution need if each position had its own",
    "filter": "How many parameters does one filter have, its bias included",
}


@about("why convolution", "Understand", "beginner", kinds="MCQ NAT", version=2)
@drawn(ask=list(ASKS), W=[16, 28, 32, 64, 96, 128, 224], C=[1, 3], F=[3, 5], K=[8, 16, 32, 64])
def question(ask: str, W: int, C: int, F: int, K: int) -> Ask:
    values, window = W * W * C, F * F * C
    keys = {"inputs": values, "window": window, "dense": (values + 1) * K, "conv": (window + 1) * K,
            "unshared": window * W * W, "filter": window + 1}
    lines = {"inputs": f"{W} · {W} · {C}", "window": f"{F} · {F} · {C}", "dense": f"({W} · {W} · {C} + 1) · {K}",
             "conv": f"({F} · {F} · {C} + 1) · {K}", "unshared": f"{F} · {F} · {C} · {W} · {W}",
             "filter": f"{F} · {F} · {C} + 1"}
    slips = {
        "inputs": [(W * W, "input-channels-forgotten"), (W + W, "sides-added")],
        "window": [(F * F, "input-channels-forgotten"), (F * C, "one-axis")],
        "dense": [(values * K, "bias-forgotten"), ((W * W + 1) * K, "input-channels-forgotten")],
        "conv": [(window * K, "bias-forgotten"), ((F * F + 1) * K, "input-channels-forgotten")],
        "unshared": [(F * F * W * W, "input-channels-forgotten"), (window * W, "one-axis")],
        "filter": [(F * F + 1, "input-channels-forgotten"), (F * C + 1, "one-axis")],
    }[ask]
    slips += [(value, f"answers-{other}") for other, value in keys.items() if other != ask]
    why = f"This is not the number asked for; that is {lines[ask]}."
    return Ask(
        f"An image has {W}×{W} pixels and {C} channel{'s' if C > 1 else ''}. A convolution with {K} filters of size "
        f"{F}×{F} spans all channels and keeps the size. {ASKS[ask].format(K=K)}?",
        keys[ask],
        [
            "A fully connected unit sees every value; a convolution's unit sees one window over all channels.",
            f"${lines[ask].replace('·', chr(92) + 'cdot')} = {keys[ask]}$.",
        ],
        [Wrong(value, slug, why) for value, slug in slips],
    )
