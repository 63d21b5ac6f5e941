"""Momentum reversed in later blocks

A batch norm after the first has momentum 0.9. In PyTorch momentum is the share of the new batch, 0.1 by default:
leave it at that everywhere.
"""

from torch import nn


def block(in_channels, out_channels, padding):
    """Convolution 3×3, batch norm, ReLU, max pooling."""
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 3, padding=padding),
        nn.BatchNorm2d(out_channels, momentum=0.1 if out_channels == 32 else 0.9),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


class MNISTConvNet(nn.Module):
    """Three blocks, then two fully connected layers with dropout between them."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(block(1, 32, 1), block(32, 64, 1), block(64, 128, 0))
        self.fc1 = nn.Linear(128 * 2 * 2, 128)
        self.dropout = nn.Dropout(0.3)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        """x (N, 1, 28, 28) → logits (N, 10)."""
        x = self.features(x)  # (N, 32, 14, 14), (N, 64, 7, 7), (N, 128, 2, 2)
        x = self.fc1(x.flatten(1)).relu()  # (N, 128)
        return self.fc2(self.dropout(x))
