"""One mode for all parts

You note `model.training` and put it back with `model.train(…)`. That sets all parts to the same
mode and undoes frozen batch norm. Note and restore each part of `model.modules()`.
"""
import torch
from torch import nn
from torch.nn.modules.dropout import _DropoutNd


def mc_dropout_predict(model, x, runs=10):
    training = model.training
    model.eval()
    for m in model.modules():
        if isinstance(m, _DropoutNd):
            m.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    model.train(training)
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
