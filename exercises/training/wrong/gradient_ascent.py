"""The step goes up the gradient

You add lr times the gradient, so with small steps the loss grows. The gradient points uphill: subtract it.
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
                setattr(layer, name, getattr(layer, name) + lr * getattr(layer, "d" + name))


def softmax_cross_entropy(logits, y):
    N = logits.shape[0]
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean()
    p = np.exp(log_p)
    dlogits = p.copy()
    dlogits[np.arange(N), y] -= 1
    return loss, dlogits / N


def train(layers, X, y, epochs, lr):
    losses = []
    for epoch in range(epochs):
        logits = forward_pass(X, layers)
        loss, dlogits = softmax_cross_entropy(logits, y)
        losses.append(loss)
        backward_pass(dlogits, layers)
        update_params(layers, lr)
    return losses
