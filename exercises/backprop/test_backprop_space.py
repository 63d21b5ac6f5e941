"""The case spaces of `backprop`: every layer with any legal sizes, images and number types, forward and backward."""

from functools import partial

from grader.checks.authoring import AFTERWARDS, INTEGERS, LAYOUTS, REAL, Tolerance, cases, laid_out

KEPT = Tolerance(whole=True)  # some layers may keep the type of their input
PASSES = ["forward", "backward", "twice", "backward again", "another size"]
AGAIN = ("twice", "another size")  # forward and backward, and both again: with another image, or a larger one


WAYS = ["positional", AFTERWARDS]
MEANWHILE = ["nothing", "another layer", "a like layer"]  # of the same kind, between forward and backward


def tried(submission, draw, layer, weights, passes, call, inputs, other=None):
    """Forward with each input and its own weights and biases of these shapes, and backward with its gradient.

    What backward sets is compared, too. `other` is a layer and its input, for use between the two.
    """
    for X, dout in inputs[: 2 if passes in AGAIN else 1]:
        layer.assign(W=draw.digits(*weights[0]) / 2, b=draw.digits(weights[1]) / 2)
        layer.forward.by(call, X=X)
        if other is not None:
            other[0].forward.quietly(other[1])
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


def growth(passes):
    """By how much the first and the second image are larger than the sizes say."""
    return (0, 1 if passes == "another size" else 0)


def gradients(passes, dout):
    """What backward is asked after one forward: nothing, or this gradient, or a second one after it."""
    return [] if passes == "forward" else [dout, dout + 1] if passes == "backward again" else [dout]


@cases(
    points=1,
    needs="Conv2D",
    count=80,
    N=[1, 2, 5],
    C_in=[1, 2, 3],
    C_out=[1, 2, 3],
    H=range(1, 7),
    W=range(1, 7),
    F=[1, 2, 3, 5],
    stride=[1, 2, 3, 4],
    padding=[0, 1, 2, 3],
    passes=PASSES,
    dtype=REAL,
    layout=LAYOUTS,
    dout_layout=LAYOUTS,
    options=["positional", "keywords", "defaults"],
    integers=INTEGERS,
    call=WAYS,
    meanwhile=MEANWHILE,
    where=lambda H, W, F, padding, **_: min(H, W) + 2 * padding >= F,
)
def Conv2D(
    submission, draw, N, C_in, C_out, H, W, F, stride, padding, passes, dtype, options, call, meanwhile, **rest
):
    """Conv2D for any legal sizes, images and number type: forward, backward, and one or both again.

    Images and gradients may lie in memory in any way; the second image may be larger than the first.
    """
    number = INTEGERS[rest["integers"]]
    first = {"in_channels": number(C_in), "out_channels": number(C_out), "kernel_size": number(F)}
    layer = built(submission.Conv2D, options, first, {"stride": number(stride), "padding": number(padding)})
    weights = (C_out, C_in, F, F), C_out
    other, inputs = None, []
    for more in growth(passes):
        image = draw.digits(N + more, C_in, H + more, W + 2 * more, dtype=dtype, layout=rest["layout"])
        out = [(size - F + 2 * padding) // stride + 1 for size in image.shape[2:]]
        inputs.append((image, laid_out(draw.digits(N + more, C_out, *out) / 2, rest["dout_layout"])))
    if meanwhile == "another layer":
        other = submission.Conv2D(C_out, 1, F + 1, stride + 1, padding + 1), draw.digits(N, C_out, H + 1, W + 2)
    if meanwhile == "a like layer":
        other = submission.Conv2D(C_in, C_out, F, stride, padding), draw.digits(N, C_in, H, W)
    tried(submission, draw, layer, weights, passes, call, inputs, other)


@cases(
    points=1,
    needs="MaxPool2D",
    count=80,
    N=[1, 2, 5],
    C=[1, 2, 3],
    H=range(1, 7),
    W=range(1, 7),
    pool_size=[1, 2, 3, 4],
    stride=[1, 2, 3, 4],
    values=["distinct", "ties", "negative ties", "nearly equal"],
    passes=[
        "once",
        "again",
        "after a smaller image",
        "backward again",
        "another layer meanwhile",
        "a like layer meanwhile",
    ],
    dtype=REAL,
    layout=["C", "F", "reversed", "sliced"],
    dout_layout=LAYOUTS,
    options=["positional", "keywords", "defaults"],
    call=WAYS,
    where=lambda H, W, pool_size, stride, values, dtype, **_: (
        pool_size <= min(H, W)
        and ("ties" not in values or stride >= pool_size)
        and (values != "negative ties" or dtype[0] != "u")
        and (values != "nearly equal" or dtype == "float64")
    ),
)
def MaxPool2D(
    submission, draw, N, C, H, W, pool_size, stride, values, passes, dtype, layout, dout_layout, options, call
):
    """MaxPool2D for any window, stride, image and number type; of equal values, each window's gradient counts once."""
    X = draw.digits(N, C, H, W, dtype=dtype, layout=layout)
    if values == "distinct":
        X = draw.ranks(N, C, H, W, dtype=dtype, layout=layout)
    if values == "nearly equal":
        X = laid_out(1 + draw.ranks(N, C, H, W) / (1 << 20), layout)
    if values == "negative ties":
        X = laid_out(-(1 + abs(X) // 4), layout)
    out = [(size - pool_size) // stride + 1 for size in (H, W)]
    given = {"MaxPool2D": submission.MaxPool2D, "pool_size": pool_size, "stride": stride, "options": options}
    dout = laid_out(draw.digits(N, C, *out) / 2, dout_layout)
    submission.kit.pooled.by(call, X=X, dout=dout, ties="ties" in values, passes=passes, **given)


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
    dout_layout=LAYOUTS,
    options=["positional", "keywords"],
    call=WAYS,
    meanwhile=MEANWHILE,
)
def Dense(submission, draw, N, rows, columns, passes, dtype, layout, dout_layout, options, call, meanwhile):
    """Dense for any sizes and number type: forward, backward, and one or both again."""
    layer = built(submission.Dense, options, {"in_features": rows, "out_features": columns}, {})
    weights, inputs = ((rows, columns), columns), []
    for more in growth(passes):
        dout = laid_out(draw.digits(N + more, columns) / 2, dout_layout)
        inputs.append((draw.digits(N + more, rows, dtype=dtype, layout=layout), dout))
    other = None
    if meanwhile == "another layer":
        other = submission.Dense(columns, rows + 1), draw.digits(N + 1, columns)
    if meanwhile == "a like layer":
        other = submission.Dense(rows, columns), draw.digits(N, rows)
    tried(submission, draw, layer, weights, passes, call, inputs, other)


@cases(
    points=1,
    needs=("ReLU", "Flatten"),
    count=70,
    layer=["ReLU", "Flatten", "ReLU of rows"],
    N=[1, 2, 3],
    C=[1, 2, 3],
    H=range(1, 4),
    W=range(1, 4),
    values=["small", "large", "tiny"],
    passes=PASSES,
    dtype=REAL,
    layout=LAYOUTS,
    dout_layout=LAYOUTS,
    call=WAYS,
    meanwhile=MEANWHILE,
    where=lambda values, dtype, **_: dtype == "float64" or values != "tiny",
)
def ReLU_Flatten(submission, draw, layer, N, C, H, W, values, passes, dtype, layout, dout_layout, call, meanwhile):
    """ReLU and Flatten for any images and number type, also where twice a pixel does not fit: once and again.

    Between forward and backward another layer of the same kind may be used.
    """
    one, another = (submission.Flatten() if layer == "Flatten" else submission.ReLU() for _ in range(2))
    pixels = {"small": draw.digits, "large": draw.large, "tiny": partial(draw.digits, scale=2.0**-30)}[values]
    for more in growth(passes)[: 2 if passes in AGAIN else 1]:
        image = (N + more, C, H + more, W)
        row = (image[0], C * image[2] * W)
        X = pixels(*(row if layer == "ReLU of rows" else image), dtype=dtype, layout=layout)
        dout = laid_out(draw.digits(*(image if layer == "ReLU" else row)) / 2, dout_layout)
        one.forward.by(call, tolerance=KEPT, X=X)
        if meanwhile == "another layer":
            another.forward.quietly(draw.digits(N + 1, H, C, W))
        if meanwhile == "a like layer":
            another.forward.quietly(draw.digits(*X.shape))
        for gradient in gradients(passes, dout):
            one.backward.by(call, tolerance=KEPT, dout=gradient)
