"""Monte Carlo dropout in PyTorch (Gal and Ghahramani, 2016)."""

import torch
from torch import nn

DROPOUT = (
    nn.Dropout,
    nn.Dropout1d,
    nn.Dropout2d,
    nn.Dropout3d,
    nn.AlphaDropout,
    nn.FeatureAlphaDropout,
)


def mc_dropout_predict(model, x, runs=10):
    """Mean and population standard deviation, both (N, K), of the class probabilities over `runs` passes.

    Only dropout is active; everything else, batch norm above all, works in eval mode.
    """
    modes = [(part, part.training) for part in model.modules()]
    for part, _ in modes:
        part.training = isinstance(part, DROPOUT)
    try:
        with torch.no_grad():
            probabilities = torch.stack([model(x).softmax(dim=1) for _ in range(runs)])  # (runs, N, K)
    finally:
        for part, mode in modes:
            part.training = mode
    return probabilities.mean(dim=0), probabilities.std(dim=0, correction=0)
