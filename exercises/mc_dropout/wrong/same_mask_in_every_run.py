"""The same mask in every run

You seed the generator inside the loop, so that every run drops the same units and nothing ever
spreads. Do not seed at all, or once before the loop.
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
        probs = []
        for _ in range(runs):
            torch.manual_seed(0)
            probs.append(torch.softmax(model(x), dim=1))
        probs = torch.stack(probs)
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
