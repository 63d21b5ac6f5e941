"""Running statistics kept from the first evaluation

What your layer computed from the running statistics in its first evaluation, it uses in all later ones. Training
goes on in between and moves them: read them anew whenever training is False.
"""

import numpy as np

AXES = (0, 2, 3)  # a channel's statistics run over the images and both spatial axes


class BatchNorm2D:
    """Y = gamma * (X - mean) / sqrt(var + eps) + beta, for each channel of X (N, C, H, W)."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps, self.momentum = eps, momentum
        self.gamma, self.beta = np.ones(num_features), np.zeros(num_features)
        self.running_mean, self.running_var = np.zeros(num_features), np.ones(num_features)

    def forward(self, X, training=True):
        """X (N, C, H, W) → (N, C, H, W). Training uses the batch's statistics, testing the running ones."""
        X = np.asarray(X, dtype=np.float64)
        mean, var = self.running_mean, self.running_var  # (C,)
        if not training:
            mean, var = self.kept = getattr(self, "kept", (mean, var))
        if training:
            mean, var = X.mean(axis=AXES), X.var(axis=AXES)
            self._update_running(mean, var, count=X.size // len(mean))
        self.std = np.sqrt(var + self.eps)
        self.X_hat = (X - _maps(mean)) / _maps(self.std)
        return _maps(self.gamma) * self.X_hat + _maps(self.beta)

    def _update_running(self, mean, var, count):
        """A moving average. To normalise, the variance is divided by n; to be remembered, by n - 1."""
        m, unbiased = self.momentum, var * count / (count - 1)
        self.running_mean = (1 - m) * self.running_mean + m * mean
        self.running_var = (1 - m) * self.running_var + m * unbiased

    def backward(self, dout):
        """dL/dY (N, C, H, W) → dL/dX, after a forward pass in training; sets dgamma and dbeta (C,).

        Mean and variance depend on every pixel of the channel, hence the two means that are taken away.
        """
        dout = np.asarray(dout, dtype=np.float64)
        self.dgamma = (dout * self.X_hat).sum(axis=AXES)
        self.dbeta = dout.sum(axis=AXES)
        n = dout.size // len(self.gamma)
        centred = dout - _maps(self.dbeta) / n - self.X_hat * _maps(self.dgamma) / n
        return _maps(self.gamma / self.std) * centred


def _maps(values):
    """One value a channel, (C,) → (C, 1, 1), so that it broadcasts over (N, C, H, W)."""
    return np.asarray(values)[:, None, None]
