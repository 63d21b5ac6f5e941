"""One channel after the other, in plain Python; the result is a nested list."""
import math


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.momentum = momentum
        self.gamma = [1.0] * num_features
        self.beta = [0.0] * num_features
        self.running_mean = [0.0] * num_features
        self.running_var = [1.0] * num_features
        self.dgamma = self.dbeta = None

    def forward(self, X, training=True):
        N, C, H, W = X.shape
        n = N * H * W
        out = [[[[0.0] * W for _ in range(H)] for _ in range(C)] for _ in range(N)]
        self.normal = [[[[0.0] * W for _ in range(H)] for _ in range(C)] for _ in range(N)]
        self.scale = []
        for c in range(C):
            pixels = [float(v) for v in X[:, c].ravel()]
            if training:
                m = sum(pixels) / n
                squares = sum((p - m) ** 2 for p in pixels)
                v = squares / n
                self.running_mean[c] = (1 - self.momentum) * self.running_mean[c] + self.momentum * m
                self.running_var[c] = (1 - self.momentum) * self.running_var[c] + self.momentum * squares / (n - 1)
            else:
                m, v = self.running_mean[c], self.running_var[c]
            s = math.sqrt(v + self.eps)
            self.scale.append(s)
            for i in range(N):
                for h in range(H):
                    for w in range(W):
                        z = (float(X[i, c, h, w]) - m) / s
                        self.normal[i][c][h][w] = z
                        out[i][c][h][w] = float(self.gamma[c] * z + self.beta[c])
        return out

    def backward(self, dout):
        N, C, H, W = dout.shape
        n = N * H * W
        places = [(i, h, w) for i in range(N) for h in range(H) for w in range(W)]
        self.dgamma, self.dbeta = [], []
        dX = [[[[0.0] * W for _ in range(H)] for _ in range(C)] for _ in range(N)]
        for c in range(C):
            db = sum(float(dout[i, c, h, w]) for i, h, w in places)
            dg = sum(float(dout[i, c, h, w]) * self.normal[i][c][h][w] for i, h, w in places)
            self.dbeta.append(db)
            self.dgamma.append(dg)
            for i, h, w in places:
                rest = float(dout[i, c, h, w]) - db / n - self.normal[i][c][h][w] * dg / n
                dX[i][c][h][w] = float(self.gamma[c] * rest / self.scale[c])
        return dX
