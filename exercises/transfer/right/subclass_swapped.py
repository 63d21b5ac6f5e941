"""The model gets a subclass with its own train(); split cut by rounding; NumPy add.at."""
import copy

import numpy as np
import torch
from torch import nn, optim


def build_classifier(backbone, num_classes=6):
    model = copy.deepcopy(backbone)
    in_features = model.fc.weight.shape[1]
    head = nn.ModuleDict({"a": nn.Linear(in_features, 256), "b": nn.Linear(256, num_classes)})
    layers = [head["a"], nn.ReLU(inplace=True), nn.Dropout(0.4), head["b"]]
    model.fc = nn.Sequential(*layers)
    return model


class StaysFrozen:
    frozen = ()

    def train(self, mode=True):
        super().train(mode)
        for name in self.frozen:
            getattr(self, name).eval()
        return self


def set_phase(model, phase):
    keep = {1: {"fc"}, 2: {"fc", "layer4"}, 3: {name for name, _ in model.named_children()}}[phase]
    if not isinstance(model, StaysFrozen):
        model.__class__ = type("Frozen" + type(model).__name__, (StaysFrozen, type(model)), {})
    model.frozen = [name for name, _ in model.named_children() if name not in keep]
    params = []
    for name, child in model.named_children():
        for p in child.parameters():
            p.requires_grad_(name in keep)
            if name in keep:
                params.append(p)
    model.train(model.training)
    return optim.Adam(params, lr=(1e-3, 1e-4, 1e-5)[phase - 1])


def split_indices(labels, seed=0):
    labels = np.array(labels)
    order = np.random.RandomState(seed).permutation(len(labels))
    part = np.empty(len(labels), dtype=int)
    for c in set(labels.tolist()):
        mine = order[labels[order] == c]
        n_val = n_test = int(round(0.15 * len(mine)))
        part[mine] = 0
        part[mine[:n_val]] = 1
        part[mine[n_val:n_val + n_test]] = 2
    return [np.where(part == k)[0] for k in range(3)]


def confusion_matrix(y_true, y_pred, num_classes):
    matrix = np.zeros((num_classes, num_classes))
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
