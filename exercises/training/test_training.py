"""Graded checks of `training`. The layers are those of `kit.py`, on both sides."""

from itertools import pairwise

import numpy as np

from grader.checks.authoring import AFTERWARDS, CALLS, cases, check

# The ten digits, 7 rows of 5 pixels each: one bit a pixel.
DIGITS = """
    0E 11 13 15 19 11 0E   04 0C 04 04 04 04 0E   0E 11 01 02 04 08 1F   1F 02 04 02 01 11 0E
    02 06 0A 12 1F 02 02   1F 10 1E 01 01 11 0E   06 08 10 1E 11 11 0E   1F 01 02 04 08 08 08
    0E 11 11 0E 11 11 0E   0E 11 11 0F 01 02 0C
"""
GLYPHS = np.unpackbits(np.frombuffer(bytes.fromhex(DIGITS), np.uint8)).reshape(10, 7, 8)[:, :, 3:]


def dense(submission, draw, rows, columns):
    """A fully connected layer with small drawn weights."""
    return submission.kit.Dense(draw.array(rows, columns) / 4, draw.array(columns) / 4)


def network(submission, draw, *sizes):
    """Fully connected layers of these sizes with ReLU in between."""
    layers = []
    for rows, columns in pairwise(sizes):
        layers += [dense(submission, draw, rows, columns), submission.kit.ReLU()]
    return layers[:-1]


def read_parameters(layers, *names):
    """Compare these attributes of each layer."""
    for layer in layers:
        for name in names:
            layer.read(name)


@check(points=1, needs="forward_pass")
def test_forward(submission, draw):
    """forward_pass gives each layer the output of the one before."""
    submission.forward_pass(draw.array(5, 3), network(submission, draw, 3, 3, 3))
    submission.forward_pass(draw.array(1, 4), network(submission, draw, 4, 2, 6, 3))
    layers = [submission.kit.Flatten(), dense(submission, draw, 6, 2)]
    submission.forward_pass(layers=layers, X=draw.array(4, 1, 2, 3))
    submission.forward_pass(draw.array(2, 3, 2, 4), [submission.kit.ReLU()])


@check(points=2, needs="backward_pass")
def test_backward(submission, draw):
    """backward_pass goes from the last layer to the first and returns the gradient of the input."""
    for sizes in [(3, 3, 3), (4, 2, 6, 3)]:
        layers = network(submission, draw, *sizes)
        run_forward(layers, draw.array(5, sizes[0]))
        submission.backward_pass(draw.array(5, sizes[-1]), layers)
        read_parameters(layers[::2], "dW", "db")
    layers = [submission.kit.Flatten(), dense(submission, draw, 6, 2)]
    run_forward(layers, draw.array(4, 1, 2, 3))
    submission.backward_pass(draw.array(4, 2), layers)


def run_forward(layers, X):
    """The forward pass, without the submission's function."""
    for layer in layers:
        X = layer.forward(X)


@check(points=2, needs="update_params")
def test_update(submission, draw):
    """update_params moves every W and b by lr against its gradient."""
    first = submission.kit.Parameters(W=draw.array(3, 2), dW=draw.array(3, 2), b=draw.array(2), db=draw.array(2))
    kernels = {"W": draw.array(2, 3, 3, 3), "dW": draw.array(2, 3, 3, 3)}
    second = submission.kit.Parameters(**kernels, b=draw.array(2, 1), db=draw.array(2, 1))
    layers = [first, submission.kit.ReLU(), second]
    submission.update_params.quietly(layers, lr=0.25)
    read_parameters([first, second], "W", "b")
    submission.update_params.quietly(layers, 0.125)
    read_parameters([first, second], "W", "b")


@check(points=1, needs="update_params")
def test_default_rate(submission, draw):
    """Without a learning rate, update_params takes 0.01."""
    layer = submission.kit.Parameters(W=draw.array(3, 2), dW=draw.array(3, 2), b=draw.array(2), db=draw.array(2))
    submission.update_params.quietly([layer])
    layer.read("W")


@check(points=2, needs="update_params")
def test_update_scale_shift(submission, draw):
    """update_params also moves gamma and beta, the parameters of batch normalisation."""
    names = ("gamma", "dgamma", "beta", "dbeta")
    first, second = (submission.kit.Parameters(**{name: draw.array(3) for name in names}) for _ in range(2))
    submission.update_params.quietly([first, submission.kit.Flatten(), second], lr=0.5)
    read_parameters([first, second], "gamma", "beta")


@check(points=1, needs="update_params")
def test_update_skips(submission, draw):
    """A parameter without its gradient stays as it is, and a layer need not have all parameters."""
    fixed = submission.kit.Parameters(W=draw.array(2, 3), b=draw.array(3))
    submission.update_params.quietly([fixed], lr=0.5)
    read_parameters([fixed], "W", "b")
    no_bias = submission.kit.Parameters(W=draw.array(2, 3), dW=draw.array(2, 3))
    last = submission.kit.Parameters(W=draw.array(2, 3), dW=draw.array(2, 3), b=draw.array(3), db=draw.array(3))
    half_fixed = submission.kit.Parameters(W=draw.array(2, 3), b=draw.array(3), db=draw.array(3))
    submission.update_params.quietly([half_fixed, no_bias, last], lr=0.5)
    read_parameters([no_bias], "W")
    read_parameters([half_fixed, last], "W", "b")


@check(points=1, needs="train")
def test_first_loss(submission, draw):
    """The first loss is the mean softmax cross-entropy of the network as it was handed in."""
    layers = network(submission, draw, 4, 4, 4)
    submission.train(layers, draw.array(7, 4), draw.integers(0, 3, 7), 1, 0.5)


@check(points=2, needs="train")
def test_losses(submission, draw):
    """train returns the list of losses, one an epoch, each from before its update."""
    zeros = submission.kit.Dense(np.zeros((1, 2)), np.zeros(2))  # the example of the statement
    submission.train([zeros], np.array([[1.0], [3.0]]), np.array([0, 1]), epochs=2, lr=1)
    layers = network(submission, draw, 4, 4, 4)
    submission.train(layers, draw.array(7, 4), draw.integers(0, 3, 7), 4, 0.5)
    layers = network(submission, draw, 3, 5, 2)
    submission.train(layers, X=draw.array(300, 3), y=draw.integers(0, 1, 300), epochs=6, lr=0.25)
    x = draw.array(1, 3)  # one image with two classes: so large a step goes too far, and the loss grows
    layers = [dense(submission, draw, 3, 2)]
    submission.train(layers, np.repeat(x, 3, axis=0), np.array([0, 1, 1]), 5, 40 / (1 + np.sum(x**2)))
    submission.train([dense(submission, draw, 3, 2)], draw.array(5, 3), np.array([0, 1, 1, 0, 1]), 120, 0.125)
    sure = submission.kit.Dense(12 * np.eye(3), np.zeros(3))  # and right: its loss is small from the start
    submission.train([sure], np.eye(3), np.arange(3), 15, 0.5)


@check(points=2, needs="train")
def test_trained_parameters(submission, draw):
    """After train every weight and bias is where full-batch gradient descent leads."""
    for n, sizes in [(7, (4, 4, 4)), (150, (3, 5, 2))]:
        layers = network(submission, draw, *sizes)
        submission.train.quietly(layers, draw.array(n, sizes[0]), draw.integers(0, sizes[-1] - 1, n), 3, 0.5)
        read_parameters(layers[::2], "W", "b")


@check(points=1, needs="train")
def test_trains_scale_shift(submission, draw):
    """train also learns gamma and beta."""
    scale = submission.kit.Scale(draw.array(4) / 4, draw.array(4) / 4)
    layers = [dense(submission, draw, 4, 4), scale, submission.kit.ReLU(), dense(submission, draw, 4, 4)]
    submission.train.quietly(layers, draw.array(6, 4), draw.integers(0, 3, 6), 3, 0.5)
    layers[0].observe("W")
    read_parameters([scale], "gamma", "beta")


@check(points=1, needs="train")
def test_trains_around_fixed(submission, draw):
    """train works on a network in which one layer does not learn and one has no bias."""
    first, last = dense(submission, draw, 4, 4), dense(submission, draw, 4, 4)
    fixed, free = submission.kit.Fixed(draw.array(4, 4) / 4), submission.kit.Dense(draw.array(4, 4) / 4)
    layers = [first, fixed, submission.kit.ReLU(), free, last]
    submission.train(layers, draw.array(6, 4), draw.integers(0, 3, 6), 3, 0.5)
    read_parameters([first, fixed, free, last], "W")


@check(points=1, needs="train")
def test_confident_loss(submission, draw):
    """The loss is exact where the network is sure and wrong, too (a probability near 0.00001)."""
    logits, labels = draw.array(5, 3, scale=1), draw.integers(0, 2, 5)
    logits[np.arange(5), (labels + 1) % 3] += 12
    layers = [submission.kit.Dense(np.eye(3), np.zeros(3))]
    submission.train(layers, logits, labels, 1, 0.01)
    layers = [submission.kit.Dense(np.eye(3), np.full(3, 1000.0))]  # so large that exp overflows
    submission.train(layers, logits, labels, 1, 0.01)


@check(points=1, needs="train")
def test_inputs_kept(submission, draw):
    """train changes the layers, not X or y."""
    X, y = submission.hold(draw.array(6, 4)), submission.hold(draw.integers(0, 2, 6))
    first, W = dense(submission, draw, 4, 4), draw.array(4, 4) / 4
    last = submission.kit.Dense(W, np.zeros(4))
    submission.train.quietly([first, last], X, y, 2, 0.5)
    after = weights(last, "W", (4, 4))
    submission.require(after.any() and not np.array_equal(after, W), "train should change the weights")
    first.observe("W")
    X.unchanged()
    y.unchanged()


@check(points=2, needs="train")
def test_learns_digits(submission, draw):
    """A network that your loop has trained reads at least 85 % of new, noisy digits."""
    first = submission.kit.Dense(draw.normal(64, 10) / 8, np.full(10, 0.5))
    last = submission.kit.Dense(draw.normal(10, 10) / 3, np.zeros(10))
    layers, (images, labels) = [first, submission.kit.ReLU(), last], digits(draw, 120)
    submission.train.quietly(layers, images, labels, epochs=2, lr=1.0)
    first.observe("dW")  # tells errors apart before the long part
    submission.train.quietly(layers, images, labels, epochs=60, lr=1.0)
    images, labels = digits(draw, 200)
    hidden = np.maximum(images @ weights(first, "W", (64, 10)) + weights(first, "b", (10,)), 0)
    answers = (hidden @ weights(last, "W", (10, 10)) + weights(last, "b", (10,))).argmax(axis=1)
    share = float(np.mean(answers == labels))
    submission.require(share >= 0.85, f"the trained network reads {share:.0%} of 200 new digits, and should read 85 %")


def digits(draw, count):
    """Images of 8×8 pixels, a row each (count, 64): noisy digits, some a column further left; and their classes."""
    labels = np.arange(count) % 10
    images = 0.125 * draw.normal(count, 8, 8)
    for image, label in zip(images, labels, strict=True):
        left = draw.integer(1, 2)
        image[:7, left : left + 5] += GLYPHS[label]
    return images.reshape(count, 64), labels


def weights(layer, name, shape):
    """A trained parameter of the submission's; zeros if it is nothing of the kind."""
    try:
        values = np.asarray(layer.observe(name), dtype=np.float64)
    except (TypeError, ValueError):
        return np.zeros(shape)
    return values if values.shape == shape and np.isfinite(values).all() else np.zeros(shape)


WAYS = [*CALLS[:2], AFTERWARDS]  # a second call of `train` goes on where the first ended
KINDS = ["Dense", "ReLU", "Scale", "Dense without bias", "Fixed"]
GRADIENTS = {"Dense": "dW", "Dense without bias": "dW", "Scale": "dgamma"}  # of the kinds that learn
NETWORKS = {"first": KINDS, "second": [*KINDS, ""], "third": [*KINDS, ""], "N": [1, 2, 3], "width": [1, 2, 3]}


def layers_of(submission, draw, width, *kinds):
    """Layers of these kinds that take and give rows of this width."""
    kit, found = submission.kit, []
    for kind in filter(None, kinds):
        W, b = draw.digits(width, width) / (8 if width < 9 else 128), draw.digits(width) / 8
        if kind == "Dense":
            found.append(kit.Dense(W, b))
        elif kind == "Scale":
            found.append(kit.Scale(b, draw.digits(width) / 8))
        else:
            found.append(kit.ReLU() if kind == "ReLU" else kit.Fixed(W) if kind == "Fixed" else kit.Dense(W))
    return found


@cases(points=1, needs="forward_pass", count=40, call=CALLS, **NETWORKS)
def forward_pass(submission, draw, first, second, third, N, width, call):
    """forward_pass through any layers, once and again."""
    layers = layers_of(submission, draw, width, first, second, third)
    submission.forward_pass.by(call, X=draw.digits(N, width), layers=layers)


@cases(points=1, needs="backward_pass", count=40, call=CALLS, **NETWORKS)
def backward_pass(submission, draw, first, second, third, N, width, call):
    """backward_pass through any layers, once and again: their list stays in order, the first gets its gradients."""
    layers = layers_of(submission, draw, width, first, second, third)
    run_forward(layers, draw.digits(N, width))
    submission.backward_pass.by(call, dout=draw.digits(N, width), layers=layers)
    if first in GRADIENTS:
        layers[0].read(GRADIENTS[first])


@cases(
    points=1,
    needs="update_params",
    count=60,
    parameters=["W b", "W", "gamma beta", "W b gamma beta", "b", "", "gamma", "beta", "b gamma"],
    missing=["", "dW", "db", "dgamma", "dbeta"],
    no_parameter=["", "X", "mask"],
    lr=[0.5, 0.125, 0, None],
    numbers=["small", "large", "zero"],
    layers=[1, 2, 3],
    shape=[(2,), (3, 2), (2, 1, 3, 3)],
    times=[1, 2],
    call=WAYS,
)
def update_params(submission, draw, parameters, missing, no_parameter, lr, numbers, layers, shape, times, call):
    """update_params with any parameters, with or without their gradients, also large ones, once and again.

    What else a layer keeps, such as its last X and that one's gradient dX, is no parameter.
    """
    names, size = f"{parameters} {no_parameter}".split(), {"small": 0.5, "large": 100, "zero": 0}[numbers]
    found = []
    for _ in range(layers):
        values = {n: draw.digits(*shape) * size for n in names}
        values |= {f"d{n}": draw.digits(*shape) * (size or 1) for n in names if f"d{n}" != missing}
        found.append(submission.kit.Parameters(**values))
    for _ in range(times):
        submission.update_params.by(call, layers=found, **({} if lr is None else {"lr": lr}))
    read_parameters(found, *names)


@cases(
    points=1,
    needs="train",
    count=40,
    middle=[*KINDS, ""],
    N=[1, 2, 5, 64],
    width=[2, 3, 9],
    dtype=["float64", "float32", "int64", "uint8"],
    label_dtype=["int64", "int32", "uint8", "int8"],
    epochs=[1, 2, 3, 0],
    lr=[1 / 128, 1 / 1024],  # larger ones let a wrong training overflow, where rounding decides on nan or inf
    times=[1, 2],
    call=WAYS,
)
def train(submission, draw, middle, N, width, dtype, label_dtype, epochs, lr, times, call):
    """train with any layers, images, number types, epochs and learning rate, once and on from there."""
    layers = layers_of(submission, draw, width, "Dense", middle, "Dense")
    data = {"X": draw.digits(N, width, dtype=dtype), "y": draw.labels(N, width, dtype=label_dtype)}
    for _ in range(times):
        submission.train.by(call, layers=layers, **data, epochs=epochs, lr=lr)
    for layer in (layers[0], layers[-1]):
        layer.read("W")
        layer.read("b")
