"""Softmax after averaging

You average the logits and apply softmax to the mean. Apply softmax to each run, then take mean and
standard deviation of the probabilities.
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
        logits = torch.stack([model(x) for _ in range(runs)])
        probs = torch.softmax(logits, dim=-1)
    for m, training in modes:
        m.training = training
    return torch.softmax(logits.mean(dim=0), dim=1), probs.std(dim=0, unbiased=False)
