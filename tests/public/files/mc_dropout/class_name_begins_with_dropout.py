"""Dropout layers are known by their names: AlphaDropout and FeatureAlphaDropout begin with something else.

Source: MIC-DKFZ/nnUNet issue 170, "How to enable train_mode".
Expect: loses
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    before = [(m, m.training) for m in model.modules()]
    model.eval()
    for m in model.modules():
        if m.__class__.__name__.startswith("Dropout"):
            m.train()
    with torch.no_grad():
        p = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, mode in before:
        m.training = mode
    return p.mean(0), p.std(0, unbiased=False)
