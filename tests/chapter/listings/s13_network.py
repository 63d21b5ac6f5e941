# Section 13, typed as it stands, layers, loss and loop in one file. Right on real images; see E28 to E33 for the rest.
import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        scale = np.sqrt(2.0 / (in_channels * kernel_size * kernel_size))
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * scale
        self.b = np.zeros((out_channels, 1))

    def forward(self, X):
        self.X = X
        N, C, H, W = X.shape
        k, s, p = self.kernel_size, self.stride, self.padding
        if p > 0:
            self.X_pad = np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)), mode='constant')
        else:
            self.X_pad = X
        H_out = (H - k + 2 * p) // s + 1
        W_out = (W - k + 2 * p) // s + 1
        out = np.zeros((N, self.out_channels, H_out, W_out))
        for i in range(H_out):
            for j in range(W_out):
                window = self.X_pad[:, :, i*s:i*s+k, j*s:j*s+k]
                for f in range(self.out_channels):
                    out[:, f, i, j] = np.sum(window * self.W[f], axis=(1, 2, 3)) + self.b[f]
        return out

    def backward(self, dout):
        N, C, H, W = self.X.shape
        k, s, p = self.kernel_size, self.stride, self.padding
        _, _, H_out, W_out = dout.shape
        self.dW = np.zeros_like(self.W)
        self.db = np.sum(dout, axis=(0, 2, 3)).reshape(-1, 1)
        dX_pad = np.zeros_like(self.X_pad)
        for i in range(H_out):
            for j in range(W_out):
                window = self.X_pad[:, :, i*s:i*s+k, j*s:j*s+k]
                for f in range(self.out_channels):
                    d = dout[:, f, i, j][:, None, None, None]
                    self.dW[f] += np.sum(window * d, axis=0)
                    dX_pad[:, :, i*s:i*s+k, j*s:j*s+k] += self.W[f] * d
        if p > 0:
            return dX_pad[:, :, p:-p, p:-p]
        return dX_pad


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.pool_size = pool_size
        self.stride = stride

    def forward(self, X):
        self.X = X
        N, C, H, W = X.shape
        k, s = self.pool_size, self.stride
        H_out = (H - k) // s + 1
        W_out = (W - k) // s + 1
        out = np.zeros((N, C, H_out, W_out))
        self.mask = np.zeros_like(X)
        for i in range(H_out):
            for j in range(W_out):
                window = X[:, :, i*s:i*s+k, j*s:j*s+k]
                out[:, :, i, j] = np.max(window, axis=(2, 3))
                is_max = window == out[:, :, i, j][:, :, None, None]
                self.mask[:, :, i*s:i*s+k, j*s:j*s+k] += is_max.astype(X.dtype)
        return out

    def backward(self, dout):
        k, s = self.pool_size, self.stride
        dX = np.zeros_like(self.X)
        _, _, H_out, W_out = dout.shape
        for i in range(H_out):
            for j in range(W_out):
                mask = self.mask[:, :, i*s:i*s+k, j*s:j*s+k]
                dX[:, :, i*s:i*s+k, j*s:j*s+k] += mask * dout[:, :, i, j][:, :, None, None]
        return dX


class ReLU:
    def forward(self, X):
        self.mask = X > 0
        return X * self.mask

    def backward(self, dout):
        return dout * self.mask


class Flatten:
    def forward(self, X):
        self.shape = X.shape
        return X.reshape(X.shape[0], -1)

    def backward(self, dout):
        return dout.reshape(self.shape)


class Dense:
    def __init__(self, in_features, out_features):
        self.W = np.random.randn(in_features, out_features) * np.sqrt(2.0 / in_features)
        self.b = np.zeros((1, out_features))

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, dout):
        self.dW = self.X.T @ dout
        self.db = np.sum(dout, axis=0, keepdims=True)
        return dout @ self.W.T


def softmax_cross_entropy(logits, labels):
    N = logits.shape[0]
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    exp = np.exp(shifted)
    probs = exp / np.sum(exp, axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[np.arange(N), labels] + 1e-8))
    dlogits = probs.copy()
    dlogits[np.arange(N), labels] -= 1
    dlogits /= N
    return loss, dlogits


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
        if hasattr(layer, 'W'):
            layer.W -= lr * layer.dW
            layer.b -= lr * layer.db


def train(layers, X, y, epochs, lr):
    losses = []
    for epoch in range(epochs):
        logits = forward_pass(X, layers)
        loss, dlogits = softmax_cross_entropy(logits, y)
        backward_pass(dlogits, layers)
        update_params(layers, lr)
        losses.append(loss)
        print(f'Epoch {epoch + 1}: loss = {loss:.4f}, accuracy = {np.mean(logits.argmax(axis=1) == y):.2%}')
    return losses


if __name__ == '__main__':
    layers = [
        Conv2D(1, 8, 3, padding=1), ReLU(), MaxPool2D(),
        Conv2D(8, 16, 3, padding=1), ReLU(), MaxPool2D(),
        Flatten(), Dense(784, 10),
    ]
    np.random.seed(42)
    X = np.random.randn(64, 1, 28, 28)
    y = np.random.randint(0, 10, 64)
    train(layers, X, y, epochs=5, lr=0.01)
