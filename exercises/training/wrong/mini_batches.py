"""One step per mini-batch

You cut X into batches of 32 and update after each. Full-batch gradient descent sends all of X
through the network and takes one step an epoch.
"""

import numpy as np


def forward_pass(X, layers):
    for layer in layers:
        X = layer.forward(X)
    return X


def backward_pass(dout, layers):
    for layer in reversed(layers):
        dout = layer.backward(dout)
    return dout


def update_params(layers, lr=0.01):
    for layer in layers:
        for name in ("W", "b", "gamma", "beta"):
            if hasattr(layer, name) and hasattr(layer, "d" + name):
                setattr(layer, name, getattr(layer, name) - lr * getattr(layer, "d" + name))


def softmax_cross_entropy(logits, y):
    N = logits.shape[0]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean()
    dlogits = p.copy()
    dlogits[np.arange(N), y] -= 1
    return loss, dlogits / N


def train(layers, X, y, epochs, lr):
    losses = []
    batch = 32
    for epoch in range(epochs):
        total = 0.0
        for start in range(0, len(X), batch):
            X_batch, y_batch = X[start:start + batch], y[start:start + batch]
            loss, dlogits = softmax_cross_entropy(forward_pass(X_batch, layers), y_batch)
            total += loss * len(X_batch)
            backward_pass(dlogits, layers)
            update_params(layers, lr)
        losses.append(total / len(X))
    return losses
