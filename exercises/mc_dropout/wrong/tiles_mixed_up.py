"""Copies of the images mixed up

`x.repeat(runs, …)` puts the whole batch one after the other, so that the first axis is (runs, N).
You unfold it as (N, runs), which mixes different images. With a batch of one it does not show.
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
        probs = torch.softmax(model(x.repeat(runs, 1, 1, 1)), dim=1).reshape(len(x), runs, -1)
    for m, training in modes:
        m.training = training
    return probs.mean(dim=1), probs.std(dim=1, unbiased=False)
