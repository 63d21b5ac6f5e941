"""Running statistics do not move in training

Your batch norm normalises with its running statistics during training as well, so they stay at their
initial values. In training mode it has to use those of the batch.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class MNISTConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(64)
        self.conv3 = nn.Conv2d(64, 128, 3)
        self.bn3 = nn.BatchNorm2d(128)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(128 * 2 * 2, 128)
        self.dropout = nn.Dropout(0.3)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool(F.relu(F.batch_norm(self.conv1(x), self.bn1.running_mean, self.bn1.running_var,
                                         self.bn1.weight, self.bn1.bias)))
        x = self.pool(F.relu(F.batch_norm(self.conv2(x), self.bn2.running_mean, self.bn2.running_var,
                                         self.bn2.weight, self.bn2.bias)))
        x = self.pool(F.relu(F.batch_norm(self.conv3(x), self.bn3.running_mean, self.bn3.running_var,
                                         self.bn3.weight, self.bn3.bias)))
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        x = self.dropout(x)
        return self.fc2(x)
