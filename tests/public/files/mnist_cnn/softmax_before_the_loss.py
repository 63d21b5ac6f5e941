"""The network ends with a softmax, which cross-entropy applies once more.

Source: runebook.dev, "Understanding PyTorch's torch.nn.Softmax and CrossEntropyLoss", on common mistakes.
Expect: loses
"""
from torch import nn


class MNISTConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        layers = []
        for channels, filters, padding in [(1, 32, 1), (32, 64, 1), (64, 128, 0)]:
            layers += [nn.Conv2d(channels, filters, 3, padding=padding), nn.BatchNorm2d(filters), nn.ReLU()]
            layers += [nn.MaxPool2d(2)]
        layers += [nn.Flatten(), nn.Linear(512, 128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, 10), nn.Softmax(dim=1)]
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
