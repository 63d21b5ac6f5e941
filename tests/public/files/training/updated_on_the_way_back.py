"""A layer's weights are changed before the gradient goes back through them.

Source: VikParuchuri/zero_to_gpt issue 12, "Gradient is being updated after upgradation of weights".
Expect: loses
"""
import numpy as np

NAMES = "W", "b", "gamma", "beta"


def forward_pass(X, layers):
    for layer in layers:
        X = layer.forward(X)
    return X


def backward_pass(dout, layers):
    for layer in layers[::-1]:
        dout = layer.backward(dout)
    return dout


def update_params(layers, lr=0.01):
    for layer in layers:
        for name in NAMES:
            if hasattr(layer, name) and hasattr(layer, "d" + name):
                setattr(layer, name, getattr(layer, name) - lr * getattr(layer, "d" + name))


def train(layers, X, y, epochs, lr):
    history = []
    for _ in range(epochs):
        z = forward_pass(X, layers)
        log_p = z - z.max(1, keepdims=True)
        log_p = log_p - np.log(np.exp(log_p).sum(1, keepdims=True))
        history.append(-log_p[np.arange(len(y)), y].mean())
        grad = np.exp(log_p)
        grad[np.arange(len(y)), y] -= 1
        grad /= len(y)
        for layer in layers[::-1]:
            layer.backward(grad)
            update_params([layer], lr)
            grad = layer.backward(grad)
    return history
