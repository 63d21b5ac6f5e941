"""The reference of `training`: against torch, against central differences, and on real digits."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from grader.checks.diagnose import load_module
from solutions.training import backward_pass, forward_pass, softmax_cross_entropy, train, update_params

EXERCISE = Path(__file__).parents[2] / "exercises" / "training"
kit = load_module(EXERCISE / "kit.py", "training_kit")


def random_layers(rng, sizes):
    """Dense layers of these sizes, each with or without bias, some followed by gamma and beta, ReLU in between."""
    layers = []
    for rows, columns in pairwise(sizes):
        bias = rng.normal(size=columns) if rng.random() < 0.7 else None
        layers.append(kit.Dense(rng.normal(size=(rows, columns)) / rows, bias))
        if rng.random() < 0.4:
            layers.append(kit.Scale(rng.normal(size=columns), rng.normal(size=columns)))
        layers.append(kit.ReLU())
    return layers[:-1]


def parameters(layers):
    """(layer, name) of all that there is to learn."""
    return [(layer, name) for layer in layers for name in ("W", "b", "gamma", "beta") if hasattr(layer, name)]


def torch_forward(layers, tensors, X):
    """The same network with torch's tensors in the place of the parameters."""
    for layer in layers:
        get = lambda name, layer=layer: tensors[id(layer), name]  # noqa: E731
        match layer:
            case kit.Dense():
                X = X @ get("W") + (get("b") if hasattr(layer, "b") else 0)
            case kit.Scale():
                X = X * get("gamma") + get("beta")
            case kit.ReLU():
                X = torch.relu(X)
    return X


def torch_train(layers, X, y, epochs, lr):
    """Losses and trained parameters by autograd and torch's SGD."""
    tensors = {(id(layer), n): torch.tensor(getattr(layer, n), requires_grad=True) for layer, n in parameters(layers)}
    optimizer = torch.optim.SGD(tensors.values(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        logits = torch_forward(layers, tensors, torch.from_numpy(X))
        loss = torch.nn.functional.cross_entropy(logits, torch.from_numpy(y))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, tensors


def compare_with_torch(cases):
    """Random networks and data; three steps each."""
    rng = np.random.default_rng(1)
    for _ in range(cases):
        sizes = [*rng.integers(1, 6, size=rng.integers(2, 4)).tolist(), int(rng.integers(2, 6))]
        n, lr = int(rng.integers(1, 8)), float(rng.uniform(0.01, 1))
        layers = random_layers(rng, sizes)
        X, y = rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], size=n)
        expected, tensors = torch_train(layers, X, y, 3, lr)
        assert np.allclose(train(layers, X, y, 3, lr), expected, rtol=1e-9, atol=1e-12)
        for layer, name in parameters(layers):
            theirs = tensors[id(layer), name].detach().numpy()
            assert np.allclose(getattr(layer, name), theirs, rtol=1e-8, atol=1e-10)


def test_against_torch():
    """100 random networks."""
    compare_with_torch(100)


@pytest.mark.slow
def test_against_torch_at_length():
    """1,000 random networks."""
    compare_with_torch(1000)


@pytest.mark.parametrize("seed", range(10))
def test_against_central_differences(seed):
    """The gradient of the loss for every parameter and for the input."""
    rng = np.random.default_rng(seed)
    layers, X, y = random_layers(rng, [3, 4, 3]), rng.normal(size=(5, 3)), rng.integers(0, 3, size=5)
    dX = backward_pass(softmax_cross_entropy(forward_pass(X, layers), y)[1], layers)
    gradients = [(X, dX)] + [(getattr(layer, n), getattr(layer, f"d{n}")) for layer, n in parameters(layers)]
    for values, gradient in gradients:
        np.testing.assert_allclose(gradient, slopes(layers, X, y, values), rtol=1e-5, atol=1e-8)


def slopes(layers, X, y, values, h=1e-6):
    """Central differences of the loss for an array that it depends on."""
    result = np.zeros_like(values)
    for i in np.ndindex(values.shape):
        old = values[i]
        values[i] = old + h
        above = softmax_cross_entropy(forward_pass(X, layers), y)[0]
        values[i] = old - h
        below = softmax_cross_entropy(forward_pass(X, layers), y)[0]
        values[i] = old
        result[i] = (above - below) / (2 * h)
    return result


def test_loss_of_extreme_logits():
    """Finite and exact where exp overflows or a probability underflows."""
    loss, dlogits = softmax_cross_entropy(np.array([[1e4, -1e4], [0.0, 100.0]]), np.array([1, 0]))
    assert loss == pytest.approx((2e4 + 100) / 2)
    np.testing.assert_allclose(dlogits, [[0.5, -0.5], [-0.5, 0.5]])


def test_the_statement_s_example():
    """The numbers in README.md."""
    layer = kit.Dense(np.zeros((1, 2)), np.zeros(2))
    losses = train([layer], np.array([[1.0], [3.0]]), np.array([0, 1]), epochs=1, lr=1)
    np.testing.assert_allclose([layer.dW, layer.W], [[[0.5, -0.5]], [[-0.5, 0.5]]])
    np.testing.assert_allclose(layer.db, [0, 0])
    losses += train([layer], np.array([[1.0], [3.0]]), np.array([0, 1]), epochs=1, lr=1)
    assert [round(loss, 6) for loss in losses] == [0.693147, 0.680925]


def test_update_leaves_other_attributes_alone():
    """Only parameters with their gradients move, by 0.01 if nothing is said."""
    layer = kit.Parameters(W=np.ones(2), dW=np.ones(2), b=np.ones(2), dbeta=np.ones(2), other=np.ones(2))
    update_params([layer, kit.ReLU()])
    np.testing.assert_allclose(layer.W, 0.99)
    assert (layer.b == 1).all()
    assert (layer.other == 1).all()


@pytest.mark.slow
def test_learns_handwritten_digits():
    """scikit-learn's digits: at least 93 % of the unseen half, and a falling loss."""
    datasets = pytest.importorskip("sklearn.datasets")
    images, labels = datasets.load_digits(return_X_y=True)
    images, rng = images / 16, np.random.default_rng(0)
    shuffled = rng.permutation(len(labels))
    seen, unseen = np.array_split(shuffled, 2)
    layers = [
        kit.Dense(rng.normal(size=(64, 32)) / 8, np.zeros(32)),
        kit.ReLU(),
        kit.Dense(rng.normal(size=(32, 10)) / 6, np.zeros(10)),
    ]
    losses = train(layers, images[seen], labels[seen], epochs=300, lr=0.5)
    answers = forward_pass(images[unseen], layers).argmax(axis=1)
    assert losses[-1] < losses[0] / 5
    assert np.mean(answers == labels[unseen]) >= 0.93
