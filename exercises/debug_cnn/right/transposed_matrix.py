"""Parameters of its own, the matrix stored as (in, out)."""
import torch
from torch import nn
import torch.nn.functional as F
class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Parameter(torch.randn(512, 10) * 0.05)
        self.b = nn.Parameter(torch.zeros(10))
        self.k1 = nn.Parameter(torch.randn(16, 1, 5, 5) * .2)
        self.c1 = nn.Parameter(torch.zeros(16))
        self.k2 = nn.Parameter(torch.randn(32, 16, 5, 5) * .05)
        self.c2 = nn.Parameter(torch.zeros(32))
    def forward(self, x):
        x = F.max_pool2d(torch.relu(F.conv2d(x, self.k1, self.c1)), 2)
        x = F.max_pool2d(torch.relu(F.conv2d(x, self.k2, self.c2)), 2)
        return x.reshape(len(x), 512) @ self.W + self.b
