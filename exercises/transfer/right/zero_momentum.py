"""Frozen batch norm keeps its statistics by momentum 0; plain Python for the rest; two parameter groups."""
import random

import numpy as np
import torch
import torch.nn as nn


class Head(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.out = nn.Linear(256, n_out)
        self.hidden = nn.Linear(n_in, 256)
        self.drop = nn.Dropout(p=0.4)

    def forward(self, x):
        return self.out(torch.relu(self.drop(self.hidden(x))))


def build_classifier(backbone, num_classes=6):
    backbone.fc = Head(backbone.fc.in_features, num_classes)
    for name, p in backbone.named_parameters():
        p.requires_grad = name.startswith("fc.")
    return backbone


def set_phase(model, phase):
    open_parts = ("fc.",) if phase == 1 else ("fc.", "layer4.") if phase == 2 else ("",)
    for name, p in model.named_parameters():
        p.requires_grad = name.startswith(open_parts)
    for name, m in model.named_modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            m.momentum = 0.1 if (name + ".").startswith(open_parts) else 0.0
    lr = 10.0 ** -(phase + 2)
    head = list(model.fc.parameters())
    rest = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("fc.")]
    groups = [{"params": head}] + ([{"params": rest}] if rest else [])
    return torch.optim.Adam(groups, lr=lr)


def split_indices(labels, seed=0):
    rng = random.Random(seed)
    by_class = {}
    for i, y in enumerate(labels):
        by_class.setdefault(int(y), []).append(i)
    train, val, test = [], [], []
    for y in sorted(by_class):
        idx = by_class[y]
        rng.shuffle(idx)
        a, b = round(0.7 * len(idx)), round(0.85 * len(idx))
        train += idx[:a]
        val += idx[a:b]
        test += idx[b:]
    return train, val, test


def confusion_matrix(y_true, y_pred, num_classes):
    m = [[0] * num_classes for _ in range(num_classes)]
    for t, p in zip(y_true, y_pred):
        m[int(t)][int(p)] += 1
    return m
