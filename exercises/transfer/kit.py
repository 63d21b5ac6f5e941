"""A small residual backbone, a generated set of textures, and what there is to see of a model and its optimizer."""

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

PARTS = ("layer1", "layer2", "layer3", "layer4", "fc")


class Block(nn.Module):
    """A residual block of one convolution; batch norm in the shortcut too."""

    def __init__(self, in_channels, out_channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.downsample = None
        if stride > 1 or in_channels != out_channels:
            projection = nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)
            self.downsample = nn.Sequential(projection, nn.BatchNorm2d(out_channels))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(self.bn1(self.conv1(x)) + shortcut)


class Backbone(nn.Module):
    """A residual network in small: stem, layer1 … layer4 of two blocks each, fc."""

    def __init__(self, width=8, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 2, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = _layer(4, 4, 1)
        self.layer2 = _layer(4, 4, 1)
        self.layer3 = _layer(4, 5, 2)
        self.layer4 = _layer(5, width, 2)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.layer4(self.layer3(self.layer2(self.layer1(y))))
        return self.fc(y.mean(dim=(2, 3)))


def _layer(in_channels, out_channels, stride):
    return nn.Sequential(Block(in_channels, out_channels, stride), Block(out_channels, out_channels, 1))


def as_array(values, kind="int64"):
    """A list of whole numbers as a NumPy array of this type."""
    return np.array(values, dtype=kind)


def labels(values, kind="int64"):
    """The same; reports call it by this name."""
    return as_array(values, kind)


def matrix_of(confusion_matrix, *args):
    """What it returns as one array: a list of tens of thousands of numbers would be long on its way."""
    return np.asarray(confusion_matrix(*args))


def textures(labels, noise, period=5.0):
    """Stripes whose direction tells the class, with noise (N, 3, H, W) on top."""
    angle = torch.tensor(labels)[:, None, None] * math.pi / 3
    height, width = noise.shape[2:]
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    stripes = torch.sin(2 * math.pi / period * (x * torch.cos(angle) + y * torch.sin(angle)))
    return stripes[:, None] + 0.5 * noise


def trainable(model):
    """Which parameters require a gradient, by name."""
    return {name: p.requires_grad for name, p in model.named_parameters()}


def count_trainable(model):
    """How many values are trained."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def held_parameters(optimizer):
    """All parameters of all groups."""
    return [p for group in optimizer.param_groups for p in group["params"]]


def count_optimized(optimizer):
    """How many values the optimizer changes."""
    return sum(p.numel() for p in held_parameters(optimizer))


def optimizer_contents(model, optimizer):
    """How often the optimizer holds each of the model's parameters, and how many that are not the model's."""
    held = [id(p) for p in held_parameters(optimizer)]
    own = {name: held.count(id(p)) for name, p in model.named_parameters()}
    return {"times": own, "strangers": len(held) - sum(own.values())}


def optimizer_settings(optimizer):
    """Its kind, and its learning rates without repetitions."""
    rates = sorted({float(group["lr"]) for group in optimizer.param_groups})
    return {"kind": type(optimizer).__name__, "learning rates": rates}


def forward(model, images):
    """A forward pass in the mode that the model is in."""
    model(images)


def statistics(model, parts):
    """Running means and variances of all batch norm in these parts (the stem is all that is in no other)."""
    found = {part: [] for part in parts}
    for name, buffer in model.named_buffers():
        if name.endswith(("running_mean", "running_var")) and _part(name) in found:
            found[_part(name)].append(buffer)
    return {part: torch.cat(buffers) for part, buffers in found.items()}


def moved_by_a_step(model, optimizer, images, labels):
    """Which parts have other parameters after one training step."""
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    model.train()
    optimizer.zero_grad()
    F.cross_entropy(model(images), torch.tensor(labels)).backward()
    optimizer.step()
    moved = dict.fromkeys(("stem", *PARTS), False)
    for name, parameter in model.named_parameters():
        moved[_part(name)] |= not torch.equal(parameter, before[name])
    return moved


def _part(name):
    return next((part for part in PARTS if name.startswith(part + ".")), "stem")


def head_dropout(model, images):
    """The share that is dropped before the last of the head's linear layers; -1 if there is no such layer."""
    seen = _hidden(model, images)
    if not seen:
        return -1.0
    expected, dropped = seen
    kept = dropped != 0  # dropout divides what it keeps by the share that it keeps
    return float(1 - expected[kept].sum() / dropped[kept].sum())


def dropout_works(model, images):
    """Whether the last of the head's linear layers reads something else in training mode, batch norm left aside."""
    seen = _hidden(model, images)
    return bool(seen) and not torch.equal(*seen)


def outline(model):
    """The sizes of its linear layers, and whether the head is in training mode after model.train()."""
    sizes = [list(part.weight.shape) for part in model.modules() if isinstance(part, nn.Linear)]
    model.train()
    return sizes, any(part.training for part in model.fc.modules())


def _hidden(model, images):
    """What the last of the head's linear layers reads in eval and in training mode; empty if there is no such layer."""
    hidden = [part for part in model.modules() if isinstance(part, nn.Linear) and part.in_features == 256]
    if len(hidden) != 1:
        return []
    seen = []
    hook = hidden[0].register_forward_pre_hook(lambda _part, inputs: seen.append(inputs[0]))
    with torch.no_grad():
        model.eval()
        model(images)
        model.train()
        for part in model.modules():
            if isinstance(part, nn.BatchNorm2d):
                part.eval()
        model(images)
    hook.remove()
    return seen


SHARES = (0.7, 0.15, 0.15)


def built(build_classifier, width, classes, call, x):
    """What the head is made of, how many logits come out, and whether anything else is as it was."""
    backbone = Backbone(width)
    before = sum(p.numel() for name, p in backbone.named_parameters() if not name.startswith("fc."))
    if call == "keywords":
        model = build_classifier(backbone=backbone, num_classes=classes)
    else:
        model = build_classifier(backbone, *([] if call == "defaults" and classes == 6 else [classes]))
    with torch.no_grad():
        logits = model.eval()(x)
    head = sum(p.numel() for p in model.parameters()) - before
    rates = [part.p for part in model.modules() if isinstance(part, nn.Dropout) and part.p]
    return {"logits": list(logits.shape), "values in the head": head, "dropout": rates}


def phased(set_phase, kind, phases, mode, frozen, steps, other, call):
    """What holds after these phases, and after these calls: what is trained, the optimizer, the modes.

    Unless `other` is "none", another model is put into that phase before the calls.
    """
    model = Backbone()
    if kind != "made elsewhere":
        model.fc = nn.Sequential(nn.Linear(8, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Dropout(0.4), nn.Linear(5, 3))
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(frozen == "nothing" or not (frozen == "all" or name.startswith(frozen)))
    model.train(mode == "training")
    for phase in map(int, phases.split()):
        optimizer = set_phase(model=model, phase=phase) if call == "keywords" else set_phase(model, phase)
    if other != "none":
        set_phase(Backbone(), int(other))
    returned = {step: getattr(model, step)() is model for step in steps.split()}
    trained = {1: ("fc",), 2: ("fc", "layer4"), 3: ("",)}[phase]
    seen = ("",) if steps.endswith("eval") else trained
    training = {n or "model": m.training for n, m in model.named_modules() if n.startswith(seen)}
    return {
        "trainable": trainable(model),
        "optimizer": [optimizer_contents(model, optimizer), optimizer_settings(optimizer)],
        "in training mode": training,
        "statistics that move": _moving(model),
        "returns the model": returned,
    }


@torch.no_grad()
def _moving(model):
    """Of each running mean and variance, by name, whether it is another after a forward pass."""
    found = {name: b for name, b in model.named_buffers() if name.endswith(("running_mean", "running_var"))}
    before = {name: buffer.clone() for name, buffer in found.items()}
    model(torch.linspace(-2, 2, 4 * 3 * 12 * 16).sin().reshape(4, 3, 12, 16))
    return {name: not torch.equal(buffer, before[name]) for name, buffer in found.items()}


def split(split_indices, labels, kind, seed, call):
    """What has to hold of the three parts: complete, disjoint, within one of 70, 15 and 15 % of each class."""
    labels = as_array(labels, kind)
    before, given = labels.copy(), {"labels": labels} | ({} if seed is None else {"seed": seed})
    made = [split_indices(**given) if call == "keywords" else split_indices(*given.values()) for _ in range(2)]
    parts, again = ([np.asarray(part, dtype=np.int64).ravel() for part in found] for found in made)
    together = np.sort(np.concatenate(parts))
    complete = np.array_equal(together, np.arange(len(labels)))
    return {
        "parts": len(parts),
        "each index once": complete,
        "within one of 70, 15 and 15 %": complete and all(_near(labels, parts, label) for label in np.unique(labels)),
        "the same split for the same seed": all(map(np.array_equal, map(np.sort, parts), map(np.sort, again))),
        "labels as they were": np.array_equal(labels, before) and labels.dtype == before.dtype,
    }


def _near(labels, parts, label):
    count = int((labels == label).sum())
    found = [int((labels[part] == label).sum()) for part in parts]
    return all(abs(n - share * count) <= 1 + 1e-9 for n, share in zip(found, SHARES, strict=True))
