"""Networks whose possible answers under dropout can be listed, and what there is to see of a network."""

import torch
from torch import nn

# What follows (images, channels) in the input of each kind of dropout.
SHAPES = {
    "Dropout": (),
    "Dropout1d": (1,),
    "Dropout2d": (1, 1),
    "Dropout3d": (1, 1, 1),
    "AlphaDropout": (),
    "FeatureAlphaDropout": (1, 1),
}


class OneUnit(nn.Module):
    """The whole image becomes one number, dropout keeps or drops it, a linear layer makes logits of it."""

    def __init__(self, kernel, weights, p=0.5, kind="Dropout"):
        super().__init__()
        self.conv = nn.Conv2d(kernel.shape[1], 1, tuple(kernel.shape[2:]), bias=False)
        self.dropout = getattr(nn, kind)(p)
        self.shape = SHAPES[kind]
        self.fc = nn.Linear(1, weights.shape[0], bias=False)
        self.load_state_dict({"conv.weight": kernel.float(), "fc.weight": weights.float()})

    def forward(self, x):
        return self.fc(self.dropout(self.conv(x).reshape(-1, 1, *self.shape)).flatten(1))


class ThreeUnits(nn.Module):
    """Three numbers from the image, each behind a dropout of its own (one in a nested part); the last logit is 0."""

    def __init__(self, kernels, p=0.5):
        super().__init__()
        self.conv = nn.Conv2d(kernels.shape[1], 3, tuple(kernels.shape[2:]), bias=False)
        self.first = nn.Dropout(p)
        self.second = nn.Sequential(nn.Identity(), nn.Sequential(nn.Dropout(p)))
        self.third = nn.Dropout(p)
        self.load_state_dict({"conv.weight": kernels.float()})

    def forward(self, x):
        a, b, c = self.conv(x).flatten(1).split(1, dim=1)
        return torch.cat([self.first(a), self.second(b), self.third(c), torch.zeros_like(a)], dim=1)


class Jitter(nn.Module):
    """Shifts its input in training mode, as data augmentation inside a network would."""

    def forward(self, x):
        return x + 1.5 if self.training else x


class Net(nn.Module):
    """A small network with dropout of probability p, and if asked for with batch norm and jitter."""

    def __init__(self, classes=4, p=0.0, norm=False, jitter=False):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(2, 5, 3),
            nn.BatchNorm2d(5) if norm else nn.Identity(),
            Jitter() if jitter else nn.Identity(),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )
        self.head = nn.Sequential(
            nn.Linear(5, 6),
            nn.BatchNorm1d(6) if norm else nn.Identity(),
            nn.Dropout(p),
            nn.Linear(6, classes),
        )

    def forward(self, x):
        return self.head(self.features(x))


def with_seed(seed, function, *args):
    """Call the function with torch's generator started at this seed."""
    torch.manual_seed(seed)
    return function(*args)


def batch_norm_to_eval(net):
    """Put only the batch norm layers into eval mode, as one does when fine-tuning."""
    for part in net.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.eval()


def dropout_flipped(net):
    """Put the dropout layers, and nothing else, into the other mode."""
    for part in net.modules():
        if isinstance(part, nn.Dropout):
            part.train(not part.training)


def modes(net):
    """The mode of the network and of each of its parts."""
    return {
        f"{name or 'model'} ({type(part).__name__})": "train" if part.training else "eval"
        for name, part in net.named_modules()
    }
