"""A b is expected wherever there is a W

You move b for every layer that has W. A layer can have weights without a bias: look for each
parameter on its own.
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
        if hasattr(layer, "W") and hasattr(layer, "dW"):
            layer.W = layer.W - lr * layer.dW
            layer.b = layer.b - lr * layer.db
        if hasattr(layer, "gamma") and hasattr(layer, "dgamma"):
            layer.gamma = layer.gamma - lr * layer.dgamma
            layer.beta = layer.beta - lr * layer.dbeta


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
    for epoch in range(epochs):
        logits = forward_pass(X, layers)
        loss, dlogits = softmax_cross_entropy(logits, y)
        losses.append(loss)
        backward_pass(dlogits, layers)
        update_params(layers, lr)
    return losses
