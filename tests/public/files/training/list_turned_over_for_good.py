"""`layers.reverse()` turns the caller's own list over: the next forward pass begins at the wrong end.

Source: wagenaartje/neataptic issue 14, "reverse outputs order in training".
Expect: loses
"""
import numpy as np


def forward_pass(X, layers):
    for layer in layers:
        X = layer.forward(X)
    return X


def backward_pass(dout, layers):
    layers.reverse()
    for layer in layers:
        dout = layer.backward(dout)
    return dout


def update_params(layers, lr=0.01):
    for layer in layers:
        for name in ("W", "b", "gamma", "beta"):
            if hasattr(layer, name) and hasattr(layer, "d" + name):
                setattr(layer, name, getattr(layer, name) - lr * getattr(layer, "d" + name))


def train(layers, X, y, epochs, lr):
    history, rows = [], np.arange(len(y))
    for _ in range(epochs):
        z = forward_pass(X, layers)
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        history.append(-np.log(p[rows, y]).mean())
        p[rows, y] -= 1
        backward_pass(p / len(y), layers)
        layers.reverse()
        update_params(layers, lr)
    return history
