"""Frozen layers have no gradients, and their batch norm goes on counting: `requires_grad` does not stop it.

Source: pytorch/pytorch issue 86590, 'Easy way to "freeze" BatchNorm running_mean/running_var'.
Expect: loses
"""
import torch

PARTS = {1: ["fc"], 2: ["fc", "layer4"]}
RATES = {1: 1e-3, 2: 1e-4, 3: 1e-5}


def set_phase(model, phase):
    for name, parameter in model.named_parameters():
        parameter.requires_grad = phase == 3 or name.split(".")[0] in PARTS[phase]
    return torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=RATES[phase])
