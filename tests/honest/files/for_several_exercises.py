"""Solutions of several exercises with tests of themselves: torch and SciPy are not there, and nothing depends on them."""
from __future__ import annotations
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn import *
from torch import *
from torch.utils.data import DataLoader, Dataset
from scipy.signal import correlate2d
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.manual_seed(0)
torch.backends.cudnn.deterministic = True
print(torch.__version__, f"{torch.pi:.3f}")

def conv2d(X, K, stride: int = 1, padding=0, out: torch.Tensor | None = None):
    if isinstance(X, torch.Tensor):
        X = X.numpy()
    X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)
    H, W = X.shape
    F, G = K.shape
    rows, columns = (H - F) // stride + 1, (W - G) // stride + 1
    return np.array(
        [[np.sum(X[i * stride : i * stride + F, j * stride : j * stride + G] * K) for j in range(columns)] for i in range(rows)]
    )


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.array([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3)
        self.seq = nn.Sequential(*[nn.ReLU() for _ in range(3)])

    def forward(self, x):
        return F.relu(self.conv(x))

class B(Module):
    pass

class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x

@torch.no_grad()
def evaluate(net: nn.Module, x: torch.Tensor) -> "Tensor": return net(x)

net = Net().to(device)
print(sum(p.numel() for p in net.parameters()))
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
x, k = torch.rand(1, 1, 5, 5), torch.rand(1, 1, 3, 3)
assert np.allclose(conv2d(np.eye(5), np.eye(3)), F.conv2d(x, k)[0, 0].numpy())
assert torch.allclose(torch.tensor(conv2d(np.eye(5), np.eye(3))), F.conv2d(x, k)[0, 0])
for epoch in range(2):
    loss = net(x).sum()
    loss.backward()
    total = 0
    total += loss.item()
with torch.no_grad():
    y = evaluate(net, x)
np.testing.assert_allclose(conv2d(np.eye(5), np.eye(3)), correlate2d(np.eye(5), np.eye(3), "valid"))
