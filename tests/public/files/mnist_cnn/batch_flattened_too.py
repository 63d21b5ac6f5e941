"""`Flatten` starts at axis 0: all images of the batch become one row.

Source: mrdbourke/pytorch-deep-learning issue 120, "Convolutional - Section 7 model issue", with `nn.Flatten(0, 2)`.
Expect: loses
"""
from torch import nn


def stage(channels, filters, padding):
    return nn.Sequential(nn.Conv2d(channels, filters, 3, 1, padding), nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d(2))


class MNISTConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(stage(1, 32, 1), stage(32, 64, 1), stage(64, 128, 0), nn.Flatten(0))
        self.head = nn.Sequential(nn.Linear(512, 128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, 10))

    def forward(self, x):
        return self.head(self.features(x))
