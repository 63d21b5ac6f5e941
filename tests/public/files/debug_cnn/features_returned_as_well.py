"""The features are returned beside the logits, "for visualization".

Source: androidkt.com, "Fix RuntimeError: mat1 and mat2 shapes cannot be multiplied".
Expect: loses
"""
import torch.nn as nn


class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2d(1, 16, kernel_size=5), nn.ReLU(), nn.MaxPool2d(kernel_size=2))
        self.conv2 = nn.Sequential(nn.Conv2d(16, 32, 5), nn.ReLU(), nn.MaxPool2d(2))
        self.out = nn.Linear(32 * 4 * 4, 10)

    def forward(self, x):
        x = self.conv2(self.conv1(x))
        x = x.view(x.size(0), -1)
        return self.out(x), x
