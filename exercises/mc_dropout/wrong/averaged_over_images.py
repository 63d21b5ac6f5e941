"""Averaged over the images

You average over the images as well. Each image keeps its own row: mean and standard deviation are
(N, K), taken over the runs only.
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
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=(0, 1)), probs.std(dim=(0, 1), unbiased=False)
