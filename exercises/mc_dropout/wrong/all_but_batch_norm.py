"""Everything but batch norm in training mode

You put the model into training mode and take only batch norm out of it. Other layers have a
training behaviour too. Go the other way: everything in eval mode, then the dropout layers in
training mode.
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.train()
    for m in model.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            m.eval()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
