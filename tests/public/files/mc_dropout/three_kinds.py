"""Three of the six kinds of dropout are listed.

Source: public variants of the answers to "Measuring uncertainty using MC Dropout on pytorch" on Stack Overflow.
Expect: loses
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    before = {m: m.training for m in model.modules()}
    for m in before:
        m.training = isinstance(m, (nn.Dropout, nn.Dropout2d, nn.Dropout3d))
    with torch.no_grad():
        p = torch.stack([model(x).softmax(1) for _ in range(runs)])
    for m, mode in before.items():
        m.training = mode
    return p.mean(dim=0), p.std(dim=0, correction=0)
