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
        self.dropout = getattr(nn, kind)(p, inplace=True)
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
    torch.default_generator.manual_seed(seed)
    return function(*args)


def batch_norm_to_eval(net):
    """Put only the batch norm layers into eval mode, as one does when fine-tuning."""
    for part in net.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.eval()


def batch_norm_to_training(net):
    """Put only the batch norm layers into training mode."""
    for part in net.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.train()


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


def in_training(net):
    """As in the middle of training: all parameters have gradients, and the last layer is frozen."""
    for parameter in net.parameters():
        parameter.grad = 3 * parameter.detach() + 1
    net.fc.requires_grad_(False)


def state_of(net):
    """Each parameter's values, its gradient's, and whether it asks for one, by name; hooks, and the dropout's share."""
    found = {"hooks": sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in net.modules())}
    found |= {"dropout.p": net.dropout.p, "dropout.inplace": net.dropout.inplace}
    for name, p in net.named_parameters():
        found[name], found[f"{name}.requires_grad"] = p.tolist(), p.requires_grad
        found[f"{name}.grad"] = None if p.grad is None else p.grad.tolist()
    return found


SELU = 1.7580993408473766  # alpha dropout puts minus this in the place of a unit


def outcomes(net, unit, p):
    """The probabilities with a unit (N, 1) dropped, and kept."""
    kept, dropped = unit / (1 - p), 0 * unit
    if "Alpha" in type(net.dropout).__name__:
        scale = ((1 - p) * (1 + p * SELU**2)) ** -0.5  # mean and variance stay what they were
        kept, dropped = scale * (unit + SELU * p), dropped - scale * SELU * (1 - p)
    return net.fc(dropped).softmax(dim=1), net.fc(kept).softmax(dim=1)


def _times(found, right):
    """How many times as large as the right one it is, as a rule; 1 where nothing varies."""
    clear = right > 0.05
    return round(float((found / right)[clear].median()), 1) if clear.any() else 1.0


def possible(predict, kernel, weights, x, kind, p, runs, mode, call):
    """What has to hold of the answer: see the keys; `active` only where it cannot be otherwise by chance."""
    net, image = OneUnit(kernel, weights, p, kind).to(x.dtype), x.clone()
    in_training(net)
    before = state_of(net)
    net.train(mode in ("training", "dropout off", "a part in evaluation"))
    net.conv.train(mode in ("training", "a part in training"))
    if mode.startswith("dropout"):
        dropout_flipped(net)
    given = {"model": net, "x": x, "runs": runs}
    if call == "defaults" and runs == 10:
        del given["runs"]
    for _ in range(2 if call == "again" else 1):
        answer = predict(*given.values()) if call in ("positional", "again") else predict(**given)
    mean, std = (torch.as_tensor(part).detach() for part in answer)
    with torch.no_grad():
        dropped, kept = outcomes(net, net.conv(image).flatten(1), p)
        gap = (kept - dropped).abs().amax(dim=1, keepdim=True)
        place = (kept - dropped).abs().argmax(dim=1, keepdim=True)
        share = ((mean - dropped) / (kept - dropped)).gather(1, place)
        share = (share * runs).round().clamp(0, runs) / runs  # of runs in which the unit was kept
        exact = dropped + share * (kept - dropped)
        spread = (share * (1 - share)).sqrt() * (kept - dropped).abs()
    chance = p > 0 and len(x) * runs >= 100  # whether the unit cannot be kept, or dropped, every time
    return {
        "shapes": [list(mean.shape), list(std.shape)],
        "what the probabilities of an image add up to": round(float(mean.sum(dim=1).mean()), 3),
        "the mean is one of those that the runs can have": bool((mean - exact).abs().max() < 1e-3),
        "the standard deviation is that of this mean": bool((std - spread).abs().max() < 1e-3),
        "times the right standard deviation": _times(std, spread),
        "active": not chance or bool(((share < 1) & (gap > 0)).any()),
        "random": not chance or bool(((share > 0) & (gap > 0)).any()),
        "modes": modes(net),
        "images as they were": torch.equal(x, image),
        "changed in the model": [name for name, now in state_of(net).items() if now != before[name]],
    }
