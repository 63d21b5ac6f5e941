"""The convolutions are padded by 2, so that 7×7 is left: the network runs, but it is another one.

Source: androidkt.com, "Fix RuntimeError: mat1 and mat2 shapes cannot be multiplied": 32 · 7 · 7 features.
Expect: loses
"""
import torch.nn as nn


class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2d(1, 16, 5, stride=1, padding=2), nn.ReLU(), nn.MaxPool2d(2))
        self.conv2 = nn.Sequential(nn.Conv2d(16, 32, 5, 1, 2), nn.ReLU(), nn.MaxPool2d(2))
        self.out = nn.Linear(32 * 7 * 7, 10)

    def forward(self, x):
        x = self.conv2(self.conv1(x))
        return self.out(x.view(x.size(0), -1))
