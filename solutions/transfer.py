"""Transfer learning in three phases: new head, freezing, split, confusion matrix."""

from types import MethodType

import numpy as np
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

LEARNING_RATES = {1: 1e-3, 2: 1e-4, 3: 1e-5}


def build_classifier(backbone, num_classes=6):
    """The backbone with a new head in place of `fc`."""
    backbone.fc = nn.Sequential(
        nn.Linear(backbone.fc.in_features, 256),
        nn.ReLU(),
        nn.Dropout(0.4),
        nn.Linear(256, num_classes),
    )
    return backbone


def set_phase(model, phase):
    """Phase 1 trains `fc`, 2 also `layer4`, 3 all. Returns Adam over exactly the trainable parameters."""
    trained = {1: [model.fc], 2: [model.fc, model.layer4], 3: [model]}[phase]
    model.requires_grad_(False)
    for part in trained:
        part.requires_grad_(True)
    model.train = MethodType(_train, model)
    model.train(model.training)
    return torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=LEARNING_RATES[phase])


def _train(model, mode=True):
    """What `nn.Module.train` does, but frozen batch norm stays in eval mode: its statistics do not move."""
    type(model).train(model, mode)
    for part in model.modules():
        if isinstance(part, _BatchNorm) and not any(p.requires_grad for p in part.parameters()):
            part.training = False
    return model


def split_indices(labels, seed=0):
    """Stratified split: index arrays of training (70 %), validation and test (15 % each)."""
    labels, rng = np.asarray(labels), np.random.default_rng(seed)
    parts = ([], [], [])
    for label in np.unique(labels):
        indices = rng.permutation(np.flatnonzero(labels == label))
        cuts = np.rint([0.7 * len(indices), 0.85 * len(indices)]).astype(int)
        for part, chunk in zip(parts, np.split(indices, cuts), strict=True):
            part.append(chunk)
    return tuple(np.concatenate(part) for part in parts)


def confusion_matrix(y_true, y_pred, num_classes):
    """Counts (num_classes, num_classes); row: true class, column: predicted class."""
    rows, columns = np.asarray(y_true).astype(np.int64), np.asarray(y_pred).astype(np.int64)
    pairs = rows * num_classes + columns  # in eight bits the product would wrap round
    return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)
