"""The training loop. Layers are objects with forward(X) and backward(dout); the grader brings its own."""

import numpy as np


def forward_pass(X, layers):
    """Send X through all layers, in order. Returns the last layer's output."""
    raise NotImplementedError


def backward_pass(dout, layers):
    """Send the gradient of the last output back to the first layer. Returns the gradient of the input."""
    raise NotImplementedError


def update_params(layers, lr=0.01):
    """One step of gradient descent on every W, b, gamma and beta that has a dW, db, dgamma or dbeta."""
    raise NotImplementedError


def train(layers, X, y, epochs, lr):
    """Full-batch gradient descent on softmax cross-entropy.

    X (N, ...), y (N,) class numbers. Returns a list of `epochs` losses, each from before its update.
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_training.py; the grader does not run it

    class Linear:  # a layer as the grader brings them
        def __init__(self):
            self.W, self.b = np.zeros((1, 2)), np.zeros(2)

        def forward(self, X):
            self.X = X
            return X @ self.W + self.b

        def backward(self, dout):
            self.dW, self.db = self.X.T @ dout, dout.sum(axis=0)
            return dout @ self.W.T

    layer = Linear()
    print(train([layer], np.array([[1.0], [3.0]]), np.array([0, 1]), epochs=2, lr=1))  # [0.693147, 0.680925]
