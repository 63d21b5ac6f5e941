"""Everything functional; layers registered from the last to the first; own initial values."""
import torch
from torch import nn
from torch.nn import functional as F


class MNISTConvNet(nn.Module):
    def __init__(self, p=0.3):
        super().__init__()
        self.p = p
        self.head = nn.Linear(128, 10)
        self.hidden = nn.LazyLinear(128)
        self.norms = nn.ModuleList(nn.BatchNorm2d(c) for c in (128, 64, 32))
        self.convs = nn.ModuleList(
            [nn.Conv2d(64, 128, 3), nn.Conv2d(32, 64, 3, padding="same"), nn.Conv2d(1, 32, 3, padding="same")])
        for conv in self.convs:
            nn.init.kaiming_normal_(conv.weight)
            nn.init.zeros_(conv.bias)

    def forward(self, x):
        for conv, norm in zip(reversed(self.convs), reversed(self.norms)):
            x = F.relu(F.max_pool2d(norm(conv(x)), 2))  # ReLU and maximum may change places
        x = self.hidden(torch.flatten(x, 1))
        x = F.dropout(x, self.p, training=self.training)
        return self.head(F.relu(x))
