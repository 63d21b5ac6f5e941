# the whole network is one nn.Sequential, the blocks come from a list
from torch import nn

CHANNELS = [1, 32, 64, 128]


class MNISTConvNet(nn.Sequential):
    def __init__(self):
        layers = []
        for i, (a, b) in enumerate(zip(CHANNELS, CHANNELS[1:])):
            layers += [nn.Conv2d(a, b, 3, 1, 0 if i == 2 else 1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        layers += [nn.Flatten(), nn.Linear(512, 128), nn.Dropout(0.3), nn.ReLU(), nn.Linear(128, 10)]
        super().__init__(*layers)
