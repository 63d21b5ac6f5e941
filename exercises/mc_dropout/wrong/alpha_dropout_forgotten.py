"""Alpha dropout forgotten

You switch on the usual kinds of dropout and leave out `AlphaDropout` and `FeatureAlphaDropout`, which go with SELU. Every
kind of dropout has to be active.
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    for m in model.modules():
        if isinstance(m, (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)):
            m.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
