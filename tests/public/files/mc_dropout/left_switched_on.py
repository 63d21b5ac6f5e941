"""Dropout stays switched on after the call.

Source: baal-org/baal issue 246, "unpatch_module does not seem to be working".
Expect: loses
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    model.eval()
    kinds = nn.modules.dropout._DropoutNd
    for m in model.modules():
        if isinstance(m, kinds):
            m.train()
    with torch.no_grad():
        p = torch.stack([nn.functional.softmax(model(x), dim=-1) for _ in range(runs)])
    return p.mean(0), p.std(0, unbiased=False)
