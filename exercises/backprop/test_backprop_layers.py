"""Graded checks of `backprop`: ReLU, Flatten and Dense."""

from grader.checks.authoring import Tolerance, check

SHAPE = Tolerance(rtol=0, atol=1e9)  # any finite numbers in the right shape


def dense(submission, draw, rows, columns):
    """A fully connected layer with drawn weights."""
    layer = submission.Dense(rows, columns)
    layer.assign(W=draw.array(rows, columns), b=draw.array(columns))
    return layer


@check(points=1, needs="ReLU")
def test_relu(submission, draw):
    """ReLU keeps positive values; its gradient passes where the input was positive. X and dout stay as they are."""
    X, dout = submission.hold(draw.array(2, 3, 4, 5)), submission.hold(draw.array(2, 3, 4, 5))
    layer = submission.ReLU()
    layer.forward(X)
    layer.backward(dout)
    X.unchanged()
    dout.unchanged()


@check(points=0.5, needs="Flatten")
def test_flatten(submission, draw):
    """Flatten makes one row of each image, in the order of NumPy's reshape, and backward undoes it."""
    layer = submission.Flatten()
    for n in (3, 1):
        layer.forward(draw.array(n, 2, 3, 4))
        layer.backward(draw.array(n, 24))


@check(points=0.5, needs="Dense")
def test_dense_parameters(submission, draw):
    """Dense.W is (in, out), and b has one number for each output."""
    sizes = [(784, 10), (3, 5)]
    layers = [submission.Dense(*numbers) for numbers in sizes]  # both, before either is looked at
    for layer, (rows, _) in zip(layers, sizes, strict=True):
        submission.kit.shape_of(layer, "W")
        submission.kit.size_of(layer, "b")
        layer.forward.within(SHAPE, draw.array(2, rows))


@check(points=0.5, needs="Dense")
def test_dense_forward(submission, draw):
    """Dense.forward is X W + b."""
    dense(submission, draw, 4, 3).forward(draw.array(2, 4))
    dense(submission, draw, 3, 5).forward(draw.array(1, 3))


@check(points=1, needs="Dense")
def test_dense_gradients(submission, draw):
    """Dense.backward returns the gradient of X and sets dW and db; X, dout, W and b stay as they are."""
    for n, rows, columns in [(2, 3, 3), (4, 3, 2), (1, 2, 5)]:
        X, dout = submission.hold(draw.array(n, rows)), submission.hold(draw.array(n, columns))
        layer = dense(submission, draw, rows, columns)
        layer.forward.quietly(X)
        layer.backward(dout)
        layer.read("dW")
        submission.kit.values_of(layer, "db")
        submission.kit.same_shape(layer, "b", "db")
        X.unchanged()
        dout.unchanged()
        layer.read("W")
        submission.kit.values_of(layer, "b")


@check(points=0.5, needs="Dense")
def test_dense_second_backward(submission, draw):
    """A second Dense.backward replaces dW and db, it does not add to them."""
    layer = dense(submission, draw, 3, 2)
    for _ in range(2):
        layer.forward.quietly(draw.array(4, 3))
        layer.backward.quietly(draw.array(4, 2))
    layer.read("dW")
    submission.kit.values_of(layer, "db")
