"""train() returns nothing

The `train` that you put into the model has no `return`. PyTorch's own returns the model, and `eval()` calls `train(False)`:
with yours, `model.eval()(x)` and `model = model.train()` get None. End it with `return` and the model.

"""
import numpy as np
import torch
from torch import nn

LEARNING_RATES = {1: 1e-3, 2: 1e-4, 3: 1e-5}


def build_classifier(backbone, num_classes=6):
    backbone.fc = nn.Sequential(
        nn.Linear(backbone.fc.in_features, 256),
        nn.ReLU(),
        nn.Dropout(0.4),
        nn.Linear(256, num_classes),
    )
    return backbone


class FrozenParts:
    def __init__(self, model):
        self.model = model

    def __call__(self, mode=True):
        nn.Module.train(self.model, mode)
        for m in self.model.modules():
            if isinstance(m, nn.BatchNorm2d) and not m.weight.requires_grad:
                m.training = False


def set_phase(model, phase):
    for p in model.parameters():
        p.requires_grad = phase == 3
    for p in model.fc.parameters():
        p.requires_grad = True
    if phase == 2:
        for p in model.layer4.parameters():
            p.requires_grad = True
    model.train = FrozenParts(model)
    model.train(model.training)
    trainable = [p for p in model.parameters() if p.requires_grad]
    return torch.optim.Adam(trainable, lr=LEARNING_RATES[phase])


def split_indices(labels, seed=0):
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    train, val, test = [], [], []
    for c in np.unique(labels):
        indices = rng.permutation(np.flatnonzero(labels == c))
        n = len(indices)
        a, b = round(0.7 * n), round(0.85 * n)
        train.extend(indices[:a])
        val.extend(indices[a:b])
        test.extend(indices[b:])
    return np.array(train), np.array(val), np.array(test)


def confusion_matrix(y_true, y_pred, num_classes):
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    for t, p in zip(y_true, y_pred):
        matrix[t, p] += 1
    return matrix
