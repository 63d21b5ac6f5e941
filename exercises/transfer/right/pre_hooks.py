"""Frozen batch norm is put into eval mode right before each use; tensors returned; one-hot product."""
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F


def build_classifier(backbone, num_classes=6):
    head = [nn.Linear(backbone.fc.in_features, 256), nn.ReLU(), nn.Dropout(0.4), nn.Linear(256, num_classes)]
    setattr(backbone, "fc", nn.Sequential(*head))
    return backbone


def _stay_in_eval(bn, _):
    if not bn.weight.requires_grad:
        bn.training = False


def _frozen(model):
    for p in model.parameters():
        p.requires_grad = False


ADAM = {k: partial(torch.optim.Adam, lr=lr) for k, lr in {1: 1e-3, 2: 1e-4, 3: 1e-5}.items()}


def set_phase(model, phase):
    _frozen(model)
    parts = [model.fc]
    if phase >= 2:
        parts.append(model.layer4)
    if phase == 3:
        parts = [model]
    params = [p for part in parts for p in part.parameters()]
    for p in params:
        p.requires_grad = True
    for m in model.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)) and not hasattr(m, "_watched"):
            m._watched = m.register_forward_pre_hook(_stay_in_eval)
    return ADAM[phase](params)


def split_indices(labels, seed=0):
    labels = torch.as_tensor(labels)
    g = torch.Generator().manual_seed(seed)
    out = ([], [], [])
    for c in labels.unique():
        idx = (labels == c).nonzero().flatten()
        idx = idx[torch.randperm(len(idx), generator=g)]
        n = len(idx)
        a, b = round(n * 0.7), round(n * 0.7) + round(n * 0.15)
        for o, piece in zip(out, (idx[:a], idx[a:b], idx[b:])):
            o.append(piece)
    return tuple(torch.cat(o) for o in out)


def confusion_matrix(y_true, y_pred, num_classes):
    t = F.one_hot(torch.as_tensor(y_true).long(), num_classes).float()
    p = F.one_hot(torch.as_tensor(y_pred).long(), num_classes).float()
    return t.T @ p
