"""Batch norm by hand; one value per channel is kept as (1, C, 1, 1)."""
import torch
from torch import nn
class BN(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(1, n, 1, 1)); self.beta = nn.Parameter(torch.zeros(1, n, 1, 1))
        self.register_buffer("mu", torch.zeros(1, n, 1, 1)); self.register_buffer("sigma2", torch.ones(1, n, 1, 1))
    def forward(self, x):
        if self.training:
            m = x.mean((0, 2, 3), keepdim=True); v = x.var((0, 2, 3), keepdim=True, unbiased=False)
            n = x.numel() / x.shape[1]
            with torch.no_grad():
                self.mu.mul_(0.9).add_(0.1 * m)
                self.sigma2.mul_(0.9).add_(0.1 * v * n / (n - 1))
        else:
            m, v = self.mu, self.sigma2
        return self.gamma * (x - m) / torch.sqrt(v + 1e-5) + self.beta
class MNISTConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stack = nn.ModuleList([nn.Conv2d(1, 32, 3, padding="same"), BN(32), nn.Conv2d(32, 64, 3, padding="same"), BN(64), nn.Conv2d(64, 128, 3, padding="valid"), BN(128)])
        self.head = nn.Sequential(nn.Linear(2 * 2 * 128, 128), nn.ReLU(), nn.Dropout(.3), nn.Linear(128, 10))
    def forward(self, x):
        for c, b in zip(self.stack[::2], self.stack[1::2]):
            x = nn.functional.max_pool2d(b(c(x)).relu(), 2)
        return self.head(x.reshape(x.shape[0], -1))
