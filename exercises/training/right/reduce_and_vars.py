"""functools.reduce for both passes; parameters found by looking through the layer's attributes."""
from functools import reduce

import numpy as np


def forward_pass(X, layers):
    return reduce(lambda signal, layer: layer.forward(signal), layers, X)


def backward_pass(dout, layers):
    return reduce(lambda gradient, layer: layer.backward(gradient), reversed(layers), dout)


def update_params(layers, lr=0.01):
    for layer in layers:
        attributes = vars(layer)
        for name in {"W", "b", "gamma", "beta"} & attributes.keys():
            gradient = attributes.get("d" + name)
            if gradient is not None:
                attributes[name] = np.subtract(attributes[name], np.multiply(lr, gradient))


def train(layers, X, y, epochs, lr):
    def step():
        Z = forward_pass(X, layers)
        top = np.max(Z, axis=-1)
        log_sum = top + np.log(np.sum(np.exp(Z - top[:, None]), axis=-1))
        loss = np.mean(log_sum - Z[range(len(y)), y])
        P = np.exp(Z - log_sum[:, None])
        backward_pass((P - (np.arange(Z.shape[1]) == np.asarray(y)[:, None])) / len(y), layers)
        update_params(layers, lr=lr)
        return float(loss)

    return [step() for _ in range(epochs)]
