"""The grader's own layers: the student's loop runs on these."""

import numpy as np


class Dense:
    """Y = X W + b; without b there is no such attribute."""

    def __init__(self, W, b=None):
        self.W = W
        if b is not None:
            self.b = b

    def forward(self, X):
        """X (N, in) → (N, out)."""
        self.X = X
        return X @ self.W + getattr(self, "b", 0.0)

    def backward(self, dout):
        """dout (N, out) → (N, in)."""
        self.dW = self.X.T @ dout
        if hasattr(self, "b"):
            self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Fixed:
    """Y = X W with a W that does not learn: it has no gradient."""

    def __init__(self, W):
        self.W = W

    def forward(self, X):
        """X (N, in) → (N, out)."""
        return X @ self.W

    def backward(self, dout):
        """dout (N, out) → (N, in)."""
        return dout @ self.W.T


class Scale:
    """Y = gamma X + beta, the learned part of a batch normalisation."""

    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta

    def forward(self, X):
        """X (N, C) → (N, C)."""
        self.X = X
        return self.gamma * X + self.beta

    def backward(self, dout):
        """dout (N, C) → (N, C)."""
        self.dgamma, self.dbeta = (dout * self.X).sum(axis=0), dout.sum(axis=0)
        return dout * self.gamma


class ReLU:
    """Negative values become zero. No parameters."""

    def forward(self, X):
        """Any shape."""
        self.positive = X > 0
        return np.where(self.positive, X, 0.0)

    def backward(self, dout):
        """The shape of the forward pass."""
        return np.where(self.positive, dout, 0.0)


class Flatten:
    """(N, …) → (N, rest). No parameters."""

    def forward(self, X):
        """X (N, …) → (N, rest)."""
        self.shape = X.shape
        return X.reshape(len(X), -1)

    def backward(self, dout):
        """dout (N, rest) → (N, …)."""
        return dout.reshape(self.shape)


class Parameters:
    """A layer as `update_params` sees it: whatever parameters and gradients it is given."""

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)
