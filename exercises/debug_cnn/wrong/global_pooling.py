"""Global average pooling put before the fully connected layer

You average each map to one number, so the fully connected layer has 32 inputs. That is a good network, but
another one: keep the 4×4 maps and flatten them.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=5)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=5)
        self.fc = nn.Linear(32, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.mean(dim=(2, 3))
        return self.fc(x)
