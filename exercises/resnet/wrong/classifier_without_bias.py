"""Classifier without bias

Your last layer has no bias. Only the convolutions go without, since a batch norm with its own shift follows
them; the classifier is followed by nothing.
"""

from torch import nn
from torch.nn import functional as F


def conv3x3(in_channels, out_channels, stride=1):
    """3×3 convolution that keeps the size (divided by `stride`); no bias: batch norm follows or precedes."""
    return nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)


def conv1x1(in_channels, out_channels, stride=1):
    """1×1 convolution without bias."""
    return nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)


def projection(in_channels, out_channels, stride):
    """The shortcut: the identity, or a 1×1 convolution with batch norm where the shape changes."""
    if stride == 1 and in_channels == out_channels:
        return nn.Sequential()
    return nn.Sequential(conv1x1(in_channels, out_channels, stride), nn.BatchNorm2d(out_channels))


class BasicBlock(nn.Module):
    """relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x))."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = conv3x3(in_channels, out_channels, stride)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = conv3x3(out_channels, out_channels)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.shortcut = projection(in_channels, out_channels, stride)

    def forward(self, x):
        """x (N, C_in, H, W) → (N, C_out, ceil(H / stride), ceil(W / stride))."""
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + self.shortcut(x))


class Bottleneck(nn.Module):
    """1×1 down to `mid_channels`, 3×3 with the stride, 1×1 up to 4 · `mid_channels`."""

    def __init__(self, in_channels, mid_channels, stride=1):
        super().__init__()
        out_channels = 4 * mid_channels
        self.conv1 = conv1x1(in_channels, mid_channels)
        self.bn1 = nn.BatchNorm2d(mid_channels)
        self.conv2 = conv3x3(mid_channels, mid_channels, stride)
        self.bn2 = nn.BatchNorm2d(mid_channels)
        self.conv3 = conv1x1(mid_channels, out_channels)
        self.bn3 = nn.BatchNorm2d(out_channels)
        self.shortcut = projection(in_channels, out_channels, stride)

    def forward(self, x):
        """x (N, C_in, H, W) → (N, 4 · C_mid, ceil(H / stride), ceil(W / stride))."""
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + self.shortcut(x))


class PreActBlock(nn.Module):
    """conv2(relu(bn2(conv1(relu(bn1(x)))))) + shortcut: nothing on the path of the identity.

    Where the shape changes, a 1×1 convolution of x or, with `project_activated`, of relu(bn1(x)) replaces it.
    """

    project_activated = False

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(in_channels)
        self.conv1 = conv3x3(in_channels, out_channels, stride)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv2 = conv3x3(out_channels, out_channels)
        self.shortcut = None
        if stride != 1 or in_channels != out_channels:
            self.shortcut = conv1x1(in_channels, out_channels, stride)

    def forward(self, x):
        """x (N, C_in, H, W) → (N, C_out, ceil(H / stride), ceil(W / stride))."""
        a = F.relu(self.bn1(x))
        y = self.conv2(F.relu(self.bn2(self.conv1(a))))
        if self.shortcut is None:
            return y + x
        return y + self.shortcut(a if self.project_activated else x)


class ResNet18(nn.Module):
    """3×3 stem without pooling, four stages of two basic blocks, average, linear: 11,173,962 parameters."""

    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = conv3x3(3, 64)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = nn.Sequential(BasicBlock(64, 64), BasicBlock(64, 64))
        self.layer2 = nn.Sequential(BasicBlock(64, 128, 2), BasicBlock(128, 128))
        self.layer3 = nn.Sequential(BasicBlock(128, 256, 2), BasicBlock(256, 256))
        self.layer4 = nn.Sequential(BasicBlock(256, 512, 2), BasicBlock(512, 512))
        self.fc = nn.Linear(512, num_classes, bias=False)

    def forward(self, x):
        """x (N, 3, 32, 32) → logits (N, num_classes)."""
        y = F.relu(self.bn1(self.conv1(x)))  # (N, 64, 32, 32)
        y = self.layer2(self.layer1(y))  # (N, 128, 16, 16)
        y = self.layer4(self.layer3(y))  # (N, 512, 4, 4)
        return self.fc(y.mean(dim=(2, 3)))
