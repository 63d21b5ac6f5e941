"""Only nn.Dropout

You switch on `nn.Dropout` alone. Networks for images drop whole maps with `nn.Dropout2d`, and there are more: 1d, 3d,
`AlphaDropout`, `FeatureAlphaDropout`. None of them is derived from `nn.Dropout`.
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    for m in model.modules():
        if isinstance(m, nn.Dropout):
            m.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
