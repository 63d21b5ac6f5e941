"""The case spaces of `backprop`: every layer with any legal sizes, images and number types, forward and backward."""

from grader.checks.authoring import AFTERWARDS, INTEGERS, LAYOUTS, REAL, Tolerance, cases, laid_out

KEPT = Tolerance(whole=True)  # some layers may keep the type of their input
PASSES = ["forward", "backward", "twice", "backward again"]


WAYS = ["positional", AFTERWARDS]


def tried(submission, draw, layer, weights, passes, call, inputs):
    """Forward with each input and its own weights and biases of these shapes, and backward with its gradient.

    What backward sets is compared, too.
    """
    for X, dout in inputs[: 2 if passes == "twice" else 1]:
        layer.assign(W=draw.digits(*weights[0]) / 2, b=draw.digits(weights[1]) / 2)
        layer.forward.by(call, X=X)
        for gradient in gradients(passes, dout):
            layer.backward.by(call, dout=gradient)
            layer.read("dW")
            submission.kit.values_of(layer, "db")


def built(kind, options, first, rest):
    """A convolution with these sizes by position or by keyword; or by position without those that are the default."""
    if options == "keywords":
        return kind(**first, **rest)
    if options == "defaults":
        return kind(*first.values(), **{name: n for name, n in rest.items() if n != (name == "stride")})
    return kind(*first.values(), *rest.values())


def gradients(passes, dout):
    """What backward is asked after one forward: nothing, or this gradient, or a second one after it."""
    return [] if passes == "forward" else [dout, dout + 1] if passes == "backward again" else [dout]


@cases(
    points=1,
    needs="Conv2D",
    count=80,
    N=[1, 2],
    C_in=[1, 2, 3],
    C_out=[1, 2, 3],
    H=range(1, 7),
    W=range(1, 7),
    F=[1, 2, 3],
    stride=[1, 2, 3],
    padding=[0, 1, 2],
    passes=PASSES,
    dtype=REAL,
    layout=LAYOUTS,
    options=["positional", "keywords", "defaults"],
    integers=INTEGERS,
    call=WAYS,
    where=lambda H, W, F, padding, **_: min(H, W) + 2 * padding >= F,
)
def Conv2D(submission, draw, N, C_in, C_out, H, W, F, stride, padding, passes, dtype, layout, options, integers, call):
    """Conv2D for any legal sizes, images and number type: forward, backward, and one or both again."""
    number = INTEGERS[integers]
    first = {"in_channels": number(C_in), "out_channels": number(C_out), "kernel_size": number(F)}
    layer = built(submission.Conv2D, options, first, {"stride": number(stride), "padding": number(padding)})
    weights = (C_out, C_in, F, F), C_out
    out = [(size - F + 2 * padding) // stride + 1 for size in (H, W)]
    image = [draw.digits(N, C_in, H, W, dtype=dtype, layout=layout) for _ in range(2)]
    tried(submission, draw, layer, weights, passes, call, [(X, draw.digits(N, C_out, *out) / 2) for X in image])


@cases(
    points=1,
    needs="MaxPool2D",
    count=80,
    N=[1, 2],
    C=[1, 2, 3],
    H=range(1, 7),
    W=range(1, 7),
    pool_size=[1, 2, 3],
    stride=[1, 2, 3],
    values=["distinct", "ties", "negative ties"],
    passes=["once", "again", "backward again"],
    dtype=REAL,
    layout=["C", "F", "reversed", "sliced"],
    options=["positional", "keywords", "defaults"],
    call=WAYS,
    where=lambda H, W, pool_size, stride, values, dtype, **_: (
        pool_size <= min(H, W)
        and (values == "distinct" or stride >= pool_size)
        and (values != "negative ties" or dtype[0] != "u")
    ),
)
def MaxPool2D(submission, draw, N, C, H, W, pool_size, stride, values, passes, dtype, layout, options, call):
    """MaxPool2D for any window, stride, image and number type; of equal values, each window's gradient counts once."""
    X = draw.digits(N, C, H, W, dtype=dtype, layout=layout)
    if values == "distinct":
        X = draw.ranks(N, C, H, W, dtype=dtype, layout=layout)
    if values == "negative ties":
        X = laid_out(-(1 + abs(X) // 4), layout)
    out = [(size - pool_size) // stride + 1 for size in (H, W)]
    given = {"MaxPool2D": submission.MaxPool2D, "pool_size": pool_size, "stride": stride, "options": options}
    dout = draw.digits(N, C, *out) / 2
    submission.kit.pooled.by(call, X=X, dout=dout, ties=values != "distinct", passes=passes, **given)


@cases(
    points=1,
    needs="Dense",
    count=70,
    N=[1, 2, 3, 40],
    rows=range(1, 5),
    columns=range(1, 5),
    passes=PASSES,
    dtype=REAL,
    layout=["C", "F", "reversed", "sliced"],
    options=["positional", "keywords"],
    call=WAYS,
)
def Dense(submission, draw, N, rows, columns, passes, dtype, layout, options, call):
    """Dense for any sizes and number type: forward, backward, and one or both again."""
    layer = built(submission.Dense, options, {"in_features": rows, "out_features": columns}, {})
    images = [draw.digits(N, rows, dtype=dtype, layout=layout) for _ in range(2)]
    weights = (rows, columns), columns
    tried(submission, draw, layer, weights, passes, call, [(X, draw.digits(N, columns) / 2) for X in images])


@cases(
    points=1,
    needs=("ReLU", "Flatten"),
    count=70,
    layer=["ReLU", "Flatten"],
    N=[1, 2, 3],
    C=[1, 2, 3],
    H=range(1, 4),
    W=range(1, 4),
    values=["small", "large"],
    passes=PASSES,
    dtype=REAL,
    layout=LAYOUTS,
    call=WAYS,
)
def ReLU_Flatten(submission, draw, layer, N, C, H, W, values, passes, dtype, layout, call):
    """ReLU and Flatten for any images and number type, also where twice a pixel does not fit: once and again."""
    one = submission.ReLU() if layer == "ReLU" else submission.Flatten()
    out = (N, C, H, W) if layer == "ReLU" else (N, C * H * W)
    pixels = draw.large if values == "large" else draw.digits
    images = [pixels(N, C, H, W, dtype=dtype, layout=layout) for _ in range(2)]
    for X in images[: 2 if passes == "twice" else 1]:
        one.forward.by(call, tolerance=KEPT, X=X)
        for gradient in gradients(passes, draw.digits(*out) / 2):
            one.backward.by(call, tolerance=KEPT, dout=gradient)
