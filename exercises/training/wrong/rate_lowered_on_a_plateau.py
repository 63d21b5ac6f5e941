"""Learning rate lowered where the loss hardly falls

You halve the learning rate where the loss falls by little. That is another method: gradient descent here takes lr
in every step.
"""

import numpy as np

THRESHOLD = 1e-4
FAMILY = {"THRESHOLD": (1e-4, 1e-3, 1e-5)}
PARAMETERS = ("W", "b", "gamma", "beta")  # the gradient of each has a d in front


def forward_pass(X, layers):
    """Each layer works on the output of the one before."""
    for layer in layers:
        X = layer.forward(X)
    return X


def backward_pass(dout, layers):
    """From the last layer to the first; each turns its output's gradient into its input's."""
    for layer in reversed(layers):
        dout = layer.backward(dout)
    return dout


def update_params(layers, lr=0.01):
    """One step against the gradient, for every parameter that has one."""
    for layer in layers:
        for name in PARAMETERS:
            if hasattr(layer, name) and hasattr(layer, f"d{name}"):
                setattr(layer, name, getattr(layer, name) - lr * getattr(layer, f"d{name}"))


def train(layers, X, y, epochs, lr):
    """Full-batch gradient descent on softmax cross-entropy; returns the loss before each step."""
    losses = []
    for _ in range(epochs):
        loss, dlogits = softmax_cross_entropy(forward_pass(X, layers), y)
        if losses and abs(losses[-1] - loss) < THRESHOLD:
            lr = lr / 2
        losses.append(loss)
        backward_pass(dlogits, layers)
        update_params(layers, lr)
    return losses


def softmax_cross_entropy(logits, labels):
    """Mean of -log p[label], and its gradient (p - one_hot) / N. logits (N, K), labels (N,)."""
    rows = np.arange(len(logits))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    return -log_p[rows, labels].mean(), dlogits / len(logits)
