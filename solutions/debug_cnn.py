"""A small network for 28×28 images whose fully connected layer fits what comes out of the convolutions."""

from torch import nn
from torch.nn import functional as F


class FixedCNN(nn.Module):
    """Two times convolution 5×5, ReLU, max pooling; then one fully connected layer."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5)
        self.conv2 = nn.Conv2d(16, 32, 5)
        self.fc = nn.Linear(32 * 4 * 4, 10)

    def forward(self, x):
        """x (N, 1, 28, 28) → logits (N, 10)."""
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)  # (N, 16, 12, 12)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)  # (N, 32, 4, 4)
        return self.fc(x.flatten(1))
