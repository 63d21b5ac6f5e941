"""Frozen batch norm keeps its statistics, and its scale and shift go on learning.

Source: idstcv/SoftTriple issue 4, "The BatchNorm layers are not completely frozen".
Expect: loses
"""
import types

import torch
from torch import nn

RATES = {1: 1e-3, 2: 1e-4, 3: 1e-5}


def set_phase(model, phase):
    open_parts = {1: [model.fc], 2: [model.fc, model.layer4], 3: [model]}[phase]
    learning = {p for part in open_parts for p in part.parameters()}
    norms = [m for m in model.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    frozen = [m for m in norms if not any(p in learning for p in m.parameters())]
    for p in model.parameters():
        p.requires_grad = p in learning
    for m in frozen:
        for p in m.parameters():
            p.requires_grad = True

    def train(self, mode=True):
        type(self).train(self, mode)
        for m in frozen:
            m.eval()
        return self

    model.train = types.MethodType(train, model)
    model.train(model.training)
    return torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=RATES[phase])
